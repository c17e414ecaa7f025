"""Loads the face models that come inside mediapipe 0.10.21, only when a picture is to be judged.

The wheel brings three models that work offline: face detection (full range), face mesh with
attention (478 points with irises) and selfie segmentation. Importing them takes about a second, so
nothing in this package imports mediapipe at module level. Its C++ parts write notices straight to
the process's standard error before any logger can be set; they are kept out of it while the
models start.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.types import Image

MAX_FACES = 4
LEAST_CONFIDENCE = 0.3  # frontal faces score above .7; .3 still finds overexposed and blue ones


@dataclass(frozen=True, slots=True)
class Box:
    """Upright rectangle in pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def area(self) -> float:
        return self.w * self.h

    def scaled(self, factor: float) -> "Box":
        return Box(self.x * factor, self.y * factor, self.w * factor, self.h * factor)

    def overlap(self, other: "Box") -> float:
        """Intersection as a share of the smaller box, 0..1."""
        w = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        h = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return max(w, 0.0) * max(h, 0.0) / max(min(self.area, other.area), 1e-9)


class Models:
    """The three networks; not to be shared between threads."""

    def __init__(self) -> None:
        with _silent_native_start():
            from mediapipe.python.solutions import face_detection, face_mesh, selfie_segmentation

            self._mesh: Any = face_mesh.FaceMesh(
                static_image_mode=True,
                max_num_faces=MAX_FACES,
                refine_landmarks=True,
                min_detection_confidence=LEAST_CONFIDENCE,
            )
            self._detector: Any = face_detection.FaceDetection(
                model_selection=1, min_detection_confidence=LEAST_CONFIDENCE
            )
            self._segments: Any = selfie_segmentation.SelfieSegmentation(model_selection=0)
            for network in (self._mesh, self._detector, self._segments):
                network.process(drawn_face())

    def meshes(self, rgb: Image) -> list[NDArray[np.float64]]:
        """Return one array (478, 3) per face: x, y, z in pixels of `rgb`."""
        h, w = rgb.shape[:2]
        found = self._mesh.process(rgb).multi_face_landmarks or []
        scale = np.array([w, h, w], np.float64)  # mediapipe: z is in units of the image width
        return [np.array([(p.x, p.y, p.z) for p in f.landmark]) * scale for f in found]

    def boxes(self, rgb: Image) -> list[Box]:
        """Return the faces the detector sees, in pixels of `rgb`."""
        h, w = rgb.shape[:2]
        found = self._detector.process(rgb).detections or []
        shares = [d.location_data.relative_bounding_box for d in found]
        return [Box(s.xmin * w, s.ymin * h, s.width * w, s.height * h) for s in shares]

    def person(self, rgb: Image) -> NDArray[np.float32]:
        """Return the probability 0..1 of belonging to a person, same height and width."""
        mask: NDArray[np.float32] = self._segments.process(rgb).segmentation_mask
        return mask

    def close(self) -> None:
        for network in (self._mesh, self._detector, self._segments):
            network.close()


def drawn_face() -> Image:
    """A face drawn with a few strokes, enough for the networks: warms up all of their parts."""
    picture = np.full((256, 256, 3), 200, np.uint8)
    _blob(picture, (128, 132), (62, 84), (205, 165, 140))
    for x in (103, 153):
        _blob(picture, (x, 115), (14, 7), (245, 245, 245))
        _blob(picture, (x, 115), (7, 7), (60, 40, 30))
        _blob(picture, (x, 96), (16, 2), (70, 50, 40))
    _blob(picture, (128, 152), (9, 3), (150, 110, 90))
    _blob(picture, (128, 178), (24, 8), (170, 90, 90))
    _blob(picture, (128, 178), (24, 1), (120, 60, 60))
    return picture


Place = tuple[int, int]


def _blob(picture: Image, centre: Place, size: Place, rgb: tuple[int, int, int]) -> None:
    cv2.ellipse(picture, centre, size, 0, 0, 360, rgb, -1)


@contextmanager
def _silent_native_start() -> Iterator[None]:
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
