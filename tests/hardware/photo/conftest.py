"""The face models, loaded once, and the rendered faces with the truth about them."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.photo.face import FaceFinder

ROOT = Path(__file__).resolve().parents[3]
STILLS = ROOT / "tests/data/faces/stills"
WHOLE_SET = ROOT.parent / "shared/data/faces/stills"
VISITS = ROOT.parent / "shared/data/faces/visits"
DEMO = ROOT / "assets/demo"


@pytest.fixture(scope="session")
def finder() -> Iterator[FaceFinder]:
    finder = FaceFinder()
    yield finder
    finder.close()


def truth(folder: Path) -> list[dict[str, str]]:
    with (folder / "expected.csv").open(newline="") as table:
        return list(csv.DictReader(table))
