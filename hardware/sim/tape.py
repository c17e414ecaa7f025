"""Reads an ESC/POS stream: text with its code page, raster pictures, status questions, cuts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from hardware.types import Image

# Bytes that follow each two-byte command (Epson ESC/POS command reference).
_ARGUMENTS = {
    b"\x1b@": 0, b"\x1b2": 0, b"\x1b!": 1, b"\x1b-": 1, b"\x1b3": 1, b"\x1bE": 1, b"\x1bM": 1,
    b"\x1ba": 1, b"\x1bd": 1, b"\x1bt": 1, b"\x1b{": 1, b"\x1dB": 1, b"\x1d!": 1, b"\x1db": 1,
    b"\x10\x04": 1, b"\x1dV": 1, b"\x1dv": 6,
}  # fmt: skip
_PAGES = {
    0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737",
    15: "iso8859_7", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letters:
    """Text as it appears on the paper."""

    text: str
    double: bool
    centred: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture: uint8 (height, width), 0 where the paper is black."""

    image: Image = field(repr=False)
    centred: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper was cut: the job is complete."""


@dataclass(frozen=True, slots=True)
class StatusAsked:
    """DLE EOT n: the printer must answer at once."""

    question: int


Mark = Letters | Picture | Cut | StatusAsked


class Tape:
    """Takes bytes as they arrive; keeps an incomplete command until the rest is there."""

    def __init__(self) -> None:
        self._buffer = b""
        self._initialise()

    def feed(self, data: bytes) -> Iterator[Mark]:
        """Yield what the bytes put on the paper or ask."""
        self._buffer += data
        while self._buffer:
            taken, mark = self._letters() if self._buffer[0] >= 0x20 else self._command()
            if not taken:
                return
            self._buffer = self._buffer[taken:]
            if mark is not None:
                yield mark

    def _initialise(self) -> None:
        self._page, self._double, self._centred = "cp437", False, False

    def _letters(self) -> tuple[int, Mark | None]:
        end = next((at for at, byte in enumerate(self._buffer) if byte < 0x20), len(self._buffer))
        text = self._buffer[:end].decode(self._page, "replace")
        return end, Letters(text, self._double, self._centred)

    def _command(self) -> tuple[int, Mark | None]:
        if self._buffer[:1] == b"\n":
            return 1, Letters("\n", self._double, self._centred)
        name = self._buffer[:2]
        if len(name) < 2:
            return 0, None
        if name not in _ARGUMENTS:
            return 1, None  # a control character without meaning here
        end = 2 + _ARGUMENTS[name]
        if name == b"\x1dV" and self._buffer[2:3] in (b"A", b"B"):
            end += 1
        if len(self._buffer) < end:
            return 0, None
        if name == b"\x1dv":
            return self._picture()
        return end, self._obey(name, self._buffer[2:end])

    def _picture(self) -> tuple[int, Mark | None]:
        across = int.from_bytes(self._buffer[4:6], "little")
        down = int.from_bytes(self._buffer[6:8], "little")
        end = 8 + across * down
        if len(self._buffer) < end:
            return 0, None
        bits = np.frombuffer(self._buffer[8:end], np.uint8).reshape(down, across)
        black = np.unpackbits(bits, axis=1)
        return end, Picture((1 - black) * np.uint8(255), self._centred)

    def _obey(self, name: bytes, arguments: bytes) -> Mark | None:
        if name == b"\x10\x04":
            return StatusAsked(arguments[0])
        if name == b"\x1dV":
            return Cut()
        if name == b"\x1b@":
            self._initialise()
        elif name == b"\x1bt":
            self._page = _PAGES.get(arguments[0], "cp437")
        elif name == b"\x1b!":
            self._double = bool(arguments[0] & 0x20)
        elif name == b"\x1ba":
            self._centred = arguments[0] in (1, ord("1"))
        return Letters("\n" * arguments[0], False, False) if name == b"\x1bd" else None
