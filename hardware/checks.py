"""Checks devices by a real round trip, all at the same time, and says what came of it."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Protocol, cast, runtime_checkable

from hardware.devices import Camera, Device, FingerprintScanner
from hardware.errors import BusyError, DeviceError, NoAnswerError
from hardware.inventory import Configured
from hardware.registry import open_device
from hardware.types import DeviceFacts, DeviceKind, Frame, Health, State
from hardware.urls import port_of

Clock = Callable[[], float]

_FIRST_FRAME = 5.0  # seconds
PATIENCE = 15.0  # seconds for all checks; a name server or a USB bus may hang for minutes
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


def check_all(devices: Sequence[Configured], patience: float = PATIENCE) -> list[Finding]:
    """Check all devices at once, in their order; one that is not done after `patience` seconds
    has not answered, whatever it hangs in."""
    done: queue.Queue[tuple[int, Finding]] = queue.Queue()
    for number, device in enumerate(devices):

        def work(number: int = number, device: Configured = device) -> None:
            done.put((number, check(device)))

        threading.Thread(target=work, name=f"check-{device.kind}", daemon=True).start()
    late = NoAnswerError(f"no answer within {patience:g} s")
    found = [_without(device, late, patience * 1000) for device in devices]
    end = time.monotonic() + patience
    for _ in devices:
        try:
            number, finding = done.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            break
        found[number] = finding
    return found


def check(configured: Configured, clock: Clock = time.perf_counter) -> Finding:
    """Open the device, let it do its work once and close it again; raises nothing."""
    started = clock()
    try:
        with closing(open_device(configured.kind, configured.url)) as device:
            found = _try(device, configured, clock)
    except DeviceError as error:
        found = _without(configured, error)
    except Exception as bug:  # a supervisor: a driver's bug is its own
        found = _without(configured, DeviceError(f"the driver failed with {bug!r}"))
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
    return Finding(device.facts(), _honest(health), configured.simulated, 0.0, measured)


def _honest(health: Health) -> Health:
    """Call a device busy that another program holds, whichever word its driver has for that."""
    busy = health.fault is not None and health.fault.code == BusyError.code
    return replace(health, state=State.BUSY) if busy else health


def _without(configured: Configured, error: DeviceError, elapsed_ms: float = 0.0) -> Finding:
    """Describe a device nothing is known of but its URL and what went wrong."""
    facts = DeviceFacts(configured.kind, configured.driver, port_of(configured.url))
    health = _honest(Health(State.FAILED, error.fault))
    return Finding(facts, health, configured.simulated, elapsed_ms)


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
