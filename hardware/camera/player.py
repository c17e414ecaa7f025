"""Plays a film or a folder of pictures in real time, as a camera would deliver it.

It starts when the camera is opened. With `loop=0` it holds its last picture: who has come to stand
still keeps standing there. A held picture is delivered again and again at the frame rate, because
a camera never stops delivering. With `control=/path.sock` a test or a presenter steers it, one word
per line (`hardware.sim.control.tell`): `hold`, `play`, `rewind`, `load PATH`, and `unplug` and
`plug` for the cable.
"""

import errno
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from hardware.camera.address import Address
from hardware.errors import (
    BusyError,
    ConfigError,
    GarbledError,
    NotConnectedError,
    UnpluggedError,
)
from hardware.sim.control import ControlSocket
from hardware.types import Image

PICTURES = {".jpg", ".jpeg", ".png"}
USUAL_RATE = 10.0  # pictures per second of a folder
_OTHER_FILE = "Name a film or a folder of pictures in the camera's URL."


class Reel(Protocol):
    """A sequence of pictures that can be read once, and started again."""

    rate: float

    def next(self) -> Image | None: ...
    def rewind(self) -> None: ...
    def close(self) -> None: ...


class Player:
    """A source that plays files; `unplug` makes it behave like a camera without a cable."""

    def __init__(self, address: Address, clock: Callable[[], float] = time.monotonic) -> None:
        self._address, self._clock = address, clock
        self._path = address.path
        self._turn = threading.Condition()
        self._reel: Reel | None = None
        self._shown: Image | None = None
        self._due = 0.0
        self._held = self._unplugged = self._closing = self._rewind = False
        self._control: ControlSocket | None = None

    def open(self) -> None:
        with self._turn:
            self._listen()
            if self._unplugged:
                raise NotConnectedError(f"{self._path} is unplugged")
            self._reel = _open_reel(self._path, self._address.fps)
            self._shown, self._rewind, self._due = None, False, self._clock()

    def read(self) -> Image:
        with self._turn:
            while (
                not self._closing
                and not self._unplugged
                and (late := self._due - self._clock()) > 0
            ):
                self._turn.wait(late)
            if self._unplugged:
                raise UnpluggedError(f"{self._path} was unplugged")
            self._due = max(self._due + 1 / self._playing.rate, self._clock() - 1.0)
            if self._shown is None or not self._held or self._rewind:
                self._shown = self._advance()
            return self._shown

    def close(self) -> None:
        with self._turn:
            if self._reel:
                self._reel.close()
                self._reel = None

    def wake(self) -> None:
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        if self._control:
            self._control.close()

    def detail(self) -> dict[str, str]:
        return {"film": self._path.name}

    def hold(self) -> None:
        """Keep showing the present picture."""
        self._held = True

    def play(self) -> None:
        """Go on."""
        self._held = False

    def rewind(self) -> None:
        """Show the first picture next."""
        self._rewind = True

    def load(self, path: str) -> None:
        """Play another file from its start; raises ValueError when it cannot be played."""
        try:
            reel = _open_reel(Path(path), self._address.fps)
        except (NotConnectedError, GarbledError) as fault:
            raise ValueError(fault.cause) from fault
        with self._turn:
            old, self._reel, self._path = self._reel, reel, Path(path)
            self._shown = None
            if old:
                old.close()

    def unplug(self) -> None:
        """Pull the cable."""
        with self._turn:
            self._unplugged = True
            self._turn.notify_all()

    def plug(self) -> None:
        """Put the cable back."""
        self._unplugged = False

    def _listen(self) -> None:
        """Take orders from now on; a film that is steered has one player, as a camera has one."""
        path = self._address.control
        if path is None or self._control or self._closing:
            return
        each = (self.hold, self.play, self.rewind, self.load, self.unplug, self.plug)
        try:
            self._control = ControlSocket(path, {word.__name__: word for word in each})
        except OSError as reason:
            if reason.errno == errno.EADDRINUSE:
                raise BusyError(f"{self._path} is played by another program") from reason
            raise ConfigError(f"control={path}: {reason.strerror or reason}") from reason

    @property
    def _playing(self) -> Reel:
        assert self._reel is not None, "open() comes first"
        return self._reel

    def _advance(self) -> Image:
        """Take the next picture; at the end begin again or stay."""
        if self._rewind:
            self._rewind = False
            self._playing.rewind()
        image = self._playing.next()
        if image is None and (self._address.loop or self._shown is None):
            self._playing.rewind()
            image = self._playing.next()
        if image is not None:
            return image
        if self._shown is None:
            raise GarbledError(f"{self._path} holds no picture", _OTHER_FILE)
        return self._shown


def _open_reel(path: Path, rate: float | None) -> Reel:
    """Open a film or folder; raises NotConnectedError if missing, GarbledError if broken."""
    if path.is_dir():
        return Folder(path, rate or USUAL_RATE)
    if not path.exists():
        raise NotConnectedError(f"{path} is not there")
    return Film(path, rate)


class Folder:
    """The pictures of a folder, by name."""

    def __init__(self, path: Path, rate: float) -> None:
        self.rate = rate
        self._files = sorted(p for p in path.iterdir() if p.suffix.lower() in PICTURES)
        self._at = 0
        if not self._files:
            raise GarbledError(f"{path} holds no pictures", _OTHER_FILE)

    def next(self) -> Image | None:
        if self._at >= len(self._files):
            return None
        file = self._files[self._at]
        self._at += 1
        image = cv2.imread(str(file))
        if image is None:
            raise GarbledError(f"{file} is no picture", _OTHER_FILE)
        return np.asarray(image, np.uint8)

    def rewind(self) -> None:
        self._at = 0

    def close(self) -> None:
        pass


class Film:
    """A video file."""

    def __init__(self, path: Path, rate: float | None) -> None:
        self._path = path
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise GarbledError(f"{path} is no film that can be played", _OTHER_FILE)
        self.rate = rate or self._capture.get(cv2.CAP_PROP_FPS) or USUAL_RATE

    def next(self) -> Image | None:
        arrived, image = self._capture.read()
        return np.asarray(image, np.uint8) if arrived else None

    def rewind(self) -> None:
        self._capture.release()
        self._capture = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)

    def close(self) -> None:
        self._capture.release()
