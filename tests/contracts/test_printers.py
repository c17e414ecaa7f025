"""What every receipt printer promises, simulated or real."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hardware.devices import ReceiptPrinter
from hardware.printer.blocks import Qr, Row, Rule, Size, Text
from hardware.registry import open_printer
from hardware.sim.printer import PrinterSim
from hardware.types import DeviceKind, State

READY = (State.READY, State.DEGRADED)


@pytest.fixture
def printer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReceiptPrinter]:
    if request.param != "simulated":
        with closing(open_printer(request.param)) as device:
            yield device
        return
    with (
        closing(PrinterSim(0, tmp_path / "receipts", printed=lambda job: None)) as sim,
        closing(open_printer(f"escpos+tcp://127.0.0.1:{sim.port}")) as device,
    ):
        yield device


def test_it_says_what_it_is(printer: ReceiptPrinter) -> None:
    facts = printer.facts()
    assert facts.kind is DeviceKind.PRINTER
    assert facts.driver
    assert facts.port


def test_it_prints_every_kind_of_block(printer: ReceiptPrinter) -> None:
    printer.print_blocks(
        [
            Text("Bürgeramt", Size.LARGE, centred=True),
            Rule(),
            Row("Personalausweis", "37,00 €"),
            Qr("https://amt.example/abholung/123456789"),
        ]
    )
    assert printer.health().state in READY


def test_an_empty_receipt_is_only_cut(printer: ReceiptPrinter) -> None:
    printer.print_blocks([])
    assert printer.health().state in READY


def test_it_can_be_closed_and_used_again(printer: ReceiptPrinter) -> None:
    printer.close()
    printer.close()
    printer.print_blocks([Text("noch einmal")])
    assert printer.health().state in READY
