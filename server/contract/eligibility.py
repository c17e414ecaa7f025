"""Who may apply for what: age bands, and the checks of the catalogue that hold for a citizen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from server.contract.captures import AgeBand
from server.contract.catalogue import Rules, Service, Severity, StepKind, Text

YOUNGEST = {
    AgeBand.UNDER_6: 0,
    AgeBand.FROM_6: 6,
    AgeBand.FROM_10: 10,
    AgeBand.FROM_16: 16,
    AgeBand.FROM_18: 18,
    AgeBand.FROM_24: 24,
}
GERMAN = frozenset({"D", "DE", "DEU"})  # ICAO 9303, ISO 3166-1


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that holds: a stable code, what it means for the journey, and what to say.

    `fields` are the questions whose answers it depends on.
    """

    code: str
    severity: Severity
    text: Text
    fields: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Tell whether nothing more can be taken at this place."""
        return self.severity is not Severity.NOTE


def age_on(born: date, on: date) -> int:
    """Return the age in whole years; raises ValueError when `born` lies after `on`.

    A year of life ends with the day before the birthday (BGB §187(2), §188(2)), so a birthday
    counts from its first hour. Who was born on 29 February turns a year older on 1 March where
    the year has no such day: the period then ends with the last day of February (§188(3)).
    """
    if born > on:
        raise ValueError("born after the day of application")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def band_of(born: date, on: date) -> AgeBand:
    """Return the age band on the day of application; raises ValueError as `age_on` does."""
    age = age_on(born, on)
    return max((band for band in AgeBand if YOUNGEST[band] <= age), key=lambda band: YOUNGEST[band])


def may_apply_alone(rules: Rules, band: AgeBand) -> bool:
    return YOUNGEST[band] >= rules.alone_from


def gives_fingerprints(rules: Rules, band: AgeBand) -> bool:
    return YOUNGEST[band] >= rules.fingers_from


def signs(rules: Rules, band: AgeBand) -> bool:
    return YOUNGEST[band] >= rules.signature_from


def valid_years(rules: Rules, band: AgeBand) -> int:
    """Return for how many years the document will be valid."""
    return rules.valid_years_from_24 if band is AgeBand.FROM_24 else rules.valid_years_under_24


def steps_for(service: Service, band: AgeBand) -> tuple[StepKind, ...]:
    """Return the service's steps without those that a citizen of this age does not take."""
    skipped = {
        StepKind.FINGERPRINTS: not gives_fingerprints(service.rules, band),
        StepKind.SIGNATURE: not signs(service.rules, band),
    }
    return tuple(step for step in service.steps if not skipped.get(step, False))


def check(service: Service, *, band: AgeBand, answers: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return what holds for the answers of a terminal, in the catalogue's order."""
    known = service.with_defaults(answers)
    return tuple(
        Finding(rule.id, rule.severity, rule.text, tuple(rule.when.answers))
        for rule in service.checks
        if rule.when.holds(band=band, answers=known, photo_taken=False)
    )


def check_full(
    service: Service,
    *,
    born: date,
    on: date,
    nationality: str,
    main_residence_here: bool,
    custodian_present: bool,
    answers: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Return what holds for a person whose papers the clerk has seen; what they show decides.

    `nationality` is a code of ICAO 9303 or ISO 3166-1. Raises ValueError when `born` lies
    after `on`.
    """
    seen = {
        "german": _word(nationality.upper() in GERMAN),
        "main_residence_here": _word(main_residence_here),
        "custodian_present": _word(custodian_present),
    }
    return check(service, band=band_of(born, on), answers={**(answers or {}), **seen})


def _word(holds: bool) -> str:
    return "yes" if holds else "no"
