"""The call as an overlay: it starts, changes and ends without ever touching the journey's step."""

from dataclasses import replace

from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import EndCall, SetDevices, StartCall, TellStep
from kiosk.core.reactions.moves import Step, stay
from kiosk.core.view import Screen
from kiosk.core.visit import Call, Visit
from kiosk.media.protocol import CallState
from remote_clerk.messages import EndReason

WITH_CLERK = frozenset({"connecting", "talking", "lost"})  # silence does not count here
IN_LINE = frozenset({"asking", "waiting"})
_ANSWERED = frozenset({"silence", "refer"})  # questions that asking for help answers
_OWN_DOING = frozenset({"", EndReason.HUNG_UP.value, EndReason.CANCELLED.value})


def ask(visit: Visit, event: events.Help, context: Context) -> Step:
    """Call a clerk; while nobody is there, ask again means *keep waiting*."""
    if visit.screen is Screen.STORING:
        return stay(visit)
    if visit.call is not None:
        return stay(_kept(visit))
    question = "" if visit.question in _ANSWERED else visit.question
    calling = replace(
        visit, call=Call(CallState(state="asking")), question=question, note="", code=""
    )
    if not visit.machine.online:
        return stay(_unreachable(calling))
    effect = StartCall(visit.look.language, visit.service, visit.screen.value)
    return stay(calling, effect)


def _kept(visit: Visit) -> Visit:
    call = visit.call
    if call is None or call.offline or call.state.state != "nobody":
        return visit
    return replace(visit, call=replace(call, kept=True))


def changed(visit: Visit, event: events.CallChanged, context: Context) -> Step:
    """Show what the call is doing; news of a call that was hung up here is late and ignored."""
    call = visit.call
    if call is None or call.offline:
        return stay(visit)
    if event.call.state == "ended":
        unanswered = call.state.state in IN_LINE and event.call.reason == EndReason.SERVER_LOST
        return stay(_unreachable(visit) if unanswered else _over(visit, event.call.reason))
    kept = call.kept and event.call.state == "nobody"
    shown = replace(visit, call=replace(call, state=event.call, kept=kept))
    fresh = event.call.state != call.state.state
    if not fresh:
        return stay(shown)
    telling = (TellStep(visit.screen.value),) if event.call.state == "talking" else ()
    return stay(_noticed(shown), *telling)


def hang_up(visit: Visit, event: events.HangUp, context: Context) -> Step:
    if visit.call is None:
        return stay(visit)
    talking = visit.call.state.state in WITH_CLERK
    reason = EndReason.HUNG_UP if talking else EndReason.CANCELLED
    return stay(_over(visit, ""), EndCall(reason))


def set_devices(visit: Visit, event: events.SetCallDevices, context: Context) -> Step:
    if visit.call is None:
        return stay(visit)
    call = replace(visit.call, camera=event.camera, microphone=event.microphone)
    return stay(replace(visit, call=call), SetDevices(event.camera, event.microphone))


def _unreachable(visit: Visit) -> Visit:
    """Say that nobody can be asked without the server; it goes when the server is back."""
    return _noticed(replace(visit, call=Call(CallState(state="nobody"), offline=True)))


def online(visit: Visit, event: events.Online, context: Context) -> Step:
    """The server answers, or not; once it does, help can be asked for again."""
    shown = replace(visit, machine=replace(visit.machine, online=event.online))
    reachable = event.online and shown.call is not None and shown.call.offline
    return stay(replace(shown, call=None) if reachable else shown)


def _over(visit: Visit, reason: str) -> Visit:
    """Take the overlay away; the citizen is where they were, with all the time they need."""
    note = "" if reason in _OWN_DOING else "call.note_lost"
    if reason == EndReason.BUSY.value:
        note = "call.note_busy"
    return _noticed(replace(visit, call=None, note=note, code=""))


def _noticed(visit: Visit) -> Visit:
    return replace(visit, clock=replace(visit.clock, touched=visit.clock.now))
