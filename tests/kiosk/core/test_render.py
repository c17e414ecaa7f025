"""Views: finished texts in every language, buttons that mean something, nothing private aloud."""

from dataclasses import replace

import pytest

from hardware.errors import DeviceError
from hardware.fingerprint.report import FingerHint
from hardware.photo.report import Hint
from kiosk.core import events as e
from kiosk.core.touch import event_of
from kiosk.core.view import Screen
from server.contract.captures import AgeBand

SHOWN = [screen for screen in Screen if screen not in (Screen.COUNTER, Screen.OUT_OF_SERVICE)]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("screen", SHOWN)
def test_every_screen_speaks_every_language(citizen, screen, language) -> None:
    citizen.to(screen).do(e.SetLanguage(language))
    view = citizen.view
    assert view.screen is screen
    assert view.title
    assert view.spoken
    assert "{" not in view.spoken


def test_the_language_changes_everything_at_once(citizen) -> None:
    citizen.to(Screen.DETAILS)
    german = citizen.view
    citizen.press("language")
    english = citizen.view
    assert german.title != english.title
    assert german.progress.names != english.progress.names
    assert german.body.fields[0].label != english.body.fields[0].label
    assert all(a.text != b.text for a, b in zip(german.footer, english.footer, strict=True))


@pytest.mark.parametrize("screen", SHOWN)
def test_every_button_means_something(citizen, screen) -> None:
    view = citizen.to(screen).view
    for name in view.focus_order:
        if not name.startswith(("day", "month", "band:", "field:")):
            assert event_of(name, view) is not None, name
    for button in (*view.footer, *view.tools):
        assert event_of(button.id, view) is not None, button.id


def test_every_step_has_the_four_ways_out(citizen) -> None:
    for screen in (Screen.DETAILS, Screen.PHOTO, Screen.FINGERS, Screen.SUMMARY):
        footer = citizen.to(screen).view.footer
        assert [one.id for one in footer] == ["back", "help", "counter", "start_again"]
        assert all(one.enabled for one in footer)


def test_progress_follows_the_age(citizen) -> None:
    citizen.to(Screen.PHOTO, AgeBand.UNDER_6)
    assert (citizen.view.progress.at, citizen.view.progress.of) == (4, 5)


def test_private_answers_are_not_spoken_in_public(citizen) -> None:
    citizen.to(Screen.SUMMARY)
    assert "Blau" not in citizen.view.spoken
    assert "August" not in citizen.view.spoken
    citizen.context = replace(citizen.context, headphones=True)
    assert "Blau" in citizen.view.spoken
    assert "3. August" in citizen.view.spoken


def test_the_pickup_number_is_spoken_twice_digit_by_digit(citizen) -> None:
    assert citizen.to(Screen.DONE).view.spoken.count("1, 2, 3. 4, 5, 6. 7, 8, 4") == 2


def test_speech_can_be_asked_for_on_the_last_screen(citizen) -> None:
    citizen.to(Screen.DONE).forget_diary().press("speak")
    assert citizen.done() == ["StopSpeech", "Speak"]
    citizen.press("finish")
    assert citizen.done() == ["StopSpeech", "Speak", "StopSpeech", "Forget"]


def test_every_hint_and_fault_has_a_sentence_in_every_language(context) -> None:
    names = [f"hint.{hint.value}" for hint in Hint]
    names += [f"finger_hint.{hint.value}" for hint in FingerHint]
    names += [f"fault.{error.code}" for error in DeviceError.__subclasses__()]
    assert [name for name in names if not context.texts.has(name)] == []


def test_offline_is_said_and_does_not_stop_anything(citizen) -> None:
    citizen.do(e.Online(online=False)).to(Screen.DETAILS)
    assert "keine Verbindung" in citizen.view.notice
    citizen.to(Screen.DONE)


def test_simulated_devices_are_named_and_nothing_is_called_certified(citizen) -> None:
    assert citizen.view.simulated == "Nicht vom BSI zertifiziert."
    citizen.context = replace(citizen.context, simulated=("camera", "printer"))
    assert "Kamera, Drucker" in citizen.view.simulated


def test_a_terminal_in_trouble_is_closed_with_a_code_and_a_way(citizen) -> None:
    citizen.context = replace(citizen.context, trouble="CFG-003")
    citizen.wait(1)
    assert citizen.screen is Screen.OUT_OF_SERVICE
    assert citizen.view.body.code == "CFG-003"
    assert "Schalter" in citizen.view.lead


def test_fee_lines_are_listed_singly(citizen) -> None:
    citizen.to(Screen.SUMMARY)
    assert [amount for _, amount in citizen.view.body.fees] == ["46,00 €", "6,00 €"]
    assert citizen.view.body.total == ("Zusammen", "52,00 €")


def test_numbers_are_shown_with_their_unit(citizen) -> None:
    rows = {label: value for label, value, _ in citizen.to(Screen.SUMMARY).view.body.rows}
    assert rows["Wie groß sind Sie?"] == "180 cm"
