"""A pseudo terminal behind a stable name that behaves like the far end of a serial cable."""

import contextlib
import os
import select
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

from hardware.fingerprint.packets import BITS_PER_BYTE, Decoder
from hardware.sim.zfm_module import ZfmModule

_CHUNK = 16  # bytes written at once; at 115200 baud 1.4 ms
_OVERRUN = 0.5  # seconds a host may leave a full buffer unread
_SPEEDS = {
    getattr(termios, name): int(name[1:])
    for name in dir(termios)
    if name.startswith("B") and name[1:].isdecimal()
}


class SerialPort:
    """The module on a pty: `link` points to it while it is plugged in.

    Bytes leave no faster than the module's speed (pace 1.0; 0 means at once). A host that set
    another speed is not understood, as on a real line.
    """

    def __init__(
        self, module: ZfmModule, link: Path, pace: float, clock: Callable[[], float]
    ) -> None:
        self._module = module
        self._link = link
        self._pace = pace
        self._clock = clock
        self._unplugged = threading.Event()
        self._thread: threading.Thread | None = None
        self._wake = self._waker = -1  # closing the one end makes the other readable
        self.plug()

    def plug(self) -> None:
        """Connect: a new pty under the same name."""
        if self._thread is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self._unplugged.clear()
        self._wake, self._waker = os.pipe()
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(slave))
        self._thread = threading.Thread(
            target=self._serve, args=(master, slave), name="module", daemon=True
        )
        self._thread.start()

    def unplug(self) -> None:
        """Pull the cable, in the middle of whatever is being sent."""
        if self._thread is None:
            return
        self._link.unlink(missing_ok=True)
        self._unplugged.set()
        os.close(self._waker)
        self._thread.join()
        os.close(self._wake)
        self._thread = None

    def set_pace(self, pace: str) -> None:
        """Take so many times the line's own time from now on; ValueError if it is no number."""
        self._pace = float(pace)

    def _serve(self, master: int, slave: int) -> None:
        decoder = Decoder()
        with contextlib.ExitStack() as stack:
            stack.callback(os.close, master)
            stack.callback(os.close, slave)
            while self._wait(master, writing=False):
                data = os.read(master, 4096)
                if not self._same_speed(slave):
                    decoder.forget()
                    continue
                for packet in decoder.feed(data):
                    self._reply(master, len(data), self._module.answer(packet))

    def _same_speed(self, slave: int) -> bool:
        """Tell whether the host has set the speed the module listens at."""
        return _SPEEDS.get(termios.tcgetattr(slave)[5]) == self._module.parameters.baud

    def _reply(self, master: int, heard: int, packets: Iterator[bytes]) -> None:
        """Send packets, each byte no earlier than the line could have carried it."""
        second_per_byte = self._pace * BITS_PER_BYTE / self._module.parameters.baud
        due = self._clock() + heard * second_per_byte
        for packet in packets:
            for at in range(0, len(packet), _CHUNK):
                chunk = packet[at : at + _CHUNK]
                due += len(chunk) * second_per_byte
                if self._unplugged.wait(max(0.0, due - self._clock())):
                    return
                if not self._write(master, chunk):
                    return  # nobody reads: the rest is lost, as on a real line

    def _write(self, master: int, chunk: bytes) -> bool:
        while chunk:
            if not self._wait(master, writing=True, timeout=_OVERRUN):
                return False
            with contextlib.suppress(BlockingIOError):
                chunk = chunk[os.write(master, chunk) :]
        return True

    def _wait(self, master: int, writing: bool, timeout: float | None = None) -> bool:
        """Wait until the pty is ready; False when unplugged or after `timeout` seconds."""
        read = [self._wake] if writing else [self._wake, master]
        ready, writable, _ = select.select(read, [master] if writing else [], [], timeout)
        return self._wake not in ready and bool(ready or writable)
