"""One criterion of a quality check, for photos and prints alike."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Outcome of one criterion."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with measured value, thresholds and verdict.

    `id` is the TR number ("1.3", "7.2") or a word for checks outside the table ("noise");
    `code` is the stable reason code ("1.3_roll"); a bound that does not exist is None.
    """

    id: str
    code: str
    name: str
    value: float | None
    unit: str
    min: float | None
    max: float | None
    mandatory: bool
    verdict: Verdict
    note: str = ""
