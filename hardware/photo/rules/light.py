"""Criteria 6.x and 7.1, 7.3, 7.4: light on the face, exposure and colours."""

import cv2
import numpy as np

from hardware.photo.rules.backdrop import chroma_of, tone, visible
from hardware.photo.rules.measure import (
    Measure,
    cheeks,
    eye_masks,
    eye_rings,
    grown,
    iris,
    skin_colour,
)
from hardware.photo.scene import Scene

WHITE = 237  # 8 bit lightness; skin never gets there unless it mirrors
GLARE = 240
NATURAL_A, NATURAL_B = (5.0, 25.0), (5.0, 35.0)  # ISO/IEC 29794-5 NaturalColour
USUAL_SKIN = np.array([14.5, 18.5])
GREY_ENOUGH = 6.0  # chroma below which a wall is grey and tells nothing about a cast
COLOURED = 12.0  # chroma above which a wall is no grey reference
FACE_LIGHT = (0.01, 0.8)  # mean linear luminance that shows anything at all, any skin
CLIPPED = 0.1  # share of the face


def even_lighting(scene: Scene) -> Measure:
    """6.1: luminance of the darker half / the lighter half; halves of the face and cheeks alone."""
    p = scene.points
    ys, xs = np.nonzero(scene.oval)
    light = scene.light[ys, xs]
    axis = p[10] - p[152]
    right = (xs - p[152][0]) * axis[1] - (ys - p[152][1]) * axis[0] > 0
    if right.all() or not right.any():
        return Measure(None, "half of the face is outside the picture")
    halves = float(np.median(light[right])), float(np.median(light[~right]))
    sides = [float(scene.light[place].mean()) for place in cheeks(scene)]
    return Measure(min(_ratio(*halves), _ratio(*sides)))


def shadows(scene: Scene) -> Measure:
    """6.2: luminance of the skin round the eyes / on the cheeks, the darker eye."""
    cheek = float(np.median(np.concatenate([scene.light[c].ravel() for c in cheeks(scene)])))
    rings = [scene.light[ring] for ring in eye_rings(scene, 0.2)]
    if not all(len(ring) for ring in rings):
        return Measure(None, "an eye is outside the picture")
    return Measure(min(float(np.median(ring)) for ring in rings) / max(cheek, 1e-4))


def hot_spots(scene: Scene) -> Measure:
    """6.3: share of the skin (no eyes) that is nearly white, or far lighter and paler than it."""
    right, left = eye_masks(scene)
    skin = scene.oval & ~grown(right | left, 0.12 * scene.pose.ied)
    lab = scene.lab[skin].astype(np.float32)
    tint = skin_colour(scene)
    own = tint[0] * 2.55
    chroma = np.hypot(lab[:, 1] - 128, lab[:, 2] - 128)
    pale = (lab[:, 0] > own + 0.35 * (255 - own) + 20) & (chroma < 0.6 * np.hypot(*tint[1:]))
    return Measure(float((pale | (lab[:, 0] > WHITE)).mean()) if len(lab) else 0.0)


def glasses_effects(scene: Scene) -> Measure:
    """6.4: share of the eye zone that is saturated."""
    zones = [e | r for e, r in zip(eye_masks(scene), eye_rings(scene, 0.25), strict=True)]
    light = scene.lab[..., 0]
    return Measure(max(float((light[z] > GLARE).mean()) if z.any() else 0.0 for z in zones))


def exposure(scene: Scene) -> Measure:
    """7.1: lightness of the grey background, which is known, so that dark skin is no fault.

    Where none is visible, or the face is clipped or black whatever the skin, the face decides.
    """
    face = scene.light[scene.oval]
    mean, clipped = float(face.mean()), float((face > 0.965).mean())
    if mean < FACE_LIGHT[0] or (not visible(scene) and mean < 2 * FACE_LIGHT[0]):
        return Measure(0.0, "face is black")
    if clipped > CLIPPED or mean > FACE_LIGHT[1]:
        return Measure(100.0, "face is burnt out")
    wall = tone(scene) if visible(scene) else None
    if wall is None or chroma_of(wall) > COLOURED:
        return Measure(None, "no grey background to judge by; face neither black nor burnt out")
    return Measure(wall[0])


def natural_colour(scene: Scene) -> Measure:
    """7.3: distance of the skin from natural colours, or its shift towards the wall's cast."""
    skin = skin_colour(scene)[1:]
    outside = np.hypot(_beyond(skin[0], NATURAL_A), _beyond(skin[1], NATURAL_B))
    if not visible(scene):
        return Measure(float(outside))
    wall = tone(scene)
    chroma = chroma_of(wall)
    shift = float(np.dot(skin - USUAL_SKIN, wall[1:])) / chroma if chroma > GREY_ENOUGH else 0.0
    return Measure(max(float(outside), shift))


def red_eyes(scene: Scene) -> Measure:
    """7.4: R - (G + B) / 2 in the pupil, which is black in every eye; the redder one."""
    if scene.pose.eyes_open < 0.15:
        return Measure(None, "eyes are not open")
    return Measure(max(_pupil_red(scene, first) for first in (468, 473)))


def _pupil_red(scene: Scene, first: int) -> float:
    centre, radius = iris(scene, first)
    disc = np.zeros(scene.view.shape[:2], np.uint8)
    cv2.circle(disc, (round(centre[0]), round(centre[1])), max(1, round(radius * 0.4)), 1, -1)
    bgr = scene.view[disc > 0].astype(np.float32)
    return float(np.median(bgr[:, 2] - (bgr[:, 0] + bgr[:, 1]) / 2)) if len(bgr) else 0.0


def _ratio(a: float, b: float) -> float:
    return min(a, b) / max(a, b, 1e-6)


def _beyond(value: float, zone: tuple[float, float]) -> float:
    return max(zone[0] - value, value - zone[1], 0.0)
