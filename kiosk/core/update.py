"""The core's one function: (visit, event, context) -> (visit, effects), pure, for every event."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.core import announce, events, journal
from kiosk.core.context import Context
from kiosk.core.effects import Effects, Forget, SaveJournal, StopSpeech, SubmitCapture
from kiosk.core.events import Event
from kiosk.core.journey import IDLE
from kiosk.core.reactions import call, ending, fingers, form, look, photo, silence
from kiosk.core.reactions.moves import Step, stay
from kiosk.core.view import Screen
from kiosk.core.visit import Visit

Reaction = Callable[[Visit, Any, Context], Step]


def _touched(visit: Visit, event: events.Touched, context: Context) -> Step:
    return stay(visit)


def _try_again(visit: Visit, event: events.TryAgain, context: Context) -> Step:
    match visit.screen:
        case Screen.PHOTO | Screen.PHOTO_CHOICE:
            return photo.again(visit, context)
        case Screen.FINGERS:
            return fingers.again(visit, context)
        case _:
            return stay(visit)


# Everything a citizen does ends the silence and cuts the speech.
CITIZEN: dict[type[Event], Reaction] = {
    events.Touched: _touched,
    events.Begin: form.begin,
    events.SetLanguage: look.set_language,
    events.CycleContrast: look.cycle_contrast,
    events.CycleTextSize: look.cycle_text_size,
    events.ToggleSpeech: look.toggle_speech,
    events.ToggleReach: look.toggle_reach,
    events.SpeakAgain: look.speak_again,
    events.ChooseService: form.choose_service,
    events.Agree: form.agree,
    events.SetBirth: form.set_birth,
    events.Answer: form.answer,
    events.Next: form.forward,
    events.Back: form.back,
    events.Revise: form.revise,
    events.StartAgain: ending.start_again,
    events.StayHere: ending.stay_here,
    events.ToCounter: ending.to_counter,
    events.NeedMoreTime: ending.more_time,
    events.Help: call.ask,
    events.HangUp: call.hang_up,
    events.SetCallDevices: call.set_devices,
    events.TryAgain: _try_again,
    events.ChoosePhoto: photo.choose,
    events.CannotGiveFinger: fingers.cannot_give,
    events.Signed: form.sign,
    events.CannotSign: form.cannot_sign,
    events.PrintReceipt: ending.print_again,
}
# Under a question the screen does not move.
_COVERED = (
    events.Next,
    events.Back,
    events.Agree,
    events.ChooseService,
    events.Revise,
    events.CannotSign,
)
WORLD: dict[type[Event], Reaction] = {
    events.CameraChanged: photo.camera_changed,
    events.Guided: photo.guided,
    events.PhotoCame: photo.came,
    events.PhotoTimedOut: photo.timed_out,
    events.FingerProgress: fingers.progressed,
    events.FingerCame: fingers.came,
    events.ScannerChanged: fingers.scanner_changed,
    events.PrinterChanged: ending.printed,
    events.CallChanged: call.changed,
    events.Stored: ending.stored,
    events.NotStored: ending.not_stored,
    events.Online: call.online,
    events.Tick: silence.tick,
}


def update(visit: Visit, event: Event, context: Context) -> Step:
    """Return the visit after the event, and what the world has to do about it, in order."""
    kind = type(event)
    if kind in WORLD:
        after, effects = WORLD[kind](visit, event, context)
    else:
        after, effects = _of_the_citizen(visit, event, context)
    said = announce.said(visit, after, event, effects, context)
    return after, _in_order((*said, *_saving(visit, after, effects)))


def _in_order(effects: Effects) -> Effects:
    """Hand over last: after a crash in it the journal must say so, or it could be changed again."""
    return tuple(sorted(effects, key=lambda one: isinstance(one, SubmitCapture)))


def _of_the_citizen(visit: Visit, event: Event, context: Context) -> Step:
    """A modal question takes only its own answers; any touch is a sign of life."""
    visit = replace(visit, clock=replace(visit.clock, touched=visit.clock.now))
    if visit.question and isinstance(event, _COVERED):
        return stay(visit)
    after, effects = CITIZEN[type(event)](visit, event, context)
    speaks = visit.look.speech or visit.screen is Screen.DONE  # there the number is read on request
    cutting: Effects = (StopSpeech(),) if speaks else ()
    return after, cutting + effects


def _saving(before: Visit, after: Visit, effects: Effects) -> Effects:
    """Keep the journal in step; on the idle screens there is nobody to remember."""
    if after.screen in IDLE:
        return ()
    if Forget() not in effects and journal.kept(before) == journal.kept(after):
        return ()
    return (SaveJournal(journal.to_text(after)),)
