"""What is said aloud, and when: screens, questions, faults, what is missing, the next finger."""

import pytest

from hardware.types import Fault
from kiosk.core import events as e
from kiosk.core.effects import Speak, StopSpeech
from kiosk.core.view import Screen

GONE = Fault("DEV-004", "gone", "Plug it in.")


def test_every_new_screen_is_said_and_a_touch_cuts_the_one_before(listener) -> None:
    listener.to(Screen.PRIVACY).forget_diary().press("agree")
    assert listener.done() == ["StopSpeech", "Speak"]


def test_without_speech_nothing_is_said(citizen) -> None:
    citizen.to(Screen.DONE)
    assert not {"Speak", "StopSpeech"} & set(citizen.done())


def test_what_is_missing_is_said(listener) -> None:
    listener.to(Screen.DETAILS).forget_diary().press("next")
    assert listener.done() == ["StopSpeech", "Speak"]
    assert "Bitte beantworten Sie diese Frage" in listener.view.spoken


@pytest.mark.parametrize("button", ["start_again", "counter"])
def test_questions_are_said_and_closing_them_is_not(listener, button) -> None:
    listener.to(Screen.DETAILS).forget_diary().press(button)
    assert listener.diary == [StopSpeech(), Speak()]
    listener.forget_diary().press("stay")
    assert listener.done() == ["StopSpeech"]


def test_faults_of_devices_are_said(listener) -> None:
    listener.to(Screen.PHOTO).forget_diary().do(e.CameraChanged(GONE))
    assert Speak(hint_only=True) in listener.diary


def test_the_next_finger_is_said(listener, make_finger) -> None:
    listener.to(Screen.FINGERS).forget_diary().do(make_finger(e.Finger.RIGHT))
    assert Speak(hint_only=True) in listener.diary
    assert "linken Zeigefinger" in listener.view.body.hint_text


def test_speech_that_is_switched_off_stops(listener) -> None:
    listener.to(Screen.DETAILS).forget_diary().press("speech")
    assert "StopSpeech" in listener.done()
    assert "Speak" not in listener.done()


def test_silence_also_silences_what_was_being_said(listener) -> None:
    listener.to(Screen.SUMMARY).forget_diary().wait(61)
    assert listener.done() == ["Speak", "StopSpeech", "Forget"]
