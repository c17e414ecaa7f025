"""What lies over or beside a screen: questions, the call, notices, the order of the focus."""

import math

from kiosk.core import journey
from kiosk.core.context import Context
from kiosk.core.journey import Move
from kiosk.core.reactions import hand_over
from kiosk.core.reactions.moves import plan
from kiosk.core.reactions.silence import seconds_left
from kiosk.core.view import (
    AttractBody,
    BirthBody,
    Body,
    Button,
    CallView,
    DetailsBody,
    DoneBody,
    FingersBody,
    NoticeBody,
    PhotoBody,
    PhotoChoiceBody,
    PrivacyBody,
    Question,
    Screen,
    ServicesBody,
    SignatureBody,
    SummaryBody,
)
from kiosk.core.visit import Call, Visit

_QUESTION_BUTTONS = {
    "silence": ("stay", "more_time", "help", "forget", "language"),
    "start_again": ("stay", "confirm"),
    "to_counter": ("stay", "confirm"),
    "refer": ("stay", "help", "counter"),
}

_BUTTON_WORDS = {"language": "tool.language", "help": "button.help"}  # the same as elsewhere


def question(visit: Visit, context: Context) -> Question | None:
    name = visit.question
    if not name:
        return None
    buttons = tuple(
        Button(button, context.say(visit, _BUTTON_WORDS.get(button, f"question.{name}.{button}")))
        for button in _QUESTION_BUTTONS[name]
        if _makes_sense(button, visit)
    )
    left = math.ceil(seconds_left(visit, context)) if name == "silence" else None
    title = context.say(visit, f"question.{name}.title")
    return Question(name, title, _question_text(visit, context), buttons, left)


def _makes_sense(button: str, visit: Visit) -> bool:
    """Help is called once; on the last screen there is only a number left to go."""
    if button == "help":
        return visit.call is None
    return button != "forget" or visit.screen is not Screen.DONE


def _question_text(visit: Visit, context: Context) -> str:
    finding = hand_over.referral(visit, context) if visit.question == "refer" else None
    if finding is not None:
        return finding.text.in_language(visit.look.language)
    left = max(0, math.ceil(seconds_left(visit, context)))
    last = "_done" if (visit.question, visit.screen) == ("silence", Screen.DONE) else ""
    return context.say(visit, f"question.{visit.question}.text{last}", seconds=left)


def call(visit: Visit, context: Context) -> CallView | None:
    overlay = visit.call
    if overlay is None:
        return None
    state = _standing(overlay)
    return CallView(
        state=overlay.state.state,
        title=context.say(visit, f"call.{state}.title", clerk=overlay.state.clerk),
        text=_call_text(state, overlay, visit, context),
        clerk=overlay.state.clerk,
        camera_on=overlay.camera,
        microphone_on=overlay.microphone,
        clerk_camera_on=overlay.state.clerk_camera,
        buttons=_call_buttons(state, overlay, visit, context),
    )


def _standing(overlay: Call) -> str:
    if overlay.offline:
        return "offline"
    return "kept" if overlay.kept else overlay.state.state


def _call_text(state: str, overlay: Call, visit: Visit, context: Context) -> str:
    said = overlay.state
    if state == "talking":
        return context.say(visit, f"call.talking.{clerk_devices(overlay)}")
    hours = said.hours.get(visit.look.language, "").rstrip(".")
    if state in ("nobody", "kept") and hours:
        return context.say(visit, f"call.{state}.hours", hours=hours)
    if state != "waiting" or said.position is None:
        return context.say(visit, f"call.{state}.text")
    if said.estimate_seconds is None:
        return context.say(visit, "call.waiting.position", position=said.position)
    minutes = max(1, math.ceil(said.estimate_seconds / 60))
    return context.say(visit, "call.waiting.estimate", position=said.position, minutes=minutes)


