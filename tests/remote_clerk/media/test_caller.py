"""The citizen's side of a call, by its diary: what is said, what is told, what is opened."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from remote_clerk import messages as said
from remote_clerk.call import State
from remote_clerk.link import Quality
from remote_clerk.media import caller as limits
from remote_clerk.media.caller import Caller
from remote_clerk.media.ends import CallNews

CALL = "0" * 32
LATER = "1" * 32


class FakeEnd:
    """Media of one session, moved by hand."""

    def __init__(self, number: int, diary: list[str], first: Callable[[], None]) -> None:
        self.connected, self.failed = asyncio.Event(), asyncio.Event()
        self.number, self.diary, self.first = number, diary, first
        self.silence = 0.0
        self.answers: list[str] = []

    async def offer(self) -> str:
        return f"offer {self.number}"

    async def answer(self, sdp: str) -> None:
        if sdp == "nonsense":
            raise ValueError(sdp)
        self.answers.append(sdp)

    async def add(self, message: said.Candidate) -> None:
        self.answers.append(str(message.candidate))

    def silent_seconds(self) -> float:
        return self.silence

    async def loss(self) -> float:
        return 0.0

    async def close(self) -> None:
        self.diary.append(f"close {self.number}")


class World:
    """Everything around the caller; its clock is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.diary: list[str] = []
        self.said: list[Any] = []
        self.news: list[CallNews] = []
        self.ends: list[FakeEnd] = []
        ids = iter([CALL, LATER])
        self.caller = Caller(self.say, self, self.news.append, lambda: self.now, lambda: next(ids))

    def say(self, message: Any) -> bool:
        self.said.append(message)
        return True

    async def open(self) -> tuple[str, ...]:
        self.diary.append("open")
        return ("no microphone: none",)

    def connect(self, relays: Sequence[said.IceServer], first: Callable[[], None]) -> FakeEnd:
        end = FakeEnd(len(self.ends) + 1, self.diary, first)
        self.diary.append(f"connect {end.number}")
        self.ends.append(end)
        return end

    def switch(self, camera: bool, microphone: bool) -> None:
        self.diary.append(f"switch {camera} {microphone}")

    def close(self) -> None:
        self.diary.append("closed")

    @property
    def states(self) -> list[str]:
        return list(dict.fromkeys(str(news.state) for news in self.news))

    @property
    def last(self) -> CallNews:
        return self.news[-1]

    def kinds(self) -> list[str]:
        return [message.type for message in self.said]

    async def pass_time(self, seconds: float) -> None:
        self.now += seconds
        await self.caller.tick()
        await settle()

    async def in_a_talk(self) -> FakeEnd:
        self.caller.socket(True)
        self.caller.ask("de", "id_card", "photo")
        await self.hears(waiting(1))
        await self.hears(accepted())
        self.ends[-1].connected.set()
        await settle()
        assert self.caller.state is State.TALKING
        return self.ends[-1]

    async def hears(self, message: Any) -> None:
        self.caller.heard(message)
        await settle()


def waiting(position: int) -> said.Waiting:
    return said.Waiting(call=CALL, position=position, estimate_seconds=None, clerks_online=1)


def accepted() -> said.Accepted:
    return said.Accepted(call=CALL, clerk="Frau Muster", ice=())


def answer(session: int, sdp: str = "answer", call: str = CALL) -> said.Description:
    return said.Description(call=call, session=session, kind="answer", sdp=sdp)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    one = World()
    running = asyncio.create_task(one.caller.run())
    await settle()
    yield one
    assert not running.done(), running.exception()
    running.cancel()
    await asyncio.wait([running])


def scene(play: Callable[[World], Any]) -> Callable[[], None]:
    async def run() -> None:
        async with world() as one:
            await play(one)

    def test() -> None:
        asyncio.run(run())

    test.__doc__ = play.__doc__
    return test


@scene
async def test_a_call_from_help_to_hanging_up(w: World) -> None:
    await w.in_a_talk()
    w.now += 0.5
    w.ends[0].first()
    w.caller.end(said.EndReason.HUNG_UP)
    await settle()
    assert w.states == ["asking", "waiting", "connecting", "talking", "ended"]
    assert w.kinds() == ["ask", "description", "devices", "hangup"]
    assert w.diary == ["open", "connect 1", "close 1", "closed"]
    assert w.last.reason == "hung_up"
    assert w.last.help_to_picture_ms == 500
    assert w.caller.state is State.IDLE


