"""Calls from ask to end, told by what each mailbox got."""

from remote_clerk.messages import (
    Accept,
    Availability,
    Candidate,
    Decline,
    Devices,
    EndReason,
    HangUp,
    StepShown,
)
from tests.server.calls.conftest import CALL, OTHER, Room, ask, offer


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
