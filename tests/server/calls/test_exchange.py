"""Calls from ask to end, told by what each mailbox got."""

from dataclasses import dataclass, field

import pytest

from remote_clerk.ice import Relays
from remote_clerk.messages import (
    Accept,
    Ask,
    Availability,
    Candidate,
    Decline,
    Description,
    Devices,
    EndReason,
    HangUp,
    Ping,
    StepShown,
)
from server.calls.exchange import LOST, REPLACED, Exchange
from server.calls.switchboard import Surroundings

CALL, OTHER = "a" * 32, "b" * 32


@dataclass
class Diary:
    """A mailbox that keeps what it got."""

    got: list = field(default_factory=list)
    closed: int | None = None

    def put(self, message):
        self.got.append(message)

    def close(self, code):
        self.closed = code

    def types(self):
        kinds = [message.type for message in self.got if message.type not in ("line", "ping")]
        self.got = [message for message in self.got if message.type == "line"]
        return kinds

    def last(self, kind):
        return [message for message in self.got if message.type == kind][-1]


class Room:
    """An exchange with its clock and its trail."""

    def __init__(self, **settings):
        self.now = 100.0
        self.notes = []
        relays = Relays(("turn:relay.example:3478",), "secret")
        hours = {"de": "8 bis 18", "en": "8 to 18"}
        clocks = (lambda: self.now, lambda: 1.0)
        given = Surroundings(*clocks, self._note, relays, hours, **settings)
        self.exchange = Exchange(given)

    def _note(self, event, actor, subject, facts):
        self.notes.append((event.value, actor, dict(facts)))

    def terminal(self, name="foyer-1"):
        box = Diary()
        return self.exchange.terminal_here(name, "Foyer", box), box

    def desk(self, login="clerk"):
        box = Diary()
        return self.exchange.desk_here(login, login.title(), box), box

    def wait(self, seconds, *alive):
        """Let time pass in half seconds while these parties keep saying ping."""
        for _ in range(round(seconds * 2)):
            self.now += 0.5
            for party in alive:
                party.heard_at = self.now
            self.exchange.tick()


def ask(call=CALL, language="de"):
    return Ask(call=call, language=language, service="id-card", step="photo")


def offer(session=1):
    return Description(call=CALL, session=session, kind="offer", sdp="v=0")


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def talking(room):
    """A terminal and a clerk in a call."""
    (desk, desk_box), (terminal, terminal_box) = room.desk(), room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.exchange.desk_said(desk, Accept(call=CALL))
    desk_box.types(), terminal_box.types()
    return room, terminal, terminal_box, desk, desk_box


def test_a_call_rings_is_answered_and_ends(room):
    (desk, desk_box), (terminal, terminal_box) = room.desk(), room.terminal()
    room.exchange.terminal_said(terminal, ask())
    assert (desk_box.types(), terminal_box.types()) == (["ring"], ["waiting"])
    room.exchange.desk_said(desk, Accept(call=CALL))
    assert (desk_box.types(), terminal_box.types()) == (["taken"], ["accepted"])
    room.exchange.terminal_said(terminal, HangUp(call=CALL))
    assert (desk_box.types(), terminal_box.types()) == (["ended"], [])
    assert room.exchange.calls == 0
    assert room.notes[-1] == ("call_ended", "terminal:foyer-1", {"reason": "hung_up"})
    assert [note[0] for note in room.notes] == [
        "call_asked",
        "call_rung",
        "call_answered",
        "call_ended",
    ]


def test_an_unanswered_call_moves_on_after_the_configured_seconds():
    room = Room(ring_seconds=8)
    (anna, first), (ben, second), (terminal, _) = (
        room.desk("anna"),
        room.desk("ben"),
        room.terminal(),
    )
    room.exchange.terminal_said(terminal, ask())
    room.wait(7.5, anna, ben, terminal)
    assert (first.types(), second.types()) == (["ring"], [])
    room.wait(0.5, anna, ben, terminal)
    assert (first.types(), second.types()) == (["ended"], ["ring"])


def test_both_ends_get_relays_and_the_citizen_the_clerks_name(room):
    (desk, desk_box), (terminal, terminal_box) = room.desk(), room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.exchange.desk_said(desk, Accept(call=CALL))
    assert desk_box.last("taken").ice[0].username.endswith(":desk")
    accepted = terminal_box.last("accepted")
    assert (accepted.clerk, accepted.ice[0].username.split(":")[1]) == ("Clerk", "terminal")


