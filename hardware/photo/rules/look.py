"""Criteria 1.x to 3.x: pose, expression and eyes."""

import numpy as np

from hardware.photo.rules.measure import (
    BROW_MIDDLE,
    Measure,
    colour,
    eye_masks,
    eye_rings,
    iris,
    skin_colour,
    window,
    worst_share,
)
from hardware.photo.scene import Mask, Scene

NOT_SKIN = 40.0  # lightness difference + 2 x chroma difference; lashes and rings under eyes pass
MOSTLY_COVERED = 0.2
BOTH_EYES = "both eyes"  # glasses rather than hair or a patch
GAZE_SIDEWAYS = 0.065  # of the lid's length
WHITE_BELOW = 0.6  # of the eye's own contrast
NOSE_TIP, R_CHEEK, L_CHEEK = 4, 205, 425


def yaw(scene: Scene) -> Measure:
    """1.1: turn of the line between the ears out of the picture plane, degrees."""
    return Measure(scene.frame_pose.yaw)


def pitch(scene: Scene) -> Measure:
    """1.2: turn of the line forehead to chin out of the picture plane, degrees."""
    return Measure(scene.frame_pose.pitch)


def roll(scene: Scene) -> Measure:
    """1.3: slope of the eye line as the camera saw it, before the crop is turned upright."""
    return Measure(scene.frame_pose.roll)


def neutral(scene: Scene) -> Measure:
    """2.1: lift of the mouth's corners above its middle / eye distance."""
    return Measure(scene.pose.smile)


def mouth_closed(scene: Scene) -> Measure:
    """2.2: largest inner lip opening / T (ISO/IEC 29794-5 MouthClosed)."""
    return Measure(scene.pose.mouth_open)


def eyebrows(scene: Scene) -> Measure:
    """2.3: raised brows cannot be told from high ones without the person's own neutral face."""
    return Measure(None, "left to the clerk: not separable without a model")


def eyes_open(scene: Scene) -> Measure:
    """3.1: lid opening / lid length, of the eye that is less open."""
    return Measure(scene.pose.eyes_open)


def eyes_uncovered(scene: Scene) -> Measure:
    """3.2: share of a ring round each eye that does not look like this person's skin."""
    skin = skin_colour(scene)
    right, left = (_not_skin(scene, ring, skin) for ring in eye_rings(scene, 0.25))
    return Measure(max(right, left), BOTH_EYES if min(right, left) > MOSTLY_COVERED else "")


def gaze(scene: Scene) -> Measure:
    """3.3: the iris lies in the middle of the lids, and no white shows below it.

    Sideways is the mean of mesh (iris points) and picture (centre of the dark part); upwards is
    seen by the white of the eye between iris and lower lid.
    """
    eyes = eye_masks(scene)
    if scene.pose.eyes_open < 0.15 or min(int(eye.sum()) for eye in eyes) < 30:
        return Measure(None, "eyes are not open")
    sides = [_dark_centre(scene, eye) for eye in eyes]
    whites = [_white_below(scene, eye, at) for eye, at in zip(eyes, (468, 473), strict=True)]
    sideways = abs((scene.pose.gaze_x + float(np.mean(sides))) / 2)
    return worst_share(
        {
            "looks sideways": sideways / GAZE_SIDEWAYS,
            "looks up": float(np.mean(whites)) / WHITE_BELOW,
        }
    )


def face_uncovered(scene: Scene) -> Measure:
    """Colour distance of nose and cheeks beside the mouth from the place between the brows.

    Beards leave these places free, masks and scarves do not.
    """
    size = 0.07 * scene.pose.ied
    brow = colour(scene, window(scene, scene.points[BROW_MIDDLE], size * 1.4))[1:]
    places = [scene.points[i] for i in (NOSE_TIP, R_CHEEK, L_CHEEK)]
    far = [np.hypot(*(colour(scene, window(scene, at, size))[1:] - brow)) for at in places]
    return Measure(float(sorted(far)[1]))  # two of three: a single highlight is no mask


def head_covering(scene: Scene) -> Measure:
    """Hair and hats cannot be told apart without a face-parsing model."""
    return Measure(None, "left to the clerk: needs a model")


def _not_skin(scene: Scene, ring: Mask, skin: np.ndarray) -> float:
    lab = scene.lab[ring].astype(np.float32)
    if not len(lab):
        return 1.0
    light = np.abs(lab[:, 0] / 2.55 - skin[0])
    chroma = np.hypot(lab[:, 1] - 128 - skin[1], lab[:, 2] - 128 - skin[2])
    return float((light + 2 * chroma > NOT_SKIN).mean())


def _dark_centre(scene: Scene, eye: Mask) -> float:
    """Horizontal centre of the dark part of an eye, as a share of its length, 0 in the middle."""
    xs = np.nonzero(eye)[1]
    light = scene.lab[..., 0][eye].astype(np.float32)
    dark = np.clip(np.percentile(light, 60) - light, 0, None)
    middle, length = (xs.min() + xs.max()) / 2, np.ptp(xs)
    return float(((xs - middle) * dark).sum() / max(float(dark.sum()), 1e-6) / max(length, 1))


def _white_below(scene: Scene, eye: Mask, first: int) -> float:
    """Lightness of the lowest third of the lids under the iris, in the eye's own contrast."""
    centre, radius = iris(scene, first)
    light = scene.lab[..., 0]
    low, high = np.percentile(light[eye], (5, 90))
    ys, xs = np.nonzero(eye)
    under = np.abs(xs - centre[0]) < 0.6 * radius
    if not under.any():
        return 0.0
    top, height = ys[under].min(), np.ptp(ys[under]) + 1
    band = under & (ys > top + 0.66 * height) & (ys <= top + 0.92 * height)
    if not band.any():
        return 0.0
    return float((np.median(light[ys[band], xs[band]]) - low) / max(float(high - low), 1.0))
