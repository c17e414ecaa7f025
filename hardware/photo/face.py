"""Finds the faces and the person in one picture, once, for all criteria."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.photo.models import Box, Models
from hardware.types import Image

MESH_SIDE = 720  # longest side given to the networks; they work on 192 px squares anyway
MASK_SIDE = 480
LEAST_SIDE, LONGEST = 32, 8  # smaller or longer pictures hold no face that could be judged
SAME_FACE = 0.5  # overlap above which two finds are one face

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Face:
    """One face: `points` are 478 mesh points (x, y, z) in pixels of the picture."""

    points: Points

    @property
    def box(self) -> Box:
        low, high = self.points[:468, :2].min(0), self.points[:468, :2].max(0)
        return Box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


@dataclass(frozen=True, slots=True)
class Faces:
    """What was found: the largest face, further faces, and where a person is.

    `person` is float32 0..1 and may be smaller than the picture. `hint` is the box of a face that
    was detected but is too small or too turned for the mesh.
    """

    main: Face | None
    others: tuple[Box, ...]
    hint: Box | None
    person: NDArray[np.float32] = field(repr=False)
    width: int
    height: int


class FaceFinder:
    """Finds faces; keeps the models loaded. Not to be shared between threads."""

    def __init__(self) -> None:
        self._models = Models()

    def find(self, image_bgr: Image) -> Faces:
        """Find all faces in a BGR picture (height, width, 3)."""
        h, w = image_bgr.shape[:2]
        if min(h, w) < LEAST_SIDE or max(h, w) > LONGEST * min(h, w):
            return Faces(None, (), None, np.zeros((1, 1), np.float32), w, h)
        small, scale = _shrunk(image_bgr, MESH_SIDE)
        small = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8)
        tiny, _ = _shrunk(small, MASK_SIDE)
        meshes = [Face(points / scale) for points in self._models.meshes(small)]
        boxes = [b.scaled(1 / scale) for b in self._models.boxes(small)]
        meshes.sort(key=lambda face: -face.box.area)
        main = meshes[0] if meshes else None
        seen = [face.box for face in meshes[1:]] + boxes
        first = main.box if main else max(boxes, key=lambda b: b.area, default=None)
        others = _distinct(seen, first)
        return Faces(main, others, first, self._models.person(tiny), w, h)

    def close(self) -> None:
        self._models.close()


def _shrunk(image: Image, side: int) -> tuple[Image, float]:
    """Return the picture with its longest side at most `side`, and the factor."""
    scale = min(1.0, side / max(image.shape[:2]))
    if scale == 1.0:
        return image, 1.0
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), scale


def _distinct(boxes: list[Box], first: Box | None) -> tuple[Box, ...]:
    """Drop finds that overlap with `first` or with each other (the mesh reports doubles)."""
    kept: list[Box] = [] if first is None else [first]
    for box in sorted(boxes, key=lambda b: -b.area):
        if all(box.overlap(other) < SAME_FACE for other in kept):
            kept.append(box)
    return tuple(kept[1:])
