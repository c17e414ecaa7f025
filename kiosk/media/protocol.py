"""What the UI process and the media process say to each other: one JSON message per line.

The socket is a Unix stream in the terminal's run directory. Pictures never cross it: previews and
the clerk's picture cross in shared memory (`kiosk.media.slots`); finished photos cross as base64.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from remote_clerk.messages import EndReason
from remote_clerk.wire import Message
from server.contract.captures import CriterionValue

# --- UI -> media --------------------------------------------------------------------------


class StartPhoto(Message):
    """Judge live frames until good ones are found or `seconds` have passed."""

    type: Literal["start_photo"] = "start_photo"
    template: Literal["adult", "child"]
    seconds: float


class StopPhoto(Message):
    """Stop judging; the preview may go on."""

    type: Literal["stop_photo"] = "stop_photo"


class ShowPreview(Message):
    """Put camera pictures into the preview slots, or stop."""

    type: Literal["preview"] = "preview"
    on: bool


class StartCall(Message):
    """Ask for a clerk."""

    type: Literal["start_call"] = "start_call"
    language: str
    service: str
    step: str


class TellStep(Message):
    """The citizen moved to another screen during a call."""

    type: Literal["tell_step"] = "tell_step"
    step: str
    view: dict[str, str]


class SetDevices(Message):
    """Citizen switches their own camera or microphone."""

    type: Literal["set_devices"] = "set_devices"
    camera: bool
    microphone: bool


class EndCall(Message):
    """Hang up, or leave the line."""

    type: Literal["end_call"] = "end_call"
    reason: EndReason = Field(default=EndReason.HUNG_UP, strict=False)


class Quit(Message):
    """End the process."""

    type: Literal["quit"] = "quit"


# --- media -> UI --------------------------------------------------------------------------


class Ready(Message):
    """The media process is up; names of the shared memory blocks."""

    type: Literal["ready"] = "ready"
    preview: str
    remote: str


class CameraState(Message):
    """State of the camera changed (hardware.types.State word, fault code or empty)."""

    type: Literal["camera"] = "camera"
    state: str
    code: str = ""


class Guidance(Message):
    """What the citizen should do now (hardware.photo.report.Hint word), sent on change only.

    `eyes` are the eye centres and `face` the head box (x, y, w, h), all as shares of the preview.
    """

    type: Literal["guidance"] = "guidance"
    hint: str
    frames_per_second: float
    face: tuple[float, float, float, float] | None = Field(default=None, strict=False)


class PhotoTaken(Message):
    """One finished candidate; `index` counts from 0, `of` is how many come; best first."""

    type: Literal["photo"] = "photo"
    index: int
    of: int
    jpeg: str = Field(repr=False)  # base64, 1244x1600
    accepted: bool
    reasons: tuple[str, ...] = Field(strict=False)
    criteria: tuple[CriterionValue, ...] = Field(strict=False)
    machine_ms: float  # from the chosen frame's capture to this message


class PhotoTimeout(Message):
    """Time is over and not one face was seen."""

    type: Literal["photo_timeout"] = "photo_timeout"


class CallState(Message):
    """State of the call for the overlay."""

    type: Literal["call"] = "call"
    state: Literal["asking", "waiting", "nobody", "connecting", "talking", "lost", "ended"]
    position: int | None = None
    estimate_seconds: int | None = None
    clerk: str = ""
    hours: dict[str, str] = Field(default_factory=dict)
    reason: str = ""
    clerk_camera: bool = True
    clerk_microphone: bool = True
    link: Literal["good", "weak", "lost"] = "good"
    help_to_picture_ms: float | None = None


class MediaFault(Message):
    """Something went wrong; a code for the technician."""

    type: Literal["fault"] = "fault"
    code: str
    cause: str


ToMedia = Annotated[
    StartPhoto | StopPhoto | ShowPreview | StartCall | TellStep | SetDevices | EndCall | Quit,
    Field(discriminator="type"),
]
ToUi = Annotated[
    Ready | CameraState | Guidance | PhotoTaken | PhotoTimeout | CallState | MediaFault,
    Field(discriminator="type"),
]
TO_MEDIA: TypeAdapter[ToMedia] = TypeAdapter(ToMedia)
TO_UI: TypeAdapter[ToUi] = TypeAdapter(ToUi)
