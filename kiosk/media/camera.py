"""The one owner of the camera: opens it when somebody looks, closes it when nobody does."""

import threading
from collections.abc import Callable
from enum import StrEnum

import cv2
import numpy as np

from hardware.devices import Camera
from hardware.errors import DeviceError
from hardware.types import Frame, Health, State
from remote_clerk.media.pictures import Yuv

PREVIEW = (720, 1280)  # pixels at most: width, height
CALL_SIDE = 960  # longest side at most: 720p class for 4:3 and 3:4
LINGER_SECONDS = 2.0  # the device stays open so long after the last look
RETRY_SECONDS = 1.0
WAIT_SECONDS = 0.25

ABSENT = Health(State.ABSENT)


class Look(StrEnum):
    """Who may want pictures."""

    PREVIEW = "preview"
    PHOTO = "photo"
    CALL = "call"
    PROBE = "probe"  # nobody: is it there, or there again after a fault?


class CameraOwner(threading.Thread):
    """Grabs in its own thread and gives each frame to those who want pictures, and to nobody else.

    Privacy (BSI SYS.2.1 A21): while nobody looks the device is closed, so that its light is off. It
    is opened once at the start, and while it is missing, so that a fault is known before a citizen
    meets it.
    """

    def __init__(
        self,
        open_camera: Callable[[], Camera],
        preview: Callable[[Yuv], None],
        call: Callable[[Yuv], None],
        photo: Callable[[Frame], None],
        changed: Callable[[Health], None],
        linger_seconds: float = LINGER_SECONDS,
    ) -> None:
        """The callbacks run in this thread and must not block; `open_camera` raises DeviceError."""
        super().__init__(name="camera", daemon=True)
        self._open_camera = open_camera
        self._preview, self._call, self._photo, self._changed = preview, call, photo, changed
        self._linger_seconds = linger_seconds
        self._looks = frozenset({Look.PROBE})
        self._turn = threading.Condition()
        self._ended = False
        self._health = ABSENT

    def look(self, who: Look, wanted: bool) -> None:
        """Begin or stop giving pictures to `who`; from any thread, returns at once."""
        with self._turn:
            if not self._ended:
                self._looks = self._looks | {who} if wanted else self._looks - {who}
            self._turn.notify()

    def end(self) -> None:
        """Close the camera and end the thread."""
        with self._turn:
            self._ended, self._looks = True, frozenset()
            self._turn.notify()
        self.join()

    def run(self) -> None:
        while self._wanted(None):
            try:
                camera = self._open_camera()
            except DeviceError as error:
                self._tell(Health(State.FAILED, error.fault))
                self._rest(RETRY_SECONDS)
                continue
            try:
                self._watch(camera)
            finally:
                camera.close()
                self._health = ABSENT  # closed on purpose: no news for anybody

    def _wanted(self, timeout: float | None) -> bool:
        """Wait until somebody looks; False when the time is over or all is over."""
        with self._turn:
            self._turn.wait_for(lambda: self._looks or self._ended, timeout)
            return bool(self._looks)

    def _rest(self, seconds: float) -> None:
        with self._turn:
            self._turn.wait_for(lambda: self._ended or not self._looks, seconds)

    def _watch(self, camera: Camera) -> None:
        number = -1
        while self._looks or self._wanted(self._linger_seconds):
            frame = camera.wait(number, WAIT_SECONDS)
            self._tell(camera.health())
            if frame is not None:
                number = frame.number
                self._give(frame)

    def _give(self, frame: Frame) -> None:
        looks = self._looks
        if Look.PHOTO in looks:
            self._photo(frame)
        height, width = frame.image.shape[:2]
        small = fitted(width, height, *PREVIEW)
        large = fitted(width, height, CALL_SIDE, CALL_SIDE)
        picture = as_yuv(frame, *small) if Look.PREVIEW in looks else None
        if picture:
            self._preview(picture)
        if Look.CALL in looks:
            self._call(picture if picture and small == large else as_yuv(frame, *large))

    def _tell(self, health: Health) -> None:
        if health != self._health:
            self._health = health
            self._changed(health)
        if health.fault or health.state is State.READY:
            self.look(Look.PROBE, health.fault is not None)


def fitted(width: int, height: int, wide: int, high: int) -> tuple[int, int]:
    """Return the largest size within (wide, high) of the same shape, in multiples of eight."""
    scale = min(1.0, wide / width, high / height)
    return max(8, round(width * scale) // 8 * 8), max(8, round(height * scale) // 8 * 8)


def as_yuv(frame: Frame, width: int, height: int) -> Yuv:
    """Return a frame as I420 of this size."""
    image = frame.image
    if image.shape[:2] != (height, width):
        image = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR))
    return Yuv(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2YUV_I420), np.uint8))
