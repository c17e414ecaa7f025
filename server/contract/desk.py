"""What the desk's pages and the server say to each other about captures and cases."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from server.contract.captures import (
    CaptureRecord,
    CaptureState,
    FingerReports,
    QualityReport,
)
from server.contract.envelope import PartKind
from server.contract.wire import Wire

Reason = Annotated[str, Field(min_length=3, max_length=300)]


class VetoKind(StrEnum):
    """The three vetoes of TR-03121 FM UI-FI-OP."""

    OK_OBVIOUS = "ok_obvious"
    OK = "ok"
    NOT_OK = "not_ok"


class FingerCheck(StrEnum):
    """Outcome of comparing the prints with the person at the counter (TR-03121, SSS)."""

    VERIFIED = "verified"
    REENROL = "reenrol"


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


class Login(Wire):
    """Login and password."""

    login: Annotated[str, Field(min_length=1, max_length=60)]
    password: Annotated[str, Field(min_length=1, max_length=200)]


class StaffInfo(Wire):
    """Who is signed in."""

    login: str
    name: str
    role: str
    csrf: str


class Lookup(Wire):
    """How a clerk finds a capture: pickup number together with day and month of birth."""

    pickup_number: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    birth_day: Annotated[int, Field(ge=1, le=31)]
    birth_month: Annotated[int, Field(ge=1, le=12)]


class Unlock(Wire):
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
    case_number: str | None


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
    fingers_expected: bool
    missing: tuple[Missing, ...] = Field(strict=False)  # empty: may be released


class CaseFields(Wire):
    """What the clerk types, with the lengths of XhD (TR-03123-2, ID card column)."""

    family_name: Annotated[str, Field(min_length=1, max_length=120)]
    given_names: Annotated[str, Field(min_length=1, max_length=80)]
    birth_name: Annotated[str, Field(max_length=75)] = ""
    doctorate: Annotated[str, Field(max_length=31)] = ""
    artist_name: Annotated[str, Field(max_length=60)] = ""
    birth_date: Annotated[str, Field(pattern=r"^\d{4}-(\d{2}|XX)-(\d{2}|XX)$")]
    birth_place: Annotated[str, Field(min_length=1, max_length=80)]
    height_cm: Annotated[str, Field(pattern=r"^(\d{3}|---)$")]
    eye_colour: Annotated[str, Field(min_length=1, max_length=19)]
    sex: Literal["001", "002", "003"]
    street: Annotated[str, Field(min_length=1, max_length=50)]
    postcode: Annotated[str, Field(pattern=r"^\d{5}$")]
    town: Annotated[str, Field(min_length=1, max_length=44)]
    email: Annotated[str, Field(max_length=120, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")] = ""


class Released(Wire):
    """The capture was taken over into this case."""

    case_number: str
    summary_url: str
    xhd_url: str


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
