"""Contrast, letter sizes and scales as the rules ask."""

import numpy as np
import pytest
from PIL import Image

import assets
from kiosk.core.view import Contrast, Look
from kiosk.ui.draw.theme import (
    HIGH,
    LIGHT,
    PAIRS,
    PIXELS_PER_MM,
    TEXT,
    Style,
    Tone,
    contrast,
    density_of,
    rgba,
    theme_of,
)

_CAPITAL = 0.668  # height of a capital H in Atkinson Hyperlegible Next, of the letter size


@pytest.mark.parametrize("tones", [LIGHT, HIGH], ids=["light", "high"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-on-{pair[1]}")
def test_contrast_is_enough(tones: dict, pair: tuple[Tone, Tone, float]) -> None:
    front, ground, least = pair
    assert contrast(tones[front], tones[ground]) >= least


@pytest.mark.parametrize("tones", [LIGHT, HIGH], ids=["light", "high"])
@pytest.mark.parametrize("ground", [Tone.PAPER, Tone.SURFACE, Tone.SUNKEN, Tone.BAND, Tone.STAGE])
def test_one_line_of_the_focus_ring_is_seen_on_every_ground(tones: dict, ground: Tone) -> None:
    seen = (contrast(tones[line], tones[ground]) for line in (Tone.RING, Tone.RING_EDGE))
    assert max(seen) >= 3


def test_contrast_of_black_and_white() -> None:
    assert round(contrast(rgba("#000000"), rgba("#ffffff"))) == 21


@pytest.mark.parametrize(
    ("name", "part", "tone"),
    [
        ("band", (0.0, 1.0), Tone.SOFT_ON_BAND),
        ("scene", (0.0, 0.27), Tone.ON_BAND),
        ("scene-wide", (0.0, 0.4), Tone.SOFT_ON_BAND),
    ],
)
def test_words_on_pictures_are_legible(name: str, part: tuple[float, float], tone: Tone) -> None:
    """Squares of 8 pixels: a star is no ground for a word."""
    picture = Image.open(assets.path("images", f"{name}.jpg")).convert("RGB").reduce(8)
    rows = np.asarray(picture, float)[
        int(part[0] * picture.height) : int(part[1] * picture.height)
    ].reshape(-1, 3)
    lightest = rows[rows.sum(axis=1).argmax()] / 255
    assert contrast(LIGHT[tone], (*lightest, 1.0)) >= TEXT


@pytest.mark.parametrize("style", [one for one in Style if one is not Style.PRINT])
def test_large_letters_reach_the_norm_at_half_a_metre(style: Style) -> None:
    """EN 301 549, 5.1.4: capital H of 0.7 degrees, which is 6.1 mm at 50 cm."""
    size = theme_of(Look(text_scale=1.3), 1.0).size(style)
    assert size * _CAPITAL / PIXELS_PER_MM >= 6.1


def test_body_text_reaches_the_norm_at_seventy_centimetres() -> None:
    size = theme_of(Look(text_scale=1.3), 1.0).size(Style.BODY)
    assert size * _CAPITAL / PIXELS_PER_MM >= 8.6


def test_letters_keep_their_millimetres_on_a_smaller_panel() -> None:
    assert density_of(1080, 1920, PIXELS_PER_MM) == 1.0
    assert density_of(1080, 1920, 3.6) == pytest.approx(1.125)
    assert density_of(2160, 3840, 2 * PIXELS_PER_MM) == 1.0


def test_the_look_chooses_the_theme() -> None:
    theme = theme_of(Look(contrast=Contrast.HIGH, reach=True), 0.5)
    assert theme.high
    assert theme.reach
    assert theme.px(25) == 12
