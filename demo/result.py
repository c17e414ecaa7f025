"""What a played visit yields: one row per step, and what became of the capture."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `wire_ms` is the time bits need on the scanner's serial line, not counted."""

    name: str
    machine_ms: float
    wire_ms: float = 0.0


@dataclass(slots=True)
class Result:
    """Grows while the visit plays."""

    steps: list[Step] = field(default_factory=list)
    pickup_number: str = ""
    capture_id: str = ""
    released: bool = False
    help_to_picture_ms: float | None = None
    first_frame_ms: float | None = None
    memory_in_call_mib: float | None = None
    failed: str = ""

    @property
    def total_machine_ms(self) -> float:
        return round(sum(step.machine_ms for step in self.steps), 1)

    @property
    def wire_ms(self) -> float:
        return round(sum(step.wire_ms for step in self.steps), 1)

    def as_json(self) -> dict[str, Any]:
        return {
            "steps": [{"name": s.name, "machine_ms": round(s.machine_ms, 1)} for s in self.steps],
            "total_machine_ms": self.total_machine_ms,
            "wire_ms": self.wire_ms,
            "pickup_number": self.pickup_number,
            "capture_id": self.capture_id,
            "released": self.released,
            "help_to_picture_ms": self.help_to_picture_ms,
            "first_frame_ms": self.first_frame_ms,
            "memory_in_call_mib": self.memory_in_call_mib,
            **({"failed": self.failed} if self.failed else {}),
        }
