"""What a rule returns, and the regions of the face that several rules look at."""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from hardware.photo.scene import Mask, Scene

R_LID = (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7)
L_LID = (466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249, 263)
BROW_MIDDLE = 9

Window = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value, or None with the reason why it could not be assessed."""

    value: float | None
    note: str = ""


def worst_share(parts: Mapping[str, float]) -> Measure:
    """Join several measures, each given as a share of its own limit: the largest decides."""
    name = max(parts, key=lambda part: parts[part])
    return Measure(parts[name], name if parts[name] > 1 else "")


def window(scene: Scene, centre: np.ndarray, half: float) -> Window:
    """Square of 2 x `half` pixels around a point, kept inside the view."""
    h, w = scene.view.shape[:2]
    x, y, r = float(np.clip(centre[0], 0, w - 1)), float(np.clip(centre[1], 0, h - 1)), max(half, 1)
    return (
        slice(max(0, int(y - r)), max(1, min(h, int(y + r) + 1))),
        slice(max(0, int(x - r)), max(1, min(w, int(x + r) + 1))),
    )


def cheeks(scene: Scene) -> tuple[Window, Window]:
    """Squares of .3 eye distances below the eyes, half way to the mouth (ISO/IEC 29794-5)."""
    p, pose = scene.points, scene.pose
    down = ((p[13] + p[14]) / 2 - pose.eyes) / 2
    half = 0.15 * pose.ied
    return window(scene, pose.eye_r + down, half), window(scene, pose.eye_l + down, half)


def colour(scene: Scene, place: Window) -> np.ndarray:
    """Median L (0..100), a and b of a window."""
    lab = np.median(scene.lab[place].reshape(-1, 3).astype(np.float32), axis=0)
    return np.array([lab[0] / 2.55, lab[1] - 128, lab[2] - 128])


def skin_colour(scene: Scene) -> np.ndarray:
    """Mean of the medians of both cheeks and the place between the brows."""
    brow = window(scene, scene.points[BROW_MIDDLE], 0.1 * scene.pose.ied)
    places = (*cheeks(scene), brow)
    return np.asarray(np.mean([colour(scene, place) for place in places], axis=0))


def eye_masks(scene: Scene) -> tuple[Mask, Mask]:
    """The openings between the lids, right and left."""
    return _polygon(scene, R_LID), _polygon(scene, L_LID)


def grown(mask: Mask, pixels: float) -> Mask:
    side = max(1, int(pixels)) | 1
    return cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)).astype(bool)


def eye_rings(scene: Scene, width: float) -> tuple[Mask, Mask]:
    """Skin round each eye: from the lashes outwards, `width` eye distances across."""
    ied = scene.pose.ied
    right, left = eye_masks(scene)
    return (
        grown(right, width * ied) & ~grown(right, 0.06 * ied),
        grown(left, width * ied) & ~grown(left, 0.06 * ied),
    )


def iris(scene: Scene, first: int) -> tuple[np.ndarray, float]:
    """Centre and radius of the iris whose mesh points start at `first` (468 right, 473 left)."""
    points = scene.points[first : first + 5]
    centre = points.mean(0)
    return centre, float(np.hypot(*(points[1:] - centre).T).mean())


def _polygon(scene: Scene, indices: tuple[int, ...]) -> Mask:
    mask = np.zeros(scene.view.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(scene.points[list(indices)]).astype(np.int32)], 1)
    return mask.astype(bool)
