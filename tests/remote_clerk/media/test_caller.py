"""The citizen's side of a call, by its diary: what is said, what is told, what is opened."""

import asyncio

import pytest

from remote_clerk import messages as said
from remote_clerk.call import State
from remote_clerk.media import caller as limits
from tests.remote_clerk.media.world import (
    CALL,
    LATER,
    World,
    accepted,
    answer,
    scene,
    settle,
    waiting,
    world,
)


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