@scene
async def test_missing_sound_is_told_once(w: World) -> None:
    await w.in_a_talk()
    assert w.last.missing == ("no microphone: none",)


@scene
async def test_pressing_help_twice_makes_one_call(w: World) -> None:
    w.caller.socket(True)
    w.caller.ask("de", "id_card", "photo")
    w.caller.ask("de", "id_card", "photo")
    assert w.kinds() == ["ask"]


@scene
async def test_position_and_clerk_reach_the_overlay(w: World) -> None:
    w.caller.socket(True)
    w.caller.ask("de", "id_card", "photo")
    await w.hears(waiting(3))
    assert w.last.position == 3
    await w.hears(waiting(1))
    assert w.last.position == 1
    await w.hears(accepted())
    assert w.last.clerk == "Frau Muster"


@scene
async def test_nobody_there_tells_the_hours(w: World) -> None:
    w.caller.socket(True)
    w.caller.ask("de", "id_card", "photo")
    await w.hears(said.Nobody(call=CALL, hours={"de": "Mo bis Fr"}))
    assert (w.last.state, w.last.hours) == (State.NOBODY, {"de": "Mo bis Fr"})
    await w.hears(waiting(1))
    assert w.last.state is State.WAITING


@scene
async def test_a_server_that_does_not_answer_ends_the_call_after_five_seconds(w: World) -> None:
    w.caller.ask("de", "id_card", "photo")
    await w.pass_time(limits.ASKING_SECONDS - 0.1)
    assert w.caller.state is State.ASKING
    await w.pass_time(0.1)
    assert (w.last.state, w.last.reason) == (State.ENDED, "server_lost")


@scene
async def test_a_call_asked_offline_is_asked_again_with_the_socket(w: World) -> None:
    w.caller.ask("de", "id_card", "photo")
    w.said.clear()
    w.caller.socket(True)
    assert w.kinds() == ["ask"]


@scene
async def test_a_waiting_call_is_asked_again_when_the_socket_is_back(w: World) -> None:
    w.caller.socket(True)
    w.caller.ask("de", "id_card", "photo")
    await w.hears(waiting(2))
    w.caller.socket(False)
    assert w.caller.state is State.ASKING
    w.caller.socket(True)
    assert [message.call for message in w.said if message.type == "ask"] == [CALL, CALL]
    await w.hears(waiting(2))
    assert w.caller.state is State.WAITING


@scene
async def test_a_lost_socket_makes_the_talk_lost_but_leaves_the_media(w: World) -> None:
    await w.in_a_talk()
    w.caller.socket(False)
    await settle()
    assert w.caller.state is State.LOST
    assert "close 1" not in w.diary


@scene
async def test_a_server_that_kept_the_call_goes_on_with_a_new_session(w: World) -> None:
    await w.in_a_talk()
    w.caller.socket(False)
    w.caller.socket(True)
    await w.hears(accepted())
    assert w.diary[-2:] == ["close 1", "connect 2"] or w.diary[-2:] == ["connect 2", "close 1"]
    assert w.said[-2].session == 2
    w.ends[1].connected.set()
    await settle()
    assert w.caller.state is State.TALKING


@scene
async def test_a_clerk_who_loads_the_page_anew_gets_a_new_session(w: World) -> None:
    await w.in_a_talk()
    await w.hears(accepted())
    assert w.caller.state is State.CONNECTING
    assert w.said[-2].session == 2
    w.ends[1].connected.set()
    await settle()
    assert w.caller.state is State.TALKING


@scene
async def test_a_server_that_lost_the_call_puts_it_back_into_the_line(w: World) -> None:
    await w.in_a_talk()
    w.caller.socket(False)
    w.caller.socket(True)
    await w.hears(waiting(4))
    assert (w.last.state, w.last.position, w.last.clerk) == (State.WAITING, 4, "")
    assert "close 1" in w.diary


