"""What the camera driver reads from, and the source for real devices and network streams."""

import os
import stat
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from hardware.camera.address import Address
from hardware.errors import (
    BusyError,
    ConfigError,
    ForbiddenError,
    NoAnswerError,
    NotConnectedError,
    UnpluggedError,
)
from hardware.holders import in_use
from hardware.types import Image

TIMEOUT_MS = 3000  # of opening and reading a network stream
NAMES = Path("/sys/class/video4linux")
VIDEO_MAJOR = 81  # number of the video4linux drivers (Linux, admin-guide/devices.txt)


class Source(Protocol):
    """Something that can be opened again and again; all calls but `wake` come from one thread."""

    def open(self) -> None:
        """Start; raises DeviceError."""

    def read(self) -> Image:
        """Block until the next picture; raises DeviceError when it will not come."""

    def close(self) -> None:
        """Stop; the source may be opened again."""

    def wake(self) -> None:
        """Let a blocked `read` return early for good, as the driver is closing; from any thread."""

    def detail(self) -> dict[str, str]:
        """What the source says about itself."""


class CaptureSource:
    """A V4L2 device or a network stream through OpenCV."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        address = self._address
        if address.scheme == "v4l2":
            _look_at(address.path)
            self._capture = _open_v4l2(address)
        else:
            self._capture = _open_stream(address)

    def read(self) -> Image:
        assert self._capture is not None, "open() comes first"
        arrived, image = self._capture.read()
        if not arrived:
            raise UnpluggedError(f"{self._address.port} stopped sending pictures")
        return np.asarray(image, np.uint8)

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def wake(self) -> None:
        """A read returns by itself: with the next frame or at the time-out."""

    def detail(self) -> dict[str, str]:
        if self._address.scheme != "v4l2":
            return {}
        name = NAMES / self._address.path.resolve().name / "name"
        return {"name": name.read_text().strip()} if name.exists() else {}


def _look_at(path: Path) -> None:
    """Say before OpenCV does, which knows no reasons, why a device cannot be opened."""
    if not path.exists():
        raise NotConnectedError(f"{path} is not there")
    about = path.stat()
    if not stat.S_ISCHR(about.st_mode) or os.major(about.st_rdev) != VIDEO_MAJOR:
        raise ConfigError(f"{path} is no camera")
    if not os.access(path, os.R_OK | os.W_OK):
        raise ForbiddenError(f"{path}: no permission to open it")


def _open_v4l2(address: Address) -> cv2.VideoCapture:
    """Open by the device's stable name; format first, because the size depends on it."""
    capture = cv2.VideoCapture(str(address.path.resolve()), cv2.CAP_V4L2)
    if not capture.isOpened():
        raise BusyError(in_use(address.path))
    if address.fourcc:
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*address.fourcc))
    wanted = (
        (cv2.CAP_PROP_FRAME_WIDTH, address.width),
        (cv2.CAP_PROP_FRAME_HEIGHT, address.height),
        (cv2.CAP_PROP_FPS, address.fps),
        (cv2.CAP_PROP_BUFFERSIZE, 1),
    )
    for what, value in wanted:
        if value is not None:
            capture.set(what, value)
    return capture


def _open_stream(address: Address) -> cv2.VideoCapture:
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
        TIMEOUT_MS,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC,
        TIMEOUT_MS,
    ]
    capture = cv2.VideoCapture(address.url, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        raise NoAnswerError(f"{address.port} does not answer with pictures")
    return capture
