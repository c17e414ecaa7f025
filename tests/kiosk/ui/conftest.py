"""One offscreen window for all tests of the screens, and still pictures where cameras would be."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image

from kiosk.media.slots import Picture
from tests.kiosk.ui.driver import Driver
from tests.kiosk.ui.views import DATA

Newest = Callable[[], Picture | None]


def i420(rgb: np.ndarray, sequence: int = 1) -> Picture:
    """Return a picture (rows x columns x RGB, even sides) as BT.601 studio range I420."""
    red, green, blue = (rgb[..., at].astype(float) for at in range(3))
    y = 16 + 0.257 * red + 0.504 * green + 0.098 * blue
    u = 128 - 0.148 * red - 0.291 * green + 0.439 * blue
    v = 128 + 0.439 * red - 0.368 * green - 0.071 * blue
    height, width = y.shape
    planes = [y, *(p.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)) for p in (u, v))]
    parts = [memoryview(np.round(plane).astype(np.uint8).tobytes()) for plane in planes]
    return Picture(width, height, *parts, sequence)


def still(name: str) -> Newest:
    picture = i420(np.asarray(Image.open(DATA / f"{name}.jpg").convert("RGB")))
    return lambda: picture


@pytest.fixture(scope="session")
def window() -> Driver:
    return Driver()


@pytest.fixture
def screen(window: Driver) -> Iterator[Driver]:
    """A fresh stage with a citizen before the camera and a clerk on the line."""
    from kiosk.ui.parts.camera_view import CameraView

    live = {
        "camera": CameraView(still("live_D1"), mirror=True),
        "mirror": CameraView(still("live_D1"), mirror=True),
        "clerk": CameraView(still("live_D2"), mirror=False),
    }
    window.open(live)
    yield window
    for one in live.values():
        one.rest()
