"""The simulated receipt printer as a program: ESC/POS on TCP, jobs kept as files."""

import argparse
import contextlib
import socketserver
import threading
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import cv2

from hardware.printer.status import Status, encode
from hardware.sim.control import ControlSocket
from hardware.sim.ending import until_told_to_end
from hardware.sim.paper import paint, text_of
from hardware.sim.tape import Cut, Mark, StatusAsked, Tape


class Fault(StrEnum):
    """What can be wrong with the simulated printer."""

    NONE = "none"
    PAPER = "paper"
    NEAR_END = "near_end"
    OFFLINE = "offline"
    COVER = "cover"
    SILENT = "silent"


_STATUS = {
    Fault.NONE: Status(),
    Fault.PAPER: Status(online=False, paper=False, paper_near_end=True),
    Fault.NEAR_END: Status(paper_near_end=True),
    Fault.OFFLINE: Status(online=False),
    Fault.COVER: Status(online=False, cover_open=True),
}


class PrinterSim:
    """A running simulated printer; complete jobs go to `save` as bytes, text and picture."""

    def __init__(self, port: int, save: Path, printed: Callable[[Path], None] = print) -> None:
        save.mkdir(parents=True, exist_ok=True)
        self.current = Fault.NONE
        self.words: dict[str, Callable[..., None]] = {"fault": self.fault}
        self._save = save
        self._printed = printed
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _Connection)
        self._server.sim = self
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def fault(self, name: str) -> None:
        """Let the printer have a fault, or `none`; ValueError for an unknown one."""
        self.current = Fault(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def status(self, question: int) -> bytes:
        """Return what the printer answers to DLE EOT now."""
        return b"" if self.current is Fault.SILENT else encode(_STATUS[self.current], question)

    def keep(self, raw: bytes, marks: list[Mark]) -> None:
        """Store one job that was cut, numbered after those already there."""
        with self._lock:
            number = 1 + sum(1 for _ in self._save.glob("receipt-*.bin"))
            job = self._save / f"receipt-{number:04d}.bin"
            cv2.imwrite(str(job.with_suffix(".png")), paint(marks))
            job.with_suffix(".txt").write_text(text_of(marks), encoding="utf-8")
            job.write_bytes(raw)
        self._printed(job)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sim: PrinterSim


class _Connection(socketserver.BaseRequestHandler):
    """One host that prints; what was not cut when it leaves is lost."""

    server: _Server

    def handle(self) -> None:
        tape, raw, marks = Tape(), bytearray(), list[Mark]()
        with contextlib.suppress(ConnectionError):
            while data := self.request.recv(65536):
                raw += data
                for mark in tape.feed(data):
                    self._do(mark, raw, marks)

    def _do(self, mark: Mark, raw: bytearray, marks: list[Mark]) -> None:
        if isinstance(mark, StatusAsked):
            self.request.sendall(self.server.sim.status(mark.question))
        elif isinstance(mark, Cut):
            self.server.sim.keep(bytes(raw), list(marks))
            raw.clear()
            marks.clear()
        else:
            marks.append(mark)


@contextlib.contextmanager
def running(sim: PrinterSim, control: Path | None) -> Iterator[PrinterSim]:
    """Keep a simulator and its control socket for the time of the block."""
    with contextlib.ExitStack() as stack:
        stack.callback(sim.close)
        if control is not None:
            stack.callback(ControlSocket(control, sim.words).close)
        yield sim


def add_parser(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the sub command `printer`."""
    parser = kinds.add_parser("printer", help="ESC/POS receipt printer on TCP")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--save", type=Path, required=True, help="folder for the receipts")
    parser.add_argument("--control", type=Path, help="unix socket that takes words")


def run(args: argparse.Namespace) -> int:
    """Run until interrupted or terminated."""
    with running(PrinterSim(args.port, args.save), args.control) as sim:
        print(f"receipt printer ready at escpos+tcp://127.0.0.1:{sim.port}", flush=True)
        until_told_to_end()
    return 0
