"""What the papers at the counter make of a capture: its true age band, its fee, what follows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from server.captures.intake import FINGER_PARTS
from server.clock import from_text, local_day
from server.contract import eligibility, fees
from server.contract.captures import AgeBand, CaptureRecord, FeeLine, MissingFinger
from server.contract.catalogue import Door, FieldType, FormField, Service, StepKind
from server.contract.desk import Assessment, CaseFields, CounterFacts, Follow, Release, Stop
from server.contract.envelope import PartKind
from server.refusals import No, Refused

_TYPED = CaseFields.model_fields.keys() | {"height"}  # asked as fields of the case
FIRST_YEAR = 1900
_ASKED = frozenset({FieldType.YES_NO, FieldType.CHOICE})


@dataclass(frozen=True, slots=True)
class Application:
    """A capture as the terminal took it, and its service."""

    service: Service
    record: CaptureRecord
    parts: Collection[PartKind]  # of the terminal, and what was given at the counter
    cannot_sign: bool = False

    @property
    def day(self) -> date:
        """The day of application, by which the law fixes age and fee (PAuswGebV §1(1))."""
        return local_day(from_text(self.record.captured_at))


def assess(
    capture: Application, facts: CounterFacts, language: str | None = None
) -> Assessment | Refused:
    """Say what birth date and answers make of a capture; unanswered questions are named.

    Fee lines are in `language`, without one in the citizen's.
    """
    born = _born(capture, facts.birth_date)
    if isinstance(born, Refused):
        return born
    band = eligibility.band_of(born, capture.day)
    asked = _questions(capture, band, facts.answers)
    if wrong := _wrong(capture.service, asked, facts.answers):
        return wrong
    told = {field.id: facts.answers[field.id] for field in asked if facts.answers.get(field.id)}
    known = capture.service.with_defaults({**capture.record.answers, **told})
    lines = _fees(capture, band, known, language or capture.record.language)
    return Assessment(
        told_age_band=capture.record.age_band,
        age_band=band,
        questions=tuple(field.id for field in asked),
        unanswered=tuple(f.id for f in asked if f.required and f.id not in known),
        answers={field.id: known[field.id] for field in asked if field.id in known},
        fees=lines,
        total_cents=fees.total(lines),
        follows=_follows(capture, band, lines),
        stops=_stops(capture, born, known),
    )


def objection(said: Release, found: Assessment, prints_taken_again: bool) -> Refused | None:
    """Return why a capture cannot be released with this assessment, None if it can."""
    if found.age_band is not found.told_age_band and not said.age_band_corrected:
        return No.OTHER_AGE_BAND.because(_other_band(found))
    if found.unanswered:
        return No.NOT_UNDERSTOOD.because(f"body.answers.{found.unanswered[0]}: needs an answer")
    if found.stops:
        first = found.stops[0]
        return No.RULE_STOPS.because(f"{first.code}: {first.text.en}")
    if Follow.FINGERS_TO_TAKE in found.follows and not prints_taken_again:
        return No.FINGERS_TO_TAKE.because(f"fingerprints are due at {found.age_band}, none came")
    if Follow.SIGNATURE_TO_TAKE in found.follows:
        return No.SIGNATURE_TO_TAKE.because(f"a signature is due at {found.age_band}, none came")
    return None


def _born(capture: Application, written: str) -> date | Refused:
    """Compare with what the citizen typed, which also stands in for unknown parts (XX)."""
    year, month, day = written.split("-")
    if wrong := _no_day(year, month, day):
        return No.NOT_UNDERSTOOD.because(f"body.birth_date: {wrong}")
    record = capture.record
    known = (month, f"{record.birth_month:02d}"), (day, f"{record.birth_day:02d}")
    if any(typed not in ("XX", told) for typed, told in known):
        return No.OTHER_BIRTHDAY.because("the birth date has another day or month")
    try:
        born = date(int(year), record.birth_month, record.birth_day)
    except ValueError:
        return No.OTHER_BIRTHDAY.because("there is no such day in the year of birth")
    if born > capture.day:
        return No.OTHER_BIRTHDAY.because("the birth date lies after the capture")
    return born


def _no_day(year: str, month: str, day: str) -> str:
    """Return why nobody alive was born then, "" if it may be; January stands in for XX."""
    if int(year) < FIRST_YEAR:
        return f"the year lies before {FIRST_YEAR}"
    try:
        date(int(year), int(month.replace("XX", "01")), int(day.replace("XX", "01")))
    except ValueError:
        return "there is no such day"
    return ""


def _questions(capture: Application, band: AgeBand, answers: Mapping[str, str]) -> list[FormField]:
    """Return what the counter asks, and what the terminal would have asked at the true age."""
    service, record = capture.service, capture.record
    known = {**record.answers, **answers}
    due = {field.id for field in service.asked_at(Door.COUNTER, band, known)}
    if band is not record.age_band:
        before = service.asked_at(Door.KIOSK, record.age_band, record.answers)
        due |= {f.id for f in service.asked_at(Door.KIOSK, band, known) if f not in before}
    return [f for f in service.fields if f.id in due - _TYPED and f.type in _ASKED]


def _wrong(service: Service, asked: list[FormField], answers: Mapping[str, str]) -> Refused | None:
    """Refuse what no question could ask or no answer could be; what is not asked is left out."""
    known = {field.id for field in service.fields}
    for name in answers:
        if name not in known:
            return No.NOT_UNDERSTOOD.because("body.answers: names no question of the service")
    for field in asked:
        if (value := answers.get(field.id)) and not field.accepts(value):
            return No.NOT_UNDERSTOOD.because(f"body.answers.{field.id}: is no answer to this")
    return None


def _fees(
    capture: Application, band: AgeBand, answers: Mapping[str, str], language: str
) -> tuple[FeeLine, ...]:
    return fees.lines(
        capture.service,
        band=band,
        answers=answers,
        on=capture.day,
        photo_taken=PartKind.PHOTO in capture.parts,
        language=language,
    )


def _follows(capture: Application, band: AgeBand, lines: tuple[FeeLine, ...]) -> tuple[Follow, ...]:
    rules, told = capture.service.rules, capture.record.age_band
    steps = eligibility.steps_for(capture.service, band)
    prints, signed = FINGER_PARTS & set(capture.parts), PartKind.SIGNATURE in capture.parts
    fingers_due, signature_due = StepKind.FINGERPRINTS in steps, StepKind.SIGNATURE in steps
    alone = eligibility.may_apply_alone
    found = {
        Follow.OTHER_FEE: fees.total(lines) != fees.total(capture.record.fees),
        Follow.FINGERS_TO_TAKE: fingers_due and not prints and not _has_no_fingers(capture.record),
        Follow.FINGERS_NOT_USED: bool(prints) and not fingers_due,
        Follow.SIGNATURE_TO_TAKE: signature_due and not signed and not capture.cannot_sign,
        Follow.SIGNATURE_NOT_USED: signed and not signature_due,
        Follow.CUSTODIAN_NEEDED: alone(rules, told) and not alone(rules, band),
    }
    return tuple(follow for follow, holds in found.items() if holds)


def _has_no_fingers(record: CaptureRecord) -> bool:
    """Tell whether prints are impossible for good (PAuswG §5(9))."""
    reasons = {finger.missing for finger in record.fingers}
    return reasons == {MissingFinger.PERMANENT}


def _stops(capture: Application, born: date, answers: Mapping[str, str]) -> tuple[Stop, ...]:
    found = eligibility.check_full(
        capture.service,
        born=born,
        on=capture.day,
        nationality="" if answers.get("german") == "no" else "D",
        main_residence_here=answers.get("main_residence_here") != "no",
        custodian_present=answers.get("custodian_present") == "yes",
        answers=answers,
    )
    return tuple(Stop(code=one.code, text=one.text) for one in found if one.stops)


def _other_band(found: Assessment) -> str:
    what = ", ".join(follow.value.replace("_", " ") for follow in found.follows) or "nothing else"
    return (
        f"by the birth date the age band is {found.age_band}, the terminal was told "
        f"{found.told_age_band}; what follows: {what}; "
        f"the fee is then {found.total_cents / 100:.2f} EUR"
    )
