"""Pictures to play: each has its own grey, so that a frame tells which one it is."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.types import Image


def write_pictures(folder: Path, greys: list[int]) -> Path:
    folder.mkdir()
    for index, grey in enumerate(greys):
        cv2.imwrite(str(folder / f"{index:03d}.png"), np.full((64, 48, 3), grey, np.uint8))
    return folder


def grey_of(image: Image) -> int:
    return round(float(image.mean()))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return write_pictures(tmp_path / "pictures", [10, 20, 30, 40])
