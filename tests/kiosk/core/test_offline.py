"""Without a connection the terminal promises only what it can keep."""

from hardware.printer.blocks import Text
from kiosk.core import events as e
from kiosk.core.effects import Print, Speak
from kiosk.core.view import Screen

NOT_YET = "Das Amt findet Ihre Abholnummer erst, wenn dieses Terminal wieder Verbindung hat"


def receipt(citizen) -> str:
    printed = [one for one in citizen.diary if isinstance(one, Print)][-1]
    return " ".join(one.text for one in printed.blocks if isinstance(one, Text))


def test_offline_screen_speech_and_receipt_say_that_the_number_is_not_found_yet(citizen) -> None:
    citizen.do(e.Online(False)).to(Screen.DONE)
    assert citizen.view.title == "Alles ist gespeichert"
    assert citizen.view.body.lines[0].count(NOT_YET) == 1
    assert len(citizen.view.body.icons) == len(citizen.view.body.lines)
    assert NOT_YET in citizen.view.spoken
    assert NOT_YET in receipt(citizen)


def test_online_nothing_is_said_of_it(citizen) -> None:
    citizen.to(Screen.DONE)
    assert NOT_YET not in citizen.view.spoken + receipt(citizen)


def test_a_connection_that_goes_or_comes_back_on_the_last_screen_is_said(listener) -> None:
    listener.to(Screen.DONE).forget_diary().do(e.Online(False))
    assert listener.diary == [Speak()]
    listener.forget_diary().do(e.Online(True))
    assert listener.diary == [Speak()]
    assert NOT_YET not in listener.view.spoken


def test_the_attract_screen_promises_a_person_only_with_a_connection(citizen) -> None:
    assert "Mensch" in citizen.view.body.hints[-1]
    assert "Schalter" in citizen.do(e.Online(False)).view.body.hints[-1]
