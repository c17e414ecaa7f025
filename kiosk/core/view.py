"""View models: everything a screen shows, as finished text in the citizen's language.

A screen maps a view to widgets and touches to events; it decides nothing. `spoken` is what speech
output says and what the clerk's remote view may show; it never holds a private answer.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.events import Finger
from server.contract.captures import AgeBand


class Screen(StrEnum):
    """All screens of the terminal."""

    ATTRACT = "attract"
    SERVICES = "services"
    PRIVACY = "privacy"
    BIRTH = "birth"
    DETAILS = "details"
    PHOTO = "photo"
    PHOTO_CHOICE = "photo_choice"
    FINGERS = "fingers"
    SIGNATURE = "signature"
    SUMMARY = "summary"
    STORING = "storing"
    DONE = "done"
    COUNTER = "counter"
    OUT_OF_SERVICE = "out_of_service"


class Contrast(StrEnum):
    LIGHT = "light"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Look:
    """How things are shown and said; reset after each visit."""

    language: str = "de"
    contrast: Contrast = Contrast.LIGHT
    text_scale: float = 1.0
    speech: bool = False
    reach: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one is: step `at` of `of`, with names for all of them."""

    at: int
    of: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """One touchable thing: `id` is stable for tests and speech."""

    id: str
    text: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class CallView:
    """The call overlay; `state` is a word of kiosk.media.protocol.CallState."""

    state: str
    title: str
    text: str
    clerk: str
    camera_on: bool
    microphone_on: bool
    clerk_camera_on: bool
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question over the screen: silence warning, start again, to the counter."""

    id: str  # "silence", "start_again", "to_counter"
    title: str
    text: str
    buttons: tuple[Button, ...]
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True)
class AttractBody:
    action: str
    languages: tuple[Button, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    id: str
    icon: str
    title: str
    text: str
    minutes: str


@dataclass(frozen=True, slots=True)
class ServicesBody:
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class PrivacyBody:
    points: tuple[tuple[str, str], ...]  # icon, text
    agree: Button


@dataclass(frozen=True, slots=True)
class BandChoice:
    band: AgeBand
    text: str


@dataclass(frozen=True, slots=True)
class BirthBody:
    day: int | None
    month: int | None
    band: AgeBand | None
    day_label: str
    month_label: str
    months: tuple[str, ...]
    bands_label: str
    bands: tuple[BandChoice, ...]
    message: str  # fault or hint, empty when all is well


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question; `type` is a word of server.contract.catalogue.FieldType."""

    id: str
    type: str
    label: str
    help: str
    value: str
    options: tuple[tuple[str, str], ...]  # value, text
    unit: str
    message: str
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class DetailsBody:
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class PhotoBody:
    """Live photo; `hint` is a word for the pictogram, `hint_text` the sentence."""

    hint: str
    hint_text: str
    good: bool
    face: tuple[float, float, float, float] | None
    fault: str  # sentence for the citizen, empty when all is well
    fault_code: str
    again: Button | None


@dataclass(frozen=True, slots=True)
class PhotoChoiceBody:
    pictures: tuple[bytes, ...] = field(repr=False)  # JPEG 1244x1600
    chosen: int
    warning: str
    again: Button


@dataclass(frozen=True, slots=True)
class FingersBody:
    finger: Finger
    hint: str
    hint_text: str
    share: float
    picture: bytes = field(repr=False)
    picture_width: int
    quality: int | None
    quality_text: str
    done: tuple[Finger, ...]
    fault: str
    fault_code: str
    buttons: tuple[Button, ...]  # try again, cannot give (permanent, temporary)


@dataclass(frozen=True, slots=True)
class SignatureBody:
    width: int  # pixels of the picture to be made
    height: int
    has_ink: bool
    clear: Button
    buttons: tuple[Button, ...] = ()  # the way without a pen or a finger: at the counter


@dataclass(frozen=True, slots=True)
class SummaryBody:
    rows: tuple[tuple[str, str, str], ...]  # label, value, screen to go back to
    fees: tuple[tuple[str, str], ...]  # text, amount
    total: tuple[str, str]
    photo: bytes = field(repr=False)  # JPEG, empty after a resume
    note: str


@dataclass(frozen=True, slots=True)
class DoneBody:
    number: str  # "123 456 789"
    number_label: str
    qr: str
    lines: tuple[str, ...]
    fees: tuple[tuple[str, str], ...]
    printer: str  # what the printer does, or why not
    buttons: tuple[Button, ...]  # speak, print again, finish
    icons: tuple[str, ...] = ()  # one for each of the lines
    unheard: str = ""  # why reading aloud is not heard, else empty


@dataclass(frozen=True, slots=True)
class NoticeBody:
    """Counter, storing, out of service: an icon and some lines."""

    icon: str
    lines: tuple[str, ...]
    code: str = ""
    buttons: tuple[Button, ...] = ()


Body = (
    AttractBody
    | ServicesBody
    | PrivacyBody
    | BirthBody
    | DetailsBody
    | PhotoBody
    | PhotoChoiceBody
    | FingersBody
    | SignatureBody
    | SummaryBody
    | DoneBody
    | NoticeBody
)


@dataclass(frozen=True, slots=True)
class View:
    """One whole screen."""

    screen: Screen
    place: str
    terminal: str
    look: Look
    title: str
    lead: str
    body: Body
    next: Button | None
    footer: tuple[Button, ...]  # back, help, counter, start_again
    tools: tuple[Button, ...]  # language, speech, contrast, text_size, reach
    progress: Progress | None
    question: Question | None
    call: CallView | None
    spoken: str
    notice: str = ""  # one line about the state of things, such as "offline"
    simulated: str = ""  # says which devices are simulated and that nothing is certified
    focus_order: tuple[str, ...] = field(default=())
