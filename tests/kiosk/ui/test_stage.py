"""Touches on real screens."""

import io

import pytest
from PIL import Image

from kiosk.core import events
from kiosk.core.view import Screen
from kiosk.core.visit import Birth, Call
from kiosk.media.protocol import CallState
from server.contract.captures import AgeBand
from tests.kiosk.ui import views
from tests.kiosk.ui.driver import Driver


def meant(screen: Driver) -> list[object]:
    return [one for one in screen.events if not isinstance(one, events.Touched)]


def test_a_touch_that_begins_and_ends_on_a_target_counts(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    screen.tap("service:passport")
    assert meant(screen) == [events.ChooseService("passport")]


def test_a_touch_that_slips_off_does_not_count(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    x, y = screen.target("service:passport").box.centre
    screen.down(x, y)
    screen.move(x, y + 200)
    screen.up(x, y + 200)
    assert meant(screen) == []


def test_a_touch_from_elsewhere_does_not_count(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    box = screen.target("service:passport").box
    screen.down(box.x + 5, box.bottom + 40)
    screen.up(*box.centre)
    assert meant(screen) == []


def test_a_disabled_target_is_dead(screen: Driver) -> None:
    screen.show(views.view(Screen.SIGNATURE))
    screen.tap("next")
    assert meant(screen) == []


def test_two_fast_touches_name_the_screen_they_meant(screen: Driver) -> None:
    screen.show(views.view(Screen.BIRTH))
    screen.tap("next")
    screen.tap("next")
    assert meant(screen) == [events.Next("birth"), events.Next("birth")]


def test_a_finger_down_over_a_change_of_screen_touches_nothing(screen: Driver) -> None:
    screen.show(views.view(Screen.BIRTH))
    x, y = screen.target("next").box.centre
    screen.down(x, y)
    screen.show(views.view(Screen.DETAILS))
    screen.up(x, y)
    assert meant(screen) == []


def test_the_whole_attract_screen_begins(screen: Driver) -> None:
    screen.show(views.view(Screen.ATTRACT))
    screen.down(270, 400)
    screen.up(270, 400)
    assert meant(screen) == [events.Begin()]


def test_a_press_is_seen_at_once(screen: Driver) -> None:
    screen.show(views.view(Screen.SERVICES))
    before, (x, y) = screen.picture(), screen.target("service:passport").box.centre
    screen.down(x, y)
    screen.frames()
    assert screen.picture().tobytes() != before.tobytes()
    screen.up(x, y)
    screen.frames()
    assert screen.picture().tobytes() == before.tobytes()


def test_a_touch_on_the_birthday_tells_only_itself(screen: Driver) -> None:
    screen.show(views.shown(views.replace(views.visit(Screen.BIRTH), birth=Birth(None, 8, None))))
    screen.tap("day:31")
    screen.tap("band:24_plus")
    assert meant(screen) == [
        events.SetBirth(day=31),
        events.SetBirth(band=AgeBand.FROM_24),
    ]


def test_a_question_takes_all_touches_for_itself(screen: Driver) -> None:
    screen.show(views.shown(views.special()["question_start_again"]))
    assert {one.id for one in screen.stage.targets()} == {"stay", "confirm"}
    screen.tap("confirm")
    assert meant(screen) == [events.StartAgain(confirmed=True)]


def test_language_changes_in_place(screen: Driver) -> None:
    screen.show(views.view(Screen.PRIVACY))
    assert screen.target("back").text == "Zurück"
    screen.show(views.view(Screen.PRIVACY, views.look("en")))
    assert screen.target("back").text == "Back"


# --- questions of the application -----------------------------------------------------------------


def test_one_question_is_open_and_a_number_brings_its_own_keys(screen: Driver) -> None:
    visit = views.visit(Screen.DETAILS)
    known = tuple(pair for pair in visit.answers if pair[0] != "height")
    screen.show(views.shown(views.replace(visit, answers=known)))
    for digit in "172":
        screen.tap(f"key:{digit}")
    screen.tap("key:delete")
    screen.tap("key:3")
    screen.tap("key:done")
    assert meant(screen) == [events.Answer("height", "173")]


def test_an_answer_given_can_be_opened_again(screen: Driver) -> None:
    screen.show(views.view(Screen.DETAILS))
    screen.tap("open:eye_colour")
    screen.tap("field:eye_colour=blue")
    assert meant(screen) == [events.Answer("eye_colour", "blue")]


def test_what_is_typed_is_kept_when_one_goes_on(screen: Driver) -> None:
    screen.show(views.view(Screen.DETAILS))
    screen.tap("open:height")
    screen.tap("key:delete")
    screen.tap("key:5")
    screen.tap("back")
    assert meant(screen) == [events.Answer("height", "175"), events.Back("details")]


# --- paging ---------------------------------------------------------------------------------------


def test_paging_reaches_everything(screen: Driver) -> None:
    screen.show(views.view(Screen.BIRTH, views.look(text=1.3)))
    seen = {one.id for one in screen.stage.reachable()}
    assert "band:24_plus" not in seen
    while screen.target("scroll:down").enabled:
        screen.tap("scroll:down")
        seen |= {one.id for one in screen.stage.reachable()}
    assert {"day:1", "month:12", "band:24_plus"} <= seen


@pytest.mark.parametrize(
    ("name", "main"), [(Screen.DONE, "finish"), (Screen.SUMMARY, "next")], ids=["done", "summary"]
)
def test_the_main_button_never_scrolls_away(screen: Driver, name: Screen, main: str) -> None:
    screen.show(views.view(name, views.look(text=1.3)))
    assert screen.stage.actions.scroll.needed
    assert main in {one.id for one in screen.stage.reachable()}
    assert main not in {one.id for one in screen.stage.regions.of("body")}


def test_a_drag_moves_the_page_and_presses_nothing(screen: Driver) -> None:
    screen.show(views.view(Screen.BIRTH, views.look(text=1.3)))
    x, y = screen.target("day:12").box.centre
    screen.down(x, y)
    screen.move(x, y - 60)
    screen.up(x, y - 60)
    assert screen.stage.actions.scroll.offset == 60
    assert meant(screen) == []


# --- signature ------------------------------------------------------------------------------------


def draw(screen: Driver) -> None:
    box = screen.stage.pad
    screen.down(box.x + 40, box.y + 30)
    for step in range(20):
        screen.move(box.x + 40 + step * 15, box.y + 30 + (step % 5) * 6)
    screen.up(box.x + 340, box.y + 40)
    screen.frames()


def test_a_signature_becomes_a_picture_of_the_documents_size(screen: Driver) -> None:
    view = views.view(Screen.SIGNATURE)
    screen.show(view)
    draw(screen)
    (signed,) = meant(screen)
    assert isinstance(signed, events.Signed)
    picture = Image.open(io.BytesIO(signed.png or b""))
    assert (picture.width, picture.height) == (view.body.width, view.body.height)
    assert picture.getextrema() == (0, 255)


def test_a_slip_of_the_finger_is_no_signature_but_can_be_wiped(screen: Driver) -> None:
    screen.show(views.view(Screen.SIGNATURE))
    box = screen.stage.pad
    screen.down(box.x + 40, box.y + 30)
    screen.move(box.x + 40 + box.width * 0.1, box.y + 30)
    screen.up(box.x + 60, box.y + 30)
    assert meant(screen) == [events.Signed(None)]
    assert screen.stage.pad == box
    screen.tap("clear")
    assert meant(screen) == [events.Signed(None)] * 2


def test_too_little_ink_is_said_in_a_sentence(screen: Driver) -> None:
    screen.show(views.view(Screen.SIGNATURE, views.look(speech=True)))
    box = screen.stage.pad
    screen.down(box.x + 40, box.y + 30)
    screen.up(box.x + 40, box.y + 30)
    assert screen.said == ["Das war noch zu kurz. Bitte den ganzen Namen schreiben."]
    draw(screen)
    assert len(screen.said) == 1


def test_ink_ends_at_the_edge_of_the_pad(screen: Driver) -> None:
    screen.show(views.view(Screen.SIGNATURE))
    box, before = screen.stage.pad, screen.picture()
    screen.down(box.x + 40, box.y + 10)
    screen.move(box.x + 60, box.y - 60)
    screen.move(box.x + 90, box.y - 60)
    between = (0, int(box.y) - 12, before.width, int(box.y) - 3)
    assert screen.picture().crop(between).tobytes() == before.crop(between).tobytes()
    screen.up(box.x + 90, box.y - 60)
    assert meant(screen) == [events.Signed(None)]


def test_the_ink_is_seen_and_goes_when_cleared(screen: Driver) -> None:
    view = views.view(Screen.SIGNATURE)
    screen.show(view)
    before = screen.picture()
    draw(screen)
    assert screen.picture().tobytes() != before.tobytes()
    body = views.replace(
        view.body, has_ink=True, clear=views.replace(view.body.clear, enabled=True)
    )
    screen.show(views.replace(view, body=body))
    screen.tap("clear")
    screen.show(view)
    assert screen.picture().tobytes() == before.tobytes()
    assert meant(screen)[-1] == events.Signed(None)


def test_nothing_of_a_visit_is_kept_on_the_attract_screen(screen: Driver) -> None:
    screen.show(views.view(Screen.SIGNATURE))
    draw(screen)
    screen.show(views.view(Screen.ATTRACT))
    screen.show(views.view(Screen.SIGNATURE))
    screen.events.clear()
    draw(screen)
    (signed,) = meant(screen)
    assert screen.stage._pad.strokes == 1
    assert signed.png


# --- live pictures and the call -------------------------------------------------------------------


def test_the_own_picture_is_mirrored_and_rests_when_it_is_not_shown(screen: Driver) -> None:
    camera = screen.stage.around.live["camera"]
    screen.show(views.view(Screen.PHOTO))
    screen.until(lambda: camera.has_picture)
    screen.show(views.view(Screen.PRIVACY))
    assert not camera.placed


@pytest.mark.parametrize("state", ["asking", "waiting", "nobody", "connecting", "talking", "lost"])
def test_a_call_never_covers_what_must_be_touched(screen: Driver, state: str) -> None:
    call = Call(CallState(state=state, clerk="Frau Weber"))  # type: ignore[arg-type]
    screen.show(views.shown(views.replace(views.visit(Screen.PRIVACY), call=call)))
    card = [one.box for one in screen.stage.regions.of("call")]
    others = [one for one in screen.stage.reachable() if one.box not in card]
    assert card
    assert not [one.id for one in others if any(one.box.meets(box) for box in card)]
    assert {"agree", "back", "counter", "start_again"} <= {one.id for one in others}


def test_switching_the_camera_in_a_call(screen: Driver) -> None:
    screen.show(views.shown(views.special()["call_talking"]))
    screen.tap("camera")
    screen.tap("hang_up")
    assert meant(screen) == [events.SetCallDevices(False, True), events.HangUp()]
