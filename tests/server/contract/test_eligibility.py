"""Who may apply for what, by birth date, day of application, nationality and residence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assets
from server.contract import eligibility
from server.contract.captures import AgeBand
from server.contract.catalogue import Severity, StepKind
from server.contract.catalogue_file import load

CARD, PASSPORT = load(assets.path("services")).services
ON = date(2026, 6, 15)
WELL = {"german": "yes", "main_residence_here": "yes", "custodian_present": "yes"}


def codes(findings, *severities):
    return {found.code for found in findings if not severities or found.severity in severities}


def full(service, born, **changes):
    known = {
        "on": ON,
        "nationality": "D",
        "main_residence_here": True,
        "custodian_present": True,
        **changes,
    }
    return eligibility.check_full(service, born=born, **known)


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        (date(2002, 6, 15), date(2026, 6, 15), AgeBand.FROM_24),
        (date(2002, 6, 16), date(2026, 6, 15), AgeBand.FROM_18),
        (date(2008, 6, 15), date(2026, 6, 15), AgeBand.FROM_18),
        (date(2008, 6, 16), date(2026, 6, 15), AgeBand.FROM_16),
        (date(2010, 6, 15), date(2026, 6, 15), AgeBand.FROM_16),
        (date(2010, 6, 16), date(2026, 6, 15), AgeBand.FROM_10),
        (date(2016, 6, 15), date(2026, 6, 15), AgeBand.FROM_10),
        (date(2016, 6, 16), date(2026, 6, 15), AgeBand.FROM_6),
        (date(2020, 6, 15), date(2026, 6, 15), AgeBand.FROM_6),
        (date(2020, 6, 16), date(2026, 6, 15), AgeBand.UNDER_6),
        (date(2026, 6, 15), date(2026, 6, 15), AgeBand.UNDER_6),
        (date(1900, 1, 1), date(2026, 6, 15), AgeBand.FROM_24),
    ],
)
def test_a_birthday_counts_from_its_first_hour(born, on, band):
    assert eligibility.band_of(born, on) is band


def test_a_leap_day_child_turns_older_on_the_first_of_march():
    born = date(2004, 2, 29)
    assert eligibility.band_of(born, date(2028, 2, 28)) is AgeBand.FROM_18
    assert eligibility.band_of(born, date(2028, 2, 29)) is AgeBand.FROM_24
    born = date(2012, 2, 29)
    assert eligibility.band_of(born, date(2030, 2, 28)) is AgeBand.FROM_16
    assert eligibility.band_of(born, date(2030, 3, 1)) is AgeBand.FROM_18


def test_nobody_applies_before_birth():
    with pytest.raises(ValueError, match="born after"):
        eligibility.band_of(date(2026, 6, 16), date(2026, 6, 15))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000), st.integers(0, 9_000))
def test_nobody_grows_younger(born, days, more):
    on = born + timedelta(days=days)
    later = on + timedelta(days=more)
    youngest = eligibility.YOUNGEST
    assert youngest[eligibility.band_of(born, on)] <= youngest[eligibility.band_of(born, later)]


@given(st.dates(date(1900, 1, 1), date(2026, 6, 15)))
def test_the_band_holds_the_age(born):
    band = eligibility.band_of(born, ON)
    age = eligibility.age_on(born, ON)
    older = [low for low in eligibility.YOUNGEST.values() if low > eligibility.YOUNGEST[band]]
    assert eligibility.YOUNGEST[band] <= age < min(older, default=200)


def test_bands_have_an_order_and_every_band_has_an_age():
    assert list(eligibility.YOUNGEST) == list(AgeBand)
    assert list(eligibility.YOUNGEST.values()) == sorted(eligibility.YOUNGEST.values())


@pytest.mark.parametrize("service", [CARD, PASSPORT], ids=lambda service: service.id)
class TestBothDocuments:
    def test_an_adult_citizen_of_this_city_only_hears_how_long_it_is_valid(self, service):
        assert codes(full(service, date(1990, 1, 1))) == {"valid_10_years"}

    def test_under_24_it_is_valid_for_6_years(self, service):
        assert codes(full(service, date(2003, 1, 1))) == {"valid_6_years"}
        assert eligibility.valid_years(service.rules, AgeBand.FROM_18) == 6
        assert eligibility.valid_years(service.rules, AgeBand.FROM_24) == 10

    @pytest.mark.parametrize("nationality", ["FRA", "TUR", "XXA", ""])
    def test_other_nationalities_are_referred(self, service, nationality):
        found = full(service, date(1990, 1, 1), nationality=nationality)
        assert codes(found, Severity.REFER) == {"not_german"}
        assert any(one.stops for one in found)

    @pytest.mark.parametrize("nationality", ["D", "DEU", "de"])
    def test_every_code_of_germany_is_german(self, service, nationality):
        assert "not_german" not in codes(full(service, date(1990, 1, 1), nationality=nationality))

    def test_another_city_is_a_hint_and_no_end(self, service):
        found = full(service, date(1990, 1, 1), main_residence_here=False)
        assert codes(found) == {"other_city", "valid_10_years"}
        assert not any(one.stops for one in found)

    def test_fingerprints_from_6_and_signature_from_10(self, service):
        both = {StepKind.FINGERPRINTS, StepKind.SIGNATURE}
        taken = {
            band: both & set(eligibility.steps_for(service, band))
            for band in (AgeBand.UNDER_6, AgeBand.FROM_6, AgeBand.FROM_10)
        }
        assert taken == {
            AgeBand.UNDER_6: set(),
            AgeBand.FROM_6: {StepKind.FINGERPRINTS},
            AgeBand.FROM_10: both,
        }

    def test_what_is_said_agrees_with_the_rules(self, service):
        for band in AgeBand:
            said = codes(eligibility.check(service, band=band, answers=WELL))
            rules = service.rules
            assert ("no_fingerprints" in said) is not eligibility.gives_fingerprints(rules, band)
            assert ("no_signature" in said) is not eligibility.signs(rules, band)
            assert f"valid_{eligibility.valid_years(rules, band)}_years" in said
            alone = eligibility.check(
                service, band=band, answers=WELL | {"custodian_present": "no"}
            )
            blocked = "custodian_missing" in codes(alone, Severity.BLOCK)
            assert blocked is not eligibility.may_apply_alone(rules, band)

    def test_the_custodian_is_asked_for_exactly_where_one_is_needed(self, service):
        for band in AgeBand:
            asked = {field.id for field in service.asked_at("kiosk", band, {})}
            alone = eligibility.may_apply_alone(service.rules, band)
            assert ("custodian_present" in asked) is not alone

    def test_every_sentence_is_there_in_both_languages(self, service):
        for rule in service.checks:
            assert rule.text.de != rule.text.en


def test_a_card_needs_a_custodian_under_16_and_a_passport_under_18():
    seventeen, fifteen = date(2009, 1, 1), date(2011, 1, 1)
    assert "custodian_missing" not in codes(full(CARD, seventeen, custodian_present=False))
    assert "custodian_missing" in codes(full(CARD, fifteen, custodian_present=False))
    assert "custodian_missing" in codes(full(PASSPORT, seventeen, custodian_present=False))
    assert "custodian_missing" not in codes(full(PASSPORT, date(2008, 1, 1)))


def test_what_the_clerk_sees_outweighs_what_the_citizen_touched():
    found = full(CARD, date(1990, 1, 1), nationality="FRA", answers=WELL)
    assert "not_german" in codes(found)


def test_the_terminal_hears_nothing_before_it_asked():
    assert codes(eligibility.check(CARD, band=AgeBand.FROM_24, answers={})) == {"valid_10_years"}
