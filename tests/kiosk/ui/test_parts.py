"""Small parts without a window: ink, keyboard, scroll, layout, navigator, meter, boxes."""

import io
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.ui.draw.box import Box, shares
from kiosk.ui.layout import scene_box
from kiosk.ui.meter import Meter
from kiosk.ui.parts import ink
from kiosk.ui.parts.keyboard import Typing, pressed
from kiosk.ui.scroll import Scroll

POINTS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=30)


@given(st.lists(POINTS, min_size=1, max_size=4), st.integers(20, 200), st.integers(20, 90))
def test_ink_has_exactly_the_size_asked(strokes: list, width: int, height: int) -> None:
    picture = Image.open(io.BytesIO(ink.png(strokes, width, height) or b""))
    assert (picture.size, picture.mode) == ((width, height), "L")
    assert picture.getextrema()[0] < 255


def test_no_ink_is_no_picture() -> None:
    assert ink.png([], 900, 132) is None


@given(POINTS)
def test_a_curve_keeps_its_ends(stroke: list[tuple[float, float]]) -> None:
    curve = ink.smooth(stroke)
    assert curve[0] == stroke[0]
    assert curve[-1] == stroke[-1]


def test_keys_write_capitals_where_names_have_them() -> None:
    typing = Typing("name")
    for key in ("Ö", "z", "space", "D", "e", "-", "E", "x", "delete"):
        typing = pressed(typing, key)
    assert typing.text == "Öz De-E"


def test_the_first_letter_is_capital_again_after_all_is_deleted() -> None:
    typing = pressed(pressed(Typing("name"), "A"), "delete")
    assert typing.text == ""
    assert typing.capital


def test_one_accent_then_back_to_letters() -> None:
    typing = pressed(pressed(Typing("name"), "accents"), "Ş")
    assert (typing.text, typing.accents) == ("Ş", False)


@given(st.floats(0, 5000), st.floats(100, 1000), st.lists(st.floats(-3000, 3000), max_size=8))
def test_scrolling_never_leaves_the_content(content: float, visible: float, by: list) -> None:
    scroll = Scroll()
    scroll.fit(content, visible, 98)
    for pixels in by:
        scroll.by(pixels)
        assert 0 <= scroll.offset <= max(0, scroll.lowest + 0.5)
    assert scroll.needed == (content > visible + 1)


@given(st.integers(320, 4000), st.integers(320, 4000))
def test_the_scene_keeps_its_shape_in_every_window(width: int, height: int) -> None:
    box, scale = scene_box(width, height)
    assert box.x >= 0
    assert box.y >= 0
    assert box.right <= width + 1
    assert box.bottom <= height + 1
    assert abs(box.width / box.height - 9 / 16) < 0.01
    assert scale > 0


@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=6), st.floats(0, 20))
def test_shares_fill_the_box(parts: list[float], gap: float) -> None:
    cut = shares(Box(10, 20, 600, 50), tuple(parts), gap)
    assert abs(cut[-1].right - 610) < 0.01
    assert all(abs(b.x - a.right - gap) < 0.01 for a, b in pairwise(cut))


def test_the_meter_measures_only_from_a_touch() -> None:
    now = iter([1.0, 2.0, 1.25, 2.05])
    meter = Meter(wall=lambda: next(now), cpu=lambda: next(now))
    assert meter.painted() is None
    meter.touched()
    painted = meter.painted()
    assert painted is not None
    assert (painted.wall_ms, round(painted.cpu_ms)) == (250, 50)
    assert meter.painted() is None
