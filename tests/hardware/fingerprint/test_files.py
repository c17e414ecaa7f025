"""Files that are prints, and files that are none."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pictures

from hardware.fingerprint.files import read_print
from hardware.types import Fault, Fingerprint
from tests.hardware.conftest import FINGERS, picture


def code_of(path: Path) -> str:
    found = read_print(path)
    assert isinstance(found, Fault)
    assert found.cause
    assert found.advice.endswith(".")
    return found.code


def test_a_print_is_read_as_it_is() -> None:
    found = read_print(FINGERS / "whorl_good.png")
    assert isinstance(found, Fingerprint)
    assert np.array_equal(found.image, picture("whorl_good.png"))
    assert found.ppi == 500


@pytest.mark.parametrize("name", ["missing.png", "."])
def test_what_is_not_there_cannot_be_read(name: str, tmp_path: Path) -> None:
    assert code_of(tmp_path / name) == "FPR-001"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40])
def test_broken_files_cannot_be_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(data)
    assert code_of(tmp_path / "broken.png") == "FPR-001"


def test_a_truncated_picture_cannot_be_read(tmp_path: Path) -> None:
    whole = (FINGERS / "whorl_good.png").read_bytes()
    (tmp_path / "half.png").write_bytes(whole[: len(whole) // 2])
    assert code_of(tmp_path / "half.png") == "FPR-001"


@pytest.mark.parametrize("size", [(100, 100), (255, 288), (1500, 2000)])
def test_a_picture_of_another_size_is_no_single_print(
    size: tuple[int, int], tmp_path: Path
) -> None:
    Pictures.new("L", size).save(tmp_path / "size.png")
    assert code_of(tmp_path / "size.png") == "FPR-002"


@pytest.mark.parametrize("ppi", [96, 300, 1000])
def test_another_resolution_is_said_not_scaled(ppi: int, tmp_path: Path) -> None:
    Pictures.new("L", (416, 560)).save(tmp_path / "ppi.png", dpi=(ppi, ppi))
    assert code_of(tmp_path / "ppi.png") == "FPR-003"


def test_colour_becomes_grey(tmp_path: Path) -> None:
    Pictures.new("RGB", (416, 560), (9, 9, 9)).save(tmp_path / "colour.png", dpi=(500, 500))
    found = read_print(tmp_path / "colour.png")
    assert isinstance(found, Fingerprint)
    assert found.image.shape == (560, 416)


def test_sixteen_bits_become_eight_without_losing_the_picture(tmp_path: Path) -> None:
    deep = picture("whorl_good.png").astype(np.uint16) * 257
    Pictures.fromarray(deep).save(tmp_path / "deep.png", dpi=(500, 500))
    found = read_print(tmp_path / "deep.png")
    assert isinstance(found, Fingerprint)
    assert np.array_equal(found.image, picture("whorl_good.png"))
