"""Bodies of the steps that are read and filled in: privacy, birth, details."""

from kiosk.core import journey
from kiosk.core.context import Context
from kiosk.core.reactions import hand_over
from kiosk.core.reactions.form import birth_is_whole, day_exists, open_fields
from kiosk.core.view import BandChoice, BirthBody, Button, DetailsBody, FieldView, PrivacyBody
from kiosk.core.visit import Visit
from kiosk.core.wording import money, months
from server.contract.captures import AgeBand
from server.contract.catalogue import YES_NO, FieldType, FormField

_POINTS = (  # icon, text id; the office's duty to inform, in the order people ask
    ("list-checks", "privacy.what"),
    ("building-2", "privacy.who"),
    ("lock", "privacy.sealed"),
    ("clock", "privacy.deleted"),
    ("user-round", "privacy.counter"),
    ("mail", "privacy.contact"),
)
_UNBROKEN = "\u00a0"


def privacy(visit: Visit, context: Context) -> PrivacyBody:
    points = tuple((icon, context.say(visit, name, place=context.place)) for icon, name in _POINTS)
    return PrivacyBody(points, Button("agree", context.say(visit, "privacy.agree")))


def birth(visit: Visit, context: Context) -> BirthBody:
    known = visit.birth
    return BirthBody(
        day=known.day,
        month=known.month,
        band=known.band,
        day_label=context.say(visit, "birth.day"),
        month_label=context.say(visit, "birth.month"),
        months=months(context.texts, visit.look.language),
        bands_label=context.say(visit, "birth.bands"),
        bands=tuple(BandChoice(band, context.say(visit, f"band.{band.value}")) for band in AgeBand),
        message=_birth_message(visit, context),
    )


def _birth_message(visit: Visit, context: Context) -> str:
    known = visit.birth
    if known.month is not None and not day_exists(known):
        return context.say(visit, "birth.no_such_day")
    if visit.tried and not birth_is_whole(known):
        return context.say(visit, "birth.missing")
    notes = (one for one in hand_over.findings(visit, context) if not one.stops)
    first = next(notes, None)  # the others are read on the summary: here is room for one
    return first.text.in_language(visit.look.language) if first else ""


def details(visit: Visit, context: Context) -> DetailsBody:
    given = hand_over.answers(visit, context)
    wrong = open_fields(visit, context)
    return DetailsBody(
        tuple(
            _field(one, given.get(one.id, ""), one.id in wrong, visit, context)
            for one in hand_over.fields(visit, context)
        )
    )


def _field(one: FormField, value: str, wrong: bool, visit: Visit, context: Context) -> FieldView:
    language = visit.look.language
    return FieldView(
        id=one.id,
        type=one.type.value,
        label=question(one, visit),
        help=one.help.in_language(language) if one.help else "",
        value=value,
        options=options(one, visit, context),
        unit=one.unit,
        message=_field_message(one, value, visit, context)
        if wrong
        else _refused(one, visit, context),
        min=one.min,
        max=one.max,
    )


def options(one: FormField, visit: Visit, context: Context) -> tuple[tuple[str, str], ...]:
    """Return the answers one may choose from, in the citizen's language."""
    if one.type is FieldType.YES_NO:
        return tuple(
            (value, _priced(context.say(visit, f"answer.{value}"), one, value, visit, context))
            for value in YES_NO
        )
    return tuple(
        (o.value, _priced(o.label.in_language(visit.look.language), one, o.value, visit, context))
        for o in one.options
    )


def question(one: FormField, visit: Visit) -> str:
    """Return what is asked, of a parent about the child."""
    parent = journey.is_asked_of_a_parent(visit.birth.band)
    return one.question(visit.look.language, about_child=parent)


def _priced(text: str, one: FormField, value: str, visit: Visit, context: Context) -> str:
    """Return an answer with what it costs more than the usual one."""
    more = hand_over.costs_more(visit, context, one, value)
    amount = f"(+ {money(more, visit.look.language)})".replace(" ", _UNBROKEN)
    return f"{text} {amount}" if more > 0 else text


def _refused(one: FormField, visit: Visit, context: Context) -> str:
    """Mark the answer that only a person can deal with, once *Next* has said so."""
    found = hand_over.referral(visit, context) if visit.tried else None
    return context.say(visit, "details.refused") if found and one.id in found.fields else ""


def _field_message(one: FormField, value: str, visit: Visit, context: Context) -> str:
    """Say what is wrong: a value that cannot be at once, a missing one only after *Next*."""
    if value and one.type is FieldType.NUMBER:
        return context.say(visit, "details.range", low=one.min, high=one.max, unit=one.unit)
    if value:
        return context.say(visit, "details.not_possible")
    return context.say(visit, "details.missing") if visit.tried else ""
