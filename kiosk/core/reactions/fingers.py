"""The finger step: right then left, best of three, missing with a reason, the same finger twice."""

from dataclasses import replace
from typing import Literal

from hardware.fingerprint.report import FingerHint
from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import DropParts, StopFinger
from kiosk.core.events import Finger
from kiosk.core.reactions.moves import Step, start_finger, stay, too_soon
from kiosk.core.view import Screen
from kiosk.core.visit import ATTEMPTS, Fingers, Print, Visit
from server.contract.captures import FingerFact, MissingFinger
from server.contract.envelope import PartKind

SAME_FINGER = "same_finger"  # reason code: this print and the other hand's are of one finger
POSITIONS: dict[Finger, Literal[2, 7]] = {Finger.RIGHT: 2, Finger.LEFT: 7}  # ISO 19794-4
PARTS = (PartKind.FINGER_RIGHT, PartKind.FINGER_LEFT)


def progressed(visit: Visit, event: events.FingerProgress, context: Context) -> Step:
    if not _expects(visit, event.finger):
        return stay(visit)
    fingers = replace(
        visit.fingers,
        hint=event.hint,
        share=event.share,
        picture=event.picture or visit.fingers.picture,
        width=event.width or visit.fingers.width,
    )
    there = event.hint == FingerHint.CAPTURING  # a finger on the scanner is a sign of life
    clock = replace(visit.clock, touched=visit.clock.now) if there else visit.clock
    return stay(replace(visit, fingers=fingers, clock=clock))


def came(visit: Visit, event: events.FingerCame, context: Context) -> Step:
    """Take one attempt in: keep it, ask for another, or notice that it is the other finger."""
    if not _expects(visit, event.finger) or event.attempt != visit.fingers.attempt:
        return stay(visit)
    if SAME_FINGER in event.report.reasons:
        return _clash(visit)
    if event.report.accepted or event.attempt >= ATTEMPTS:
        return _next(visit, event.finger, Print(event.fact, event.report))
    again = replace(visit.fingers, attempt=event.attempt + 1, message="fingers.again")
    return start_finger(replace(visit, fingers=again))


def cannot_give(visit: Visit, event: events.CannotGiveFinger, context: Context) -> Step:
    """Record why a finger is missing; the counter takes a substitute (TR-03121-3)."""
    finger = visit.fingers.open()
    said = event.reason in (MissingFinger.PERMANENT, MissingFinger.TEMPORARY)
    wanted = visit.screen is Screen.FINGERS and finger is not None and said
    if finger is None or not wanted or too_soon(visit, context):
        return stay(visit)
    moved, moving = _next(visit, finger, _missing(finger, event.reason))
    return moved, (StopFinger(), *moving)


def again(visit: Visit, context: Context) -> Step:
    """Start the open finger once more after a fault, or both when both are there."""
    if too_soon(visit, context):
        return stay(visit)
    if visit.fingers.open() is not None:
        restarted, starting = start_finger(
            replace(visit, fingers=replace(visit.fingers, message=""))
        )
        return restarted, (StopFinger(), *starting)
    restarted, starting = start_finger(replace(visit, fingers=Fingers()))
    return restarted, (DropParts(PARTS), *starting)


def scanner_changed(visit: Visit, event: events.ScannerChanged, context: Context) -> Step:
    """A lost scanner stops the finger; one that is back starts it again by itself."""
    was_lost = visit.machine.scanner is not None
    visit = replace(visit, machine=replace(visit.machine, scanner=event.fault))
    if visit.screen is not Screen.FINGERS:
        return stay(visit)
    if event.fault is not None:
        return stay(replace(visit, fingers=replace(visit.fingers, running=False, hint="")))
    return start_finger(visit) if was_lost else stay(visit)


def _expects(visit: Visit, finger: Finger) -> bool:
    return visit.screen is Screen.FINGERS and visit.fingers.open() is finger


def _next(visit: Visit, finger: Finger, taken: Print) -> Step:
    """Keep what became of a finger and start the other one, as if arriving at a new screen."""
    visit = replace(visit, clock=replace(visit.clock, arrived=visit.clock.now))
    fingers = replace(visit.fingers, attempt=1, message="", running=False, share=0.0)
    kept = replace(fingers, right=taken) if finger is Finger.RIGHT else replace(fingers, left=taken)
    return start_finger(replace(visit, fingers=kept))


def _clash(visit: Visit) -> Step:
    """The first time both are taken anew, the second time the counter takes them."""
    clashes = visit.fingers.clashes + 1
    if clashes == 1:
        anew = Fingers(clashes=clashes, message="fingers.same")
        restarted, starting = start_finger(replace(visit, fingers=anew))
        return restarted, (DropParts(PARTS), *starting)
    given_up = Fingers(
        right=_missing(Finger.RIGHT, MissingFinger.QUALITY),
        left=_missing(Finger.LEFT, MissingFinger.QUALITY),
        clashes=clashes,
        message="fingers.same_twice",
    )
    return stay(replace(visit, fingers=given_up), DropParts(PARTS))


def _missing(finger: Finger, reason: MissingFinger) -> Print:
    return Print(FingerFact(position=POSITIONS[finger], quality=None, missing=reason))
