"""The camera driver: one grab thread per camera, newest frame only, comes back by itself."""

import threading
import time
from collections.abc import Callable

import cv2
import numpy as np

from hardware.camera.address import Address, read_address
from hardware.camera.player import Player
from hardware.camera.source import CaptureSource, Source
from hardware.errors import DeviceError, NoAnswerError, NotConnectedError
from hardware.types import DeviceFacts, DeviceKind, Frame, Health, Image, State

FIRST_WAIT, LONGEST_WAIT = 0.25, 4.0  # seconds between attempts to open
SILENCE = 2.0  # seconds without a frame after which the camera counts as silent
CLOSING = 5.0  # seconds; a read that hangs is left to its own time-out
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def open_camera(url: str) -> "OpenCvCamera":
    """Return the camera behind a URL at once; it opens in its own thread. Raises ConfigError.

    A camera that is not there is no error here but a state: see `health()`.
    """
    address = read_address(url)
    # A source that is away is a state here, not news every four seconds.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    source = Player(address) if address.scheme == "file" else CaptureSource(address)
    return OpenCvCamera(address, source)


class OpenCvCamera:
    """A camera (`hardware.devices.Camera`) over any source; `clock` gives monotonic seconds."""

    def __init__(
        self, address: Address, source: Source, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._address, self._source, self._clock = address, source, clock
        self._news = threading.Condition()
        self._closing = threading.Event()
        self._frame: Frame | None = None
        self._number = 0
        self._health = Health(State.STARTING)
        self._thread = threading.Thread(target=self._run, name="camera-grab", daemon=True)
        self._thread.start()

    def facts(self) -> DeviceFacts:
        frame, detail = self._frame, self._source.detail()
        if frame is not None:
            detail["size"] = f"{frame.image.shape[1]}x{frame.image.shape[0]}"
        return DeviceFacts(DeviceKind.CAMERA, "opencv", self._address.port, detail=detail)

    def health(self) -> Health:
        frame = self._frame
        if frame is not None and self._clock() - frame.captured_at > SILENCE:
            silent = NoAnswerError(f"{self._address.port} has sent no picture for {SILENCE:g} s")
            return Health(State.DEGRADED, silent.fault)
        return self._health

    def latest(self) -> Frame | None:
        """Return the newest frame; None before the first and while the camera is away."""
        return self._frame

    def wait(self, after: int, timeout: float) -> Frame | None:
        """Block until a frame newer than number `after` exists; None on timeout (seconds)."""
        with self._news:
            self._news.wait_for(
                lambda: self._closing.is_set() or (self._frame and self._frame.number > after),
                timeout,
            )
            frame = self._frame
            return frame if frame and frame.number > after else None

    def close(self) -> None:
        """Stop grabbing and give the device back."""
        self._closing.set()
        with self._news:
            self._news.notify_all()
        self._source.wake()
        self._thread.join(CLOSING)

    def _run(self) -> None:
        pause = FIRST_WAIT
        while not self._closing.is_set():
            number = self._number
            try:
                self._source.open()
                self._grab()
            except DeviceError as error:
                self._lose(error)
            finally:
                self._source.close()
            pause = FIRST_WAIT if self._number > number else min(pause * 2, LONGEST_WAIT)
            self._closing.wait(pause)

    def _grab(self) -> None:
        while not self._closing.is_set():
            image = self._source.read()
            at = self._clock()
            self._publish(_upright(image, self._address.rotate), at)

    def _publish(self, image: Image, at: float) -> None:
        with self._news:
            self._number += 1
            self._frame = Frame(image, at, self._number)
            self._health = Health(State.READY)
            self._news.notify_all()

    def _lose(self, error: DeviceError) -> None:
        """Forget the last frame, so that nobody takes an old picture for a live one."""
        state = State.ABSENT if isinstance(error, NotConnectedError) else State.FAILED
        with self._news:
            self._frame = None
            self._health = Health(state, error.fault)
            self._news.notify_all()


def _upright(image: Image, rotate: int) -> Image:
    return np.asarray(cv2.rotate(image, TURNS[rotate]), np.uint8) if rotate else image
