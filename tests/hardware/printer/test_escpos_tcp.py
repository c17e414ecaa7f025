"""The printer's driver against a printer that answers on a socket, with every fault."""

import socket
import threading
from pathlib import Path

import cv2
import pytest
import zxingcpp

from hardware.errors import (
    ConfigError,
    DeviceError,
    GarbledError,
    NoAnswerError,
    NotConnectedError,
    OfflineError,
    PaperOutError,
    UnpluggedError,
)
from hardware.printer.blocks import Qr, Row, Text
from hardware.printer.escpos_tcp import EscposPrinter, open_escpos_tcp
from hardware.sim.printer import PrinterSim
from hardware.types import State


@pytest.fixture
def printer(paper_printer: PrinterSim) -> EscposPrinter:
    return open_escpos_tcp(f"escpos+tcp://127.0.0.1:{paper_printer.port}")


def receipts(folder: Path) -> list[Path]:
    return sorted((folder / "receipts").glob("*.bin"))


def test_a_receipt_is_printed_and_cut(printer: EscposPrinter, tmp_path: Path) -> None:
    printer.print_blocks([Row("Personalausweis", "37,00 €"), Qr("https://amt.example/1")])
    (job,) = receipts(tmp_path)
    assert "37,00 €" in job.with_suffix(".txt").read_text(encoding="utf-8")
    paper = cv2.imread(str(job.with_suffix(".png")), cv2.IMREAD_GRAYSCALE)
    assert paper is not None
    assert zxingcpp.read_barcodes(paper)[0].text == "https://amt.example/1"
    assert printer.health().state is State.READY


def test_each_receipt_is_a_job_of_its_own(printer: EscposPrinter, tmp_path: Path) -> None:
    printer.print_blocks([Text("eins")])
    printer.print_blocks([Text("zwei")])
    assert [job.with_suffix(".txt").read_text().strip() for job in receipts(tmp_path)] == [
        "eins",
        "zwei",
    ]


FAULTS: dict[str, tuple[type[DeviceError], str]] = {
    "paper": (PaperOutError, "no paper"),
    "cover": (OfflineError, "cover"),
    "offline": (OfflineError, "offline"),
    "silent": (NoAnswerError, "does not answer"),
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items())
def test_a_printer_that_cannot_print_is_not_sent_anything(
    fault: str,
    expected: tuple[type[DeviceError], str],
    printer: EscposPrinter,
    paper_printer: PrinterSim,
    tmp_path: Path,
) -> None:
    paper_printer.fault(fault)
    with pytest.raises(expected[0], match=expected[1]) as caught:
        printer.print_blocks([Text("verloren")])
    assert receipts(tmp_path) == []
    assert printer.health().fault == caught.value.fault
    paper_printer.fault("none")
    printer.print_blocks([Text("gedruckt")])
    assert printer.health().fault is None


def test_paper_that_ends_soon_still_prints(
    printer: EscposPrinter, paper_printer: PrinterSim, tmp_path: Path
) -> None:
    paper_printer.fault("near_end")
    printer.print_blocks([Text("noch")])
    assert len(receipts(tmp_path)) == 1
    assert printer.health().state is State.DEGRADED


def test_nobody_at_the_port_is_not_connected(paper_printer: PrinterSim) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotConnectedError):
        open_escpos_tcp(f"escpos+tcp://127.0.0.1:{port}").check()


@pytest.mark.parametrize(
    ("answer", "error"), [(b"", UnpluggedError), (b"HTTP/1.1 400", GarbledError)]
)
def test_something_else_at_the_port_is_no_printer(answer: bytes, error: type[DeviceError]) -> None:
    def answer_once(server: socket.socket) -> None:
        peer, _ = server.accept()
        with peer:
            peer.recv(3)
            peer.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        told = threading.Thread(target=answer_once, args=(server,))
        told.start()
        with pytest.raises(error):
            open_escpos_tcp(f"escpos+tcp://127.0.0.1:{server.getsockname()[1]}").check()
        told.join()


@pytest.mark.parametrize(
    "url",
    [
        "escpos+tcp://",
        "escpos+tcp://host:port",
        "escpos+tcp://host:99999",
        "escpos+tcp://host/queue",
        "escpos+tcp://host?columns=wide",
        "escpos+tcp://host?columns=5",
        "escpos+tcp://host?width=42",
    ],
)
def test_a_url_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        open_escpos_tcp(url)


def test_the_usual_port_is_taken_when_none_is_given() -> None:
    assert open_escpos_tcp("escpos+tcp://10.0.0.9").facts().port == "10.0.0.9:9100"
