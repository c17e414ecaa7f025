"""The media process from its first word to its last, with a camera, an office and a clerk."""

import asyncio
from collections.abc import Callable

import pytest

from kiosk.media import protocol as ui
from kiosk.media.slots import Picture, SlotReader
from remote_clerk import messages as said

Play = Callable[..., None]


async def picture(reader: SlotReader, after: int = 0) -> Picture:
    while not (newest := reader.newest()) or newest.sequence <= after:
        await asyncio.sleep(0.01)
    return newest


async def no_picture(reader: SlotReader) -> None:
    while reader.newest():
        await asyncio.sleep(0.01)


async def in_a_talk(s) -> ui.CallState:
    s.ui.say(ui.StartCall(language="de", service="id_card", step="photo"))
    return await s.ui.hears(ui.CallState, state="talking")


def test_ready_comes_first_and_the_camera_is_tried_once_and_closed(scene: Play) -> None:
    async def play(s) -> None:
        ready = await s.ui.hears(ui.Ready)
        assert (await s.ui.hears(ui.CameraState)).state == "ready"
        await asyncio.to_thread(s.films[0].closed.wait, 5)
        assert s.films[0].closed.is_set()
        assert len(s.films) == 1
        assert SlotReader(ready.preview).newest() is None
        assert SlotReader(ready.remote).newest() is None

    scene(play)


def test_the_preview_shows_the_camera_until_it_is_taken_away(scene: Play) -> None:
    async def play(s) -> None:
        reader = SlotReader((await s.ui.hears(ui.Ready)).preview)
        s.ui.say(ui.ShowPreview(on=True))
        assert (await s.ui.hears(ui.CameraState)).state == "ready"
        first = await picture(reader)
        assert (first.width, first.height) == (360, 480)
        assert abs(first.y[0] - 188) < 3  # grey 200 in the video range of luma
        await picture(reader, first.sequence + 5)
        s.ui.say(ui.ShowPreview(on=False))
        await no_picture(reader)
        assert not any(first.y)
        await asyncio.to_thread(s.films[0].closed.wait, 5)
        assert s.films[0].closed.is_set()

    scene(play)


def test_a_call_connects_shows_the_clerk_and_hangs_up(scene: Play) -> None:
    async def play(s) -> None:
        reader = SlotReader((await s.ui.hears(ui.Ready)).remote)
        talking = await in_a_talk(s)
        assert talking.clerk == "Frau Muster"
        shown = await picture(reader)
        assert (shown.width, shown.height) == (640, 480)
        await s.office.clerk.saw.wait()
        s.ui.say(ui.TellStep(step="fingers", view={"title": "Finger"}))
        assert (await s.office.hears(said.StepShown)).step == "fingers"
        s.ui.say(ui.EndCall())
        ended = await s.ui.hears(ui.CallState, state="ended")
        assert ended.reason == "hung_up"
        assert ended.help_to_picture_ms is not None
        assert ended.help_to_picture_ms > 0
        assert (await s.office.hears(said.HangUp)).reason is said.EndReason.HUNG_UP
        assert reader.newest() is None

    scene(play)


def test_the_clerk_sees_the_citizen_only_while_the_camera_is_on(scene: Play) -> None:
    async def play(s) -> None:
        await in_a_talk(s)
        while s.office.clerk.middle < 150:
            await asyncio.sleep(0.02)
        s.ui.say(ui.SetDevices(camera=False, microphone=True))
        while s.office.clerk.middle > 40:
            await asyncio.sleep(0.02)
        assert (await s.office.hears(said.Devices)).camera
        assert not (await s.office.hears(said.Devices)).camera
        await asyncio.to_thread(s.films[0].closed.wait, 5)
        s.ui.say(ui.SetDevices(camera=True, microphone=True))
        while s.office.clerk.middle < 150:
            await asyncio.sleep(0.02)

    scene(play)


def test_the_clerk_may_hang_up_and_the_next_call_works(scene: Play) -> None:
    async def play(s) -> None:
        await in_a_talk(s)
        ask = await s.office.hears(said.Ask)
        await s.office.hang_up(ask.call)
        await s.ui.hears(ui.CallState, state="ended")
        await in_a_talk(s)

    scene(play)


def test_the_server_gone_in_a_talk_is_lost_at_once(scene: Play) -> None:
    async def play(s) -> None:
        await in_a_talk(s)
        s.office.stop()
        async with asyncio.timeout(5):
            await s.ui.hears(ui.CallState, state="lost")

    scene(play)


def test_a_server_that_stays_silent_ends_the_call_in_five_seconds(scene: Play) -> None:
    async def play(s) -> None:
        s.office.answers = False
        s.ui.say(ui.StartCall(language="de", service="id_card", step="photo"))
        async with asyncio.timeout(6):
            ended = await s.ui.hears(ui.CallState, state="ended")
        assert ended.reason == "server_lost"

    scene(play)


def test_screens_that_vanish_hang_up(scene: Play) -> None:
    async def play(s) -> None:
        await in_a_talk(s)
        await s.ui.close()
        assert (await s.office.hears(said.HangUp)).reason is said.EndReason.TERMINAL_LOST
        await s.media

    scene(play)


def test_quit_ends_the_process_and_removes_the_pictures(scene: Play) -> None:
    async def play(s) -> None:
        await s.ui.hears(ui.Ready)
        s.ui.say(ui.Quit())
        await s.media
        assert not list(s.run_dir.glob("*.i420"))

    scene(play)


def test_a_photo_that_finds_no_face_times_out(scene: Play) -> None:
    async def play(s) -> None:
        s.ui.say(ui.StartPhoto(template="adult", seconds=0.5))
        assert (await s.ui.hears(ui.Guidance)).hint == "SearchingFace"
        await s.ui.hears(ui.PhotoTimeout)

    scene(play)


def test_a_thread_that_dies_of_a_bug_ends_the_process(scene: Play) -> None:
    def broken() -> None:
        raise RuntimeError("no models")

    async def play(s) -> None:
        with pytest.raises(ExceptionGroup, match="unhandled") as caught:
            await s.media
        assert "thread photo died" in str(caught.value.exceptions[0])
        s.media = asyncio.create_task(asyncio.sleep(0))

    scene(play, broken)
