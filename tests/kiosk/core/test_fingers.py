"""The finger step: order, attempts, missing fingers, the same finger twice, a lost scanner."""

import pytest

from hardware.types import Fault
from kiosk.core import events as e
from kiosk.core.effects import DropParts, StartFinger, SubmitCapture
from kiosk.core.events import Finger
from kiosk.core.touch import event_of
from kiosk.core.view import Screen
from server.contract.captures import MissingFinger
from server.contract.envelope import PartKind

SILENT = Fault("DEV-002", "silent", "Power-cycle it.")


def started(citizen) -> list[tuple[Finger, int, bool]]:
    return [(o.finger, o.attempt, o.last) for o in citizen.diary if isinstance(o, StartFinger)]


def test_right_first_then_left(citizen, make_finger) -> None:
    citizen.to(Screen.FINGERS).do(make_finger(Finger.RIGHT))
    assert started(citizen) == [(Finger.RIGHT, 1, False), (Finger.LEFT, 1, False)]
    assert not citizen.view.next.enabled
    citizen.do(make_finger(Finger.LEFT))
    assert citizen.view.next.enabled
    assert citizen.view.body.done == (Finger.RIGHT, Finger.LEFT)


def test_three_attempts_then_the_best_counts(citizen, make_finger) -> None:
    citizen.to(Screen.FINGERS)
    for attempt in (1, 2, 3):
        citizen.do(make_finger(Finger.RIGHT, accepted=False, attempt=attempt))
    assert started(citizen) == [
        (Finger.RIGHT, 1, False),
        (Finger.RIGHT, 2, False),
        (Finger.RIGHT, 3, True),
        (Finger.LEFT, 1, False),
    ]
    assert citizen.visit.fingers.right.report.accepted is False


def test_an_attempt_that_was_not_good_is_said(citizen, make_finger) -> None:
    citizen.to(Screen.FINGERS).do(make_finger(Finger.RIGHT, accepted=False))
    assert "nicht deutlich genug" in citizen.view.body.hint_text
    citizen.do(e.FingerProgress(Finger.RIGHT, "Capturing", 0.5, b"\x00" * 4, 2))
    assert citizen.view.body.hint_text == "Gut, den rechten Zeigefinger liegen lassen"
    assert citizen.view.body.picture_width == 2


@pytest.mark.parametrize("reason", [MissingFinger.PERMANENT, MissingFinger.TEMPORARY])
def test_a_missing_finger_needs_a_reason_and_is_on_the_record(citizen, make_finger, reason) -> None:
    citizen.to(Screen.FINGERS).press(f"cannot_{reason.value}").do(make_finger(Finger.LEFT))
    citizen.press("next").to(Screen.STORING)
    (draft,) = [one.draft for one in citizen.diary if isinstance(one, SubmitCapture)]
    assert [(fact.position, fact.missing) for fact in draft.fingers] == [(2, reason), (7, None)]
    assert PartKind.FINGER_RIGHT not in draft.parts
    assert draft.reports.right is None


def test_the_step_is_not_complete_with_one_finger(citizen, make_finger) -> None:
    citizen.to(Screen.FINGERS).do(make_finger(Finger.RIGHT)).wait(1).do(e.Next("fingers"))
    assert citizen.screen is Screen.FINGERS


def test_the_same_finger_twice_starts_both_anew_and_then_goes_to_the_counter(
    citizen, make_finger
) -> None:
    citizen.to(Screen.FINGERS).do(make_finger(Finger.RIGHT), make_finger(Finger.LEFT, same=True))
    assert DropParts((PartKind.FINGER_RIGHT, PartKind.FINGER_LEFT)) in citizen.diary
    assert started(citizen)[-1] == (Finger.RIGHT, 1, False)
    assert "derselbe Finger" in citizen.view.body.hint_text
    citizen.do(make_finger(Finger.RIGHT), make_finger(Finger.LEFT, same=True))
    assert citizen.visit.fingers.right.fact.missing is MissingFinger.QUALITY
    assert citizen.visit.fingers.left.fact.missing is MissingFinger.QUALITY
    assert citizen.view.next.enabled


def test_a_silent_scanner_is_a_sentence_a_code_and_two_ways_on(citizen) -> None:
    citizen.to(Screen.FINGERS).do(e.ScannerChanged(SILENT))
    assert "Schalter" in citizen.view.body.fault
    assert citizen.view.body.fault_code == "DEV-002"
    assert citizen.view.body.buttons[0].id == "again"
    citizen.forget_diary().press("again")
    assert citizen.done() == ["StopFinger", "StartFinger"]


def test_a_scanner_that_is_back_goes_on_by_itself(citizen, make_finger) -> None:
    citizen.to(Screen.FINGERS).do(make_finger(Finger.RIGHT), e.ScannerChanged(SILENT))
    citizen.forget_diary().do(e.ScannerChanged(None))
    assert started(citizen) == [(Finger.LEFT, 1, False)]


def test_a_print_that_nobody_waits_for_is_ignored(citizen, make_finger) -> None:
    citizen.to(Screen.FINGERS).do(make_finger(Finger.LEFT))
    assert citizen.visit.fingers.left is None
    citizen.do(make_finger(Finger.RIGHT, attempt=2))
    assert citizen.visit.fingers.right is None
    citizen.press("back").do(make_finger(Finger.RIGHT))
    assert citizen.visit.fingers.right is None


def test_both_fingers_may_be_taken_again(citizen) -> None:
    citizen.to(Screen.FINGERS).give_fingers().forget_diary().press("again")
    assert citizen.done() == ["DropParts", "StartFinger"]
    assert citizen.view.body.done == ()


@pytest.mark.parametrize("button", ["cannot_temporary", "cannot_permanent"])
def test_a_double_touch_leaves_only_one_finger_to_the_counter(citizen, button) -> None:
    citizen.to(Screen.FINGERS).press(button)
    event = event_of(button, citizen.view)
    citizen.do(event, event, event)
    assert citizen.visit.fingers.right is not None
    assert citizen.visit.fingers.left is None


def test_a_touch_meant_for_the_finger_before_does_not_drop_the_prints(citizen) -> None:
    citizen.to(Screen.FINGERS).press("cannot_temporary", "cannot_permanent")
    citizen.do(e.TryAgain())
    assert citizen.visit.fingers.open() is None
    citizen.wait(1).do(e.TryAgain())
    assert citizen.visit.fingers.open() is e.Finger.RIGHT
