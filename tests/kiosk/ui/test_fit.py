"""Nothing is cut, nothing overlaps, everything can be hit: for every screen and every look."""

from itertools import combinations

import pytest

from kiosk.core.view import Look
from kiosk.ui.draw.theme import LEAST_TARGET_MM, PIXELS_PER_MM
from tests.kiosk.ui import views
from tests.kiosk.ui.driver import HEIGHT, WIDTH, Driver

CASES = views.every()
LOOKS = {
    "normal": views.look(),
    "english": views.look("en"),
    "middle": views.look(text=1.15),
    "large": views.look(text=1.3),
    "large_english": views.look("en", "high", 1.3),
    "low": views.look(reach=True),
    "large_and_low": views.look(text=1.3, reach=True),
}
_SCALE = WIDTH / 1080


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("how", LOOKS)
def test_no_word_is_cut(screen: Driver, name: str, how: str) -> None:
    screen.show(views.shown(CASES[name], LOOKS[how]))
    assert screen.stage.regions.shrunk > 0.7


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("how", LOOKS)
def test_every_target_is_large_enough_and_alone(screen: Driver, name: str, how: str) -> None:
    screen.show(views.shown(CASES[name], LOOKS[how]))
    least = LEAST_TARGET_MM * PIXELS_PER_MM * _SCALE
    targets = screen.stage.reachable()
    small = [one.id for one in targets if min(one.box.width, one.box.height) < least]
    assert not small
    inside = [one for one in targets if one.box.bottom <= HEIGHT + 1 and one.box.y >= 0]
    assert len(inside) == len(targets)
    clash = [(a.id, b.id) for a, b in combinations(targets, 2) if a.box.inset(2).meets(b.box)]
    body = {one.id for one in screen.stage.regions.of("body")}
    assert not [pair for pair in clash if not set(pair) & body]


@pytest.mark.parametrize("name", ["details", "birth", "summary", "fingers", "privacy", "services"])
def test_in_reach_mode_everything_to_touch_lies_in_the_lower_half(
    screen: Driver, name: str
) -> None:
    screen.show(views.shown(CASES[name], Look(reach=True)))
    assert min(one.box.centre[1] for one in screen.stage.reachable()) > HEIGHT * 0.46


@pytest.mark.parametrize("name", CASES)
def test_at_normal_size_no_screen_needs_paging(screen: Driver, name: str) -> None:
    if name.startswith("call"):
        pytest.skip("a call takes room of the step beside it")
    screen.show(views.shown(CASES[name], Look()))
    assert screen.stage.actions.scroll.lowest == 0
