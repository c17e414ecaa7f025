"""The serial line to a ZFM module: one command, one answer, time-outs, resynchronisation."""

import errno
from collections.abc import Callable
from pathlib import Path

import serial

from hardware.errors import (
    BusyError,
    ConfigError,
    DeviceError,
    ForbiddenError,
    GarbledError,
    NoAnswerError,
    NotConnectedError,
    RefusedError,
    UnpluggedError,
)
from hardware.fingerprint.packets import Ack, Decoder, Kind, Packet
from hardware.holders import in_use

Clock = Callable[[], float]

_TICK = 0.02  # seconds; how long one read may block, so that cancelling is prompt
_QUIET = 0.15  # seconds of silence after which the line counts as idle
_LONGEST_UPLOAD = 45.0  # seconds; a whole picture at 9600 baud


class Link:
    """An open port; every failure leaves it as a typed error."""

    def __init__(self, path: str, baud: int, clock: Clock) -> None:
        self.baud = baud
        self.bytes_on_line = 0
        self._path = path
        self._clock = clock
        self._decoder = Decoder()
        self._waiting: list[Packet] = []
        self._port = _open(path, baud)

    def close(self) -> None:
        """Give the port back."""
        try:
            self._port.close()
        except OSError as gone:
            if gone.errno not in (errno.EIO, errno.ENODEV):
                raise

    def alive(self) -> bool:
        """Tell whether the port is still there."""
        try:
            return bool(self._port.in_waiting >= 0)
        except OSError:
            return False

    def ask(self, request: bytes, timeout: float) -> tuple[int, bytes]:
        """Send a command and return its acknowledgement's code and the bytes after it.

        Garbage before the answer is stepped over. Raises NoAnswerError, GarbledError,
        UnpluggedError.
        """
        self._start_afresh()
        self._send(request)
        packet = self.packet(timeout)
        while packet.kind is not Kind.ACK or not packet.payload:
            packet = self.packet(timeout)
        return packet.payload[0], packet.payload[1:]

    def packet(self, timeout: float) -> Packet:
        """Return the next packet; `timeout` seconds of nothing useful end the waiting."""
        deadline = self._clock() + timeout
        heard = 0
        while not self._waiting:
            data = self._receive()
            heard += len(data)
            self._waiting += self._decoder.feed(data)
            if not self._waiting and self._clock() > deadline:
                raise self._silence(heard)
        return self._waiting.pop(0)

    def more(self) -> bool:
        """Tell whether packets that were already received wait to be taken."""
        return bool(self._waiting)

    def drain(self) -> None:
        """Read the rest of an upload nobody wants any more, until the line is quiet."""
        end = self._clock() + _LONGEST_UPLOAD
        quiet_since = self._clock()
        while self._clock() < end and self._clock() - quiet_since < _QUIET:
            if self._receive():
                quiet_since = self._clock()
        self._forget()

    def _silence(self, heard: int) -> DeviceError:
        if heard or self._decoder.discarded:
            return GarbledError(f"{self._path}: what arrives is not the module's protocol")
        return NoAnswerError(f"{self._path}: no answer at {self.baud} baud")

    def _start_afresh(self) -> None:
        """Forget what a broken earlier exchange may have left on the line."""
        self._forget()
        try:
            self._port.reset_input_buffer()
        except (OSError, serial.SerialException) as gone:
            raise self._unplugged() from gone

    def _forget(self) -> None:
        self._decoder.forget()
        self._waiting.clear()

    def _send(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except (OSError, serial.SerialException) as gone:
            raise self._unplugged() from gone
        self.bytes_on_line += len(data)

    def _receive(self) -> bytes:
        try:
            data = bytes(self._port.read(self._port.in_waiting or 1))
        except (OSError, serial.SerialException) as gone:
            raise self._unplugged() from gone
        self.bytes_on_line += len(data)
        return data

    def _unplugged(self) -> UnpluggedError:
        return UnpluggedError(f"{self._path} went away")


def expect_ok(what: str, code: int) -> None:
    """Raise RefusedError unless the module answered OK."""
    if code == Ack.OK:
        return
    name = Ack(code).name.lower().replace("_", " ") if code in set(Ack) else "unknown code"
    raise RefusedError(f"{what} refused with {code:02X} ({name})")


def _open(path: str, baud: int) -> serial.Serial:
    try:
        return serial.Serial(path, baud, timeout=_TICK, write_timeout=2.0, exclusive=True)
    except serial.SerialException as problem:
        raise why_closed(path, problem) from problem


def why_closed(path: str, problem: serial.SerialException) -> DeviceError:
    """Tell why a port did not open; pyserial puts the cause of a failed set-up in words only."""
    if problem.errno in (errno.EBUSY, errno.EAGAIN) or "lock" in str(problem):
        return BusyError(in_use(Path(path)))
    if problem.errno in (errno.EACCES, errno.EPERM):
        return ForbiddenError(f"{path}: no permission to open it")
    if not Path(path).exists():
        return NotConnectedError(f"{path} is not there")
    if not Path(path).is_char_device() or f"({errno.ENOTTY}," in str(problem):
        return ConfigError(f"{path} is no serial port")
    return NotConnectedError(f"{path} is there, but nothing behind it ({problem})")
