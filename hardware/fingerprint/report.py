"""Result of a print check; the quality value is our own and never called NFIQ 2."""

from dataclasses import dataclass
from enum import StrEnum

from hardware.criteria import Criterion


class FingerHint(StrEnum):
    """Live guidance words of TR-03121-2-2 (HLBS finger status)."""

    SEARCHING_FINGERS = "SearchingFingers"
    CAPTURING = "Capturing"
    RAISE_PRESSURE = "RaiseFingerPressure"
    REDUCE_PRESSURE = "ReduceFingerPressure"
    MOVE_FORWARD = "MoveFingersForward"
    KEEP_STILL = "KeepFingersStill"
    OTHER_FINGER = "OtherFinger"


@dataclass(frozen=True, slots=True)
class FingerprintReport:
    """All criteria of one print; `quality` is 0..100 ("ridge clarity", not NFIQ 2) or None."""

    accepted: bool
    reasons: tuple[str, ...]
    quality: int | None
    hint: FingerHint | None
    criteria: tuple[Criterion, ...]
    elapsed_ms: float
    error: str = ""
