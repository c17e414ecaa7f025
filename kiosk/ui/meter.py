"""Measures what a touch costs until its answer is painted, in wall and in processor time."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Painted:
    """One step change: milliseconds from the touch to the painted picture."""

    wall_ms: float
    cpu_ms: float


class Meter:
    """Starts at a touch, ends when the view that followed has been drawn."""

    def __init__(
        self,
        wall: Callable[[], float] = time.perf_counter,
        cpu: Callable[[], float] = time.process_time,
    ) -> None:
        self._wall, self._cpu = wall, cpu
        self._began: tuple[float, float] | None = None
        self.last: Painted | None = None

    def touched(self) -> None:
        self._began = (self._wall(), self._cpu())

    @property
    def running(self) -> bool:
        return self._began is not None

    def painted(self) -> Painted | None:
        """End the measure; None when there was no touch."""
        if self._began is None:
            return None
        wall, cpu = self._began
        self._began = None
        self.last = Painted((self._wall() - wall) * 1000, (self._cpu() - cpu) * 1000)
        return self.last
