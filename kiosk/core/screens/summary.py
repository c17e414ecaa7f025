"""Body of the summary: what was given, what it costs, what the rules add."""

from kiosk.core.context import Context
from kiosk.core.reactions import hand_over
from kiosk.core.reactions.form import complete
from kiosk.core.reactions.moves import plan
from kiosk.core.screens.form import options, question
from kiosk.core.view import Screen, SummaryBody
from kiosk.core.visit import Print, Visit
from kiosk.core.wording import birthday, money
from server.contract import fees
from server.contract.catalogue import FormField

Row = tuple[str, str, str]


def summary(visit: Visit, context: Context) -> SummaryBody:
    shown = visit.photo.pictures
    lines = hand_over.fee_lines(visit, context)
    language = visit.look.language
    return SummaryBody(
        rows=_rows(visit, context),
        fees=tuple((line.text, money(line.cents, language)) for line in lines),
        total=(context.say(visit, "fees.total"), money(fees.total(lines), language)),
        photo=shown[visit.photo.chosen].jpeg if shown else b"",
        note=_note(visit, context),
    )


def _note(visit: Visit, context: Context) -> str:
    if visit.tried and not complete(visit, Screen.SUMMARY, context):
        return context.say(visit, "summary.incomplete")
    found = [
        one.text.in_language(visit.look.language) for one in hand_over.findings(visit, context)
    ]
    return " ".join([*found, context.say(visit, "summary.clerk_decides")])


def _rows(visit: Visit, context: Context) -> tuple[Row, ...]:
    steps = plan(visit, context)
    rows: list[Row] = []
    if Screen.BIRTH in steps:
        rows += _birth_rows(visit, context)
    if Screen.DETAILS in steps:
        rows += [_answer(one, visit, context) for one in hand_over.fields(visit, context)]
    rows += [_taken(step, visit, context) for step in steps if step in _TAKEN]
    return tuple(rows)


def _birth_rows(visit: Visit, context: Context) -> list[Row]:
    known = visit.birth
    if known.day is None or known.month is None or known.band is None:
        return []
    day = birthday(known.day, known.month, context.texts, visit.look.language)
    band = context.say(visit, f"band.{known.band.value}")
    screen = Screen.BIRTH.value
    return [
        (context.say(visit, "summary.birthday"), day, screen),
        (context.say(visit, "summary.age"), band, screen),
    ]


def _answer(one: FormField, visit: Visit, context: Context) -> Row:
    value = hand_over.answers(visit, context).get(one.id, "")
    shown = dict(options(one, visit, context)).get(value, value)
    whole = f"{shown} {one.unit}" if value and one.unit else shown
    return question(one, visit), whole, Screen.DETAILS.value


_TAKEN = {Screen.PHOTO, Screen.FINGERS, Screen.SIGNATURE}


def _taken(step: Screen, visit: Visit, context: Context) -> Row:
    return context.say(visit, f"{step.value}.step"), _state(step, visit, context), step.value


def _state(step: Screen, visit: Visit, context: Context) -> str:
    if not complete(visit, step, context):
        return context.say(visit, "summary.missing")
    if step is Screen.PHOTO:
        good = visit.photo.accepted
        return context.say(visit, "summary.photo_good" if good else "summary.photo_unsure")
    if step is Screen.SIGNATURE:
        at_counter = visit.signature.at_counter and not visit.signature.inked
        return context.say(visit, "summary.at_counter" if at_counter else "summary.given")
    return _fingers(visit, context)


def _fingers(visit: Visit, context: Context) -> str:
    both = (("right", visit.fingers.right), ("left", visit.fingers.left))
    return ", ".join(_finger(hand, taken, visit, context) for hand, taken in both if taken)


def _finger(hand: str, taken: Print, visit: Visit, context: Context) -> str:
    """Say what became of one finger; a reason that the citizen gave is named."""
    missing = taken.fact.missing
    named = f"summary.finger_{missing.value}" if missing else "summary.finger_taken"
    word = named if context.texts.has(named) else "summary.finger_missing"
    return context.say(visit, word, hand=context.say(visit, f"hand.{hand}"))