def _call_buttons(state: str, overlay: Call, visit: Visit, context: Context) -> tuple[Button, ...]:
    if state in ("nobody", "offline"):
        waiting = {"keep_waiting": "call.keep_waiting"} if state == "nobody" else {}
        names = {**waiting, "go_on_alone": "call.go_on_alone"}
        if (visit.screen, Move.COUNTER) in journey.table(plan(visit, context)):
            names["call_counter"] = "button.counter"  # the footer has a *counter* already
    elif state in ("asking", "waiting", "kept"):
        names = {"hang_up": "call.go_on_alone"}
    else:
        on = {True: "off", False: "on"}  # the button says what touching it does
        names = {
            "camera": f"call.camera_{on[overlay.camera]}",
            "microphone": f"call.microphone_{on[overlay.microphone]}",
            "hang_up": "call.hang_up",
        }
    return tuple(Button(name, context.say(visit, text)) for name, text in names.items())


def call_words(shown: CallView, visit: Visit, context: Context) -> tuple[str, ...]:
    """Return what is said once when the call changes, with the choices where there is one."""
    if shown.state == "nobody":
        return (shown.title, shown.text, *(button.text for button in shown.buttons))
    overlay = visit.call
    talking = overlay is not None and shown.state == "talking"
    devices = call_devices(overlay, visit, context) if overlay and talking else ""
    return (shown.title, shown.text, devices)


def clerk_devices(overlay: Call) -> str:
    """Return the name of the sentence about what the clerk switched off."""
    camera, microphone = overlay.state.clerk_camera, overlay.state.clerk_microphone
    if camera and microphone:
        return "text"
    return "only_voice" if microphone else "only_picture" if camera else "neither"


def call_devices(overlay: Call, visit: Visit, context: Context) -> str:
    """Say whether the citizen's camera and microphone are on."""
    on = {True: "on", False: "off"}
    camera = context.say(visit, f"call.camera_is_{on[overlay.camera]}")
    microphone = context.say(visit, f"call.microphone_is_{on[overlay.microphone]}")
    return f"{camera} {microphone}"


def notice(visit: Visit, context: Context) -> str:
    """Return one line about what just happened, or about the state of things."""
    if visit.note:
        text = context.say(visit, visit.note)
        return f"{text} ({visit.code})" if visit.code else text
    if visit.look.speech and not context.sound:
        return context.say(visit, "notice.no_sound")
    said = visit.machine.online or visit.screen is Screen.DONE  # there it is one of the lines
    return "" if said else context.say(visit, "notice.offline")


def simulated(visit: Visit, context: Context) -> str:
    if not context.simulated:
        return context.say(visit, "notice.not_certified")
    kinds = ", ".join(context.say(visit, f"device.{kind}") for kind in context.simulated)
    return context.say(visit, "notice.simulated", devices=kinds)


def focus_order(
    body: Body, asked: Question | None, forward: Button | None, footer: tuple[Button, ...]
) -> tuple[str, ...]:
    """Return ids in reading order; a question takes the focus for itself."""
    if asked is not None:
        return tuple(button.id for button in asked.buttons)
    ahead = (forward.id,) if forward and forward.enabled else ()
    return (*_of_body(body), *ahead, *(button.id for button in footer if button.enabled))


def _of_body(body: Body) -> tuple[str, ...]:
    match body:
        case AttractBody():
            return ("begin", *(button.id for button in body.languages))
        case ServicesBody():
            return tuple(f"service:{tile.id}" for tile in body.tiles)
        case BirthBody():
            return ("day", "month", *(f"band:{choice.band.value}" for choice in body.bands))
        case DetailsBody():
            return tuple(f"field:{one.id}" for one in body.fields)
        case SummaryBody():
            return tuple(dict.fromkeys(f"revise:{row[2]}" for row in body.rows))
        case PhotoChoiceBody():
            return (*(f"photo:{at}" for at in range(len(body.pictures))), body.again.id)
        case _:
            return tuple(button.id for button in _buttons(body) if button.enabled)


def _buttons(body: Body) -> tuple[Button, ...]:
    match body:
        case PrivacyBody():
            return (body.agree,)
        case PhotoBody():
            return (body.again,) if body.again else ()
        case SignatureBody():
            return (body.clear, *body.buttons)
        case FingersBody() | DoneBody() | NoticeBody():
            return body.buttons
        case _:
            return ()
