"""What a screen says aloud: title, lead and what matters most, never a private answer in public."""

from dataclasses import replace

from kiosk.core.context import Context
from kiosk.core.view import (
    AttractBody,
    BirthBody,
    Body,
    DetailsBody,
    DoneBody,
    FingersBody,
    NoticeBody,
    PhotoBody,
    PhotoChoiceBody,
    PrivacyBody,
    ServicesBody,
    SignatureBody,
    SummaryBody,
    View,
)
from kiosk.core.visit import Visit
from kiosk.core.wording import digits


def spoken(view: View, visit: Visit, context: Context) -> View:
    """Return the view with its speech: an open question first, since it is over the screen."""
    if view.question is not None:
        parts = [view.question.title, view.question.text, _choices(view)]
    else:
        parts = [view.title, view.lead, _of_body(view.body, visit, context), view.notice]
    return replace(view, spoken=" ".join(_sentence(part) for part in parts if part))


def _sentence(text: str) -> str:
    return text if text[-1] in ".!?:" else f"{text}."


def _choices(view: View) -> str:
    return ". ".join(button.text for button in view.question.buttons) if view.question else ""


def _of_body(body: Body, visit: Visit, context: Context) -> str:
    match body:
        case PhotoBody() | FingersBody():
            return body.fault or body.hint_text
        case DoneBody():
            number = digits(visit.pickup_number)
            return context.say(visit, "done.spoken", number=number)
        case SummaryBody():
            return _of_summary(body, context)
        case DetailsBody() | BirthBody():
            return _of_form(body, context)
        case _:
            return _of_plain(body)


def _of_plain(body: Body) -> str:
    match body:
        case AttractBody():
            return ". ".join([body.action, *body.hints])
        case ServicesBody():
            return ". ".join(f"{tile.title}, {tile.text}" for tile in body.tiles)
        case PrivacyBody():
            return " ".join(text for _, text in body.points)
        case PhotoChoiceBody():
            return body.warning
        case NoticeBody():
            return " ".join(body.lines)
        case SignatureBody():
            return ""
        case _:
            return ""


def _of_form(body: DetailsBody | BirthBody, context: Context) -> str:
    """Say the questions and the faults; answers only where nobody else hears them."""
    if isinstance(body, BirthBody):
        return body.message
    return " ".join(
        _sentence(
            f"{one.label} {one.message}"
            + (f" {_shown(one.value, one.options)}" if context.headphones else "")
        )
        for one in body.fields
    )


def _shown(value: str, options: tuple[tuple[str, str], ...]) -> str:
    return dict(options).get(value, value)


def _of_summary(body: SummaryBody, context: Context) -> str:
    rows = [f"{label}: {value}" for label, value, _ in body.rows] if context.headphones else []
    fees = [f"{text}: {amount}" for text, amount in (*body.fees, body.total)]
    return ". ".join([*rows, *fees, body.note] if body.note else [*rows, *fees])
