"""The table of a call, asked as a whole."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from remote_clerk.call import TABLE, UNDER_WAY, WITH_CLERK, Event, State, advance, as_mermaid

DIAGRAM = Path(__file__).parents[2] / "docs" / "interfaces" / "call.md"


def reachable(start: State, without: Iterable[Event] = ()) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for (state, event), then in TABLE.items():
            if state is here and event not in without and then not in seen:
                seen.add(then)
                todo.append(then)
    return seen


def test_every_state_can_be_reached() -> None:
    assert reachable(State.IDLE) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_state_leads_back_to_idle(state: State) -> None:
    assert State.IDLE in reachable(state)


@pytest.mark.parametrize("state", sorted(UNDER_WAY))
def test_hanging_up_ends_every_call_at_once(state: State) -> None:
    assert advance(state, Event.HANG_UP) is State.ENDED


@pytest.mark.parametrize("state", sorted(UNDER_WAY - {State.TALKING}))
def test_nobody_hangs_in_an_unfinished_call_for_ever(state: State) -> None:
    assert advance(state, Event.GAVE_UP) is State.ENDED


def test_a_talk_never_ends_without_a_warning_or_a_goodbye() -> None:
    ends = {event for (state, event), then in TABLE.items() if state is State.TALKING}
    assert advance(State.TALKING, Event.DROPPED) is State.LOST
    assert Event.GAVE_UP not in ends


@pytest.mark.parametrize("event", set(Event) - {Event.FORGET})
def test_late_news_cannot_wake_an_ended_call(event: Event) -> None:
    assert advance(State.ENDED, event) is None


@pytest.mark.parametrize("event", set(Event) - {Event.ASK})
def test_only_asking_starts_a_call(event: Event) -> None:
    assert advance(State.IDLE, event) is None


def test_only_a_clerks_acceptance_leads_to_a_clerk() -> None:
    into = {
        event
        for (state, event), then in TABLE.items()
        if then in WITH_CLERK and state not in WITH_CLERK
    }
    assert into == {Event.ACCEPTED}


def test_nobody_talks_before_the_ends_are_connected() -> None:
    into = {event for (_, event), then in TABLE.items() if then is State.TALKING}
    assert into == {Event.CONNECTED}


def test_a_lost_call_can_come_back_or_return_to_the_line() -> None:
    assert advance(State.LOST, Event.CONNECTED) is State.TALKING
    assert advance(State.LOST, Event.ACCEPTED) is State.CONNECTING
    assert advance(State.LOST, Event.QUEUED) is State.WAITING


def test_ended_only_leads_to_idle() -> None:
    assert reachable(State.ENDED, without=[Event.ASK]) == {State.ENDED, State.IDLE}


def test_every_event_means_something_somewhere() -> None:
    assert {event for _, event in TABLE} == set(Event)


def test_the_diagram_in_the_documentation_is_this_table() -> None:
    assert as_mermaid() in DIAGRAM.read_text(encoding="utf-8")
