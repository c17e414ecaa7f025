"""Driver for ESC/POS receipt printers in the network (TCP, usually port 9100)."""

import socket

from hardware.errors import (
    DeviceError,
    GarbledError,
    NoAnswerError,
    NotConnectedError,
    OfflineError,
    PaperOutError,
    UnpluggedError,
)
from hardware.printer.address import COLUMNS, read_escpos_tcp
from hardware.printer.blocks import Block
from hardware.printer.receipt import encode_receipt
from hardware.printer.status import Question, Status, ask, decode, is_status
from hardware.types import DeviceFacts, DeviceKind, Health, State

_CONNECT = 2.0  # seconds
_ANSWER = 1.0  # seconds
_SOMETHING_ELSE = "Check host and port in the device URL: something else may answer there."


class EscposPrinter:
    """A receipt printer; connects for each job, so that other hosts may print in between."""

    def __init__(self, host: str, port: int, columns: int = COLUMNS) -> None:
        self._host = host
        self._port = port
        self._columns = columns
        self._health = Health(State.STARTING)

    def facts(self) -> DeviceFacts:
        """Return where the printer is and how wide its paper."""
        detail = {"columns": str(self._columns)}
        port = f"{self._host}:{self._port}"
        return DeviceFacts(DeviceKind.PRINTER, "escpos+tcp", port, detail=detail)

    def health(self) -> Health:
        """Return the state after the last operation."""
        return self._health

    def close(self) -> None:
        """Nothing is held between jobs."""
        self._health = Health(State.STARTING)

    def check(self) -> dict[str, str]:
        """Ask for the status and return it; raises DeviceError when it cannot print now."""
        status = self._run(b"")
        return {"paper": "near its end" if status.paper_near_end else "enough"}

    def print_blocks(self, blocks: list[Block]) -> None:
        """Print and cut. Raises NotConnectedError, NoAnswerError, PaperOutError, OfflineError.

        The status is asked before, so that no job disappears in a printer that cannot print,
        and after, so that a roll that ended in the middle is noticed.
        """
        self._run(encode_receipt(blocks, self._columns))

    def _run(self, job: bytes) -> Status:
        try:
            status = self._converse(job)
        except DeviceError as error:
            absent = isinstance(error, NotConnectedError | UnpluggedError)
            self._health = Health(State.ABSENT if absent else State.FAILED, error.fault)
            raise
        self._health = Health(State.DEGRADED if status.paper_near_end else State.READY)
        return status

    def _converse(self, job: bytes) -> Status:
        with self._connected() as line:
            status = self._ready(line)
            if job:
                _send(line, job)
                status = self._ready(line)
            return status

    def _connected(self) -> socket.socket:
        try:
            return socket.create_connection((self._host, self._port), _CONNECT)
        except OSError as reason:
            where = f"{self._host}:{self._port}"
            raise NotConnectedError(f"no printer at {where} ({reason})") from reason

    def _ready(self, line: socket.socket) -> Status:
        line.settimeout(_ANSWER)
        online, cause, paper = (self._ask(line, question) for question in Question)
        status = decode(online, cause, paper)
        if not status.paper:
            raise PaperOutError("the printer has no paper")
        if status.cover_open:
            raise OfflineError("the printer's cover is open")
        if not status.online:
            raise OfflineError("the printer is offline")
        return status

    def _ask(self, line: socket.socket, question: Question) -> int:
        _send(line, ask(question))
        try:
            answer = line.recv(1)
        except TimeoutError as silence:
            raise NoAnswerError("the printer does not answer a status request") from silence
        except OSError as gone:
            raise UnpluggedError("the printer closed the connection") from gone
        if not answer:
            raise UnpluggedError("the printer closed the connection")
        if not is_status(answer[0]):
            raise GarbledError(f"{answer[0]:02X} is not a printer status", _SOMETHING_ELSE)
        return answer[0]


def open_escpos_tcp(url: str) -> EscposPrinter:
    """Make a printer from `escpos+tcp://host:9100?columns=42`; raises ConfigError."""
    return EscposPrinter(*read_escpos_tcp(url))


def _send(line: socket.socket, data: bytes) -> None:
    try:
        line.settimeout(_CONNECT)
        line.sendall(data)
        line.settimeout(_ANSWER)
    except TimeoutError as full:
        raise NoAnswerError("the printer takes no more data") from full
    except OSError as gone:
        raise UnpluggedError("the printer closed the connection") from gone
