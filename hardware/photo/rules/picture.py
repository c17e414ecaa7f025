"""Criteria 7.2, 7.5, 7.6 and beyond: focus, colour space, grey levels, noise, compression."""

import cv2
import numpy as np

from hardware.photo.rules.backdrop import NO_BACKGROUND, visible
from hardware.photo.rules.measure import Measure
from hardware.photo.scene import Scene

SAME_CHANNELS = 1.0  # mean difference of B and R, levels
RGB, GREY, OTHER = 1.0, 3.0, 0.0


def focus(scene: Scene) -> Measure:
    """7.2: energy of detail finer than 1.5 px / between 4 and 8 px, in the inner face, percent.

    A ratio of two bands does not depend on light, contrast or skin; blur, motion and enlarging take
    the fine band away. Measured at the crop's resolution.
    """
    scale = scene.cut.scale
    patch = scene.patch
    if scale > 1.01:
        size = (int(patch.shape[1] / scale) + 1, int(patch.shape[0] / scale) + 1)
        patch = np.asarray(cv2.resize(patch, size, interpolation=cv2.INTER_AREA), np.uint8)
    grey = patch.astype(np.float32)
    if min(grey.shape) < 16:
        return Measure(None, "face is too small")
    fine = (grey - cv2.GaussianBlur(grey, (0, 0), 1.5)).var()
    coarse = (cv2.GaussianBlur(grey, (0, 0), 4) - cv2.GaussianBlur(grey, (0, 0), 8)).var()
    return Measure(100 * float(fine) / max(float(coarse), 1e-3))


def colour_space(scene: Scene) -> Measure:
    """7.5: 1 = RGB 24 bit, 3 = grey (also grey stored as RGB), 0 = something else."""
    if scene.source.mode not in ("RGB", "L"):
        return Measure(OTHER, scene.source.mode)
    blue, red = scene.view[..., 0].astype(np.int16), scene.view[..., 2].astype(np.int16)
    same = float(np.abs(blue - red).mean()) < SAME_CHANNELS
    return Measure(GREY if same or scene.source.mode == "L" else RGB)


def grey_density(scene: Scene) -> Measure:
    """7.6: number of grey levels that at least every 10,000th pixel has."""
    grey = cv2.cvtColor(scene.view, cv2.COLOR_BGR2GRAY)
    counts = np.bincount(grey.ravel(), minlength=256)
    return Measure(float((counts > grey.size * 1e-4).sum()))


def noise(scene: Scene) -> Measure:
    """Robust deviation of the background's fine detail, levels of 256 at half size."""
    if not visible(scene):
        return Measure(None, NO_BACKGROUND)
    light = scene.lab[..., 0].astype(np.float32)
    fine = light - cv2.GaussianBlur(light, (0, 0), 1.2)
    inner = cv2.erode(scene.background.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    if not inner.any():
        return Measure(None, NO_BACKGROUND)
    return Measure(1.4826 * float(np.median(np.abs(fine[inner]))))


def compression(scene: Scene) -> Measure:
    """Mean step of the JPEG luminance quantisation table; files only."""
    if scene.source.quantisation is None:
        return Measure(None, "not from a JPEG file")
    return Measure(scene.source.quantisation)
