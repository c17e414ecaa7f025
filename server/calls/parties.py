"""Who takes part in calls, as the exchange keeps them."""

from dataclasses import dataclass, field
from typing import Protocol

from remote_clerk.messages import Ask, Nobody, StepShown, ToDesk, ToTerminal, Waiting

SILENCE_SECONDS = 3.0  # without a message for so long the other end is gone
GRACE_SECONDS = 4.0  # and for so long, from its last message, its call is kept


class Mailbox(Protocol):
    """Where messages to one socket go; never waits."""

    def put(self, message: "ToTerminal | ToDesk") -> None: ...

    def close(self, code: int) -> None: ...


@dataclass(slots=True, eq=False)
class Party:
    """One connected socket of a terminal or of a clerk's tab."""

    id: str  # terminal id, or login
    label: str  # place of the terminal, or name of the clerk
    mailbox: Mailbox
    heard_at: float
    owner: bool = True  # False: an older tab of a clerk, which only reads
    session: str = ""  # the clerk's session that opened the socket


@dataclass(slots=True)
class LiveCall:
    """One call from *ask* to its end; the waiting line knows its place and its clerk."""

    ask: Ask
    terminal_id: str
    place: str
    step: str
    shown: StepShown | None = None
    told: Waiting | Nobody | None = None
    lost: dict[str, float] = field(default_factory=dict)  # side -> until when it is waited for