@scene
async def test_a_talk_without_a_server_ends_after_ten_seconds(w: World) -> None:
    await w.in_a_talk()
    w.caller.socket(False)
    await w.pass_time(limits.LOST_OFFLINE_SECONDS)
    assert (w.last.state, w.last.reason) == (State.ENDED, "server_lost")


@scene
async def test_silence_makes_the_link_weak_then_lost_then_a_new_session(w: World) -> None:
    end = await w.in_a_talk()
    end.silence = 2.0
    await w.pass_time(0.25)
    assert (w.last.state, w.last.link) == (State.TALKING, Quality.WEAK)
    end.silence = 6.0
    w.now += 6.0
    await w.caller.tick()
    assert w.caller.state is State.LOST
    await w.pass_time(0.25)
    assert w.said[-2].session == 2


@scene
async def test_failed_media_are_connected_anew(w: World) -> None:
    end = await w.in_a_talk()
    w.now += limits.RETRY_SECONDS
    end.failed.set()
    await settle()
    assert w.caller.state is State.LOST
    await w.pass_time(0.25)
    w.ends[1].connected.set()
    await settle()
    assert w.caller.state is State.TALKING


@scene
async def test_media_that_never_connect_are_tried_again_and_given_up(w: World) -> None:
    w.caller.socket(True)
    w.caller.ask("de", "id_card", "photo")
    await w.hears(accepted())
    await w.pass_time(limits.CONNECTING_SECONDS)
    assert w.caller.state is State.LOST
    for _ in range(3):
        await w.pass_time(limits.RETRY_SECONDS)
    await w.pass_time(limits.LOST_SECONDS)
    assert (w.last.state, w.last.reason) == (State.ENDED, "clerk_lost")
    assert len(w.ends) >= 3


@scene
async def test_answers_of_other_sessions_and_calls_are_dropped(w: World) -> None:
    end = await w.in_a_talk()
    await w.hears(answer(2))
    await w.hears(answer(1, call=LATER))
    await w.hears(answer(1, "nonsense"))
    await w.hears(answer(1))
    candidate = said.Candidate(call=CALL, session=1, candidate="candidate", mid="0")
    await w.hears(candidate)
    assert end.answers == ["answer", "candidate"]


@scene
async def test_the_clerk_hangs_up(w: World) -> None:
    await w.in_a_talk()
    await w.hears(said.Ended(call=CALL, reason=said.EndReason.HUNG_UP))
    assert w.last.state is State.ENDED
    assert "hangup" not in w.kinds()


@scene
async def test_switches_are_told_to_the_clerk_with_the_offer_and_in_the_talk(w: World) -> None:
    w.caller.switch(False, True)
    await w.in_a_talk()
    w.caller.switch(True, False)
    devices = [message for message in w.said if message.type == "devices"]
    assert [(message.camera, message.microphone) for message in devices] == [
        (False, True),
        (True, False),
    ]
    await w.hears(said.Devices(call=CALL, camera=False, microphone=True))
    assert (w.last.clerk_camera, w.last.clerk_microphone) == (False, True)


@scene
async def test_steps_are_shown_to_the_clerk_and_asked_with_again(w: World) -> None:
    await w.in_a_talk()
    w.caller.show_step("fingers", {"title": "Finger"})
    assert w.said[-1].type == "step"
    w.caller.socket(False)
    w.caller.socket(True)
    assert w.said[-1].step == "fingers"


@scene
async def test_a_second_call_waits_until_the_first_has_given_its_sound_back(w: World) -> None:
    await w.in_a_talk()
    w.caller.end(said.EndReason.HUNG_UP)
    w.caller.ask("de", "id_card", "photo")
    await settle()
    assert w.diary[-2:] == ["closed", "open"]
    assert w.said[-1].call == LATER
    assert w.last.reason == ""


@pytest.mark.parametrize("answered", [True, False])
def test_hanging_up_at_any_time_leaves_nothing_open(answered: bool) -> None:
    async def run() -> None:
        async with world() as w:
            w.caller.socket(True)
            w.caller.ask("de", "id_card", "photo")
            if answered:
                await w.hears(accepted())
            w.caller.end(said.EndReason.CANCELLED)
            await settle()
            assert w.diary[-1] == "closed"
            assert len([entry for entry in w.diary if entry.startswith("close ")]) == len(w.ends)

    asyncio.run(run())
