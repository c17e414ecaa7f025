"""Passing time: the question, the forgetting, more time, and when silence does not count."""

import pytest

from kiosk.core import events as e
from kiosk.core.effects import EndCall, Forget
from kiosk.core.view import Look, Screen
from kiosk.media.protocol import CallState, Guidance
from remote_clerk.messages import EndReason

STEPS = [
    "services", "privacy", "birth", "details", "photo", "photo_choice", "fingers", "signature",
    "summary",
]  # fmt: skip


@pytest.mark.parametrize("screen", STEPS)
def test_silence_asks_after_40_seconds_and_forgets_after_60(citizen, screen) -> None:
    citizen.to(Screen(screen)).wait(39)
    assert citizen.visit.question == ""
    citizen.wait(1.5)
    assert citizen.view.question.id == "silence"
    assert citizen.view.question.seconds_left in (19, 20)
    citizen.wait(18)
    assert citizen.screen.value == screen
    citizen.forget_diary().wait(2)
    assert citizen.screen is Screen.ATTRACT
    assert Forget() in citizen.diary


def test_any_touch_ends_the_silence(citizen) -> None:
    citizen.to(Screen.DETAILS).wait(45).do(e.Touched()).wait(30)
    assert citizen.screen is Screen.DETAILS
    assert citizen.visit.question == ""


def test_a_touched_question_stays_until_its_button_is_let_go(citizen) -> None:
    citizen.to(Screen.DETAILS).wait(45).do(e.Touched()).wait(0.5)
    assert citizen.visit.question == "silence"
    citizen.press("more_time")
    assert citizen.visit.question == ""
    assert citizen.visit.patience == 2


def test_more_time_doubles_the_silence_for_the_visit(citizen) -> None:
    citizen.to(Screen.DETAILS).wait(45).press("more_time").wait(79)
    assert citizen.visit.question == ""
    citizen.wait(2)
    assert citizen.view.question.seconds_left in (38, 39, 40)
    citizen.wait(37)
    assert citizen.screen is Screen.DETAILS
    citizen.wait(3)
    assert citizen.screen is Screen.ATTRACT
    assert citizen.visit.patience == 1


def test_the_citizen_may_have_everything_deleted_at_once(citizen) -> None:
    citizen.to(Screen.DETAILS).wait(45).press("forget")
    assert citizen.screen is Screen.ATTRACT


def test_the_warning_is_spoken_too(listener) -> None:
    listener.to(Screen.DETAILS).forget_diary().wait(41)
    assert listener.done() == ["Speak"]
    assert listener.view.spoken.startswith("Sind Sie noch da?")


@pytest.mark.parametrize("state", ["connecting", "talking", "lost"])
def test_silence_does_not_count_while_a_clerk_is_there(citizen, state) -> None:
    citizen.to(Screen.DETAILS).do(e.Help(), e.CallChanged(CallState(state=state))).wait(300)
    assert citizen.screen is Screen.DETAILS
    assert citizen.visit.question == ""
    citizen.do(e.CallChanged(CallState(state="ended"))).wait(39)
    assert citizen.visit.question == ""
    citizen.wait(22)
    assert citizen.screen is Screen.ATTRACT


def test_in_the_line_silence_is_allowed_for_longer_but_not_for_ever(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Help(), e.CallChanged(CallState(state="waiting", position=3)))
    citizen.wait(299)
    assert citizen.visit.question == ""
    citizen.wait(25)
    assert citizen.screen is Screen.ATTRACT
    assert EndCall(EndReason.SESSION_ENDED) in citizen.diary


def test_help_from_the_attract_screen_ends_when_nobody_is_there_any_more(citizen) -> None:
    citizen.do(e.Help(), e.CallChanged(CallState(state="nobody"))).wait(61)
    assert citizen.visit.call is None


def test_nothing_is_forgotten_while_the_capture_is_being_stored(citizen) -> None:
    citizen.to(Screen.STORING).wait(300)
    assert citizen.screen is Screen.STORING


def test_the_pickup_number_goes_by_itself_after_a_warning(citizen) -> None:
    citizen.to(Screen.DONE).wait(39)
    assert citizen.visit.question == ""
    citizen.wait(20)
    assert citizen.screen is Screen.DONE
    assert "Abholnummer" in citizen.view.question.text
    assert "forget" not in [one.id for one in citizen.view.question.buttons]
    citizen.wait(2)
    assert citizen.screen is Screen.ATTRACT


def test_who_needs_more_time_keeps_the_pickup_number_twice_as_long(citizen) -> None:
    citizen.to(Screen.DONE).wait(45).press("more_time").wait(79)
    assert citizen.visit.question == ""
    citizen.wait(39)
    assert citizen.screen is Screen.DONE
    citizen.wait(3)
    assert citizen.screen is Screen.ATTRACT


@pytest.mark.parametrize("screen", [*STEPS, "done"])
def test_help_from_a_person_can_be_called_from_the_question(citizen, screen) -> None:
    citizen.to(Screen(screen)).wait(45).press("help")
    assert citizen.visit.question == ""
    assert citizen.view.call.state == "asking"
    assert citizen.screen.value == screen


def test_the_question_offers_no_second_call(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Help(), e.CallChanged(CallState(state="nobody"))).wait(45)
    assert "help" not in [one.id for one in citizen.view.question.buttons]


def test_an_idle_terminal_resets_how_it_looks(citizen) -> None:
    citizen.press("contrast").wait(61)
    assert citizen.visit.look == Look()


def test_an_idle_terminal_does_nothing(citizen) -> None:
    citizen.wait(1000)
    assert citizen.diary == []


def test_somebody_before_the_camera_is_not_silent_for_as_long_as_a_photo_takes(citizen) -> None:
    citizen.to(Screen.PHOTO)
    citizen.do(e.Guided(Guidance(hint="StepBack", frames_per_second=12.0))).wait(69)
    assert citizen.visit.question == ""
    citizen.wait(22)
    assert citizen.screen is Screen.ATTRACT


def test_an_empty_place_before_the_camera_is_silence(citizen) -> None:
    citizen.to(Screen.PHOTO)
    citizen.do(e.Guided(Guidance(hint="SearchingFace", frames_per_second=12.0))).wait(61)
    assert citizen.screen is Screen.ATTRACT


def test_a_finger_on_the_scanner_is_not_silence(citizen) -> None:
    citizen.to(Screen.FINGERS).wait(39)
    citizen.do(e.FingerProgress(e.Finger.RIGHT, "Capturing", 0.5)).wait(39)
    assert citizen.visit.question == ""
