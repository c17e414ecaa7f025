"""Cuts the register photo out of a camera frame: 1244 x 1600, upright, never enlarged or padded.

BSI TR-03121-3 Vol. GID, FM BIP-FI-GID: crop and de-rotation are allowed, correcting yaw or pitch,
up-scaling and padding are not. The aim lies in the middle of law and guideline: head height 75 %
of the picture (PAuswV annex: 70..80 %, TR: 60..90 %), eyes at 45 % from the top, centred. Where the
frame cannot give that, the crop keeps inside the frame and comes as close as it can; the geometry
criteria 5.1 to 5.7, measured on the crop, then say what is wrong.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from hardware.photo.face import Points
from hardware.photo.pose import Pose
from hardware.types import Image

WIDTH, HEIGHT = 1244, 1600
HEAD_SHARE, EYES_SHARE = 0.75, 0.45
TIGHT_SHARE = 0.83  # the head may fill this much to stay centred, or to keep the eye distance
AIM_EYE_DISTANCE = 315  # px, 5 % above the least; people with close-set eyes get a tighter crop
LEAST_ROLL = 1.0  # degrees; below it turning costs more sharpness than it straightens


@dataclass(frozen=True, slots=True)
class Cut:
    """Place of the crop in the frame: centre, side lengths and scale in frame pixels, degrees."""

    x: float
    y: float
    width: float
    height: float
    angle: float
    out_width: int
    out_height: int

    @property
    def scale(self) -> float:
        """Frame pixels per crop pixel, never below 1."""
        return self.width / self.out_width

    def matrix(self, shrink: float = 1.0) -> Points:
        """Affine map (2, 3) from frame pixels to those of a crop `shrink` times smaller."""
        turn = cv2.getRotationMatrix2D((self.x, self.y), self.angle, 1 / (self.scale * shrink))
        turn[0, 2] += self.out_width / shrink / 2 - self.x
        turn[1, 2] += self.out_height / shrink / 2 - self.y
        return np.asarray(turn, np.float64)


def best_cut(pose: Pose, head_height: float, width: int, height: int) -> Cut:
    """Return the best crop of a frame of `width` x `height` for a head so many pixels tall."""
    angle = pose.roll if abs(pose.roll) >= LEAST_ROLL else 0.0
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    box = np.array([WIDTH * cos + HEIGHT * abs(sin), WIDTH * abs(sin) + HEIGHT * cos])
    down = np.array([-sin, cos]) * (0.5 - EYES_SHARE) * HEIGHT
    frame = np.array([width, height], np.float64)
    fits = min((pose.eyes / (box / 2 - down)).min(), ((frame - pose.eyes) / (box / 2 + down)).min())
    aim, tight = (max(head_height / (share * HEIGHT), 1.0) for share in (HEAD_SHARE, TIGHT_SHARE))
    detailed = pose.ied / AIM_EYE_DISTANCE
    scale = min(max(min(aim, fits, detailed), tight), (frame / box).min())
    x, y = np.clip(pose.eyes + down * scale, box * scale / 2, frame - box * scale / 2)
    out = min(scale, 1.0)
    return Cut(
        float(x),
        float(y),
        WIDTH * scale,
        HEIGHT * scale,
        angle,
        int(WIDTH * out + 0.01),
        int(HEIGHT * out + 0.01),
    )


def cut_out(image: Image, cut: Cut) -> Image:
    """Return the crop at full size, BGR."""
    if cut.angle == 0.0 and cut.scale == 1.0:
        x, y = round(cut.x - cut.out_width / 2), round(cut.y - cut.out_height / 2)
        return image[y : y + cut.out_height, x : x + cut.out_width].copy()
    return _warped(image, cut, 1.0)


def preview_of(image: Image, cut: Cut, shrink: float) -> Image:
    """Return the crop made `shrink` times smaller, for measuring."""
    return _warped(image, cut, shrink)


def _warped(image: Image, cut: Cut, shrink: float) -> Image:
    step = max(1, int(cut.scale * shrink))  # whole pixels are averaged first, against aliasing
    if step > 1:
        h, w = image.shape[0] // step, image.shape[1] // step
        whole = image[: h * step, : w * step]
        image = np.asarray(cv2.resize(whole, (w, h), interpolation=cv2.INTER_AREA), np.uint8)
    matrix = cut.matrix(shrink)
    matrix[:, :2] *= step
    matrix[:, 2] += matrix[:, :2].sum(1) * (0.5 - 0.5 / step)
    size = (round(cut.out_width / shrink), round(cut.out_height / shrink))
    turned = cv2.warpAffine(
        image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(turned, np.uint8)
