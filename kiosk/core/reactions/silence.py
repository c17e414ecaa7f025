"""Passing time: silence is asked about, then forgotten; a closed terminal opens again."""

import math
from dataclasses import replace

from hardware.photo.report import Hint
from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import Effects, Speak
from kiosk.core.journey import IDLE, Move
from kiosk.core.reactions import call, look, photo
from kiosk.core.reactions.moves import Step, go, photo_seconds, stay
from kiosk.core.view import Look, Screen
from kiosk.core.visit import Visit

_SETTLE = 1.5  # seconds a touched question stays, so that its button can still be let go


def tick(visit: Visit, event: events.Tick, context: Context) -> Step:
    visit = replace(look.silenced(visit, context), clock=replace(visit.clock, now=event.now))
    if visit.screen in IDLE and visit.call is None and _opens_or_closes(visit, context):
        move = Move.TROUBLE if visit.screen is Screen.ATTRACT else Move.WELL
        return go(visit, move, context)
    if _paused(visit, context):
        return stay(replace(visit, clock=replace(visit.clock, touched=event.now)))
    if seconds_left(visit, context) <= 0:
        return _over(visit, context)
    return _asked(visit, context)


def _opens_or_closes(visit: Visit, context: Context) -> bool:
    return photo.closes_the_terminal(visit, context) == (visit.screen is Screen.ATTRACT)


def _paused(visit: Visit, context: Context) -> bool:
    """Silence does not count with a clerk, with a face before the camera, or while storing."""
    talking = visit.call is not None and visit.call.state.state in call.WITH_CLERK
    return visit.screen is Screen.STORING or talking or _is_before_the_camera(visit, context)


def _is_before_the_camera(visit: Visit, context: Context) -> bool:
    """Tell whether the live photo sees somebody; its own time is limited, whoever stands there."""
    if visit.screen is not Screen.PHOTO or not visit.photo.running:
        return False
    in_time = visit.clock.now - visit.clock.arrived <= photo_seconds(visit, context)
    return in_time and visit.photo.hint not in ("", Hint.SEARCHING_FACE)


def warns_after(visit: Visit, context: Context) -> float:
    """Return the seconds of silence before the question; never where nothing can be lost."""
    limits = context.timeouts
    if visit.screen is Screen.DONE:
        return max(0.0, limits.done - (limits.forget - limits.warn)) * visit.patience
    if visit.screen in (Screen.COUNTER, Screen.OUT_OF_SERVICE):
        return math.inf
    if visit.call is not None and _in_line(visit):
        return limits.waiting * visit.patience
    return (
        math.inf
        if visit.screen is Screen.ATTRACT and not visit.call
        else limits.warn * visit.patience
    )


def _in_line(visit: Visit) -> bool:
    overlay = visit.call
    return overlay is not None and (overlay.kept or overlay.state.state in call.IN_LINE)


def seconds_left(visit: Visit, context: Context) -> float:
    """Return the seconds of silence that are left before everything is forgotten."""
    limits = context.timeouts
    silent = visit.clock.now - visit.clock.touched
    if visit.screen is Screen.DONE:
        return limits.done * visit.patience - silent
    if visit.screen is Screen.COUNTER:
        return limits.counter * visit.patience - silent
    warned = warns_after(visit, context)
    if warned == math.inf:
        return limits.forget - silent
    return warned + (limits.forget - limits.warn) * visit.patience - silent


def _over(visit: Visit, context: Context) -> Step:
    idle = visit.screen is Screen.ATTRACT and visit.call is None
    if idle and not visit.note and visit.look == Look(language=context.language):
        return stay(visit)
    return go(visit, Move.SILENCE, context)


def _asked(visit: Visit, context: Context) -> Step:
    """Put the question up when it is time, and take it away when somebody is there."""
    silent = visit.clock.now - visit.clock.touched
    if silent >= warns_after(visit, context):
        saying: Effects = (Speak(),) if visit.look.speech and visit.question != "silence" else ()
        return replace(visit, question="silence"), saying
    settled = visit.question == "silence" and silent >= _SETTLE
    return stay(replace(visit, question="") if settled else visit)
