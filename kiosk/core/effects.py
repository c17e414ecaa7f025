"""Everything the core asks the world to do: a closed set of values, performed by the runtime."""

from dataclasses import dataclass, field

from hardware.printer.blocks import Block
from kiosk.core.events import Finger
from remote_clerk.messages import EndReason
from server.contract.captures import AgeBand, FeeLine, FingerFact, FingerReports
from server.contract.envelope import PartKind


@dataclass(frozen=True, slots=True)
class StartPhoto:
    """Judge live pictures for at most `seconds`; `template` is "adult" or "child"."""

    template: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StopPhoto:
    pass


@dataclass(frozen=True, slots=True)
class ShowPreview:
    on: bool


@dataclass(frozen=True, slots=True)
class StartFinger:
    """Take one print; on the `last` attempt the best of all is sealed, however good it is."""

    finger: Finger
    attempt: int
    last: bool


@dataclass(frozen=True, slots=True)
class StopFinger:
    pass


@dataclass(frozen=True, slots=True)
class SealPart:
    """Seal to the office's key at once; replaces an earlier part of this kind."""

    kind: PartKind
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DropParts:
    """Delete sealed parts that were given up."""

    kinds: tuple[PartKind, ...]


@dataclass(frozen=True, slots=True)
class KeepPictures:
    """Keep the photos to choose from in encrypted memory, for a resume at this step."""

    pictures: tuple[bytes, ...] = field(repr=False)  # JPEG


@dataclass(frozen=True, slots=True)
class CaptureDraft:
    """The citizen's part of the record; the runtime adds ids, numbers and time."""

    birth_day: int = field(repr=False)
    birth_month: int = field(repr=False)
    age_band: AgeBand
    service: str
    language: str
    answers: tuple[tuple[str, str], ...] = field(repr=False)
    fingers: tuple[FingerFact, ...]
    fees: tuple[FeeLine, ...]
    photo_accepted: bool
    reports: FingerReports
    parts: tuple[PartKind, ...]  # sealed parts that belong to the capture
    simulated: tuple[str, ...] = ()  # kinds of devices that are simulated


@dataclass(frozen=True, slots=True)
class SubmitCapture:
    """Commit the sealed envelope; answered by Stored or NotStored, and safe to repeat."""

    draft: CaptureDraft


@dataclass(frozen=True, slots=True)
class Print:
    """Print one receipt."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Speak:
    """Say the screen as it is now, or only its live hint, or a sentence that is not on it."""

    hint_only: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class StopSpeech:
    pass


@dataclass(frozen=True, slots=True)
class StartCall:
    language: str
    service: str
    step: str


@dataclass(frozen=True, slots=True)
class EndCall:
    reason: EndReason


@dataclass(frozen=True, slots=True)
class SetDevices:
    """Switch the citizen's own camera and microphone in the call."""

    camera: bool
    microphone: bool


@dataclass(frozen=True, slots=True)
class TellStep:
    """Tell the clerk which screen the citizen sees now."""

    step: str


@dataclass(frozen=True, slots=True)
class SaveJournal:
    """Keep the visit, encrypted, so that it survives a crash; `text` holds no biometrics."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete journal, pictures and sealed parts of this visit; the next gets new numbers."""


Effect = (
    StartPhoto
    | StopPhoto
    | ShowPreview
    | StartFinger
    | StopFinger
    | SealPart
    | DropParts
    | KeepPictures
    | SubmitCapture
    | Print
    | Speak
    | StopSpeech
    | StartCall
    | EndCall
    | SetDevices
    | TellStep
    | SaveJournal
    | Forget
)
Effects = tuple[Effect, ...]
