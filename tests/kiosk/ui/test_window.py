"""The window has the display's own size; the scene stands whole in the middle of any size."""

import pytest

from kiosk.ui import layout
from kiosk.ui.window import display_size
from tests.kiosk.ui.driver import Driver


def test_the_display_tells_its_size_before_the_window_opens(screen: Driver) -> None:
    size = display_size()
    assert size is not None
    assert min(size) > 0


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1080, 1920), (800, 1280)])
def test_the_scene_is_whole_and_in_the_middle_of_every_display(size: tuple[int, int]) -> None:
    box, _ = layout.scene_box(*size)
    assert box.x >= 0
    assert box.y >= 0
    assert box.bottom <= size[1]
    assert abs(box.centre[0] - size[0] / 2) <= 1
    assert abs(box.centre[1] - size[1] / 2) <= 1
