"""Choosing, agreeing and answering, and going on only when a screen is complete."""

import calendar
import unicodedata
from dataclasses import replace

from kiosk.core import events, journey
from kiosk.core.context import Context
from kiosk.core.effects import DropParts, SealPart
from kiosk.core.journey import Move
from kiosk.core.reactions import hand_over, photo
from kiosk.core.reactions.moves import Step, arrive, go, plan, stay, too_soon
from kiosk.core.view import Screen
from kiosk.core.visit import Birth, Signature, Visit
from server.contract.envelope import PartKind

_LEAP_YEAR = 2024  # 29 February is somebody's birthday


def begin(visit: Visit, event: events.Begin, context: Context) -> Step:
    if visit.screen is not Screen.ATTRACT or too_soon(visit, context):
        return stay(visit)
    language = event.language or visit.look.language
    return go(replace(visit, look=replace(visit.look, language=language)), Move.BEGIN, context)


def choose_service(visit: Visit, event: events.ChooseService, context: Context) -> Step:
    offered = any(one.id == event.service for one in context.offered())
    if visit.screen is not Screen.SERVICES or not offered or too_soon(visit, context):
        return stay(visit)
    chosen = visit if event.service == visit.service else _fresh(visit, event.service)
    return go(chosen, Move.NEXT, context)


def _fresh(visit: Visit, service: str) -> Visit:
    """Choosing another service keeps who one is and drops the other service's answers."""
    return replace(visit, service=service, answers=())


def agree(visit: Visit, event: events.Agree, context: Context) -> Step:
    if visit.screen is not Screen.PRIVACY or too_soon(visit, context):
        return stay(visit)
    return _onward(replace(visit, agreed=True), context)


def set_birth(visit: Visit, event: events.SetBirth, context: Context) -> Step:
    if visit.screen is not Screen.BIRTH:
        return stay(visit)
    known = visit.birth
    merged = Birth(event.day or known.day, event.month or known.month, event.band or known.band)
    return stay(replace(visit, birth=merged))


def answer(visit: Visit, event: events.Answer, context: Context) -> Step:
    known = {field.id for field in hand_over.fields(visit, context)}
    if visit.screen is not Screen.DETAILS or event.field not in known:
        return stay(visit)
    value = unicodedata.normalize("NFC", event.value)
    given = {**dict(visit.answers), event.field: value}
    return stay(replace(visit, answers=tuple(sorted(given.items()))))


def sign(visit: Visit, event: events.Signed, context: Context) -> Step:
    if visit.screen is not Screen.SIGNATURE:
        return stay(visit)
    return stay(replace(visit, signature=Signature(png=event.png)))


def cannot_sign(visit: Visit, event: events.CannotSign, context: Context) -> Step:
    """Go on without a signature: who cannot write here signs at the counter."""
    if visit.screen is not Screen.SIGNATURE or too_soon(visit, context):
        return stay(visit)
    without = replace(visit, signature=Signature(at_counter=True))
    moved, moving = _onward(without, context)
    dropping = (DropParts((PartKind.SIGNATURE,)),) if visit.signature.sealed else ()
    return moved, (*dropping, *moving)


def forward(visit: Visit, event: events.Next, context: Context) -> Step:
    """Go on from the screen the touch was meant for, once it is complete."""
    if event.screen != visit.screen.value or too_soon(visit, context):
        return stay(visit)
    if visit.screen in (Screen.DONE, Screen.COUNTER):
        return go(visit, Move.FINISH, context)
    if not complete(visit, visit.screen, context):
        return stay(replace(visit, tried=True))
    if visit.screen is Screen.DETAILS and hand_over.referral(visit, context):
        return stay(_asking(replace(visit, tried=True), "refer"))
    sealed, sealing = _seal(visit)
    moved, moving = _onward(sealed, context)
    return moved, (*sealing, *moving)


def back(visit: Visit, event: events.Back, context: Context) -> Step:
    if event.screen != visit.screen.value or too_soon(visit, context):
        return stay(visit)
    return go(replace(visit, revising=False), Move.BACK, context)


def revise(visit: Visit, event: events.Revise, context: Context) -> Step:
    wanted = [one for one in plan(visit, context) if one.value == event.to]
    if visit.screen is not Screen.SUMMARY or not wanted or too_soon(visit, context):
        return stay(visit)
    return arrive(replace(visit, revising=True), wanted[0], context)


def _onward(visit: Visit, context: Context) -> Step:
    """Make the move NEXT; who revises goes on to the first screen that lacks something."""
    here = journey.step_of(visit.screen)
    steps = plan(visit, context)
    if not visit.revising or here is Screen.SUMMARY or here not in steps:
        return go(visit, Move.NEXT, context)
    after = steps[steps.index(here) + 1 :]
    target = next((one for one in after if not complete(visit, one, context)), after[-1])
    return arrive(replace(visit, revising=target is not Screen.SUMMARY), target, context)


def _seal(visit: Visit) -> Step:
    if visit.screen is Screen.PHOTO_CHOICE:
        return stay(visit, *photo.sealing(visit))
    png = visit.signature.png
    if visit.screen is not Screen.SIGNATURE or png is None:
        return stay(visit)
    kept = replace(visit, signature=replace(visit.signature, sealed=True))
    return stay(kept, SealPart(PartKind.SIGNATURE, png))


def _asking(visit: Visit, question: str) -> Visit:
    return replace(visit, question=question, clock=replace(visit.clock, asked=visit.clock.now))


def complete(visit: Visit, screen: Screen, context: Context) -> bool:
    """Tell whether everything that a screen asks for is given."""
    match screen:
        case Screen.PRIVACY:
            return visit.agreed
        case Screen.BIRTH:
            return birth_is_whole(visit.birth)
        case Screen.DETAILS:
            return not open_fields(visit, context)
        case Screen.PHOTO | Screen.PHOTO_CHOICE:
            return bool(visit.photo.pictures)
        case Screen.FINGERS:
            return visit.fingers.open() is None
        case Screen.SIGNATURE:
            return visit.signature.settled
        case _:
            return all(complete(visit, one, context) for one in plan(visit, context)[:-1])


def birth_is_whole(birth: Birth) -> bool:
    return birth.band is not None and birth.day is not None and day_exists(birth)


def day_exists(birth: Birth) -> bool:
    """Tell whether the month may have that day; anything goes while one is missing."""
    if birth.day is None or birth.month is None:
        return birth.month is not None
    return 1 <= birth.day <= calendar.monthrange(_LEAP_YEAR, birth.month)[1]


def open_fields(visit: Visit, context: Context) -> tuple[str, ...]:
    """Return the ids of questions whose answer is missing or cannot be."""
    given = hand_over.answers(visit, context)
    fields = hand_over.fields(visit, context)
    return tuple(one.id for one in fields if not one.accepts(given.get(one.id, "")))
