"""What a program that starts after a crash does again, and what it does not."""

from dataclasses import replace

import pytest

from hardware.types import Fault
from kiosk.core import events as e
from kiosk.core import journal
from kiosk.core.effects import Print, SaveJournal
from kiosk.core.reactions.moves import resume
from kiosk.core.view import Screen
from kiosk.media.protocol import CallState

OUT_OF_PAPER = Fault("DEV-008", "no paper", "Put a roll in.")


def printed_again(citizen) -> bool:
    """Crash now; tell whether the next program prints a receipt by itself."""
    kept = journal.from_text(journal.to_text(citizen.visit), ())
    _, effects = resume(replace(kept, clock=citizen.visit.clock), citizen.context)
    return any(isinstance(one, Print) for one in effects)


def test_a_receipt_that_is_out_is_not_printed_a_second_time(citizen) -> None:
    citizen.to(Screen.DONE).forget_diary().do(e.PrinterChanged(None))
    assert "SaveJournal" in citizen.done_with_journal()
    assert not printed_again(citizen)


@pytest.mark.parametrize("news", [(), (e.PrinterChanged(OUT_OF_PAPER),)])
def test_a_receipt_that_did_not_come_out_is_tried_again(citizen, news) -> None:
    citizen.to(Screen.DONE).do(*news)
    assert printed_again(citizen)


def test_a_second_receipt_that_was_asked_for_is_not_lost(citizen) -> None:
    citizen.to(Screen.DONE).do(e.PrinterChanged(None)).press("print")
    assert printed_again(citizen)
    assert isinstance(citizen.diary[-1], SaveJournal)


@pytest.mark.parametrize("state", ["waiting", "talking"])
def test_a_call_that_the_crash_cut_is_told(citizen, state) -> None:
    citizen.to(Screen.DETAILS).press("help").do(e.CallChanged(CallState(state=state)))
    kept = next(one for one in reversed(citizen.diary) if isinstance(one, SaveJournal))
    citizen.visit, _ = resume(journal.from_text(kept.text, ()), citizen.context)
    assert citizen.screen is Screen.DETAILS
    assert "Der Anruf ist abgebrochen" in citizen.view.notice
    assert citizen.press("help").view.notice == ""


def test_without_a_call_a_crash_tells_of_none(citizen) -> None:
    citizen.to(Screen.DETAILS).press("help", "hang_up")
    kept = next(one for one in reversed(citizen.diary) if isinstance(one, SaveJournal))
    assert journal.from_text(kept.text, ()).note == ""
