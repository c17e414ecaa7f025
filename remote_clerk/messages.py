"""Everything that is said in a call, by terminal, desk and server, as one tagged union each way."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from remote_clerk.wire import Message

CallId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
SDP_MAX = 64 * 1024
Side = Literal["terminal", "desk"]


class EndReason(StrEnum):
    """Why a call is over."""

    HUNG_UP = "hung_up"
    CANCELLED = "cancelled"
    TERMINAL_LOST = "terminal_lost"
    CLERK_LOST = "clerk_lost"
    SESSION_ENDED = "session_ended"  # the visit at the terminal is over
    ELSEWHERE = "elsewhere"  # it goes on, or rings, at another desk or window
    BUSY = "busy"
    SERVER_LOST = "server_lost"


class IceServer(Message):
    """One STUN or TURN server with its short-lived credential."""

    urls: tuple[str, ...] = Field(strict=False)
    username: str = ""
    credential: str = Field(default="", repr=False)


# --- terminal -> server ------------------------------------------------------------------


class Ask(Message):
    """The citizen pressed help."""

    type: Literal["ask"] = "ask"
    call: CallId
    language: str
    service: str
    step: str


class StepShown(Message):
    """Where the citizen is; `view` is the screen as text, never a picture and never an answer."""

    type: Literal["step"] = "step"
    call: CallId
    step: str
    view: dict[str, str]


# --- either side -> the other, relayed by the server ----------------------------------------


class Description(Message):
    """An SDP of one peer connection; `session` grows with each new peer connection."""

    type: Literal["description"] = "description"
    call: CallId
    session: Annotated[int, Field(ge=1)]
    kind: Literal["offer", "answer"]
    sdp: Annotated[str, Field(max_length=SDP_MAX)]


class Candidate(Message):
    """One trickled ICE candidate; None ends the list."""

    type: Literal["candidate"] = "candidate"
    call: CallId
    session: Annotated[int, Field(ge=1)]
    candidate: Annotated[str, Field(max_length=2000)] | None
    mid: str | None = None
    line: int | None = None


class Devices(Message):
    """Whether the sender's camera and microphone are on, so that the other side can say so."""

    type: Literal["devices"] = "devices"
    call: CallId
    camera: bool
    microphone: bool


class HangUp(Message):
    """End of the call, said by either side."""

    type: Literal["hangup"] = "hangup"
    call: CallId
    reason: EndReason = Field(default=EndReason.HUNG_UP, strict=False)


class Ping(Message):
    """Sign of life each second; three seconds without one means the other end is gone."""

    type: Literal["ping"] = "ping"


# --- server -> terminal ------------------------------------------------------------------


class Waiting(Message):
    """Position in line, 1 is next; `estimate_seconds` is None while nothing honest can be said."""

    type: Literal["waiting"] = "waiting"
    call: CallId
    position: int
    estimate_seconds: int | None
    clerks_online: int


class Nobody(Message):
    """No clerk is signed in; the text says when there will be one."""

    type: Literal["nobody"] = "nobody"
    call: CallId
    hours: dict[str, str]  # language -> text


class Accepted(Message):
    """A clerk took the call; the terminal now sends its offer."""

    type: Literal["accepted"] = "accepted"
    call: CallId
    clerk: str
    ice: tuple[IceServer, ...] = Field(strict=False)


class Ended(Message):
    """The call is over, for this reason."""

    type: Literal["ended"] = "ended"
    call: CallId
    reason: EndReason = Field(strict=False)


class Wrong(Message):
    """A message that was not understood or not allowed; the socket stays open."""

    type: Literal["wrong"] = "wrong"
    code: str
    cause: str


# --- server -> desk ------------------------------------------------------------------------


class LineEntry(Message):
    """One waiting or running call as every desk sees it."""

    call: CallId
    terminal: str
    place: str
    language: str
    service: str
    step: str
    waiting_seconds: int
    clerk: str | None  # login of who talks to them, None while waiting
    clerk_name: str | None = None


class Line(Message):
    """The whole line, sent on every change."""

    type: Literal["line"] = "line"
    calls: tuple[LineEntry, ...] = Field(strict=False)


class Welcome(Message):
    """First word to a tab: whether its session wants calls; None: it has not said yet."""

    type: Literal["welcome"] = "welcome"
    available: bool | None


class Ring(Message):
    """This desk is offered the call."""

    type: Literal["ring"] = "ring"
    call: CallId


class Taken(Message):
    """This desk has the call; the terminal's offer follows."""

    type: Literal["taken"] = "taken"
    call: CallId
    ice: tuple[IceServer, ...] = Field(strict=False)
    seconds: int = 0  # since it was accepted, perhaps in another tab


class CapturesChanged(Message):
    """Something about today's captures changed: fetch them again."""

    type: Literal["captures"] = "captures"


# --- desk -> server ------------------------------------------------------------------------


class Accept(Message):
    """The clerk takes a call."""

    type: Literal["accept"] = "accept"
    call: CallId


class Decline(Message):
    """The clerk passes; the call rings at the next desk and keeps its place."""

    type: Literal["decline"] = "decline"
    call: CallId


class Availability(Message):
    """Whether this desk wants calls."""

    type: Literal["available"] = "available"
    available: bool


FromTerminal = Annotated[
    Ask | StepShown | Description | Candidate | Devices | HangUp | Ping,
    Field(discriminator="type"),
]
ToTerminal = Annotated[
    Waiting | Nobody | Accepted | Description | Candidate | Devices | Ended | Wrong | Ping,
    Field(discriminator="type"),
]
FromDesk = Annotated[
    Accept | Decline | Availability | Description | Candidate | Devices | HangUp | Ping,
    Field(discriminator="type"),
]
ToDesk = Annotated[
    Welcome
    | Line
    | Ring
    | Taken
    | StepShown
    | Description
    | Candidate
    | Devices
    | Ended
    | CapturesChanged
    | Wrong
    | Ping,
    Field(discriminator="type"),
]

FROM_TERMINAL: TypeAdapter[FromTerminal] = TypeAdapter(FromTerminal)
TO_TERMINAL: TypeAdapter[ToTerminal] = TypeAdapter(ToTerminal)
FROM_DESK: TypeAdapter[FromDesk] = TypeAdapter(FromDesk)
TO_DESK: TypeAdapter[ToDesk] = TypeAdapter(ToDesk)
