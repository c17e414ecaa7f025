"""Captures as terminal and server speak of them: the sealed record, states and receipts."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from server.contract.wire import Private, Wire


class AgeBand(StrEnum):
    """Age at application, as coarse as the rules need (domain: PAuswG §§5, 9; PAuswGebV §1)."""

    UNDER_6 = "under_6"
    FROM_6 = "6_to_9"
    FROM_10 = "10_to_15"
    FROM_16 = "16_to_17"
    FROM_18 = "18_to_23"
    FROM_24 = "24_plus"


class MissingFinger(StrEnum):
    """Why a finger was not taken."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    QUALITY = "quality"
    UNDER_AGE = "under_age"


class FeeLine(Wire):
    """One line of the fee, in cents, with text in the citizen's language and the legal basis."""

    code: str
    text: str
    cents: int
    basis: str


class FingerFact(Wire):
    """One expected finger; position is the ISO 19794-4 code (2 right index, 7 left index)."""

    position: Literal[2, 7]
    quality: int | None
    missing: MissingFinger | None = Field(default=None, strict=False)


class CaptureRecord(Private):
    """The pseudonymous part of a capture: never a name, never a full birth date."""

    version: Literal[1] = 1
    capture_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    pickup_number: Annotated[str, Field(pattern=r"^[0-9]{9}$")]
    birth_day: Annotated[int, Field(ge=1, le=31)]
    birth_month: Annotated[int, Field(ge=1, le=12)]
    age_band: AgeBand = Field(strict=False)
    service: str
    language: str
    answers: dict[str, str]  # field id -> value, as the catalogue defines them
    fingers: tuple[FingerFact, ...] = Field(strict=False)
    fees: tuple[FeeLine, ...] = Field(strict=False)
    photo_accepted: bool
    captured_at: str  # UTC, ISO 8601, seconds
    terminal_id: str
    simulated: tuple[Annotated[str, Field(max_length=40)], ...] = Field(default=(), strict=False)


class CriterionValue(Wire):
    """One quality criterion as stored beside a picture."""

    id: str
    code: str
    name: str
    value: float | None
    unit: str
    min: float | None
    max: float | None
    mandatory: bool
    verdict: Literal["ok", "not_ok", "not_assessed"]
    note: str = ""


class QualityReport(Wire):
    """Criteria of a photo, or of one finger."""

    accepted: bool
    reasons: tuple[str, ...] = Field(strict=False)
    quality: int | None = None
    criteria: tuple[CriterionValue, ...] = Field(strict=False)


class FingerReports(Wire):
    """Reports of both fingers, None where a finger is missing."""

    right: QualityReport | None
    left: QualityReport | None


class CaptureState(StrEnum):
    """Life of a capture at the server (domain 3.2)."""

    STORED = "stored"
    RETRIEVED = "retrieved"
    RELEASED = "released"
    REJECTED = "rejected"
    EXPIRED = "expired"


class Receipt(Wire):
    """Answer to an accepted envelope; the same for a repeat of the same bytes."""

    capture_id: str
    sha256: str
    received_at: str
    state: CaptureState = Field(strict=False)


class Standing(Wire):
    """Where a capture stands: the terminal may delete when `finished` is true."""

    capture_id: str
    state: CaptureState = Field(strict=False)
    finished: bool


class Standings(Wire):
    """Answer to a terminal that asks for its captures."""

    captures: tuple[Standing, ...] = Field(strict=False)


class Refusal(Wire):
    """Every error answer of the server: code, cause and advice."""

    code: str
    cause: str
    advice: str
