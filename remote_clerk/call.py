"""Life of a call as one table, the same at the terminal and at the server (pure)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a call is; RINGING is seen by the server and the desk only."""

    IDLE = "idle"
    ASKING = "asking"
    WAITING = "waiting"
    NOBODY = "nobody"
    RINGING = "ringing"
    CONNECTING = "connecting"
    TALKING = "talking"
    LOST = "lost"
    ENDED = "ended"


class Event(StrEnum):
    """What can happen to a call."""

    ASK = "ask"  # the citizen pressed help, or asks again after the server was away
    QUEUED = "queued"  # it has a place in the line and a clerk is signed in
    NOBODY_THERE = "nobody_there"  # it has a place in the line, but no clerk is signed in
    RANG = "rang"  # one desk is offered the call
    PASSED = "passed"  # that desk declined, stayed silent or went away
    ACCEPTED = "accepted"  # a clerk took the call, or is back in it (the page was loaded anew)
    CONNECTED = "connected"  # the two ends see each other
    DROPPED = "dropped"  # nothing comes any more from the other end or the server
    GAVE_UP = "gave_up"  # it stayed dropped for too long
    HANG_UP = "hang_up"  # either side said goodbye
    FORGET = "forget"  # the end was shown; ready for the next call


_S, _E = State, Event

TABLE: Mapping[tuple[State, Event], State] = MappingProxyType(
    {
        (_S.IDLE, _E.ASK): _S.ASKING,
        (_S.ASKING, _E.ASK): _S.ASKING,
        (_S.ASKING, _E.QUEUED): _S.WAITING,
        (_S.ASKING, _E.NOBODY_THERE): _S.NOBODY,
        (_S.ASKING, _E.ACCEPTED): _S.CONNECTING,
        (_S.ASKING, _E.GAVE_UP): _S.ENDED,
        (_S.ASKING, _E.HANG_UP): _S.ENDED,
        (_S.NOBODY, _E.QUEUED): _S.WAITING,
        (_S.NOBODY, _E.ASK): _S.ASKING,
        (_S.NOBODY, _E.NOBODY_THERE): _S.NOBODY,
        (_S.NOBODY, _E.GAVE_UP): _S.ENDED,
        (_S.NOBODY, _E.HANG_UP): _S.ENDED,
        (_S.WAITING, _E.QUEUED): _S.WAITING,
        (_S.WAITING, _E.ASK): _S.ASKING,
        (_S.WAITING, _E.NOBODY_THERE): _S.NOBODY,
        (_S.WAITING, _E.RANG): _S.RINGING,
        (_S.WAITING, _E.ACCEPTED): _S.CONNECTING,
        (_S.WAITING, _E.GAVE_UP): _S.ENDED,
        (_S.WAITING, _E.HANG_UP): _S.ENDED,
        (_S.RINGING, _E.PASSED): _S.WAITING,
        (_S.RINGING, _E.ACCEPTED): _S.CONNECTING,
        (_S.RINGING, _E.GAVE_UP): _S.ENDED,
        (_S.RINGING, _E.HANG_UP): _S.ENDED,
        (_S.CONNECTING, _E.CONNECTED): _S.TALKING,
        (_S.CONNECTING, _E.ACCEPTED): _S.CONNECTING,
        (_S.CONNECTING, _E.DROPPED): _S.LOST,
        (_S.CONNECTING, _E.QUEUED): _S.WAITING,
        (_S.CONNECTING, _E.NOBODY_THERE): _S.NOBODY,
        (_S.CONNECTING, _E.GAVE_UP): _S.ENDED,
        (_S.CONNECTING, _E.HANG_UP): _S.ENDED,
        (_S.TALKING, _E.ACCEPTED): _S.CONNECTING,
        (_S.TALKING, _E.DROPPED): _S.LOST,
        (_S.TALKING, _E.QUEUED): _S.WAITING,
        (_S.TALKING, _E.NOBODY_THERE): _S.NOBODY,
        (_S.TALKING, _E.HANG_UP): _S.ENDED,
        (_S.LOST, _E.CONNECTED): _S.TALKING,
        (_S.LOST, _E.ACCEPTED): _S.CONNECTING,
        (_S.LOST, _E.QUEUED): _S.WAITING,
        (_S.LOST, _E.NOBODY_THERE): _S.NOBODY,
        (_S.LOST, _E.GAVE_UP): _S.ENDED,
        (_S.LOST, _E.HANG_UP): _S.ENDED,
        (_S.ENDED, _E.FORGET): _S.IDLE,
    }
)

UNDER_WAY = frozenset(State) - {State.IDLE, State.ENDED}
"""States in which the citizen sees the call's overlay and *hang up* works."""

WITH_CLERK = frozenset({State.CONNECTING, State.TALKING, State.LOST})
"""States in which one clerk belongs to the call."""


def advance(state: State, event: Event) -> State | None:
    """Return the next state, or None when the event means nothing here (late, doubled, wrong)."""
    return TABLE.get((state, event))


def as_mermaid() -> str:
    """Return the table as a Mermaid state diagram, for the documentation."""
    rows = (f"    {a} --> {b}: {event}" for (a, event), b in TABLE.items())
    return "\n".join(["stateDiagram-v2", "    [*] --> idle", *rows]) + "\n"
