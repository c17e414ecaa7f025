"""What each kind of device promises; drivers and tests meet here."""

from collections.abc import Callable
from typing import Protocol

from hardware.printer.blocks import Block
from hardware.types import DeviceFacts, Fingerprint, Frame, Health

RowsSeen = Callable[[Fingerprint, float], None]
"""Called with the picture so far (missing rows white) and its share 0..1."""
Cancelled = Callable[[], bool]


class Device(Protocol):
    """A device that can be described and closed."""

    def facts(self) -> DeviceFacts: ...
    def health(self) -> Health: ...
    def close(self) -> None: ...


class Camera(Device, Protocol):
    """A camera with its own grab thread; only the newest frame is kept."""

    def latest(self) -> Frame | None:
        """Return the newest frame, or None before the first one."""

    def wait(self, after: int, timeout: float) -> Frame | None:
        """Block until a frame with a number above `after` exists; None on timeout (seconds)."""


class FingerprintScanner(Device, Protocol):
    """A single-finger scanner."""

    def finger_present(self) -> bool:
        """Ask once whether a finger lies on the sensor; raises DeviceError."""

    def capture(self, rows_seen: RowsSeen, cancelled: Cancelled) -> Fingerprint | None:
        """Take and read out one picture; None when cancelled or no finger; raises DeviceError."""

    def wire_seconds(self) -> float:
        """Seconds the bits of the last capture needed on the line at the configured speed."""


class ReceiptPrinter(Device, Protocol):
    """A receipt printer."""

    def print_blocks(self, blocks: list[Block]) -> None:
        """Print and cut; raises PaperOutError, NoAnswerError, NotConnectedError."""
