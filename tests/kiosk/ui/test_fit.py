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
_LEAST = LEAST_TARGET_MM * PIXELS_PER_MM * WIDTH / 1080


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("how", LOOKS)
def test_no_word_is_cut_and_every_target_is_large_and_alone(
    screen: Driver, name: str, how: str
) -> None:
    screen.stage.show(views.shown(CASES[name], LOOKS[how]))
    assert screen.stage.regions.shrunk > 0.7
    whole, targets = screen.stage.targets(), screen.stage.reachable()
    assert not [one.id for one in whole if min(one.box.width, one.box.height) < _LEAST]
    assert not [one.id for one in targets if one.box.bottom > HEIGHT + 1 or one.box.y < 0]
    assert not [
        (a.id, b.id) for a, b in combinations(targets, 2) if a.box.inset(1).meets(b.box.inset(1))
    ]


@pytest.mark.parametrize("name", ["details", "birth", "summary", "fingers", "privacy", "services"])
def test_in_reach_mode_everything_to_touch_lies_in_the_lower_half(
    screen: Driver, name: str
) -> None:
    screen.stage.show(views.shown(CASES[name], Look(reach=True)))
    assert min(one.box.centre[1] for one in screen.stage.reachable()) > HEIGHT * 0.46


@pytest.mark.parametrize("name", CASES)
def test_at_normal_size_no_screen_needs_paging(screen: Driver, name: str) -> None:
    if name.startswith("call") or name == "details_number":
        pytest.skip("a call and the touch keyboard take room of the step beside them")
    screen.stage.show(views.shown(CASES[name], Look()))
    assert screen.stage.actions.scroll.lowest == 0
