"""Real-time status of ESC/POS printers (DLE EOT n), as pure functions of bytes.

Source: Epson ESC/POS command reference, "DLE EOT". Bits 1 and 4 of every answer are set, bits 0
and 7 are clear: an answer of another shape is no status.
"""

from dataclasses import dataclass
from enum import IntEnum


class Question(IntEnum):
    """The `n` of DLE EOT n."""

    ONLINE = 1
    CAUSE = 2
    PAPER = 4


FIXED = 0x12
_FIXED_MASK = 0x93
OFFLINE = 0x08  # of ONLINE
COVER_OPEN = 0x04  # of CAUSE
NEAR_END = 0x0C  # of PAPER
NO_PAPER = 0x60  # of PAPER


@dataclass(frozen=True, slots=True)
class Status:
    """What the printer says of itself."""

    online: bool = True
    cover_open: bool = False
    paper: bool = True
    paper_near_end: bool = False


def ask(question: Question) -> bytes:
    """Return the three bytes of the question."""
    return bytes((0x10, 0x04, question))


def is_status(answer: int) -> bool:
    """Tell whether a byte has the shape of a status."""
    return answer & _FIXED_MASK == FIXED


def encode(status: Status, question: int) -> bytes:
    """Return the printer's answer byte."""
    answers = {
        Question.ONLINE: (not status.online) * OFFLINE,
        Question.CAUSE: status.cover_open * COVER_OPEN,
        Question.PAPER: status.paper_near_end * NEAR_END | (not status.paper) * NO_PAPER,
    }
    return bytes([FIXED | answers.get(Question(question), 0)])


def decode(online: int, cause: int, paper: int) -> Status:
    """Put three answers together."""
    return Status(
        online=not online & OFFLINE,
        cover_open=bool(cause & COVER_OPEN),
        paper=not paper & NO_PAPER,
        paper_near_end=bool(paper & NEAR_END),
    )
