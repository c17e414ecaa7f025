"""What comes by itself moves nothing, hides nothing, and is in view: in every size of letters."""

from dataclasses import replace
from typing import Any

import pytest
import zxingcpp

from hardware.types import Fault
from kiosk.core.render import render
from kiosk.core.view import DoneBody, Screen
from kiosk.core.visit import Birth, Call, Machine, Signature, Visit
from kiosk.media.protocol import CallState
from server.contract.captures import AgeBand
from tests.kiosk.ui import views
from tests.kiosk.ui.driver import HEIGHT, WIDTH, Driver

LOOKS = [
    views.look(language, contrast, text, reach=reach)
    for language, contrast in (("de", "light"), ("en", "high"))
    for text in (1.0, 1.15, 1.3)
    for reach in (False, True)
]
STEPS = [screen for screen in Screen if screen not in (Screen.STORING, Screen.OUT_OF_SERVICE)]


QUIET = 8  # pixels of white around the code and its frame


def names(look: Any) -> str:
    reach = "low" if look.reach else "high"
    return f"{look.language}-{look.text_scale}-{reach}"


def places(screen: Driver) -> dict[str, Any]:
    return {one.id: one.box for one in screen.stage.targets()}


def whole(screen: Driver, name: str) -> bool:
    """Tell whether a target is seen from top to bottom."""
    box, clip = screen.target(name).box, screen.stage._painting.clip
    inside = clip is None or (box.y >= clip.y and box.bottom <= clip.bottom)
    return bool(inside and box.bottom <= HEIGHT)


def offline(one: Visit) -> Visit:
    return replace(one, machine=replace(one.machine, online=False))


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("look", LOOKS, ids=names)
def test_a_notice_moves_nothing_that_can_be_touched(
    screen: Driver, name: Screen, look: Any
) -> None:
    visit = views.visit(name)
    screen.stage.show(views.shown(visit, look))
    before = places(screen)
    screen.stage.show(replace(views.shown(visit, look), notice="Zurzeit keine Verbindung."))
    assert places(screen) == before


def test_a_notice_while_signing_leaves_the_pad_and_the_stroke_alone(screen: Driver) -> None:
    visit = replace(views.visit(Screen.SIGNATURE), signature=Signature())
    screen.show(views.shown(visit))
    pad = screen.stage.pad
    screen.down(pad.x + 20, pad.y + 20)
    screen.show(views.shown(offline(visit)))
    assert screen.stage.pad == pad
    assert screen.stage._pad.strokes == 1
    screen.up(pad.x + 20, pad.y + 20)


@pytest.mark.parametrize("look", LOOKS, ids=names)
def test_a_hint_at_the_birthday_moves_nothing(screen: Driver, look: Any) -> None:
    visit = views.visit(Screen.BIRTH)
    screen.stage.show(views.shown(replace(visit, birth=Birth(31, None, None)), look))
    before = places(screen)
    for birth in (Birth(31, 2, None), Birth(None, 2, None), Birth(31, 3, AgeBand.FROM_24)):
        screen.stage.show(views.shown(replace(visit, birth=birth, tried=True), look))
        assert places(screen) == before


@pytest.mark.parametrize(
    ("birth", "gap"),
    [
        (Birth(), "day:1"),
        (Birth(None, 8, AgeBand.FROM_24), "day:31"),
        (Birth(12, None, AgeBand.FROM_24), "month:1"),
        (Birth(12, 8, None), "band:24_plus"),
    ],
    ids=["all", "day", "month", "age"],
)
@pytest.mark.parametrize("look", LOOKS[::2], ids=names)
def test_next_brings_what_the_birthday_lacks_into_view(
    screen: Driver, birth: Birth, gap: str, look: Any
) -> None:
    visit = replace(offline(views.visit(Screen.BIRTH)), birth=birth)
    screen.show(views.shown(visit, look))
    screen.stage.actions.scroll.by(0 if gap.startswith("band") else 1000)
    screen.tap("next")
    screen.show(views.shown(replace(visit, tried=True), look))
    assert whole(screen, gap)


@pytest.mark.parametrize("look", LOOKS, ids=names)
@pytest.mark.parametrize("faulty", [False, True], ids=["live", "fault"])
def test_the_finger_step_is_whole_without_paging(screen: Driver, look: Any, faulty: bool) -> None:
    fault = Fault("DEV-007", "unplugged", "plug") if faulty else None
    visit = replace(views.visit(Screen.FINGERS), machine=Machine(scanner=fault, online=False))
    screen.show(views.shown(visit, look))
    assert not screen.stage.actions.scroll.needed
    assert all(whole(screen, one.id) for one in screen.stage.targets())
    if look.reach:
        lowest = [one.box.centre[1] for one in screen.stage.targets()]
        assert min(lowest) > HEIGHT * 0.46


@pytest.mark.parametrize("look", LOOKS, ids=names)
def test_the_code_at_the_end_can_be_read_without_paging(screen: Driver, look: Any) -> None:
    visit = offline(views.visit(Screen.DONE))
    screen.show(views.shown(visit, look))
    (code,) = zxingcpp.read_barcodes(screen.picture().resize((WIDTH * 2, HEIGHT * 2)))
    assert code.text == visit.pickup_number
    clip = screen.stage._painting.clip
    assert clip is None or code.position.bottom_left.y / 2 + QUIET < clip.bottom


def test_reading_aloud_without_sound_is_answered_beside_the_button(screen: Driver) -> None:
    visit = offline(views.visit(Screen.DONE))
    silent = replace(views.CONTEXT, sound=False)
    shown = render(visit, silent)
    screen.show(shown)
    assert isinstance(shown.body, DoneBody)
    assert shown.body.unheard.startswith("Kein Ton an diesem Terminal")
    assert screen.target("speak").enabled, "sound may be back: one may try again"


def test_in_a_call_at_the_end_the_bar_stays(screen: Driver) -> None:
    call = Call(CallState(state="talking", clerk="Frau Weber"))
    screen.show(views.shown(replace(views.visit(Screen.DONE), call=call)))
    assert {"back", "help", "counter", "start_again"} <= set(places(screen))


def test_a_number_that_cannot_be_keeps_the_keypad(screen: Driver) -> None:
    visit = views.visit(Screen.DETAILS)
    known = dict(visit.answers)

    def typed(height: str) -> Any:
        return views.shown(replace(visit, answers=tuple({**known, "height": height}.items())))

    screen.show(typed(""))
    for key in ("4", "0", "0", "done"):
        screen.tap(f"key:{key}")
    screen.show(typed("400"))
    assert "key:delete" in places(screen)
    assert whole(screen, "field:height")
    screen.key(27)  # Escape puts it away for good
    screen.show(typed("400"))
    assert "key:delete" not in places(screen)


def test_next_brings_the_unanswered_question_back_into_view(screen: Driver) -> None:
    visit = views.visit(Screen.DETAILS)
    low = views.look(text=1.3, reach=True)
    known = tuple(pair for pair in visit.answers if pair[0] != "german")
    visit = replace(visit, answers=known)
    screen.show(views.shown(visit, low))
    screen.stage.actions.scroll.by(1000)
    screen.stage.repaint()
    assert not whole(screen, "field:german=yes")
    screen.tap("next")
    screen.show(views.shown(replace(visit, tried=True), low))
    assert whole(screen, "field:german=yes")
