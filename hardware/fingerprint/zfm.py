"""Driver for the ZFM-20 / R30x / R503 family of optical fingerprint modules on a serial port.

These modules are a low-cost class: their nominal resolution of 500 ppi is the maker's statement,
not a certified property, and none of them is a certified scanner in the sense of BSI TR-03121.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from hardware.devices import Cancelled, RowsSeen
from hardware.errors import DeviceError, GarbledError, NoAnswerError
from hardware.fingerprint.address import FASTEST_BAUD, read_zfm
from hardware.fingerprint.link import Clock, Link, expect_ok
from hardware.fingerprint.packets import (
    BAUD_UNIT,
    BITS_PER_BYTE,
    HEIGHT,
    PACKET_SIZES,
    PASSWORD,
    PICTURE_BYTES,
    PPI,
    WIDTH,
    Ack,
    Command,
    Kind,
    Parameter,
    SystemParameters,
    command,
    decode_parameters,
    unpack_picture,
)
from hardware.types import DeviceFacts, DeviceKind, Fingerprint, Health, State

T = TypeVar("T")

DEFAULT_BAUD = 57600

_ANSWER = 1.0  # seconds until a simple command is answered
_EXPOSURE = 2.0  # seconds until GenImg is answered
_USUAL_BAUDS = (DEFAULT_BAUD, FASTEST_BAUD, 9600, 19200, 38400)
_PROBE = 0.3  # seconds of patience per speed while looking for the module
_ROW_BYTES = WIDTH // 2
_NO_PICTURE = (Ack.NO_FINGER, Ack.IMAGE_FAILED)


class ZfmScanner:
    """A single-finger scanner; opens its port on first use and again after it was unplugged."""

    def __init__(self, path: str, baud: int, clock: Clock = time.monotonic) -> None:
        self._path = path
        self._baud = baud
        self._clock = clock
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._dirty = False  # an upload was broken off; the module may still be sending
        self._parameters = SystemParameters(baud=baud)
        self._health = Health(State.STARTING)
        self._wire_seconds = 0.0

    def facts(self) -> DeviceFacts:
        """Return what is known of the module; details only after it has answered once."""
        detail = self._detail() if self._link is not None else {}
        return DeviceFacts(DeviceKind.FINGERPRINT, "zfm", self._path, detail=detail)

    def health(self) -> Health:
        """Return the state after the last operation."""
        return self._health

    def close(self) -> None:
        """Give the port back; the next use opens it again."""
        with self._lock:
            self._drop()
            self._health = Health(State.STARTING)

    def check(self) -> dict[str, str]:
        """Verify the password, read the parameters and return them; raises DeviceError."""
        with self._lock:
            self._run(self._verify)
            return self._detail()

    def finger_present(self) -> bool:
        """Ask once whether a finger lies on the sensor; raises DeviceError."""
        with self._lock:
            return self._run(self._expose)

    def capture(self, rows_seen: RowsSeen, cancelled: Cancelled) -> Fingerprint | None:
        """Take and read out one picture of (288, 256); None when cancelled or without finger.

        `rows_seen` gets the growing picture, rows not yet received white. Raises DeviceError.
        """
        with self._lock:
            return self._run(lambda link: self._capture(link, rows_seen, cancelled))

    def wire_seconds(self) -> float:
        """Seconds the bits of the last capture needed on the line at its speed (8N1)."""
        return self._wire_seconds

    def _detail(self) -> dict[str, str]:
        return {
            "baud": str(self._parameters.baud),
            "packet_size": str(self._parameters.packet_size),
            "system_id": f"{self._parameters.system_id:04X}",
            "resolution": f"{PPI} ppi (nominal)",
        }

    def _run(self, operation: Callable[[Link], T]) -> T:
        """Do one operation on a connected line and keep its outcome as the device's health."""
        try:
            result = operation(self._connected())
        except DeviceError as error:
            self._drop()
            self._health = _health_after(error)
            raise
        self._health = Health(State.READY)
        return result

    def _connected(self) -> Link:
        if self._link is not None and not self._link.alive():
            self._drop()
        if self._link is None:
            self._link = self._tuned(self._found())
        elif self._dirty:
            self._link.drain()
            self._dirty = False
        return self._link

    def _drop(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
        self._dirty = False

    def _found(self) -> Link:
        """Open the port at the speed the module answers at, the configured one first."""
        failures: list[DeviceError] = []
        for baud in dict.fromkeys((self._baud, *_USUAL_BAUDS)):
            link = Link(self._path, baud, self._clock)
            try:
                self._verify(link, _PROBE)
            except (NoAnswerError, GarbledError) as failure:
                link.close()
                failures.append(failure)
            except DeviceError:
                link.close()
                raise
            else:
                return link
        raise failures[0]

    def _tuned(self, link: Link) -> Link:
        """Set the configured speed and the largest packets where the module allows it."""
        if self._parameters.packet_size != PACKET_SIZES[-1]:
            self._set(link, Parameter.PACKET_SIZE, len(PACKET_SIZES) - 1)
        if link.baud != self._baud and self._set(link, Parameter.BAUD, self._baud // BAUD_UNIT):
            link.close()
            link = Link(self._path, self._baud, self._clock)
        self._verify(link)
        return link

    def _set(self, link: Link, parameter: Parameter, value: int) -> bool:
        code, _ = link.ask(command(Command.SET_SYS_PARA, parameter, value), _ANSWER)
        return code == Ack.OK

    def _verify(self, link: Link, timeout: float = _ANSWER) -> SystemParameters:
        code, _ = link.ask(command(Command.VFY_PWD, PASSWORD), timeout)
        expect_ok("VfyPwd", code)
        code, payload = link.ask(command(Command.READ_SYS_PARA), _ANSWER)
        expect_ok("ReadSysPara", code)
        parameters = decode_parameters(payload)
        if parameters is None:
            raise GarbledError(f"{self._path}: ReadSysPara's answer makes no sense")
        self._parameters = replace(parameters, baud=link.baud)
        return self._parameters

    def _expose(self, link: Link) -> bool:
        code, _ = link.ask(command(Command.GEN_IMG), _EXPOSURE)
        if code in _NO_PICTURE:
            return False
        expect_ok("GenImg", code)
        return True

    def _capture(self, link: Link, rows_seen: RowsSeen, cancelled: Cancelled) -> Fingerprint | None:
        before = link.bytes_on_line
        if cancelled() or not self._expose(link):
            return None
        code, _ = link.ask(command(Command.UP_IMAGE), _ANSWER)
        expect_ok("UpImage", code)
        picture = self._upload(link, rows_seen, cancelled)
        self._wire_seconds = (link.bytes_on_line - before) * BITS_PER_BYTE / link.baud
        return picture

    def _upload(self, link: Link, rows_seen: RowsSeen, cancelled: Cancelled) -> Fingerprint | None:
        image = np.full((HEIGHT, WIDTH), 255, np.uint8)
        data = bytearray()
        shown = 0
        last = False
        while not last:
            if cancelled():
                self._dirty = True
                return None
            packet = link.packet(_ANSWER)
            data += packet.payload if packet.kind in (Kind.DATA, Kind.LAST) else b""
            last = packet.kind is Kind.LAST
            rows = min(len(data) // _ROW_BYTES, HEIGHT)
            if rows > shown and not link.more():
                image[shown:rows] = unpack_picture(data[shown * _ROW_BYTES : rows * _ROW_BYTES])
                rows_seen(Fingerprint(image.copy(), PPI), rows / HEIGHT)
                shown = rows
        if len(data) != PICTURE_BYTES:
            raise GarbledError(f"{self._path}: {len(data)} bytes of {PICTURE_BYTES} arrived whole")
        return Fingerprint(image, PPI)


def open_zfm(url: str) -> ZfmScanner:
    """Make a scanner from `zfm:///dev/ttyUSB0?baud=115200`; raises ConfigError.

    The speed is the one wanted on the line; the module is found at any speed and switched.
    """
    return ZfmScanner(*read_zfm(url))


def _health_after(error: DeviceError) -> Health:
    states = {"DEV-001": State.ABSENT, "DEV-004": State.ABSENT, "DEV-005": State.BUSY}
    return Health(states.get(error.code, State.FAILED), error.fault)
