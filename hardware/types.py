"""Values that devices give and take: frames, prints, device facts and states."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


class DeviceKind(StrEnum):
    """Kinds of device a terminal may have."""

    CAMERA = "camera"
    FINGERPRINT = "fingerprint"
    PRINTER = "printer"


class State(StrEnum):
    """What a device is doing, as the technician and the journey see it."""

    ABSENT = "absent"
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    DEGRADED = "degraded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A device fault: stable code, cause in one sentence, advice for the technician."""

    code: str
    cause: str
    advice: str


@dataclass(frozen=True, slots=True)
class Health:
    """State of one device with the last fault, if any."""

    state: State
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """Identity of one device; unknown parts stay empty, never invented."""

    kind: DeviceKind
    driver: str
    port: str
    vendor: str = ""
    serial: str = ""
    firmware: str = ""
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture: `image` is BGR uint8 of shape (height, width, 3)."""

    image: Image = field(repr=False)
    captured_at: float  # seconds, time.monotonic()
    number: int  # grows by one for each frame the camera delivered


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One flat print: `image` is grey uint8 (height, width), ridges dark; resolution in ppi."""

    image: Image = field(repr=False)
    ppi: int
