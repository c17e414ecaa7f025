"""The call is an overlay: it never moves the citizen."""

import pytest

from kiosk.core import events as e
from kiosk.core.effects import EndCall, StartCall, TellStep
from kiosk.core.view import Screen
from kiosk.media.protocol import CallState
from remote_clerk.messages import EndReason

NOWHERE = (Screen.STORING, Screen.COUNTER, Screen.OUT_OF_SERVICE)
EVERYWHERE = [screen for screen in Screen if screen not in NOWHERE]


@pytest.mark.parametrize("screen", EVERYWHERE)
def test_help_and_hanging_up_leave_the_citizen_where_they_are(citizen, screen) -> None:
    citizen.to(screen)
    before = citizen.visit
    citizen.press("help").do(e.CallChanged(CallState(state="talking", clerk="Anna Weber")))
    assert citizen.screen is screen
    assert citizen.view.call.clerk == "Anna Weber"
    citizen.press("hang_up")
    assert citizen.visit.call is None
    assert citizen.screen is screen
    assert citizen.visit.answers == before.answers
    assert citizen.visit.photo.pictures == before.photo.pictures


def test_the_clerk_learns_language_service_and_step(citizen) -> None:
    citizen.to(Screen.FINGERS).forget_diary().press("help")
    assert StartCall("de", "id-card", "fingers") in citizen.diary


def test_the_clerk_is_told_each_step(citizen) -> None:
    citizen.to(Screen.FINGERS).press("help").forget_diary().give_fingers().press("next")
    assert TellStep("signature") in citizen.diary


def test_the_clerk_sees_the_step_as_soon_as_the_call_is_answered(citizen) -> None:
    citizen.to(Screen.DETAILS).press("help").forget_diary()
    citizen.do(e.CallChanged(CallState(state="talking", clerk="Anna Weber")))
    assert TellStep("details") in citizen.diary


def test_help_is_asked_for_once(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Help(), e.Help(), e.Help())
    assert citizen.done().count("StartCall") == 1


def test_nothing_interrupts_the_hand_over(citizen) -> None:
    citizen.to(Screen.STORING).forget_diary()
    citizen.do(
        e.Help(), e.StartAgain(confirmed=True), e.ToCounter(confirmed=True), e.Next("storing")
    )
    assert citizen.screen is Screen.STORING
    assert citizen.done() == []


def test_position_and_an_honest_estimate_are_shown(citizen) -> None:
    citizen.press("help").do(e.CallChanged(CallState(state="waiting", position=2)))
    assert "Stelle 2" in citizen.view.call.text
    assert "Minuten" not in citizen.view.call.text
    waiting = CallState(state="waiting", position=2, estimate_seconds=150)
    citizen.do(e.CallChanged(waiting))
    assert "etwa 3 Minuten" in citizen.view.call.text


def test_when_nobody_is_there_the_citizen_chooses(citizen) -> None:
    hours = {"de": "Mo bis Fr, 8 bis 16 Uhr", "en": "Mon to Fri, 8 am to 4 pm"}
    nobody = CallState(state="nobody", hours=hours)
    citizen.to(Screen.DETAILS).press("help").do(e.CallChanged(nobody))
    offered = ["keep_waiting", "go_on_alone", "call_counter"]
    assert [one.id for one in citizen.view.call.buttons] == offered
    assert f"Sprechzeiten: {hours['de']}." in citizen.view.call.text
    assert citizen.press("call_counter").view.question.id == "to_counter"
    citizen.press("stay", "keep_waiting")
    assert [one.id for one in citizen.view.call.buttons] == ["hang_up"]
    citizen.do(e.CallChanged(nobody))
    assert [one.id for one in citizen.view.call.buttons] == ["hang_up"]
    citizen.do(e.CallChanged(CallState(state="connecting", clerk="Ben")))
    assert citizen.view.call.state == "connecting"


def test_going_on_alone_leaves_the_line(citizen) -> None:
    citizen.to(Screen.DETAILS).press("help").do(e.CallChanged(CallState(state="nobody")))
    citizen.press("go_on_alone")
    assert EndCall(EndReason.CANCELLED) in citizen.diary
    assert citizen.screen is Screen.DETAILS


