"""State of one visit: what the citizen gave so far, and what the terminal knows meanwhile."""

from dataclasses import dataclass, field

from hardware.types import Fault
from kiosk.core.events import Finger
from kiosk.core.view import Look, Screen
from kiosk.media.protocol import CallState, PhotoTaken
from server.contract.captures import AgeBand, FingerFact, QualityReport

ATTEMPTS = 3  # per finger, the best one counts (TR-03121-3, supervised and unsupervised)


@dataclass(frozen=True, slots=True)
class Birth:
    """Day and month of birth and the age band; never a year (domain 3.2)."""

    day: int | None = field(default=None, repr=False)
    month: int | None = field(default=None, repr=False)
    band: AgeBand | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """One finished photo: what the media process said of it, and the JPEG (1244x1600) itself."""

    taken: PhotoTaken  # without its base64
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Photo:
    """Finished pictures, best first, and how the live acquisition is going."""

    pictures: tuple[Picture, ...] = ()
    chosen: int = 0
    running: bool = False
    timed_out: bool = False
    hint: str = ""
    face: tuple[float, float, float, float] | None = None

    @property
    def accepted(self) -> bool:
        """Whether the chosen photo meets every mandatory criterion."""
        return bool(self.pictures) and self.pictures[self.chosen].taken.accepted


@dataclass(frozen=True, slots=True)
class Print:
    """What became of one finger; `report` is None when it was not taken at all."""

    fact: FingerFact
    report: QualityReport | None = None


@dataclass(frozen=True, slots=True)
class Fingers:
    """Both prints, and how the live acquisition is going."""

    right: Print | None = None
    left: Print | None = None
    attempt: int = 1
    clashes: int = 0  # times that both prints were of one finger
    running: bool = False
    hint: str = ""
    share: float = 0.0
    picture: bytes = field(default=b"", repr=False)
    width: int = 0
    message: str = ""  # text id of what was wrong with the last attempt

    def open(self) -> Finger | None:
        """Return the finger to be taken next: right, then left, then none."""
        if self.right is None:
            return Finger.RIGHT
        return Finger.LEFT if self.left is None else None

    def of(self, finger: Finger) -> Print | None:
        return self.right if finger is Finger.RIGHT else self.left


@dataclass(frozen=True, slots=True)
class Signature:
    """The drawing while it is on the screen, whether a sealed one is kept, or why there is none."""

    png: bytes | None = field(default=None, repr=False)
    sealed: bool = False
    at_counter: bool = False  # who cannot sign here signs there

    @property
    def inked(self) -> bool:
        return self.sealed or self.png is not None

    @property
    def settled(self) -> bool:
        return self.inked or self.at_counter


@dataclass(frozen=True, slots=True)
class Call:
    """The call overlay; `kept` when the citizen waits on although nobody is there.

    `offline` says that there is no call at all: without the server nobody can be asked.
    """

    state: CallState
    camera: bool = True
    microphone: bool = True
    kept: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What the terminal knows about itself; outlives visits."""

    camera: Fault | None = None
    camera_since: float = 0.0
    scanner: Fault | None = None
    printer: Fault | None = None
    online: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """Monotonic seconds: now, last sign of life, arrival at this screen, question asked."""

    now: float = 0.0
    touched: float = 0.0
    arrived: float = 0.0
    asked: float = 0.0
    spoken: float = 0.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; everything of the citizen goes when the attract screen comes."""

    screen: Screen = Screen.ATTRACT
    look: Look = field(default_factory=Look)
    service: str = ""
    agreed: bool = False
    birth: Birth = Birth()
    answers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    photo: Photo = Photo()
    fingers: Fingers = Fingers()
    signature: Signature = Signature()
    pickup_number: str = field(default="", repr=False)
    patience: int = 1  # 2 after "I need more time"
    revising: bool = False  # came from the summary and goes back there
    tried: bool = False  # Next was pressed although something is missing: say what
    question: str = ""  # id of the question over the screen
    note: str = ""  # text id of one line about what just happened
    code: str = ""  # code for the technician that belongs to the note
    call: Call | None = None
    machine: Machine = Machine()
    clock: Clock = Clock()
    prints: int = 0  # receipts asked for
    printed: bool = False  # the last receipt came out
    at_counter: tuple[str, ...] = ()  # on the last screen: what the counter still takes, text ids

    def answer(self, name: str) -> str:
        return dict(self.answers).get(name, "")
