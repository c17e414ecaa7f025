"""Hands for the simulated scanner: one that obeys commands, one that behaves like a citizen."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hardware.sim.zfm_module import load_finger
from hardware.types import Image


class SteeredHand:
    """Lies on the sensor and leaves it as it is told."""

    def __init__(self) -> None:
        self._finger: Image | None = None

    def put(self, finger: Image) -> None:
        """Lay a finger on the sensor."""
        self._finger = finger

    def lift(self) -> None:
        """Take it away."""
        self._finger = None

    def finger(self, now: float) -> Image | None:
        return self._finger

    def uploaded(self, now: float) -> None:
        pass


class Citizen:
    """Lays its fingers on one after the other, each a moment after the host starts looking.

    A finger is lifted when its picture has been read. When nobody looked for a while, the next
    visitor has come and starts with the first finger again.
    """

    def __init__(
        self, fingers: Sequence[Image], hesitation: float = 0.8, next_visitor: float = 20.0
    ) -> None:
        self._fingers = fingers
        self._hesitation = hesitation
        self._next_visitor = next_visitor
        self._turn = 0
        self._asked_at: float | None = None
        self._looked_at: float | None = None

    def finger(self, now: float) -> Image | None:
        if self._looked_at is not None and now - self._looked_at > self._next_visitor:
            self._turn, self._asked_at = 0, None
        self._looked_at = now
        if self._asked_at is None:
            self._asked_at = now
        if now - self._asked_at < self._hesitation:
            return None
        return self._fingers[self._turn % len(self._fingers)]

    def uploaded(self, now: float) -> None:
        self._turn += 1
        self._asked_at = None
        self._looked_at = now


def finger_words(hand: SteeredHand, files: Mapping[str, Path]) -> dict[str, Callable[..., None]]:
    """Return the control words `finger right|left|FILE` and `lift`."""

    def finger(which: str) -> None:
        hand.put(load_finger(files.get(which, Path(which))))

    return {"finger": finger, "lift": hand.lift}
