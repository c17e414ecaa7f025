"""What the tests of devices share: prints, a simulated scanner, a clock that tests move."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.fingerprint.zfm import ZfmScanner, open_zfm
from hardware.sim.fingerprint import FingerprintSim
from hardware.sim.printer import PrinterSim
from hardware.types import Fingerprint, Image

FINGERS = Path(__file__).parent.parent / "data" / "fingers"
EXPECTED = list(csv.DictReader((FINGERS / "expected.csv").read_text().splitlines()))
RIGHT = FINGERS / "sensor" / "loop_right_good_1.png"
LEFT = FINGERS / "sensor" / "whorl_good_1.png"


def picture(name: str) -> Image:
    image = cv2.imread(str(FINGERS / name), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return np.asarray(image, np.uint8)


def print_of(name: str) -> Fingerprint:
    return Fingerprint(picture(name), 500)


@dataclass
class Clock:
    """A clock that stands still until it is told."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def module(tmp_path: Path) -> Iterator[FingerprintSim]:
    """A simulated module at its factory speed that does not wait for the line."""
    sim = FingerprintSim(tmp_path / "finger", RIGHT, LEFT, pace=0)
    yield sim
    sim.close()


@pytest.fixture
def scanner(module: FingerprintSim, tmp_path: Path) -> Iterator[ZfmScanner]:
    device = open_zfm(f"zfm://{tmp_path}/finger?baud=115200")
    yield device
    device.close()


@pytest.fixture
def paper_printer(tmp_path: Path) -> Iterator[PrinterSim]:
    sim = PrinterSim(0, tmp_path / "receipts", printed=lambda job: None)
    yield sim
    sim.close()


def nothing(*_: object) -> None:
    """A callback for whoever does not want to see the rows."""


def never() -> bool:
    return False


def after(count: int) -> Callable[[], bool]:
    """Return a question that is answered yes from the `count`-th time on."""
    asked = iter(range(1, 1_000_000))
    return lambda: next(asked) >= count
