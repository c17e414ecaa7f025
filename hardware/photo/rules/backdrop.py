"""Criteria 4.x: the background and who else is in it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.photo.rules.measure import Measure, worst_share
from hardware.photo.scene import Scene

LEAST_SHARE = 0.01  # of the view; with less background nothing is said about it
LIGHTNESS = (63.0, 93.0)  # TR: #A1A1A1 (66) to #E1E1E1 (90), 3 for measuring
CHROMA, STRUCTURE, UNEVENNESS = 8.0, 0.6, 10.0
NO_BACKGROUND = "no background visible"


def background(scene: Scene) -> Measure:
    """4.1: lightness and chroma of the median, mean gradient, range of the blurred lightness.

    The gradient finds stripes and bricks, the range halves and corners, the median dark and
    coloured walls (AH-FI-SSS2: grey #A1A1A1 to #E1E1E1).
    """
    if not visible(scene):
        return Measure(None, NO_BACKGROUND)
    own = tone(scene)
    light, chroma = own[0], chroma_of(own)
    middle, half = sum(LIGHTNESS) / 2, (LIGHTNESS[1] - LIGHTNESS[0]) / 2
    return worst_share(
        {
            "too dark" if light < middle else "too light": abs(light - middle) / half,
            "coloured": chroma / CHROMA,
            "structured": _structure(scene) / STRUCTURE,
            "uneven": unevenness(scene) / UNEVENNESS,
        }
    )


def background_shadow(scene: Scene) -> Measure:
    """4.2: 2nd to 98th percentile of the lightness, blurred over .15 eye distances, L*."""
    if not visible(scene):
        return Measure(None, NO_BACKGROUND)
    return Measure(unevenness(scene))


def other_person(scene: Scene) -> Measure:
    """4.3: number of further faces in the whole frame."""
    return Measure(float(len(scene.faces.others)))


def visible(scene: Scene) -> bool:
    return float(scene.background.mean()) >= LEAST_SHARE


def tone(scene: Scene) -> tuple[float, float, float]:
    """Median L (0..100), a and b of the background."""
    mask = scene.background.astype(np.uint8)
    half = mask.sum() / 2
    levels = []
    for channel in range(3):
        counts = cv2.calcHist([scene.lab], [channel], mask, [256], [0, 256]).ravel()
        levels.append(int(np.searchsorted(np.cumsum(counts), half)))
    return levels[0] / 2.55, levels[1] - 128.0, levels[2] - 128.0


def chroma_of(tone_: tuple[float, float, float]) -> float:
    return float(np.hypot(tone_[1], tone_[2]))


def unevenness(scene: Scene) -> float:
    """Range of the lightness after a blur that looks at background pixels only."""
    light, mask = _halved(scene)
    side = (max(3, int(scene.pose.ied * 0.075)) | 1,) * 2
    weight = np.maximum(cv2.blur(mask, side), 1e-3)
    blurred = cv2.blur(light * mask, side) / weight
    low, high = np.percentile(blurred[mask > 0], (2, 98))
    return float(high - low) / 2.55


def _structure(scene: Scene) -> float:
    """Mean gradient of the lightness, levels per pixel of the view."""
    light, mask = _halved(scene)
    smooth = cv2.GaussianBlur(light, (0, 0), 1.0)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 16)
    along = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 16)
    inner = cv2.erode(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return float(cv2.magnitude(across, along)[inner].mean()) if inner.any() else 0.0


def _halved(scene: Scene) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Lightness and background mask at half the view's size; slow changes need no more."""
    size = (scene.view.shape[1] // 2, scene.view.shape[0] // 2)
    light = cv2.resize(scene.lab[..., 0], size, interpolation=cv2.INTER_AREA)
    mask = cv2.resize(scene.background.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return light.astype(np.float32), mask.astype(np.float32)
