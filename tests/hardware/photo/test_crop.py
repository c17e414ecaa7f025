"""The crop never leaves the frame, is never enlarged, and centres the face where it can."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hardware.photo.crop import HEIGHT, WIDTH, best_cut, cut_out
from hardware.photo.pose import Pose

LEVEL = Pose(
    eye_r=np.array([0.0, 0.0]),
    eye_l=np.array([0.0, 0.0]),
    eyes=np.array([0.0, 0.0]),
    chin=np.array([0.0, 0.0]),
    ied=340.0,
    t=600.0,
    width=800.0,
    yaw=0.0,
    pitch=0.0,
    roll=0.0,
    eyes_open=0.3,
    mouth_open=0.0,
    smile=0.0,
    gaze_x=0.0,
)


def pose(x: float, y: float, roll: float = 0.0, ied: float = 340.0) -> Pose:
    return replace(LEVEL, eyes=np.array([x, y]), roll=roll, ied=ied)


@given(
    x=st.floats(0, 2160),
    y=st.floats(0, 3840),
    roll=st.floats(-20, 20),
    head=st.floats(100, 4000),
    ied=st.floats(20, 1500),
    width=st.integers(300, 2400),
    height=st.integers(300, 3900),
)
def test_the_crop_lies_in_the_frame_and_is_never_enlarged(
    x: float, y: float, roll: float, head: float, ied: float, width: int, height: int
) -> None:
    assume(x < width and y < height)
    cut = best_cut(pose(x, y, roll, ied), head, width, height)
    angle = np.radians(cut.angle)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [cut.width / 2, cut.height / 2]
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    places = corners @ turn + [cut.x, cut.y]
    assert (places >= -1e-6).all()
    assert (places <= np.array([width, height]) + 1e-6).all()
    assert cut.scale >= 1 - 1e-9 or cut.out_width <= WIDTH
    assert cut.out_width <= WIDTH
    assert cut.out_height <= HEIGHT
    assert cut.width / cut.height == pytest.approx(WIDTH / HEIGHT)


def test_a_roomy_frame_gives_the_aim_of_law_and_guideline() -> None:
    cut = best_cut(pose(1080, 1700, ied=400), 1300, 2160, 3840)
    eyes = np.array([1080, 1700, 1.0])
    x, y = cut.matrix() @ eyes
    assert (cut.out_width, cut.out_height) == (WIDTH, HEIGHT)
    assert 1300 / cut.scale / HEIGHT == pytest.approx(0.75)
    assert x / WIDTH == pytest.approx(0.5, abs=0.002)
    assert y / HEIGHT == pytest.approx(0.45, abs=0.002)


def test_close_set_eyes_get_a_tighter_crop() -> None:
    wide = best_cut(pose(1080, 1700, ied=400), 1500, 2160, 3840)
    close = best_cut(pose(1080, 1700, ied=370), 1500, 2160, 3840)
    assert close.scale < wide.scale
    assert 370 / close.scale >= 300


def test_a_leaning_head_is_turned_upright() -> None:
    image = np.zeros((3840, 2160, 3), np.uint8)
    lean = np.radians(6)
    middle, half = np.array([1080.0, 1700.0]), 200 * np.array([np.cos(lean), np.sin(lean)])
    for eye in (middle - half, middle + half):
        x, y = eye.astype(int)
        image[y - 8 : y + 8, x - 8 : x + 8] = 255
    photo = cut_out(image, best_cut(pose(1080, 1700, 6.0, 400), 1300, 2160, 3840))
    assert photo.shape == (HEIGHT, WIDTH, 3)
    left, right = (np.argwhere(side[..., 0] > 100) for side in np.split(photo, 2, axis=1))
    assert left[:, 0].mean() == pytest.approx(right[:, 0].mean(), abs=2)


def test_an_upright_head_at_full_scale_is_cut_without_touching_a_pixel() -> None:
    image = np.random.default_rng(1).integers(0, 255, (2000, 1500, 3), np.uint8)
    cut = best_cut(pose(750, 900, 0.4, 310), 1100, 1500, 2000)
    photo = cut_out(image, cut)
    x, y = round(cut.x - WIDTH / 2), round(cut.y - HEIGHT / 2)
    assert (photo == image[y : y + HEIGHT, x : x + WIDTH]).all()


def test_a_small_camera_gives_a_small_crop_not_an_enlarged_one() -> None:
    cut = best_cut(pose(540, 600, ied=245), 950, 1080, 1440)
    assert (cut.out_width, cut.scale) == (1080, pytest.approx(1.0, abs=1e-3))
