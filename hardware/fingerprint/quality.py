"""Judges one print: criteria, reasons, a hint for the citizen and our own quality value.

The value is called "ridge clarity". It is not NFIQ 2 and does not predict its score.
Thresholds were set on synthetic prints and must be checked again with recordings of the sensor
in use; the reasons for each stand in docs/hardware.md.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hardware.criteria import Criterion, Verdict
from hardware.fingerprint import ridges
from hardware.fingerprint.report import FingerHint, FingerprintReport
from hardware.fingerprint.ridges import Ridges
from hardware.types import Fingerprint

QUALITY_NAME = "ridge clarity"

_EMPTY = 10.0  # mm²; a smaller region is no finger but dirt


@dataclass(frozen=True, slots=True)
class Rule:
    """One criterion: how it is measured, what is allowed, what a fault is called."""

    id: str
    code: str
    name: str
    unit: str
    measure: Callable[[Ridges], float | None]
    min: float | None = None
    max: float | None = None
    hint: FingerHint = FingerHint.KEEP_STILL

    def judge(self, print_: Ridges) -> Criterion:
        value = self.measure(print_)
        return Criterion(
            id=self.id,
            code=self.code,
            name=self.name,
            value=value,
            unit=self.unit,
            min=self.min,
            max=self.max,
            mandatory=True,
            verdict=self._verdict(value),
        )

    def _verdict(self, value: float | None) -> Verdict:
        if value is None:
            return Verdict.NOT_ASSESSED
        low = self.min is not None and value < self.min
        high = self.max is not None and value > self.max
        return Verdict.NOT_OK if low or high else Verdict.OK


# The order is that of the reasons: what the citizen should change first stands first.
RULES = (
    Rule(
        "contrast", "no_ridges", "Ridge contrast", "grey levels", ridges.contrast,
        min=38.0, hint=FingerHint.REDUCE_PRESSURE,
    ),
    Rule(
        "brightness", "wet", "Mean brightness of the print", "grey levels", ridges.brightness,
        min=116.0, hint=FingerHint.REDUCE_PRESSURE,
    ),
    Rule(
        "contact", "dry", "Share of the print that touches", "", ridges.contact,
        min=0.45, hint=FingerHint.RAISE_PRESSURE,
    ),
    Rule("noise", "noise", "Grey noise besides the ridges", "grey levels", ridges.noise, max=40.0),
    Rule(
        "certainty", "ridge_clarity", "Certainty of the ridges' direction", "", ridges.certainty,
        min=0.75,
    ),
    Rule(
        "period", "ridge_clarity", "Distance of the ridges", "pixels", ridges.period,
        min=5.0, max=16.0,
    ),
    Rule(
        "area", "area_too_small", "Area of the print", "mm²", ridges.area,
        min=130.0, hint=FingerHint.MOVE_FORWARD,
    ),
)  # fmt: skip


def check_fingerprint(
    print_: Fingerprint, clock: Callable[[], float] = time.perf_counter
) -> FingerprintReport:
    """Judge a print of at least 32 x 32 pixels at 500 ppi; `clock` in seconds."""
    started = clock()
    measured = Ridges.of(print_)
    criteria = tuple(rule.judge(measured) for rule in RULES)
    reasons = _reasons(criteria)
    return FingerprintReport(
        accepted=not reasons,
        reasons=reasons,
        quality=_quality(criteria),
        hint=_hint(criteria, reasons),
        criteria=criteria,
        elapsed_ms=(clock() - started) * 1000,
    )


def _reasons(criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    """Codes of what is not OK; a print without anything to measure has no ridges."""
    codes = [c.code for c in criteria if c.verdict is Verdict.NOT_OK]
    if any(c.verdict is Verdict.NOT_ASSESSED for c in criteria):
        codes.insert(0, "no_ridges")
    return tuple(dict.fromkeys(codes))


def _hint(criteria: tuple[Criterion, ...], reasons: tuple[str, ...]) -> FingerHint | None:
    if not reasons:
        return None
    if (_value(criteria, "area") or 0.0) < _EMPTY:
        return FingerHint.SEARCHING_FINGERS
    return next((rule.hint for rule in RULES if rule.code == reasons[0]), None)


def _quality(criteria: tuple[Criterion, ...]) -> int | None:
    """Combine certainty, contrast and contact to 0..100; None without ridges to measure.

    Each part is 0 where nothing can be seen and 1 where more would not help; the smallest one
    limits the result, as one missing property spoils a print.
    """
    parts = [_part(_value(criteria, name), *ends) for name, ends in _QUALITY_PARTS.items()]
    if None in parts:
        return None
    return round(100 * min(part for part in parts if part is not None))


# Criterion -> value that counts as nothing, value that counts as perfect.
_QUALITY_PARTS = {
    "certainty": (0.2, 0.98),
    "contrast": (5.0, 70.0),
    "contact": (0.05, 0.6),
    "area": (0.0, 180.0),
}


def _part(value: float | None, nothing: float, perfect: float) -> float | None:
    return None if value is None else float(np.clip((value - nothing) / (perfect - nothing), 0, 1))


def _value(criteria: tuple[Criterion, ...], id_: str) -> float | None:
    return next(c.value for c in criteria if c.id == id_)
