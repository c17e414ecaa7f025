"""Every screen looks as it was approved; `UPDATE_GOLDENS=1` approves what is there now.

The pictures were made with the Kivy wheel's own FreeType and Mesa's llvmpipe (22.3); other
renderers differ by less than the tolerance.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.kiosk.ui import views
from tests.kiosk.ui.driver import Driver

GOLDEN = Path(__file__).parent / "golden"
FAILED = Path(__file__).parents[2] / "failed"
LOOKS = [(language, contrast) for contrast in ("light", "high") for language in ("de", "en")]
CASES = views.every()
PICTURES = [
    (name, language, contrast)
    for name in CASES
    for language, contrast in LOOKS
    if name not in views.special() or (language == "en") is (contrast == "high")
]
_MOST, _MEAN = 40, 2.0  # of 255, over squares of 4 x 4 pixels


@pytest.mark.parametrize(("name", "language", "contrast"), PICTURES)
def test_a_screen_looks_as_approved(
    screen: Driver, name: str, language: str, contrast: str
) -> None:
    screen.show(views.shown(CASES[name], views.look(language, contrast)))
    screen.frames(2)
    seen, file = screen.picture(), GOLDEN / f"{name}.{contrast}.{language}.webp"
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.mkdir(exist_ok=True)
        seen.save(file, lossless=True, quality=80)
    difference = squares(seen) - squares(Image.open(file).convert("RGB"))
    if abs(difference).max() > _MOST or abs(difference).mean() > _MEAN:
        FAILED.mkdir(exist_ok=True)
        seen.save(FAILED / file.name)
        pytest.fail(f"differs by {abs(difference).max():.0f}, see {FAILED / file.name}")


def squares(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.reduce(4), float)
