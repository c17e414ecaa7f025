"""Checks one device by a real round trip and says what came of it."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Protocol, cast, runtime_checkable
from urllib.parse import urlsplit

from hardware.devices import Camera, Device, FingerprintScanner
from hardware.errors import DeviceError, NoAnswerError
from hardware.inventory import Configured
from hardware.registry import open_device
from hardware.types import DeviceFacts, DeviceKind, Frame, Health, State

Clock = Callable[[], float]

_FIRST_FRAME = 5.0  # seconds
_FRAMES = 15  # pictures over which a camera's rate is measured


@runtime_checkable
class SelfTesting(Protocol):
    """A device that knows how to test itself."""

    def check(self) -> dict[str, str]:
        """Do a round trip and return what it showed; raises DeviceError."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found out about one configured device."""

    facts: DeviceFacts
    health: Health
    simulated: bool
    round_trip_ms: float
    measured: dict[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether the terminal can work with it now."""
        return self.health.state in (State.READY, State.DEGRADED)


def check(configured: Configured, clock: Clock = time.perf_counter) -> Finding:
    """Open the device, let it do its work once and close it again; never raises DeviceError."""
    started = clock()
    try:
        with closing(open_device(configured.kind, configured.url)) as device:
            found = _try(device, configured, clock)
    except DeviceError as error:
        health = Health(State.FAILED, error.fault)
        found = Finding(_unopened(configured), health, configured.simulated, 0.0)
    return replace(found, round_trip_ms=(clock() - started) * 1000)


def _try(device: Device, configured: Configured, clock: Clock) -> Finding:
    measured: dict[str, str] = {}
    try:
        measured = _round_trip(configured.kind, device, clock)
        health = device.health()
    except DeviceError as error:
        health = device.health()
        if health.fault is None:
            health = Health(State.FAILED, error.fault)
    return Finding(device.facts(), health, configured.simulated, 0.0, measured)


def _round_trip(kind: DeviceKind, device: Device, clock: Clock) -> dict[str, str]:
    if isinstance(device, SelfTesting):
        return device.check()
    if kind is DeviceKind.CAMERA:
        return _watch(cast(Camera, device), clock)
    if kind is DeviceKind.FINGERPRINT:
        present = cast(FingerprintScanner, device).finger_present()
        return {"finger": "on the sensor" if present else "none"}
    return {}


def _watch(camera: Camera, clock: Clock) -> dict[str, str]:
    """Measure size and rate over some frames; raises NoAnswerError if none comes."""
    first = _first_frame(camera, clock)
    started, last = clock(), first
    while (frame := camera.wait(last.number, 1.0)) and frame.number < first.number + _FRAMES:
        last = frame
    height, width = first.image.shape[:2]
    rate = (last.number - first.number) / max(clock() - started, 1e-6)
    return {"size": f"{width} x {height}", "fps": f"{rate:.1f}"}


def _first_frame(camera: Camera, clock: Clock) -> Frame:
    end = clock() + _FIRST_FRAME
    while (frame := camera.wait(0, 0.2)) is None:
        if clock() > end or camera.health().fault is not None:
            raise NoAnswerError("the camera delivers no picture")
    return frame


def _unopened(configured: Configured) -> DeviceFacts:
    """Describe a device nothing is known of but its URL, without what may be secret in it."""
    parts = urlsplit(configured.url)
    port = f"{parts.hostname or ''}{parts.path}"
    return DeviceFacts(configured.kind, parts.scheme or "?", port)
