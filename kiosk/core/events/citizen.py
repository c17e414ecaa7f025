"""Everything a citizen does at the screen, by touch or key: choices, answers and ways to go."""

from dataclasses import dataclass, field

from server.contract.captures import AgeBand, MissingFinger


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody touched anything or pressed any key: the silence is over."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Attract screen touched; the language may be chosen in the same touch."""

    language: str | None = None


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class CycleContrast:
    """Light, then high contrast, then light."""


@dataclass(frozen=True, slots=True)
class CycleTextSize:
    """1.0, then 1.15, then 1.3, then 1.0."""


@dataclass(frozen=True, slots=True)
class ToggleSpeech:
    """Read the screens aloud, or stop."""


@dataclass(frozen=True, slots=True)
class ToggleReach:
    """Move all targets into the lower half, for people who sit."""


@dataclass(frozen=True, slots=True)
class SpeakAgain:
    """Say the screen (on the last one: the pickup number, twice) again."""


@dataclass(frozen=True, slots=True)
class ChooseService:
    service: str


@dataclass(frozen=True, slots=True)
class Agree:
    """The privacy text was read; it informs and asks for no consent (the basis is the law)."""


@dataclass(frozen=True, slots=True, repr=False)
class SetBirth:
    """What was touched on the birth step; None leaves that part as it is."""

    day: int | None = None
    month: int | None = None
    band: AgeBand | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One field of the application; an empty value takes the answer back."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Next:
    """Go on from `screen`; ignored when another screen is shown by now (double touch)."""

    screen: str


@dataclass(frozen=True, slots=True)
class Back:
    screen: str


@dataclass(frozen=True, slots=True)
class Revise:
    """From the summary back to one screen; *Next* there returns to it when all is given."""

    to: str


@dataclass(frozen=True, slots=True)
class StartAgain:
    """Forget everything and show the attract screen (asked once more before)."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class StayHere:
    """Close a question or a notice and go on where one was."""


@dataclass(frozen=True, slots=True)
class ToCounter:
    """Leave the terminal for a person at the counter; what was taken is kept until confirmed."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class NeedMoreTime:
    """Doubles the allowed silence for the rest of the visit."""


@dataclass(frozen=True, slots=True)
class Help:
    """Call a clerk."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call or leave the line."""


@dataclass(frozen=True, slots=True)
class SetCallDevices:
    camera: bool
    microphone: bool


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Take the device step once more after a fault or time-out, or take another photo."""


@dataclass(frozen=True, slots=True)
class ChoosePhoto:
    index: int


@dataclass(frozen=True, slots=True)
class CannotGiveFinger:
    reason: MissingFinger


@dataclass(frozen=True, slots=True)
class Signed:
    """The drawing changed; `png` is black on white in the service's size, None when cleared."""

    png: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class CannotSign: ...  # the signature is left to the counter


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print the receipt again."""


ByCitizen = (
    Touched
    | Begin
    | SetLanguage
    | CycleContrast
    | CycleTextSize
    | ToggleSpeech
    | ToggleReach
    | SpeakAgain
    | ChooseService
    | Agree
    | SetBirth
    | Answer
    | Next
    | Back
    | Revise
    | StartAgain
    | StayHere
    | ToCounter
    | NeedMoreTime
    | Help
    | HangUp
    | SetCallDevices
    | TryAgain
    | ChoosePhoto
    | CannotGiveFinger
    | Signed
    | CannotSign
    | PrintReceipt
)
