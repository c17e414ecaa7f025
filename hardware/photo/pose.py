"""Geometric facts of one face, computed from its mesh points alone.

Point numbers are those of the MediaPipe face mesh (468 points and 2 x 5 iris points). "r" is the
person's own right, which is left in an unmirrored picture. IED is the distance between the eye
centres (mid canthi, ISO/IEC 19794-5), T the distance from the eyes' midpoint to the chin (ISO/IEC
29794-5). The factors correct the mesh's bias against renders with known pose (190 renders of 6
people, and the visits in tests/data/faces): yaw comes out 1.18 times too large, a level head is
reported as looking 9 degrees down.
"""

from dataclasses import dataclass

import numpy as np

from hardware.photo.face import Face, Points

R_OUTER, R_INNER, L_INNER, L_OUTER = 33, 133, 362, 263
R_LIDS = ((160, 144), (159, 145), (158, 153))
L_LIDS = ((387, 373), (386, 374), (385, 380))
R_IRIS, L_IRIS = slice(468, 473), slice(473, 478)
R_SIDE, L_SIDE, CHIN, FOREHEAD = 234, 454, 152, 10
LIPS = ((82, 87), (13, 14), (312, 317))
R_CORNER, L_CORNER = 61, 291
YAW_FACTOR = 0.85
PITCH_OFFSET = 9.0


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a face is and what it does; lengths in pixels, angles in degrees."""

    eye_r: Points
    eye_l: Points
    eyes: Points  # midpoint
    chin: Points
    ied: float
    t: float
    width: float
    yaw: float  # > 0: nose to the right edge of the picture
    pitch: float  # > 0: looks up
    roll: float  # > 0: top of the head leans to the right edge
    eyes_open: float  # lid opening / lid length, the smaller of both eyes
    mouth_open: float  # largest inner lip opening / T
    smile: float  # lift of the mouth's corners / IED
    gaze_x: float  # iris position along the lid, mean of both eyes, 0 = middle


def pose_of(face: Face) -> Pose:
    """Measure one face."""
    p = face.points
    xy = p[:, :2]
    eye_r, eye_l = (xy[R_OUTER] + xy[R_INNER]) / 2, (xy[L_INNER] + xy[L_OUTER]) / 2
    eyes, ied = (eye_r + eye_l) / 2, _length(eye_l - eye_r)
    t = _length(xy[CHIN] - eyes)
    return Pose(
        eye_r=eye_r,
        eye_l=eye_l,
        eyes=eyes,
        chin=xy[CHIN],
        ied=ied,
        t=t,
        width=_length(xy[L_SIDE] - xy[R_SIDE]),
        yaw=YAW_FACTOR * _out_of_plane(p[L_SIDE] - p[R_SIDE]),
        pitch=_out_of_plane(p[FOREHEAD] - p[CHIN]) + PITCH_OFFSET,
        roll=float(np.degrees(np.arctan2(eye_l[1] - eye_r[1], eye_l[0] - eye_r[0]))),
        eyes_open=min(
            _opening(xy, R_LIDS, R_OUTER, R_INNER), _opening(xy, L_LIDS, L_OUTER, L_INNER)
        ),
        mouth_open=max(_length(xy[a] - xy[b]) for a, b in LIPS) / t,
        smile=_corner_lift(xy, (eye_l - eye_r) / ied) / ied,
        gaze_x=(_along(xy, R_IRIS, R_OUTER, R_INNER) + _along(xy, L_IRIS, L_INNER, L_OUTER)) / 2,
    )


def _length(v: Points) -> float:
    return float(np.hypot(v[0], v[1]))


def _out_of_plane(v: Points) -> float:
    """Angle of a 3D vector against the picture plane, degrees."""
    return float(np.degrees(np.arctan2(v[2], np.hypot(v[0], v[1]))))


def _opening(xy: Points, lids: tuple[tuple[int, int], ...], outer: int, inner: int) -> float:
    gaps = [_length(xy[a] - xy[b]) for a, b in lids]
    return float(np.mean(gaps)) / _length(xy[outer] - xy[inner])


def _corner_lift(xy: Points, right: Points) -> float:
    """How far the mouth's corners lie above its middle, along the face's own vertical."""
    down = np.array([-right[1], right[0]])
    middle = (xy[13] + xy[14]) / 2
    return float(np.dot(middle - (xy[R_CORNER] + xy[L_CORNER]) / 2, down))


def _along(xy: Points, iris: slice, left: int, right: int) -> float:
    """Position of the iris between two lid corners, -.5 .. .5, 0 in the middle."""
    lid = xy[right] - xy[left]
    return float(np.dot(xy[iris].mean(0) - xy[left], lid) / np.dot(lid, lid)) - 0.5
