"""Everything the terminal reports: its devices, the call, the outbox, the server and the clock."""

from dataclasses import dataclass, field
from enum import StrEnum

from hardware.types import Fault
from kiosk.media.protocol import CallState, Guidance, PhotoTaken
from server.contract.captures import FingerFact, QualityReport


class Finger(StrEnum):
    """The two fingers a terminal may take, in this order (TR-03121-3, ACQ-FP2P-USV)."""

    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class CameraChanged:
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Guided:
    guidance: Guidance


@dataclass(frozen=True, slots=True)
class PhotoCame:
    photo: PhotoTaken


@dataclass(frozen=True, slots=True)
class PhotoTimedOut: ...


@dataclass(frozen=True, slots=True)
class FingerProgress:
    """Live picture: `picture` is grey uint8 rows as bytes, `width` pixels wide; share is 0..1."""

    finger: Finger
    hint: str  # hardware.fingerprint.report.FingerHint word
    share: float
    picture: bytes = field(default=b"", repr=False)
    width: int = 0


@dataclass(frozen=True, slots=True)
class FingerCame:
    """One attempt; the effect handler has already sealed the WSQ when `report.accepted`."""

    finger: Finger
    report: QualityReport
    fact: FingerFact
    attempt: int


@dataclass(frozen=True, slots=True)
class ScannerChanged:
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class CallChanged:
    call: CallState


@dataclass(frozen=True, slots=True)
class Stored:
    """The sealed envelope is committed: only now the citizen is done."""

    pickup_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotStored:
    code: str


@dataclass(frozen=True, slots=True)
class Online:
    """Whether the server answers."""

    online: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed; `now` is time.monotonic() seconds. Sent at least twice a second."""

    now: float


ByTerminal = (
    CameraChanged
    | Guided
    | PhotoCame
    | PhotoTimedOut
    | FingerProgress
    | FingerCame
    | ScannerChanged
    | PrinterChanged
    | CallChanged
    | Stored
    | NotStored
    | Online
    | Tick
)
