"""Receipts: printed in the background, faults are news and never stop the citizen."""

from queue import SimpleQueue

import pytest

from hardware.printer.blocks import Row, Text
from hardware.printer.escpos_tcp import open_escpos_tcp
from hardware.sim.printer import PrinterSim
from kiosk.core.events import PrinterChanged
from kiosk.runtime.diary import Diary
from kiosk.runtime.workers.printing import Printing

BLOCKS = (Text("Abholnummer 123 456 784"), Row("Zusammen", "52,00 EUR"))


@pytest.fixture
def paper() -> "SimpleQueue[object]":
    return SimpleQueue()


@pytest.fixture
def sim(tmp_path, paper):
    made = PrinterSim(0, tmp_path / "receipts", paper.put)
    yield made
    made.close()


@pytest.fixture
def news() -> "SimpleQueue[PrinterChanged]":
    return SimpleQueue()


@pytest.fixture
def printing(sim, news):
    url = f"escpos+tcp://127.0.0.1:{sim.port}"
    made = Printing(lambda: open_escpos_tcp(url), news.put, Diary())
    made.start()
    yield made
    made.stop()


def test_a_receipt_comes_out(printing, news, paper, tmp_path) -> None:
    printing.print(BLOCKS)
    assert news.get(timeout=10) == PrinterChanged(None)
    paper.get(timeout=10)
    text = "".join(file.read_text() for file in (tmp_path / "receipts").glob("*.txt"))
    assert "123 456 784" in text


def test_without_paper_there_is_a_code_and_the_next_one_prints(printing, news, sim) -> None:
    sim.fault("paper")
    printing.print(BLOCKS)
    assert news.get(timeout=10).fault.code == "DEV-008"
    sim.fault("none")
    printing.print(BLOCKS)
    assert news.get(timeout=10) == PrinterChanged(None)
