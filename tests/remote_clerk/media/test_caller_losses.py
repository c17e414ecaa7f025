"""Server, clerk or media are lost in a call: what is tried again, and when it ends."""

from remote_clerk.call import State
from remote_clerk.link import Quality
from remote_clerk.media import caller as limits
from tests.remote_clerk.media.world import CALL, World, accepted, scene, settle, waiting


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
async def test_a_first_picture_that_comes_after_the_server_is_gone_is_no_talk(w: World) -> None:
    end = await w.in_a_talk()
    w.caller.socket(False)
    end.first()
    assert w.caller.state is State.LOST
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
