"""What the desk's pages and the server say to each other about captures and cases."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from server.contract.captures import (
    AgeBand,
    CaptureRecord,
    CaptureState,
    FeeLine,
    FingerReports,
    QualityReport,
)
from server.contract.catalogue import Text
from server.contract.envelope import PartKind
from server.contract.wire import Private, Wire

Reason = Annotated[str, Field(min_length=3, max_length=300)]
BirthDate = Annotated[str, Field(pattern=r"^[0-9]{4}-([0-9]{2}|XX)-([0-9]{2}|XX)$")]  # TR-03123-2
Written = Annotated[str, Field(min_length=1, max_length=200)]
MayBeWritten = Annotated[str, Field(max_length=200)]
Answers = dict[
    Annotated[str, Field(max_length=41)], Annotated[str, Field(max_length=41)]
]  # field id of the catalogue -> value


class VetoKind(StrEnum):
    """The three vetoes of TR-03121 FM UI-FI-OP."""

    OK_OBVIOUS = "ok_obvious"
    OK = "ok"
    NOT_OK = "not_ok"


class FingerCheck(StrEnum):
    """What comparing gave, or that prints were taken again (TR-03121, control verification)."""

    VERIFIED = "verified"
    NO_MATCH = "no_match"
    NOT_COMPARED = "not_compared"
    REENROL = "reenrol"


class NoSignature(StrEnum):
    """Why there can be no signature; the document then carries none."""

    CANNOT_WRITE = "cannot_write"
    DISABILITY = "disability"
    INJURY = "injury"


class RejectReason(StrEnum):
    """Why a capture was not taken over."""

    PHOTO = "photo"
    OTHER_PERSON = "other_person"
    WITHDRAWN = "withdrawn"
    TECHNICAL = "technical"


class Missing(StrEnum):
    """What still stands between a capture and its release."""

    PHOTO_VERDICT = "photo_verdict"
    FINGER_CHECK = "finger_check"
    FINGERS_AGAIN = "fingers_again"  # the comparison failed: take them again, or do not take over


class Login(Private):
    """Login and password."""

    login: Annotated[str, Field(min_length=1, max_length=60)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class StaffInfo(Private):
    """Who is signed in."""

    login: str
    name: str
    role: str
    csrf: str


class Lookup(Private):
    """How a clerk finds a capture: pickup number together with day and month of birth."""

    pickup_number: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    birth_day: Annotated[int, Field(ge=1, le=31)]
    birth_month: Annotated[int, Field(ge=1, le=12)]
    take_over: bool = False  # also from a colleague who works on it


class Unlock(Private):
    """A supervisor opens a locked pickup number again."""

    pickup_number: Annotated[str, Field(pattern=r"^[0-9]{9}$")]


class CaptureSummary(Wire):
    """One capture in the list of the day; nothing here finds or names a person."""

    capture_id: str
    service: str
    terminal_id: str
    place: str
    age_band: str
    state: CaptureState = Field(strict=False)
    received_at: str
    expires_at: str
    retrieved_by: str | None
    retrieved_by_name: str | None = None
    case_number: str | None
    decisions: int = 0  # grows with every verdict, comparison and signature
    finished_at: str | None = None  # since then the server has no sealed copy
    terminal_deleted_at: str | None = None  # since then the terminal has none either


class CaptureList(Wire):
    """Captures that are open, and those finished today; newest first."""

    captures: tuple[CaptureSummary, ...] = Field(strict=False)


class Veto(Wire):
    """A clerk's own verdict over the photo check's."""

    kind: VetoKind = Field(strict=False)
    reason: Reason


class Verify(Wire):
    """What comparing the prints at the counter gave."""

    fingers: FingerCheck = Field(strict=False)


Coordinate = Annotated[int, Field(ge=0, le=10_000)]  # ten thousandths of the pad's side
Stroke = Annotated[
    list[Annotated[list[Coordinate], Field(min_length=2, max_length=2)]],
    Field(min_length=1, max_length=6_000),
]


class Signing(Private):
    """A signature drawn at the counter, or why there can be none; neither takes it back."""

    strokes: Annotated[list[Stroke], Field(max_length=300)] = Field(default_factory=list)
    impossible: NoSignature | None = Field(default=None, strict=False)


class CounterSignature(Wire):
    """What was said at the counter about the signature."""

    drawn: bool
    impossible: NoSignature | None = Field(strict=False)


class Reject(Wire):
    """The capture is not taken over."""

    reason: RejectReason = Field(strict=False)


class CaptureDetail(Wire):
    """Everything a clerk sees of a retrieved capture, pictures apart (they have own addresses)."""

    summary: CaptureSummary
    record: CaptureRecord
    photo_report: QualityReport | None
    finger_reports: FingerReports | None
    parts: tuple[PartKind, ...] = Field(strict=False)
    veto: Veto | None
    fingers: FingerCheck | None = Field(strict=False)
    comparison: FingerCheck | None = Field(default=None, strict=False)  # stays beside `reenrol`
    fingers_expected: bool
    counter_signature: CounterSignature | None = None
    missing: tuple[Missing, ...] = Field(strict=False)  # empty: may be released


class CaseFields(Private):
    """What the clerk types; how long each may be says the service (its counter fields)."""

    family_name: Written
    given_names: Written
    birth_name: MayBeWritten = ""
    doctorate: MayBeWritten = ""
    artist_name: MayBeWritten = ""
    birth_date: BirthDate
    birth_place: Written
    height_cm: Annotated[str, Field(pattern=r"^([0-9]{3}|---)$")]
    eye_colour: Annotated[str, Field(min_length=1, max_length=19)]  # TR-03123-2
    sex: Literal["001", "002", "003"]
    street: Written
    postcode: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    town: Written
    email: Annotated[str, Field(max_length=200, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")] = ""


class Release(CaseFields):
    """What takes a capture over: the case's fields, and what the papers say of age and fee."""

    answers: Answers = Field(default_factory=dict)  # to the counter's own questions
    age_band_corrected: bool = False  # the clerk knows that the true age band is another one