def test_late_news_of_a_call_that_was_hung_up_is_ignored(citizen) -> None:
    citizen.press("help", "hang_up").do(e.CallChanged(CallState(state="talking")))
    assert citizen.view.call is None


def test_a_lost_clerk_is_said_in_a_line(citizen) -> None:
    citizen.to(Screen.DETAILS).press("help").do(e.CallChanged(CallState(state="talking")))
    citizen.do(e.CallChanged(CallState(state="ended", reason="clerk_lost")))
    assert "abgebrochen" in citizen.view.notice
    assert citizen.screen is Screen.DETAILS


def test_camera_and_microphone_can_be_switched_off(citizen) -> None:
    citizen.press("help").do(e.CallChanged(CallState(state="talking"))).press("camera")
    assert (citizen.view.call.camera_on, citizen.view.call.microphone_on) == (False, True)
    citizen.press("microphone", "camera")
    assert (citizen.view.call.camera_on, citizen.view.call.microphone_on) == (True, False)


@pytest.mark.parametrize(
    ("camera", "microphone", "sentence"),
    [
        (True, True, "Das Gespräch wird nicht aufgezeichnet."),
        (False, True, "Die andere Person hat ihre Kamera ausgeschaltet."),
        (True, False, "Die andere Person hat ihr Mikrofon ausgeschaltet."),
        (False, False, "Die andere Person hat Kamera und Mikrofon ausgeschaltet."),
    ],
)
def test_what_the_clerk_switched_off_is_said(citizen, camera, microphone, sentence) -> None:
    citizen.press("help").do(e.CallChanged(CallState(state="talking", clerk="Ben")))
    news = CallState(state="talking", clerk="Ben", clerk_camera=camera, clerk_microphone=microphone)
    citizen.do(e.CallChanged(news))
    assert citizen.view.call.text.startswith(sentence)


def test_starting_again_ends_the_call(citizen) -> None:
    citizen.to(Screen.DETAILS).press("help").do(e.CallChanged(CallState(state="talking")))
    citizen.press("start_again", "confirm")
    assert EndCall(EndReason.SESSION_ENDED) in citizen.diary
    assert citizen.view.call is None


def test_on_the_last_screen_the_counter_is_no_choice_when_nobody_is_there(citizen) -> None:
    citizen.to(Screen.DONE).press("help").do(e.CallChanged(CallState(state="nobody")))
    assert [one.id for one in citizen.view.call.buttons] == ["keep_waiting", "go_on_alone"]


def test_offline_help_says_at_once_that_nobody_can_be_reached(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Online(False)).forget_diary().press("help")
    assert "StartCall" not in citizen.done()
    assert "Verbindung zum Amt fehlt" in citizen.view.call.text
    assert [one.id for one in citizen.view.call.buttons] == ["go_on_alone", "call_counter"]


def test_what_was_said_of_the_missing_connection_goes_when_the_server_is_back(citizen) -> None:
    citizen.to(Screen.DETAILS).do(e.Online(False)).press("help").do(e.Online(True))
    assert citizen.view.call is None
    assert citizen.view.notice == ""
    assert "StartCall" in citizen.forget_diary().press("help").done()


@pytest.mark.parametrize("state", ["asking", "waiting"])
def test_a_server_that_does_not_answer_is_no_call_that_was_lost(citizen, state) -> None:
    citizen.to(Screen.DETAILS).press("help").do(e.CallChanged(CallState(state=state)))
    citizen.do(e.CallChanged(CallState(state="ended", reason="server_lost")))
    assert citizen.view.notice == ""
    assert "Verbindung zum Amt fehlt" in citizen.view.call.text
    assert citizen.press("go_on_alone").view.call is None


def test_the_missing_and_the_returned_connection_are_said(listener) -> None:
    listener.to(Screen.DETAILS).do(e.Online(False)).forget_diary().press("help")
    assert any("Verbindung zum Amt fehlt" in getattr(one, "text", "") for one in listener.diary)
    listener.forget_diary().do(e.Online(True))
    assert any("wieder da" in getattr(one, "text", "") for one in listener.diary)
