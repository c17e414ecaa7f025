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
    ahead = [view.call.title, view.call.text] if view.call is not None else []
    return replace(view, spoken=sentences(*ahead, *parts))


def sentences(*parts: str) -> str:
    """Return the parts that are not empty as sentences, one after another."""
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(text: str) -> str:
    return text if text[-1] in ".!?:" else f"{text}."


def _choices(view: View) -> str:
    return ". ".join(button.text for button in view.question.buttons) if view.question else ""


def _of_body(body: Body, visit: Visit, context: Context) -> str:
    match body:
        case PhotoBody() | FingersBody():
            return body.fault or body.hint_text
        case PhotoChoiceBody():
            return _of_choice(body, visit, context)
        case SignatureBody():
            return _of_signature(body, visit, context)
        case DoneBody():
            return _of_done(body, visit, context)
        case SummaryBody():
            return _of_summary(body, context)
        case DetailsBody():
            return _of_details(body, context)
        case BirthBody():
            return _of_birth(body, visit, context)
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
        case NoticeBody():
            return " ".join(body.lines)
        case _:
            return ""


def _of_choice(body: PhotoChoiceBody, visit: Visit, context: Context) -> str:
    """Say how many photos there are and which is chosen: they cannot be seen."""
    count = len(body.pictures)
    many = "" if count < 2 else context.say(visit, "photo_choice.count", count=count)
    chosen = context.say(visit, "photo_choice.chosen", at=body.chosen + 1) if many else ""
    return sentences(many, chosen, body.warning, body.again.text)


def _of_signature(body: SignatureBody, visit: Visit, context: Context) -> str:
    given = context.say(visit, "signature.kept") if body.has_ink else ""
    choices = " ".join(_sentence(button.text) for button in body.buttons)
    return sentences(given, context.say(visit, "signature.otherwise"), choices)


def _of_done(body: DoneBody, visit: Visit, context: Context) -> str:
    """Say the number twice, then what to do and bring, what it costs, and about the receipt."""
    number = context.say(visit, "done.spoken", number=digits(visit.pickup_number))
    total = "{}: {}".format(*body.fees[-1]) if body.fees else ""
    return sentences(number, *body.lines, total, body.printer)


def _of_birth(body: BirthBody, visit: Visit, context: Context) -> str:
    """Say the three questions and which are open; what was answered is nobody's business."""
    asked = {
        body.day_label: body.day,
        body.month_label: body.month,
        body.bands_label: body.band,
    }
    missing = [label for label, value in asked.items() if value is None]
    labels = ", ".join(label.rstrip("?") for label in missing)
    open_ones = context.say(visit, "birth.open", questions=labels) if missing else ""
    whole = context.say(visit, "birth.whole") if not missing else ""
    return sentences(*asked, open_ones, whole, body.message)


def _of_details(body: DetailsBody, context: Context) -> str:
    """Say the questions and the faults; answers only where nobody else hears them."""
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