class CounterFacts(Private):
    """What age and fee depend on: the birth date of the papers, the counter's own questions."""

    birth_date: BirthDate
    answers: Answers = Field(default_factory=dict)


class Follow(StrEnum):
    """What follows from the papers for a capture."""

    OTHER_FEE = "other_fee"
    FINGERS_TO_TAKE = "fingers_to_take"  # none were taken: re-enrol them at the counter
    FINGERS_NOT_USED = "fingers_not_used"
    SIGNATURE_TO_TAKE = "signature_to_take"
    SIGNATURE_NOT_USED = "signature_not_used"
    CUSTODIAN_NEEDED = "custodian_needed"


class Stop(Wire):
    """A rule of the catalogue because of which nothing can be taken over."""

    code: str
    text: Text


class Assessment(Private):
    """What birth date and answers make of a capture, before it is released."""

    told_age_band: AgeBand = Field(strict=False)  # at the terminal
    age_band: AgeBand = Field(strict=False)  # by the birth date, on the day of application
    questions: tuple[str, ...] = Field(strict=False)  # field ids the counter asks
    unanswered: tuple[str, ...] = Field(strict=False)  # those that need an answer before release
    answers: dict[str, str]  # to these questions, defaults filled in
    fees: tuple[FeeLine, ...] = Field(strict=False)  # in the citizen's language
    total_cents: int
    follows: tuple[Follow, ...] = Field(strict=False)
    stops: tuple[Stop, ...] = Field(strict=False)


class Released(Wire):
    """The capture was taken over into this case."""

    case_number: str
    summary_url: str
    xhd_url: str


class TrailEntry(Wire):
    """One entry of the audit trail as the desk shows it; `who` is a name where there is one."""

    seq: int
    at: str
    event: str
    who: str
    subject: str
    facts: dict[str, str | int | bool]


class CaptureTrail(Wire):
    """What the trail says about one capture and its case, oldest first."""

    entries: tuple[TrailEntry, ...] = Field(strict=False)


class Rejected(Wire):
    """The capture was not taken over and is gone."""

    capture_id: str
    reason: RejectReason = Field(strict=False)


class Status(Wire):
    """How the server is."""

    ok: bool
    version: str
    uptime_seconds: int
    database: Literal["ok", "failing"]
    writer_queue: int
    captures_open: int
    clerks_online: int
    calls: int
    terminals: tuple["TerminalStatus", ...] = Field(strict=False)


class TerminalStatus(Wire):
    """When a terminal was last heard of."""

    terminal_id: str
    place: str
    last_seen: str | None
