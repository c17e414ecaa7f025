"""What is said aloud when something changes: questions, faults, the next finger, the call."""

from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import Effects, Speak
from kiosk.core.events import Event
from kiosk.core.screens import overlay
from kiosk.core.screens.form import details
from kiosk.core.speech import sentences
from kiosk.core.view import Screen
from kiosk.core.visit import Visit

_ASKED_FOR = (events.SpeakAgain, events.ToggleSpeech)


def said(before: Visit, after: Visit, event: Event, effects: Effects, context: Context) -> Effects:
    """Return the effects with what is to be said; with a clerk on the line only the call's own.

    Speech does not talk over a person (EN 301 549, 5.1.3.10): during a call screens are said on
    request only.
    """
    if not after.look.speech:
        return effects
    call = _of_call(before, after, context)
    if call:
        return (*_without_speech(effects), Speak(text=call))
    if _talks(after) and not isinstance(event, _ASKED_FOR):
        return _without_speech(effects)
    spoken = any(isinstance(one, Speak) for one in effects)
    return effects if spoken else (*effects, *_of_screen(before, after, context))


def _without_speech(effects: Effects) -> Effects:
    return tuple(one for one in effects if not isinstance(one, Speak))


def _talks(visit: Visit) -> bool:
    return visit.call is not None and visit.call.state.state == "talking"


def _of_screen(before: Visit, after: Visit, context: Context) -> Effects:
    """Say what came up on the screen: a question, a fault, what is missing, the next finger."""
    choosing = before.screen is after.screen is Screen.PHOTO_CHOICE
    if choosing and before.photo.chosen != after.photo.chosen:
        at = after.photo.chosen + 1
        return (Speak(text=context.say(after, "photo_choice.chosen", at=at)),)
    if _news(before) == _news(after):
        return ()
    closed = before.question and not after.question
    if closed and before.question == "refer":
        return _refused(after, context)
    at_device = after.screen in (Screen.PHOTO, Screen.FINGERS) and not after.question
    return () if closed else (Speak(hint_only=at_device),)


def _refused(visit: Visit, context: Context) -> Effects:
    """Say which answer is to be changed, when it was left for that."""
    marked = [one for one in details(visit, context).fields if one.message]
    words = [sentences(f"{one.label} {one.message}") for one in marked]
    return (Speak(text=" ".join(words)),) if words and visit.call is None else ()


def _news(visit: Visit) -> tuple[object, ...]:
    """Return what is worth saying when it changes; live hints have their own pace."""
    taking = visit.screen is Screen.FINGERS and visit.fingers
    fingers = (taking.open(), taking.attempt, taking.message) if taking else ()
    faults = {
        Screen.FINGERS: visit.machine.scanner,
        Screen.PHOTO: visit.machine.camera,
        Screen.DONE: visit.machine.printer,
    }
    fault = faults.get(visit.screen)
    online = visit.machine.online or visit.screen is not Screen.DONE
    state = (visit.photo.timed_out, fault, fingers, online)
    return (visit.question, visit.tried, visit.note, *state)


def _of_call(before: Visit, after: Visit, context: Context) -> str:
    """Return what the call has to say once: the place in line, who is there, that it ended."""
    if before.call is None and after.call is None:
        return ""
    if after.call is None:
        return _ended(before, after, context)
    if before.call is None or _standing(before) != _standing(after):
        shown = overlay.call(after, context)
        return "" if shown is None else sentences(*overlay.call_words(shown, after, context))
    if (before.call.camera, before.call.microphone) != (after.call.camera, after.call.microphone):
        return overlay.call_devices(after.call, after, context)
    return ""


def _standing(visit: Visit) -> tuple[object, ...]:
    """What is news of a call; an estimate that changes every few seconds is none."""
    call = visit.call
    if call is None:
        return ()
    what = (call.state.state, call.kept, call.offline, call.state.position)
    return (*what, overlay.clerk_devices(call))


def _ended(before: Visit, after: Visit, context: Context) -> str:
    if after.screen is not before.screen:
        return ""  # forgotten with the visit: the new screen speaks
    if after.note:
        return context.say(after, after.note)
    had = before.call
    if had is not None and had.offline:
        return context.say(after, "call.back" if after.machine.online else "call.left.text")
    left = had is not None and had.state.state in ("asking", "waiting", "nobody")
    name = "call.left" if left else "call.ended"
    return sentences(context.say(after, f"{name}.title"), context.say(after, f"{name}.text"))
