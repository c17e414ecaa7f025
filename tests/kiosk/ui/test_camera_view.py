"""Live pictures: colours, mirror, ring, and rest."""

from collections.abc import Iterator

import numpy as np
import pytest

from kiosk.core.view import Screen
from kiosk.media.slots import Picture
from tests.kiosk.ui import views
from tests.kiosk.ui.conftest import i420
from tests.kiosk.ui.driver import Driver

RED, BLUE = (220, 40, 30), (30, 60, 210)


def halves(sequence: int = 1) -> Picture:
    """Red on the camera's left, blue on its right."""
    picture = np.zeros((480, 360, 3), np.uint8)
    picture[:, :180], picture[:, 180:] = RED, BLUE
    return i420(picture, sequence)


@pytest.fixture(params=[False, True], ids=["planes", "rgba"])
def camera(window: Driver, request: pytest.FixtureRequest) -> Iterator[object]:
    from kiosk.ui.parts.camera_view import CameraView

    view = CameraView(halves, mirror=True, rgba=request.param)
    window.open({"camera": view})
    yield view
    view.rest()


def test_one_sees_oneself_mirrored_and_in_true_colours(window: Driver, camera: object) -> None:
    window.show(views.view(Screen.PHOTO))
    window.frames(3)
    picture = window.picture()
    left, right = picture.getpixel((240, 470)), picture.getpixel((300, 470))
    assert np.allclose(left, BLUE, atol=12)
    assert np.allclose(right, RED, atol=12)


def test_the_ring_turns_green_when_all_is_good(window: Driver, camera: object) -> None:
    window.show(views.view(Screen.PHOTO))
    window.frames(3)
    before = np.asarray(window.picture(), int)
    window.show(views.shown(views.special()["photo_good"]))
    window.frames(3)
    after = np.asarray(window.picture(), int)
    greener = (after - before)[..., 1] - (after - before)[..., 0] > 60
    assert greener.sum() > 500


def test_without_a_picture_the_place_stays_dark(window: Driver) -> None:
    from kiosk.ui.parts.camera_view import CameraView

    camera = CameraView(lambda: None, mirror=True)
    window.open({"camera": camera})
    window.show(views.view(Screen.PHOTO))
    window.frames(3)
    assert max(window.picture().getpixel((270, 470))) < 60
    camera.rest()
