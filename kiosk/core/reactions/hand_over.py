"""What is handed over: which parts, which fees, what the office's rules say about the answers."""

from kiosk.core import journey
from kiosk.core.context import Context
from kiosk.core.effects import CaptureDraft
from kiosk.core.view import Screen
from kiosk.core.visit import Print, Visit
from server.contract import eligibility, fees
from server.contract.captures import AgeBand, FeeLine, FingerFact, FingerReports, MissingFinger
from server.contract.catalogue import Door, FormField, Service, StepKind
from server.contract.eligibility import Finding
from server.contract.envelope import PartKind


def fields(visit: Visit, context: Context) -> tuple[FormField, ...]:
    """Return the questions of the terminal for this citizen, as answered so far."""
    service = context.service(visit)
    if service is None:
        return ()
    return service.asked_at(Door.KIOSK, _band(visit), dict(visit.answers))


def answers(visit: Visit, context: Context) -> dict[str, str]:
    """Return the answers that count: asked of this citizen, defaults filled in."""
    service = context.service(visit)
    if service is None:
        return {}
    known = service.with_defaults(dict(visit.answers))
    return {f.id: known[f.id] for f in fields(visit, context) if known.get(f.id)}


def fee_lines(visit: Visit, context: Context) -> tuple[FeeLine, ...]:
    """Return the fee, line by line, in the citizen's language."""
    service = context.service(visit)
    return _lines(service, answers(visit, context), visit, context) if service else ()


def costs_more(visit: Visit, context: Context, field: FormField, value: str) -> int:
    """Return the cents that a wish costs more than the usual answer; facts are no wishes.

    A wish is a question with a default: pages, express, delivery.
    """
    service = context.service(visit)
    if service is None or field.default is None:
        return 0
    given = answers(visit, context)
    both = ({**given, field.id: one} for one in (value, field.default))
    wished, usual = (fees.total(_lines(service, one, visit, context)) for one in both)
    return wished - usual


def _lines(
    service: Service, given: dict[str, str], visit: Visit, context: Context
) -> tuple[FeeLine, ...]:
    return fees.lines(
        service,
        band=_band(visit),
        answers=given,
        on=context.today,
        photo_taken=StepKind.PHOTO in service.steps,
        language=visit.look.language,
    )


def findings(visit: Visit, context: Context) -> tuple[Finding, ...]:
    """Return what the rules say about this citizen; nothing before the age is known."""
    service = context.service(visit)
    if service is None or visit.birth.band is None:
        return ()
    return eligibility.check(service, band=visit.birth.band, answers=answers(visit, context))


def referral(visit: Visit, context: Context) -> Finding | None:
    """Return the finding that only a person at the counter can deal with, if there is one."""
    return next((one for one in findings(visit, context) if one.stops), None)


def draft(visit: Visit, context: Context) -> CaptureDraft:
    """Return the record's part that the citizen gave."""
    screens = journey.plan(_service(visit, context), _band(visit))
    fingers = visit.fingers if Screen.FINGERS in screens else None
    return CaptureDraft(
        birth_day=visit.birth.day or 1,
        birth_month=visit.birth.month or 1,
        age_band=_band(visit),
        service=visit.service,
        language=visit.look.language,
        answers=tuple(sorted(answers(visit, context).items())),
        fingers=_facts(visit, context),
        fees=fee_lines(visit, context),
        photo_accepted=visit.photo.accepted,
        reports=FingerReports(
            right=fingers.right.report if fingers and fingers.right else None,
            left=fingers.left.report if fingers and fingers.left else None,
        ),
        parts=_parts(visit, screens),
        simulated=context.simulated,
    )


def _service(visit: Visit, context: Context) -> Service:
    service = context.service(visit)
    assert service is not None
    return service


def _band(visit: Visit) -> AgeBand:
    return visit.birth.band or AgeBand.FROM_24


def _facts(visit: Visit, context: Context) -> tuple[FingerFact, ...]:
    """Return a fact per finger the service wants, with the reason where there is no print."""
    service = _service(visit, context)
    if StepKind.FINGERPRINTS not in service.steps:
        return ()
    if Screen.FINGERS not in journey.plan(service, _band(visit)):
        young = MissingFinger.UNDER_AGE
        return tuple(FingerFact(position=p, quality=None, missing=young) for p in (2, 7))
    taken = (visit.fingers.right, visit.fingers.left)
    return tuple(one.fact for one in taken if one is not None)


def _parts(visit: Visit, screens: journey.Plan) -> tuple[PartKind, ...]:
    """Return the kinds of part that must be sealed already when the envelope is made."""
    parts: list[PartKind] = []
    if Screen.PHOTO in screens:
        parts += [PartKind.PHOTO, PartKind.PHOTO_REPORT]
    if Screen.FINGERS in screens:
        parts += _finger_parts(visit.fingers.right, PartKind.FINGER_RIGHT)
        parts += _finger_parts(visit.fingers.left, PartKind.FINGER_LEFT)
    if Screen.SIGNATURE in screens and not visit.signature.at_counter:
        parts.append(PartKind.SIGNATURE)
    return tuple(parts)


def at_counter(visit: Visit, context: Context) -> tuple[str, ...]:
    """Return the text ids of what the terminal did not take and the counter will."""
    screens = journey.plan(_service(visit, context), _band(visit))
    hands = (("finger_right", visit.fingers.right), ("finger_left", visit.fingers.left))
    missing = [name for name, taken in hands if taken and taken.fact.missing is not None]
    found = missing if Screen.FINGERS in screens else []
    unsigned = Screen.SIGNATURE in screens and visit.signature.at_counter
    return tuple(f"at_counter.{name}" for name in (*found, *(("signature",) if unsigned else ())))


def _finger_parts(taken: Print | None, kind: PartKind) -> list[PartKind]:
    return [kind] if taken is not None and taken.fact.missing is None else []
