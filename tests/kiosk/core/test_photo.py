"""The photo step: guidance, choice, time-out, and a camera that goes away."""

import pytest

from hardware.types import Fault
from kiosk.core import events as e
from kiosk.core.view import Screen
from kiosk.media.protocol import Guidance

UNPLUGGED = Fault("DEV-004", "gone", "Plug it in.")


def test_one_sentence_of_guidance_at_a_time(citizen) -> None:
    citizen.to(Screen.PHOTO)
    citizen.do(e.Guided(Guidance(hint="StepForward", frames_per_second=12.0)))
    assert citizen.view.body.hint_text == "Bitte näher kommen"
    citizen.do(e.Guided(Guidance(hint="Capturing", frames_per_second=12.0)))
    assert citizen.view.body.good


def test_guidance_is_spoken_with_time_to_follow(listener) -> None:
    listener.to(Screen.PHOTO).wait(5).forget_diary()
    for hint in ("StepBack", "StepForward", "StandStill"):
        listener.do(e.Guided(Guidance(hint=hint, frames_per_second=12.0)))
    assert listener.done() == ["Speak"]
    listener.wait(3).do(e.Guided(Guidance(hint="OpenEyes", frames_per_second=12.0)))
    assert listener.done() == ["Speak", "Speak"]


def test_the_first_good_photo_opens_the_choice_and_others_join(citizen, make_photo) -> None:
    citizen.to(Screen.PHOTO).do(e.PhotoCame(make_photo(0, 3)))
    assert citizen.screen is Screen.PHOTO_CHOICE
    citizen.do(e.PhotoCame(make_photo(2, 3)), e.PhotoCame(make_photo(1, 3)))
    assert len(citizen.view.body.pictures) == 3
    assert citizen.view.body.warning == ""


def test_the_best_picture_after_the_time_is_marked(citizen, make_photo) -> None:
    citizen.to(Screen.PHOTO).do(e.PhotoCame(make_photo(accepted=False)))
    assert citizen.screen is Screen.PHOTO_CHOICE
    assert citizen.view.body.warning


def test_without_a_face_one_may_try_again(citizen) -> None:
    citizen.to(Screen.PHOTO).do(e.PhotoTimedOut())
    assert citizen.view.body.again is not None
    assert "kein Gesicht" in citizen.view.body.hint_text
    citizen.forget_diary().press("again")
    assert citizen.done() == ["StartPhoto"]
    assert citizen.view.body.again is None


def test_a_retake_drops_the_photo(citizen) -> None:
    citizen.to(Screen.PHOTO_CHOICE).forget_diary().press("again")
    assert citizen.screen is Screen.PHOTO
    assert citizen.done() == ["DropParts", "KeepPictures", "ShowPreview", "StartPhoto"]


def test_an_unplugged_camera_is_a_sentence_a_code_and_two_ways_on(citizen) -> None:
    citizen.to(Screen.PHOTO).do(e.CameraChanged(UNPLUGGED))
    body = citizen.view.body
    assert "Schalter" in body.fault
    assert body.fault_code == "DEV-004"
    assert body.again is not None
    assert {"counter", "help"} <= {one.id for one in citizen.view.footer if one.enabled}


def test_a_camera_that_is_back_goes_on_by_itself(citizen) -> None:
    citizen.to(Screen.PHOTO).do(e.CameraChanged(UNPLUGGED)).forget_diary()
    citizen.do(e.CameraChanged(None))
    assert citizen.done() == ["ShowPreview", "StartPhoto"]
    assert citizen.view.body.fault == ""


def test_a_photo_that_comes_too_late_is_ignored(citizen, make_photo) -> None:
    citizen.to(Screen.PHOTO).press("back").do(e.PhotoCame(make_photo()))
    assert citizen.screen is Screen.DETAILS
    assert citizen.visit.photo.pictures == ()


def test_a_missing_camera_closes_an_idle_terminal_after_a_moment(citizen) -> None:
    citizen.do(e.CameraChanged(UNPLUGGED)).wait(5)
    assert citizen.screen is Screen.ATTRACT  # starting up is no fault
    citizen.wait(10)
    assert citizen.screen is Screen.OUT_OF_SERVICE
    assert citizen.view.body.code == "DEV-004"
    citizen.do(e.CameraChanged(None)).wait(1)
    assert citizen.screen is Screen.ATTRACT
    assert citizen.done() == ["ShowPreview", "ShowPreview", "Forget"]


@pytest.mark.parametrize("index", [-1, 1, 7])
def test_only_a_photo_that_is_there_can_be_chosen(citizen, index) -> None:
    citizen.to(Screen.PHOTO_CHOICE).do(e.ChoosePhoto(index))
    assert citizen.visit.photo.chosen == 0
