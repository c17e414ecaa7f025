"""Going from screen to screen: what is left, what is entered, and what is forgotten on the way."""

from dataclasses import replace

from kiosk.core import journey, receipt
from kiosk.core.context import Context
from kiosk.core.effects import (
    Effect,
    Effects,
    EndCall,
    Forget,
    Print,
    ShowPreview,
    Speak,
    StartFinger,
    StartPhoto,
    StopFinger,
    StopPhoto,
    StopSpeech,
    SubmitCapture,
    TellStep,
)
from kiosk.core.journey import Move, Plan
from kiosk.core.reactions import hand_over
from kiosk.core.view import Look, Screen
from kiosk.core.visit import ATTEMPTS, Clock, Fingers, Photo, Visit
from remote_clerk.messages import EndReason

Step = tuple[Visit, Effects]
_CHILD_PATIENCE = 2  # small children need longer (domain 1.3)


def stay(visit: Visit, *effects: Effect) -> Step:
    return visit, effects


def plan(visit: Visit, context: Context) -> Plan:
    """Return the steps of this visit, none before a service is chosen."""
    service = context.service(visit)
    return journey.plan(service, visit.birth.band) if service else ()


def too_soon(visit: Visit, context: Context) -> bool:
    """Tell whether a touch came so fast that it was meant for the screen before."""
    return visit.clock.now - visit.clock.arrived < context.timeouts.double_touch


def go(visit: Visit, move: Move, context: Context) -> Step:
    """Make a move of the table; one that is not in it changes nothing."""
    target = journey.table(plan(visit, context)).get((visit.screen, move))
    return stay(visit) if target is None else arrive(visit, target, context)


def arrive(visit: Visit, screen: Screen, context: Context) -> Step:
    """Leave this screen and enter another, wiping the visit first where the table forgets."""
    leaving = _leave(visit)
    if screen in journey.FORGETTING:
        visit, forgetting = _forgotten(visit, screen, context)
        leaving += forgetting
    shown = replace(
        visit,
        screen=screen,
        tried=False,
        question="",
        note="",
        code="",
        clock=replace(visit.clock, arrived=visit.clock.now, touched=visit.clock.now),
    )
    entered, entering = _enter(shown, context)
    telling: Effects = (TellStep(entered.screen.value),) if entered.call else ()
    saying: Effects = (Speak(),) if entered.look.speech else ()
    return entered, leaving + entering + telling + saying


def _leave(visit: Visit) -> Effects:
    if visit.screen is Screen.PHOTO:
        return (StopPhoto(), ShowPreview(False))
    if visit.screen is Screen.OUT_OF_SERVICE:
        return (ShowPreview(False),)
    return (StopFinger(),) if visit.screen is Screen.FINGERS else ()


def _forgotten(visit: Visit, screen: Screen, context: Context) -> Step:
    """Return an empty visit; the farewell keeps the look, the attract screen resets it."""
    ending: Effects = (EndCall(EndReason.SESSION_ENDED),) if visit.call else ()
    hushing: Effects = (StopSpeech(),) if visit.look.speech else ()
    look = visit.look if screen is Screen.COUNTER else Look(language=context.language)
    empty = Visit(look=look, machine=visit.machine, clock=Clock(now=visit.clock.now))
    return empty, (*ending, *hushing, Forget())


def _enter(visit: Visit, context: Context) -> Step:
    match visit.screen:
        case Screen.PHOTO if visit.photo.pictures:
            return stay(replace(visit, screen=Screen.PHOTO_CHOICE))
        case Screen.PHOTO:
            started, effects = start_photo(visit, context)
            return started, (ShowPreview(True), *effects)
        case Screen.FINGERS:
            return start_finger(visit)
        case Screen.OUT_OF_SERVICE if visit.machine.camera:
            return stay(visit, ShowPreview(True))  # a camera that is looked at says when it is back
        case Screen.STORING:
            return stay(visit, SubmitCapture(hand_over.draft(visit, context)))
        case Screen.DONE if not visit.printed:  # after a crash the receipt may be out already
            return stay(visit, Print(receipt.blocks(visit, context)))
        case _:
            return stay(visit)


def start_photo(visit: Visit, context: Context) -> Step:
    """Start the live photo, with the template for the citizen's age."""
    template = "child" if journey.is_child(visit.birth.band) else "adult"
    running = replace(visit, photo=Photo(running=True))
    return stay(running, StartPhoto(template, photo_seconds(visit, context)))


def photo_seconds(visit: Visit, context: Context) -> float:
    """Return how long one photo acquisition may take."""
    child = journey.is_child(visit.birth.band)
    return context.timeouts.photo * (_CHILD_PATIENCE if child else 1)


def start_finger(visit: Visit) -> Step:
    """Start the finger that is still open; nothing when both are there."""
    finger = visit.fingers.open()
    if finger is None:
        return stay(visit)
    fingers: Fingers = replace(
        visit.fingers, running=True, hint="", share=0.0, picture=b"", width=0
    )
    effect = StartFinger(finger, fingers.attempt, fingers.attempt >= ATTEMPTS)
    return stay(replace(visit, fingers=fingers), effect)


def resume(visit: Visit, context: Context) -> Step:
    """Take a visit up again after a crash: its screen is entered once more."""
    return _enter(visit, context)
