"""Ends of a call that fall silent, come back or are replaced by a newer socket."""

from remote_clerk.messages import (
    Accept,
    Availability,
    EndReason,
    Ping,
)
from server.calls.exchange import LOST, REPLACED
from tests.server.calls.conftest import CALL, OTHER, ask


def test_a_clerk_who_closes_the_lid_is_missed_within_five_seconds(talking):
    room, terminal, terminal_box, _, _ = talking
    room.wait(5, terminal)
    assert terminal_box.types() == ["nobody"]
    assert room.exchange.calls == 1  # the place in the line is kept


def test_a_terminal_without_power_is_missed_within_five_seconds(talking):
    room, _, _, desk, desk_box = talking
    room.wait(5, desk)
    assert desk_box.last("ended").reason == EndReason.TERMINAL_LOST
    assert room.exchange.calls == 0


def test_a_silent_socket_is_closed_after_three_seconds(room):
    _, box = room.terminal()
    room.wait(2.5)
    assert box.closed is None
    room.wait(0.5)
    assert box.closed == LOST


def test_a_ping_is_a_sign_of_life(room):
    terminal, box = room.terminal()
    for _ in range(5):
        room.wait(2)
        room.exchange.terminal_said(terminal, Ping())
    assert box.closed is None


def test_a_clerk_who_reloads_the_page_gets_the_call_back(talking):
    room, terminal, terminal_box, desk, _ = talking
    room.exchange.desk_gone(desk)
    room.wait(1, terminal)
    again, box = room.desk()
    assert (box.types(), terminal_box.types()) == (["taken"], ["accepted"])
    room.wait(10, terminal, again)
    assert room.exchange.calls == 1


def test_a_terminal_that_comes_back_in_time_gets_the_call_back(talking):
    room, terminal, _, desk, desk_box = talking
    room.exchange.terminal_gone(terminal)
    room.wait(2, desk)
    again, box = room.terminal()
    room.exchange.terminal_said(again, ask())
    assert (box.types(), desk_box.types()) == (["accepted"], [])
    room.wait(10, desk, again)
    assert room.exchange.calls == 1


def test_a_rebooted_terminal_that_asks_for_nothing_ends_its_old_call(talking):
    room, terminal, _, desk, desk_box = talking
    room.exchange.terminal_gone(terminal)
    again, box = room.terminal()
    room.wait(5, desk, again)
    assert desk_box.last("ended").reason == EndReason.TERMINAL_LOST
    assert box.types() == ["ended"]


def test_a_rebooted_terminal_that_asks_anew_ends_its_old_call_at_once(talking):
    room, terminal, _, _, desk_box = talking
    room.exchange.terminal_gone(terminal)
    again, box = room.terminal()
    room.exchange.terminal_said(again, ask(OTHER))
    assert desk_box.types() == ["ended", "ring"]
    assert box.types() == ["waiting"]


def test_a_newer_socket_of_a_terminal_closes_the_older(room):
    older, box = room.terminal()
    newer, _ = room.terminal()
    assert box.closed == REPLACED
    room.exchange.terminal_gone(older)
    room.exchange.terminal_said(newer, ask())
    assert room.exchange.calls == 1


def test_the_newest_tab_of_a_clerk_owns_the_line(room):
    old, old_box = room.desk()
    _new, new_box = room.desk()
    assert old_box.last("wrong").code == "CALL-604"
    terminal, _ = room.terminal()
    old_box.types()
    room.exchange.terminal_said(terminal, ask())
    assert (old_box.types(), new_box.types()) == ([], ["ring"])
    room.exchange.desk_said(old, Accept(call=CALL))
    assert old_box.types() == ["wrong"]
    assert old_box.last("line").calls  # it still sees the line
    room.exchange.desk_gone(old)
    assert room.exchange.clerks_online == 1


def test_a_ring_follows_the_clerk_into_the_new_tab(room):
    _, old_box = room.desk()
    terminal, _ = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    _, new_box = room.desk()
    assert old_box.types() == ["ring", "wrong"]
    assert new_box.types() == ["ring"]


def test_a_call_follows_the_clerk_into_the_new_tab(talking):
    room, _, terminal_box, _, old_box = talking
    _, new_box = room.desk()
    assert old_box.last("ended").reason == EndReason.ELSEWHERE
    assert old_box.types() == ["ended", "wrong"]
    assert new_box.types() == ["taken"]
    assert terminal_box.types() == ["accepted"]


def test_a_second_tab_or_a_reload_wants_calls_as_the_session_did(room):
    first, _ = room.desk(session="one")
    room.exchange.desk_said(first, Availability(available=True))
    second, box = room.desk(session="one")
    assert box.last("welcome").available is True
    room.exchange.desk_said(second, Availability(available=False))
    room.exchange.desk_gone(first)
    room.exchange.desk_gone(second)
    _, box = room.desk(session="one")
    assert (box.last("welcome").available, room.exchange.clerks_online) == (False, 0)


def test_a_desk_opened_much_later_or_in_a_new_session_begins_anew(room):
    party, box = room.desk(session="one")
    assert box.last("welcome").available is None
    room.exchange.desk_said(party, Availability(available=True))
    room.exchange.desk_gone(party)
    room.wait(40)
    assert room.desk(session="one")[1].last("welcome").available is None
    assert room.desk(session="two")[1].last("welcome").available is None


def test_a_taken_over_call_tells_how_long_it_has_lasted(talking):
    room, terminal, _, desk, _ = talking
    room.wait(90, terminal, desk)
    assert room.desk()[1].last("taken").seconds == 90
