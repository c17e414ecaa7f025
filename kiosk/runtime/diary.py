"""Machine times of the running program: what each step cost, without the human in it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One measured piece of work in milliseconds; `wire_ms` is what bits need on a serial line."""

    name: str
    machine_ms: float
    wire_ms: float = 0.0


class Diary:
    """Collects entries from any thread; holds durations only, nothing of the citizen."""

    def __init__(self, limit: int = 2000) -> None:
        self._entries: list[Entry] = []
        self._limit = limit
        self._lock = threading.Lock()

    def note(self, name: str, machine_ms: float, wire_ms: float = 0.0) -> None:
        with self._lock:
            self._entries.append(Entry(name, round(machine_ms, 3), round(wire_ms, 3)))
            del self._entries[: -self._limit]

    def entries(self) -> tuple[Entry, ...]:
        with self._lock:
            return tuple(self._entries)


@contextmanager
def stopwatch(diary: Diary, name: str) -> Iterator[None]:
    """Note how long the block took, whatever its outcome."""
    began = time.perf_counter()
    try:
        yield
    finally:
        diary.note(name, (time.perf_counter() - began) * 1000)
