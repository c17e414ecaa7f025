"""The line is fair, loses nobody and never gives one call to two clerks."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from remote_clerk.waiting_line import (
    LANGUAGE_PATIENCE,
    OFFER_SECONDS,
    Changes,
    Line,
    accept,
    call_of,
    changes,
    clerk_available,
    clerk_gone,
    clerk_here,
    clerks_online,
    decline,
    estimate_seconds,
    find,
    join,
    leave,
    next_due,
    position,
    tick,
)

GERMAN = frozenset({"de"})
BOTH = frozenset({"de", "en"})


def ringing(line: Line) -> dict[str, str]:
    return {place.call: place.ringing for place in line.places if place.ringing}


def line_of(*calls: str, desks: str = "") -> Line:
    line = Line()
    for desk in desks:
        line = clerk_here(line, desk, BOTH, 0)
    for number, call in enumerate(calls):
        line = join(line, call, "de", number)
    return line


def accepted(line: Line | None) -> Line:
    assert line is not None
    return line


def test_a_call_rings_at_once_at_a_free_desk() -> None:
    before = line_of(desks="A")
    after = join(before, "x", "de", 5)
    assert changes(before, after) == Changes(rung=(("x", "A"),), silenced=())


def test_who_waits_longest_is_next() -> None:
    line = clerk_here(line_of("x", "y", "z"), "A", BOTH, 9)
    assert ringing(line) == {"x": "A"}
    assert [position(line, call) for call in "xyz"] == [1, 2, 3]


def test_joining_twice_keeps_the_place() -> None:
    line = line_of("x", "y")
    assert join(line, "x", "en", 50) == line


def test_two_desks_ring_for_two_calls() -> None:
    assert ringing(line_of("x", "y", "z", desks="AB")) == {"x": "A", "y": "B"}


def test_a_declined_call_rings_at_the_next_desk_and_keeps_its_place() -> None:
    line = decline(line_of("x", desks="AB"), "x", "A", 3)
    assert ringing(line) == {"x": "B"}
    assert position(line, "x") == 1


def test_an_unanswered_ring_moves_on_after_its_time() -> None:
    line = line_of("x", desks="AB")
    assert next_due(line, 0) == OFFER_SECONDS
    assert ringing(tick(line, OFFER_SECONDS - 0.1)) == {"x": "A"}
    assert ringing(tick(line, OFFER_SECONDS)) == {"x": "B"}


def test_the_only_clerk_is_asked_again_after_a_rest() -> None:
    line = decline(line_of("x", desks="A"), "x", "A", 3)
    assert ringing(line) == {}
    assert next_due(line, 3) == 3 + OFFER_SECONDS
    assert ringing(tick(line, 3 + OFFER_SECONDS)) == {"x": "A"}


def test_a_desk_that_passed_on_one_call_still_rings_for_another() -> None:
    line = decline(line_of("x", "y", desks="A"), "x", "A", 3)
    assert ringing(line) == {"y": "A"}


def test_the_second_clerk_to_accept_is_told_no() -> None:
    line = accepted(accept(line_of("x", desks="AB"), "x", "A", 2))
    assert accept(line, "x", "B", 2) is None
    assert accept(line, "x", "A", 2) is None


def test_a_clerk_may_pick_a_call_that_rings_elsewhere() -> None:
    before = line_of("x", desks="AB")
    line = accepted(accept(before, "x", "B", 2))
    assert call_of(line, "B") == "x"
    assert changes(before, line) == Changes(rung=(), silenced=(("x", "A"),))


def test_a_talking_clerk_cannot_take_a_second_call() -> None:
    line = accepted(accept(line_of("x", "y", desks="A"), "x", "A", 2))
    assert accept(line, "y", "A", 2) is None
    assert ringing(line) == {}


def test_nobody_accepts_who_is_not_signed_in() -> None:
    assert accept(line_of("x"), "x", "A", 2) is None


def test_the_next_call_rings_when_a_talk_is_over() -> None:
    line = accepted(accept(line_of("x", "y", desks="A"), "x", "A", 2))
    assert ringing(leave(line, "x", 100)) == {"y": "A"}


def test_a_clerk_who_vanishes_gives_the_call_its_old_place_back() -> None:
    line = accepted(accept(line_of("x", "y", desks="A"), "x", "A", 2))
    line = clerk_gone(line, "A", 30)
    assert [position(line, call) for call in "xy"] == [1, 2]
    assert ringing(clerk_here(line, "B", BOTH, 31)) == {"x": "B"}


def test_a_ring_leaves_a_desk_that_wants_no_calls() -> None:
    line = clerk_available(line_of("x", desks="AB"), "A", available=False, now=1)
    assert ringing(line) == {"x": "B"}
    assert clerks_online(line) == 1


def test_a_call_prefers_a_clerk_who_speaks_its_language() -> None:
    line = clerk_here(clerk_here(Line(), "A", GERMAN, 0), "B", BOTH, 1)
    assert ringing(join(line, "x", "en", 2)) == {"x": "B"}


def test_a_call_waits_a_while_for_a_busy_clerk_of_its_language() -> None:
    line = clerk_here(clerk_here(Line(), "A", GERMAN, 0), "B", BOTH, 1)
    line = accepted(accept(join(line, "w", "en", 2), "w", "B", 3))
    line = join(line, "x", "en", 4)
    assert ringing(line) == {}
    assert next_due(line, 4) == 4 + LANGUAGE_PATIENCE
    assert ringing(tick(line, 4 + LANGUAGE_PATIENCE)) == {"x": "A"}


def test_any_clerk_is_better_than_none() -> None:
    assert ringing(join(clerk_here(Line(), "A", GERMAN, 0), "x", "en", 1)) == {"x": "A"}


def test_nothing_is_estimated_without_data() -> None:
    line = line_of("x", "y", desks="A")
    assert estimate_seconds(line, "y") is None


def test_the_estimate_follows_what_was_measured() -> None:
    line, now = line_of(desks="A"), 0.0
    for number in range(3):
        line = join(line, f"c{number}", "de", now)
        line = accepted(accept(line, f"c{number}", "A", now + 10))
        now += 310
        line = leave(line, f"c{number}", now)
    line = join(join(line, "x", "de", now), "y", "de", now)
    assert estimate_seconds(line, "x") == 10
    assert estimate_seconds(line, "y") == 310
    assert estimate_seconds(clerk_gone(line, "A", now), "x") is None


CALLS = st.sampled_from("uvwxyz")
CLERKS = st.sampled_from("ABC")
LANGUAGES = st.sampled_from(["de", "en", "tr"])


class LineLife(RuleBasedStateMachine):
    """Anything in any order; the invariants hold after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Line()
        self.now = 0.0
        self.inside: list[str] = []  # joined and not left, in order of joining
        self.talking: dict[str, str] = {}

    @rule(call=CALLS, language=LANGUAGES)
    def join(self, call: str, language: str) -> None:
        self.line = join(self.line, call, language, self.now)
        if call not in self.inside:
            self.inside.append(call)

    @rule(call=CALLS)
    def leave(self, call: str) -> None:
        self.line = leave(self.line, call, self.now)
        if call in self.inside:
            self.inside.remove(call)
        self.talking.pop(call, None)

    @rule(clerk=CLERKS, languages=st.frozensets(LANGUAGES))
    def here(self, clerk: str, languages: frozenset[str]) -> None:
        self.line = clerk_here(self.line, clerk, languages, self.now)

    @rule(clerk=CLERKS)
    def gone(self, clerk: str) -> None:
        self.line = clerk_gone(self.line, clerk, self.now)
        self.talking = {call: who for call, who in self.talking.items() if who != clerk}

    @rule(clerk=CLERKS, available=st.booleans())
    def available(self, clerk: str, available: bool) -> None:
        self.line = clerk_available(self.line, clerk, available, self.now)

    @rule(call=CALLS, clerk=CLERKS)
    def accept(self, call: str, clerk: str) -> None:
        line = accept(self.line, call, clerk, self.now)
        signed_in = any(desk.clerk == clerk for desk in self.line.desks)
        possible = (
            call in self.inside
            and call not in self.talking
            and clerk not in self.talking.values()
            and signed_in
        )
        assert (line is not None) == possible
        if line is not None:
            self.line = line
            self.talking[call] = clerk

    @precondition(lambda self: ringing(self.line))
    @rule(data=st.data())
    def decline(self, data: st.DataObject) -> None:
        call, clerk = data.draw(st.sampled_from(sorted(ringing(self.line).items())))
        self.line = decline(self.line, call, clerk, self.now)

    @rule(seconds=st.floats(0.1, 100))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.line = tick(self.line, self.now)

    @invariant()
    def nobody_is_lost_or_doubled(self) -> None:
        assert [place.call for place in self.line.places] == self.inside

    @invariant()
    def one_call_has_one_clerk_and_one_clerk_one_call(self) -> None:
        assert {p.call: p.clerk for p in self.line.places if p.clerk} == self.talking
        engaged = [name for p in self.line.places for name in (p.ringing, p.clerk) if name]
        assert len(engaged) == len(set(engaged))

    @invariant()
    def only_available_desks_ring(self) -> None:
        wanted = {desk.clerk for desk in self.line.desks if desk.available}
        assert set(ringing(self.line).values()) <= wanted

    @invariant()
    def positions_are_the_order_of_waiting(self) -> None:
        waiting = [call for call in self.inside if call not in self.talking]
        assert [position(self.line, call) for call in waiting] == list(range(1, len(waiting) + 1))

    @invariant()
    def a_settled_line_stays_until_something_is_due(self) -> None:
        due = next_due(self.line, self.now)
        until = self.now + 1000 if due is None else due - 0.001
        if until > self.now:
            assert changes(self.line, tick(self.line, until)) == Changes((), ())

    @invariant()
    def a_free_desk_never_idles_while_somebody_waits_whom_it_may_serve(self) -> None:
        taken = {name for p in self.line.places for name in (p.ringing, p.clerk) if name}
        for desk in self.line.desks:
            if not desk.available or desk.clerk in taken:
                continue
            for place in self.line.places:
                silent = not place.ringing and not place.clerk
                resting = any(c == desk.clerk and t > self.now for c, t in place.passed)
                assert not (silent and not resting and place.language in desk.languages)


TestLineLife = LineLife.TestCase
TestLineLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize("call", ["x"])
def test_questions_about_an_unknown_call_are_none(call: str) -> None:
    line = Line()
    assert find(line, call) is None
    assert position(line, call) is None
    assert estimate_seconds(line, call) is None
    assert leave(line, call, 1) == line
