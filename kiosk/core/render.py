"""From a visit to a view: every text finished, every button named."""

from collections.abc import Callable

from kiosk.core import journey
from kiosk.core.context import Context
from kiosk.core.reactions.moves import plan
from kiosk.core.screens import capture, form, last, overlay, start, summary
from kiosk.core.speech import spoken
from kiosk.core.view import Body, Button, Progress, Screen, View
from kiosk.core.visit import Visit

_BODIES: dict[Screen, Callable[[Visit, Context], Body]] = {
    Screen.ATTRACT: start.attract,
    Screen.SERVICES: start.services,
    Screen.PRIVACY: form.privacy,
    Screen.BIRTH: form.birth,
    Screen.DETAILS: form.details,
    Screen.PHOTO: capture.photo,
    Screen.PHOTO_CHOICE: capture.choice,
    Screen.FINGERS: capture.fingers,
    Screen.SIGNATURE: capture.signature,
    Screen.SUMMARY: summary.summary,
    Screen.STORING: last.storing,
    Screen.DONE: last.done,
    Screen.COUNTER: last.counter,
    Screen.OUT_OF_SERVICE: last.out_of_service,
}
_WITHOUT_NEXT = frozenset(
    {
        Screen.ATTRACT,
        Screen.SERVICES,
        Screen.PRIVACY,
        Screen.PHOTO,
        Screen.STORING,
        Screen.DONE,
        Screen.OUT_OF_SERVICE,
    }
)


def render(visit: Visit, context: Context) -> View:
    """Return the whole screen for this moment."""
    screen = visit.screen
    body = _BODIES[screen](visit, context)
    question = overlay.question(visit, context)
    forward = _next(visit, context)
    footer = _footer(visit, context)
    view = View(
        screen=screen,
        place=context.place,
        terminal=context.terminal,
        look=visit.look,
        title=_title(visit, context),
        lead=_lead(visit, context),
        body=body,
        next=forward,
        footer=footer,
        tools=_tools(visit, context),
        progress=_progress(visit, context),
        question=question,
        call=overlay.call(visit, context),
        spoken="",
        notice=overlay.notice(visit, context),
        simulated=overlay.simulated(visit, context),
        focus_order=overlay.focus_order(body, question, forward, footer),
    )
    return spoken(view, visit, context)


def _title(visit: Visit, context: Context) -> str:
    name = context.service(visit)
    service = name.name.in_language(visit.look.language) if name else ""
    if visit.screen is Screen.DONE and not visit.machine.online:
        return context.say(visit, "done.title_offline")
    return context.say(visit, f"{visit.screen.value}.title", service=service)


def _lead(visit: Visit, context: Context) -> str:
    service = context.service(visit)
    minutes = service.minutes if service else 0
    if visit.screen is Screen.PHOTO and visit.machine.camera is not None:
        return context.say(visit, "photo.lead_faulty")
    return context.say(visit, f"{visit.screen.value}.lead", minutes=minutes)


def _next(visit: Visit, context: Context) -> Button | None:
    if visit.screen in _WITHOUT_NEXT:
        return None
    name = f"{visit.screen.value}.next"
    word = context.say(visit, name if context.texts.has(name) else "button.next")
    if visit.revising and visit.screen is not Screen.SUMMARY:
        word = context.say(visit, "button.to_summary")
    return Button("next", word, enabled=_may_go_on(visit))


def _may_go_on(visit: Visit) -> bool:
    """Forms say what is missing when touched; devices are simply not ready yet."""
    match visit.screen:
        case Screen.FINGERS:
            return visit.fingers.open() is None
        case Screen.SIGNATURE:
            return visit.signature.settled
        case _:
            return True


def _footer(visit: Visit, context: Context) -> tuple[Button, ...]:
    moves = journey.table(plan(visit, context))

    def leads(move: journey.Move) -> bool:
        return (visit.screen, move) in moves

    found = {
        "back": leads(journey.Move.BACK),
        "help": visit.screen is not Screen.STORING and visit.call is None,
        "counter": leads(journey.Move.COUNTER),
        "start_again": leads(journey.Move.START_AGAIN),
    }
    return tuple(
        Button(name, context.say(visit, f"button.{name}"), enabled)
        for name, enabled in found.items()
    )


def _tools(visit: Visit, context: Context) -> tuple[Button, ...]:
    on = {True: "on", False: "off"}
    words = {
        "language": context.say(visit, "tool.language"),
        "speech": context.say(visit, f"tool.speech_{on[visit.look.speech]}"),
        "contrast": context.say(visit, f"tool.contrast_{visit.look.contrast.value}"),
        "text_size": context.say(visit, "tool.text_size"),
        "reach": context.say(visit, f"tool.reach_{on[visit.look.reach]}"),
    }
    return tuple(
        Button(name, word, context.speech or name != "speech") for name, word in words.items()
    )


def _progress(visit: Visit, context: Context) -> Progress | None:
    steps = plan(visit, context)
    step = journey.step_of(visit.screen)
    if step not in steps:
        return None
    names = tuple(context.say(visit, f"{one.value}.step") for one in steps)
    return Progress(steps.index(step) + 1, len(steps), names)
