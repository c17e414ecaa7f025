"""What is said aloud, and when: screens, questions, faults, what is missing, the next finger."""

from dataclasses import replace

import pytest

from hardware.types import Fault
from kiosk.core import events as e
from kiosk.core.effects import Speak, StopSpeech
from kiosk.core.view import Screen
from kiosk.media.protocol import CallState

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


# --- the call -------------------------------------------------------------------------------


def words(listener) -> list[str]:
    return [one.text for one in listener.diary if isinstance(one, Speak)]


def rings(listener, **state) -> str:
    """Let the call change and return what is said about it."""
    listener.forget_diary().do(e.CallChanged(CallState(**state)))
    said = words(listener)
    assert len(said) <= 1
    return said[0] if said else ""


def test_a_call_is_followed_by_ear(listener) -> None:
    listener.to(Screen.DETAILS).forget_diary().press("help")
    assert words(listener) == ["Wir rufen eine Person für Sie. " + listener.view.call.text]
    assert "Stelle 2" in rings(listener, state="waiting", position=2, estimate_seconds=100)
    assert rings(listener, state="waiting", position=2, estimate_seconds=95) == ""
    assert "Stelle 1" in rings(listener, state="waiting", position=1)
    connecting = rings(listener, state="connecting", clerk="Anna Weber")
    assert "Anna Weber" in connecting
    talking = rings(listener, state="talking", clerk="Anna Weber")
    assert talking.startswith("Sie sprechen mit Anna Weber.")
    assert "Ihre Kamera ist an." in talking
    assert "unterbrochen" in rings(listener, state="lost", clerk="Anna Weber")
    assert "abgebrochen" in rings(listener, state="ended", reason="clerk_lost")


def test_that_nobody_is_there_is_said_with_hours_and_choices(listener) -> None:
    listener.to(Screen.DETAILS).press("help")
    said = rings(listener, state="nobody", hours={"de": "Mo bis Fr, 8 bis 16 Uhr"})
    assert "Sprechzeiten: Mo bis Fr, 8 bis 16 Uhr." in said
    assert "Weiter warten. Allein weitermachen. Zum Schalter." in said
    listener.forget_diary().press("keep_waiting")
    assert "Wir versuchen es weiter" in words(listener)[0]


def test_hanging_up_and_leaving_the_line_are_said(listener) -> None:
    listener.to(Screen.DETAILS).press("help").forget_diary().press("hang_up")
    assert words(listener) == ["Sie warten nicht mehr. Sie können weitermachen."]
    listener.press("help").do(e.CallChanged(CallState(state="talking", clerk="Ben")))
    listener.forget_diary().press("hang_up")
    assert words(listener) == ["Das Gespräch ist beendet. Sie können weitermachen."]


def test_speech_does_not_talk_over_a_clerk(listener) -> None:
    listener.to(Screen.DETAILS).press("help")
    rings(listener, state="talking", clerk="Anna Weber")
    listener.forget_diary().press("next").press("start_again", "stay").to(Screen.SIGNATURE)
    assert words(listener) == []
    listener.press("speak")
    assert words(listener) == [""]
    assert "Sie sprechen mit Anna Weber" in listener.view.spoken
    listener.forget_diary().press("camera")
    assert words(listener) == ["Ihre Kamera ist aus. Ihr Mikrofon ist an."]


# --- the screens ----------------------------------------------------------------------------


def test_the_birthday_says_its_three_questions_and_what_is_open(listener) -> None:
    listener.to(Screen.BIRTH)
    assert "Tag. Monat. Wie alt sind Sie heute?" in listener.view.spoken
    listener.do(e.SetBirth(day=17))
    assert "Noch offen: Monat, Wie alt sind Sie heute." in listener.view.spoken
    assert "17" not in listener.view.spoken


def test_photos_are_counted_and_a_choice_is_said(listener, make_photo) -> None:
    listener.to(Screen.PHOTO).do(e.PhotoCame(make_photo(0, 2)), e.PhotoCame(make_photo(1, 2)))
    assert "Es gibt 2 Fotos. Foto 1 ist ausgewählt." in listener.view.spoken
    listener.forget_diary().press("photo:1")
    assert words(listener) == ["Foto 2 ist ausgewählt."]


def test_the_signature_says_how_else(listener) -> None:
    listener.to(Screen.SIGNATURE)
    assert "Ich kann hier nicht unterschreiben – am Schalter" in listener.view.spoken


def test_the_last_screen_says_number_papers_total_and_receipt(listener) -> None:
    listener.to(Screen.DONE)
    said = listener.view.spoken
    assert said.count("1, 2, 3. 4, 5, 6. 7, 8, 4") == 2
    for part in ("Bitte bringen Sie mit", "Zusammen: ", "€", "Beleg wird gedruckt"):
        assert part in said


def test_the_silence_says_its_seconds(listener) -> None:
    listener.to(Screen.DETAILS).forget_diary().wait(46)
    assert "Sekunden" in listener.view.spoken
    assert "English" in listener.view.spoken


def test_a_receipt_that_fails_is_said_and_one_that_comes_does_not_cut_the_number(listener) -> None:
    listener.to(Screen.DONE).forget_diary().do(e.PrinterChanged(None))
    assert words(listener) == []
    listener.press("print").forget_diary().do(e.PrinterChanged(GONE))
    assert words(listener) == [""]
    assert "Der Drucker ist nicht verbunden" in listener.view.spoken


def test_a_terminal_that_cannot_be_heard_says_so_in_a_line(citizen) -> None:
    citizen.context = replace(citizen.context, sound=False)
    citizen.to(Screen.DETAILS)
    assert citizen.view.notice == ""
    citizen.press("speech")
    assert citizen.view.notice.startswith("Kein Ton an diesem Terminal")


def test_the_answer_to_be_changed_is_said(listener) -> None:
    listener.to(Screen.DETAILS).answer().do(e.Answer("german", "no")).press("next")
    listener.forget_diary().press("stay")
    assert any("geht es hier nicht weiter" in getattr(one, "text", "") for one in listener.diary)


def test_where_nothing_is_heard_speech_goes_off_and_the_next_screen_is_quiet(listener) -> None:
    listener.context = replace(listener.context, sound=False)
    listener.to(Screen.SERVICES).press("service:id-card")
    assert not listener.visit.look.speech
    listener.press("speech")
    assert not listener.visit.look.speech
    assert listener.view.notice.startswith("Kein Ton an diesem Terminal")
    assert listener.press("agree").view.notice == ""
