"""Everything several criteria need of one picture, computed once: crop, face in the crop, masks."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.photo.crop import Cut, best_cut, preview_of
from hardware.photo.face import Face, Faces, Points
from hardware.photo.pose import Pose, pose_of
from hardware.types import Image

VIEW_HEIGHT = 800  # pixel criteria are measured on the crop at half size; focus at full size
FACE_OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
CROWN_LEAST, CROWN_MOST = 0.9, 1.2  # x T above the eyes; more is a hat, hair or a raised arm

Mask = NDArray[np.bool_]

_STEPS = np.arange(256) / 255
LINEAR = np.where(_STEPS <= 0.04045, _STEPS / 12.92, ((_STEPS + 0.055) / 1.055) ** 2.4)
"""IEC 61966-2-1 (sRGB): linear share of light per 8 bit value."""


@dataclass(frozen=True, slots=True)
class Source:
    """What only a file knows: its colour mode and the mean JPEG quantisation step, if any."""

    mode: str = "RGB"
    quantisation: float | None = None


CAMERA = Source()


@dataclass(frozen=True, slots=True)
class Scene:
    """One judged picture; `view` is the crop at 800 lines; `points` and `pose` are in it."""

    faces: Faces
    frame_pose: Pose
    cut: Cut
    view: Image = field(repr=False)
    lab: Image = field(repr=False)  # 8 bit CIELAB of the view: L 0..255, a and b around 128
    light: NDArray[np.float32] = field(repr=False)  # linear luminance of the view, 0..1
    points: Points  # (478, 2)
    pose: Pose
    head_height: float  # chin to crown, crop pixels
    oval: Mask
    background: Mask
    patch: Image = field(repr=False)  # the face at full crop resolution, grey
    source: Source

    @property
    def shrink(self) -> float:
        """Crop pixels per view pixel."""
        return self.cut.out_height / int(self.view.shape[0])


def is_finished(width: int, height: int) -> bool:
    """Tell a finished photo (35:45 within 1 %, as 1244 x 1600 is) from a camera frame."""
    return abs(width * 45 / (height * 35) - 1) < 0.01


def scene_of(image: Image, faces: Faces, face: Face, source: Source = CAMERA) -> Scene:
    """Crop and prepare one picture with its main face; finished photos are not cropped again."""
    pose = pose_of(face)
    head = pose.t + crown_height(faces, pose)
    h, w = image.shape[:2]
    cut = _whole(w, h) if is_finished(w, h) else best_cut(pose, head, w, h)
    shrink = max(1.0, cut.out_height / VIEW_HEIGHT)
    matrix = cut.matrix(shrink)
    view = preview_of(image, cut, shrink)
    moved = Face(_moved(face.points, matrix))
    return Scene(
        faces=faces,
        frame_pose=pose,
        cut=cut,
        view=view,
        lab=np.asarray(cv2.cvtColor(view, cv2.COLOR_BGR2Lab), np.uint8),
        light=_luminance(view),
        points=moved.points[:, :2],
        pose=pose_of(moved),
        head_height=head / cut.scale,
        oval=_filled(moved.points[list(FACE_OVAL), :2], view.shape[:2]),
        background=_background(faces, matrix, view.shape[:2], pose_of(moved).ied),
        patch=_face_patch(image, face),
        source=source,
    )


def crown_height(faces: Faces, pose: Pose) -> float:
    """Distance from the eyes to the top of the head, in pixels of the picture.

    The top is where the segmented person ends above the face; limited to what heads are (the crown
    lies about as far above the eyes as the chin below them), because hair and hats add to it.
    """
    mask, scale = faces.person, faces.person.shape[1] / faces.width
    up = pose.eyes - pose.chin
    up = up / np.hypot(*up)
    steps = np.arange(0.0, 1.6, 0.01)
    spots = (pose.eyes + steps[:, None] * pose.t * up) * scale
    xs, ys = np.rint(spots).astype(int).T
    inside = (xs >= 0) & (ys >= 0) & (xs < mask.shape[1]) & (ys < mask.shape[0])
    person = np.zeros(len(steps), bool)
    person[inside] = mask[ys[inside], xs[inside]] > 0.5
    if not inside.all() and person[inside].all():
        return pose.t  # the top is cut off by the frame
    top = steps[np.flatnonzero(person)[-1]] if person.any() else 1.0
    return float(np.clip(top, CROWN_LEAST, CROWN_MOST)) * pose.t


def _luminance(view: Image) -> NDArray[np.float32]:
    """Relative luminance of linearised sRGB (ISO/IEC 29794-5: .2126 R + .7152 G + .0722 B)."""
    weights = np.array([0.0722, 0.7152, 0.2126], np.float32)
    tables = (LINEAR[:, None] * weights).astype(np.float32)
    blue, green, red = cv2.split(view)
    parts = [cv2.LUT(c, tables[:, i].copy()) for i, c in enumerate((blue, green, red))]
    return np.asarray(parts[0] + parts[1] + parts[2], np.float32)


def _whole(width: int, height: int) -> Cut:
    return Cut(width / 2, height / 2, float(width), float(height), 0.0, width, height)


def _moved(points: Points, matrix: Points) -> Points:
    """Apply the affine map to x and y; z only follows the scale."""
    moved = points.copy()
    moved[:, :2] = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    moved[:, 2] *= np.hypot(*matrix[0, :2])
    return moved


def _filled(outline: Points, shape: tuple[int, ...]) -> Mask:
    mask = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.rint(outline).astype(np.int32)), 1)
    return mask.astype(bool)


def _background(faces: Faces, matrix: Points, shape: tuple[int, ...], ied: float) -> Mask:
    """What is surely no person, a tenth of the eye distance away from them."""
    grow = np.diag([faces.width / faces.person.shape[1], faces.height / faces.person.shape[0], 1.0])
    moved = cv2.warpAffine(
        faces.person,
        (np.vstack([matrix, [0, 0, 1]]) @ grow)[:2],
        (shape[1], shape[0]),
        borderMode=cv2.BORDER_REPLICATE,
    )
    margin = max(3, int(ied * 0.12) | 1)
    person = cv2.dilate((moved > 0.2).astype(np.uint8), np.ones((margin, margin), np.uint8))
    outside: Mask = person == 0
    return outside


def _face_patch(image: Image, face: Face) -> Image:
    """The inner face (brows to mouth) as the camera saw it, grey."""
    box = face.box
    x, y = max(0, int(box.x + box.w * 0.15)), max(0, int(box.y + box.h * 0.15))
    part = image[y : int(box.y + box.h * 0.85), x : int(box.x + box.w * 0.85)]
    if not part.size:
        return np.zeros((1, 1), np.uint8)
    return np.asarray(cv2.cvtColor(part, cv2.COLOR_BGR2GRAY), np.uint8)