def test_nobody_there_is_said_with_the_hours_and_the_place_is_kept(room):
    terminal, box = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    assert box.last("nobody").hours["de"] == "8 bis 18"
    _, desk_box = room.desk()
    assert box.last("waiting").position == 1
    assert desk_box.types() == ["ring"]


def test_a_clerk_who_takes_no_calls_is_nobody(room):
    desk, desk_box = room.desk()
    room.exchange.desk_said(desk, Availability(available=False))
    terminal, box = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    assert (box.types(), desk_box.types()) == (["nobody"], [])


def test_a_busy_clerk_is_not_rung(talking):
    room, terminal, _, desk, desk_box = talking
    second, box = room.terminal("foyer-2")
    room.exchange.terminal_said(second, ask(OTHER))
    assert (box.types(), desk_box.types()) == (["waiting"], [])
    room.exchange.desk_said(desk, Accept(call=OTHER))
    assert desk_box.last("wrong").code == "CALL-605"
    room.exchange.terminal_said(terminal, HangUp(call=CALL))
    assert desk_box.types() == ["wrong", "ended", "ring"]


def test_a_declined_call_rings_at_the_next_desk(room):
    (first, first_box), (_second, second_box) = room.desk("anna"), room.desk("bert")
    terminal, _ = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    assert (first_box.types(), second_box.types()) == (["ring"], [])
    room.exchange.desk_said(first, Decline(call=CALL))
    assert (first_box.types(), second_box.types()) == (["ended"], ["ring"])
    assert ("call_declined", "staff:anna", {}) in room.notes


def test_an_unanswered_ring_moves_on(room):
    (first, first_box), (second, second_box) = room.desk("anna"), room.desk("bert")
    terminal, _ = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.wait(20, first, second, terminal)
    assert (first_box.types(), second_box.types()) == (["ring", "ended"], ["ring"])


def test_a_ring_stops_when_the_citizen_gives_up(room):
    _, desk_box = room.desk()
    terminal, _ = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.exchange.terminal_said(terminal, HangUp(call=CALL, reason=EndReason.CANCELLED))
    assert desk_box.last("ended").reason == EndReason.CANCELLED


def test_only_the_two_of_a_call_hear_each_other(talking):
    room, terminal, terminal_box, desk, desk_box = talking
    other, other_box = room.desk("bert")
    stranger, stranger_box = room.terminal("foyer-2")
    said = (offer(), Candidate(call=CALL, session=1, candidate=None))
    for message in said:
        room.exchange.terminal_said(terminal, message)
    room.exchange.desk_said(desk, Devices(call=CALL, camera=True, microphone=False))
    assert desk_box.types() == ["description", "candidate"]
    assert terminal_box.types() == ["devices"]
    room.exchange.desk_said(other, Devices(call=CALL, camera=True, microphone=True))
    room.exchange.terminal_said(stranger, offer())
    assert (other_box.types(), stranger_box.types()) == (["wrong"], ["wrong"])
    assert (desk_box.types(), terminal_box.types()) == ([], [])


def test_nobody_asks_with_the_id_of_another_terminals_call(talking):
    room, _, terminal_box, _, _ = talking
    stranger, box = room.terminal("foyer-2")
    room.exchange.terminal_said(stranger, ask(CALL))
    assert (box.types(), terminal_box.types()) == (["wrong"], [])


def test_the_clerk_sees_the_step_also_when_joining_late(room):
    (desk, desk_box), (terminal, _) = room.desk(), room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.exchange.terminal_said(terminal, StepShown(call=CALL, step="fingers", view={}))
    assert desk_box.last("line").calls[0].step == "fingers"
    room.exchange.desk_said(desk, Accept(call=CALL))
    assert desk_box.types() == ["ring", "taken", "step"]


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


def test_every_desk_sees_the_whole_line(room):
    _, first_box = room.desk("anna")
    second, second_box = room.desk("bert")
    terminal, _ = room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.exchange.desk_said(second, Accept(call=CALL))
    for box in (first_box, second_box):
        (entry,) = box.last("line").calls
        assert (entry.place, entry.clerk, entry.service) == ("Foyer", "bert", "id-card")


def test_a_change_of_captures_reaches_every_tab(room):
    boxes = [room.desk("anna")[1], room.desk("anna")[1], room.desk("bert")[1]]
    room.exchange.captures_changed()
    assert all(box.types()[-1] == "captures" for box in boxes)


def test_the_trail_never_holds_what_was_said(talking):
    room, terminal, _, _, _ = talking
    room.exchange.terminal_said(terminal, offer())
    assert "v=0" not in str(room.notes)
