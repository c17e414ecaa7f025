"""What a citizen cannot do here is left to the counter, named, and never a dead end."""

from dataclasses import replace

from hardware.types import Fault
from kiosk.core import events as e
from kiosk.core import journal
from kiosk.core.effects import DropParts, Print, SubmitCapture
from kiosk.core.view import Screen
from server.contract.captures import MissingFinger
from server.contract.envelope import PartKind

GONE = Fault("DEV-002", "gone", "Plug it in.")


def row(citizen, label: str) -> str:
    return next(value for name, value, _ in citizen.view.body.rows if name == label)


def handed_over(citizen):
    return next(one.draft for one in citizen.diary if isinstance(one, SubmitCapture))


def test_who_cannot_sign_goes_on_with_one_button(citizen) -> None:
    citizen.to(Screen.SIGNATURE)
    assert [one.id for one in citizen.view.body.buttons] == ["cannot_sign"]
    assert "cannot_sign" in citizen.view.focus_order
    citizen.press("cannot_sign")
    assert citizen.screen is Screen.SUMMARY
    assert row(citizen, "Unterschrift") == "Am Schalter"


def test_a_record_without_signature_has_no_such_part(citizen) -> None:
    citizen.to(Screen.SIGNATURE).press("cannot_sign").to(Screen.STORING)
    assert PartKind.SIGNATURE not in handed_over(citizen).parts
    assert PartKind.PHOTO in handed_over(citizen).parts


def test_a_signature_can_be_given_after_all(citizen) -> None:
    citizen.to(Screen.SIGNATURE).press("cannot_sign").press("revise:signature")
    citizen.do(e.Signed(b"ink")).press("next")
    assert row(citizen, "Unterschrift") == "Vorhanden"
    citizen.to(Screen.STORING)
    assert PartKind.SIGNATURE in handed_over(citizen).parts


def test_a_sealed_signature_that_is_taken_back_is_deleted(citizen) -> None:
    citizen.to(Screen.SUMMARY).press("revise:signature").forget_diary().press("cannot_sign")
    assert DropParts((PartKind.SIGNATURE,)) in citizen.diary


def test_the_journal_remembers_that_the_counter_takes_the_signature(citizen) -> None:
    citizen.to(Screen.SIGNATURE).press("cannot_sign")
    kept = journal.from_text(journal.to_text(citizen.visit), (b"jpeg",))
    assert kept.signature == citizen.visit.signature
    citizen.visit = replace(kept, clock=citizen.visit.clock)
    assert citizen.to(Screen.STORING).screen is Screen.STORING


def test_reasons_for_a_missing_finger_are_told_apart(citizen) -> None:
    citizen.to(Screen.FINGERS).press("cannot_temporary", "cannot_permanent").press("next")
    citizen.to(Screen.SUMMARY)
    told = row(citizen, "Fingerabdrücke")
    assert "Rechts: gerade nicht möglich – am Schalter" in told
    assert "Links: fehlt dauerhaft – am Schalter" in told


def test_the_last_screen_and_the_receipt_name_what_is_left(citizen) -> None:
    citizen.to(Screen.FINGERS).wait(1).do(e.CannotGiveFinger(MissingFinger.PERMANENT))
    citizen.press("cannot_temporary", "next", "cannot_sign").to(Screen.DONE)
    line = (
        "Am Schalter wird noch aufgenommen: rechter Zeigefinger, linker Zeigefinger, Unterschrift."
    )
    assert line in citizen.view.body.lines
    printed = next(one for one in citizen.diary if isinstance(one, Print))
    assert line in [getattr(block, "text", "") for block in printed.blocks]
    assert citizen.visit.fingers.right is None  # the reason itself is gone from memory


def test_nothing_is_named_when_all_is_there(citizen) -> None:
    citizen.to(Screen.DONE)
    assert not [line for line in citizen.view.body.lines if "noch aufgenommen" in line]


def test_the_receipt_is_being_printed_printed_or_why_not(citizen) -> None:
    citizen.do(e.PrinterChanged(GONE)).to(Screen.DONE)
    assert citizen.view.body.printer == "Ihr Beleg wird gedruckt."
    citizen.do(e.PrinterChanged(None))
    assert citizen.view.body.printer.startswith("Ihr Beleg ist gedruckt.")
    citizen.press("print")
    assert citizen.view.body.printer == "Ihr Beleg wird gedruckt."
    citizen.do(e.PrinterChanged(GONE))
    assert citizen.view.body.printer.startswith("Der Drucker antwortet nicht.")


def test_faults_name_the_device_and_the_photo_promises_nothing(citizen) -> None:
    citizen.to(Screen.PHOTO).do(e.CameraChanged(GONE))
    assert citizen.view.body.fault.startswith("Die Kamera antwortet nicht. ")
    assert "von selbst" not in citizen.view.lead
    citizen.do(e.CameraChanged(None)).to(Screen.FINGERS).do(e.ScannerChanged(GONE))
    assert citizen.view.body.fault.startswith("Der Fingerabdruck-Scanner antwortet nicht. ")
