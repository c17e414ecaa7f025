"""Good pictures stay good under what real cameras do to them, and clear defects stay defects."""

import time
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from hardware.photo.check import check_picture, read_picture
from hardware.photo.face import FaceFinder
from hardware.types import Image
from tests.hardware.photo.conftest import STILLS

PEOPLE = ("ok_D1", "ok_D2", "ok_D3", "ok_D4")
Change = Callable[[Image], Image]


def exposed(stops: float) -> Change:
    return lambda im: (255 * np.clip((im / 255) ** 2.2 * 2**stops, 0, 1) ** (1 / 2.2)).astype("u1")


def noisy(sigma: float) -> Change:
    rng = np.random.default_rng(1)
    return lambda im: (im + rng.normal(0, sigma, im.shape)).clip(0, 255).astype("u1")


def blurred(sigma: float) -> Change:
    return lambda im: np.asarray(cv2.GaussianBlur(im, (0, 0), sigma), np.uint8)


def tinted(red: float, blue: float) -> Change:
    gains = np.array([blue, 1.0, red]) ** (1 / 2.2)
    return lambda im: (im * gains).clip(0, 255).astype("u1")


def mirrored(image: Image) -> Image:
    return np.ascontiguousarray(image[:, ::-1])


def tilted(degrees: float) -> Change:
    def turn(im: Image) -> Image:
        h, w = im.shape[:2]
        matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1)
        return np.asarray(
            cv2.warpAffine(im, matrix, (w, h), borderMode=cv2.BORDER_REPLICATE), np.uint8
        )

    return turn


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(exposed(-0.5), id="half a stop darker"),
        pytest.param(exposed(0.2), id="a fifth of a stop lighter"),
        pytest.param(noisy(3), id="sensor noise"),
        pytest.param(blurred(0.5), id="a soft lens"),
        pytest.param(tinted(1.08, 0.93), id="slightly warm light"),
        pytest.param(mirrored, id="mirrored"),
        pytest.param(tilted(-5), id="head leaning 5 degrees"),
    ],
)
def test_small_changes_do_not_matter(person: str, change: Change, finder: FaceFinder) -> None:
    image, _ = read_picture(STILLS / f"{person}.jpg")
    report = check_picture(change(image), finder, time.perf_counter)
    assert report.accepted, report.reasons


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(exposed(-2), "7.1_exposure", id="two stops darker"),
        pytest.param(exposed(1.0), "7.1_exposure", id="a stop lighter"),
        pytest.param(noisy(12), "noise", id="much noise"),
        pytest.param(blurred(2.5), "7.2_focus", id="out of focus"),
        pytest.param(tinted(0.6, 1.7), "7.3_colour", id="blue light"),
        pytest.param(tilted(-11), "1.3_roll", id="head leaning 11 degrees"),
    ],
)
def test_large_changes_are_named(
    person: str, change: Change, code: str, finder: FaceFinder
) -> None:
    image, _ = read_picture(STILLS / f"{person}.jpg")
    assert code in check_picture(change(image), finder, time.perf_counter).reasons
