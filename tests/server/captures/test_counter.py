"""What the papers say decides on age and fee, by the same rules as at the terminal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assets
from server.captures import counter
from server.captures.counter import Application
from server.captures.intake import FINGER_PARTS
from server.contract import catalogue_file, eligibility, fees
from server.contract.captures import AgeBand, CaptureRecord, FingerFact, MissingFinger
from server.contract.desk import Assessment, CounterFacts, Follow
from server.contract.envelope import PartKind
from server.refusals import Refused

CATALOGUE = catalogue_file.load(assets.path("services"))
EVERYTHING = frozenset(PartKind)
PICTURE_ONLY = frozenset({PartKind.RECORD, PartKind.PHOTO, PartKind.PHOTO_REPORT})
ADULT = {"german": "yes", "main_residence_here": "yes", "reason": "expired", "delivery": "pick_up"}


def application(service="id-card", parts=EVERYTHING, missing=None, answers=None, **changes):
    quality = 60 if missing is None else None
    fingers = tuple(FingerFact(position=at, quality=quality, missing=missing) for at in (2, 7))
    values = {
        "capture_id": "0" * 32,
        "pickup_number": "000000017",
        "birth_day": 12,
        "birth_month": 8,
        "age_band": AgeBand.FROM_24,
        "service": service,
        "language": "de",
        "answers": ADULT | (answers or {}),
        "fingers": fingers,
        "fees": (),
        "photo_accepted": True,
        "captured_at": "2026-11-24T09:00:00Z",
        "terminal_id": "foyer-1",
    } | changes
    return Application(CATALOGUE.service(service), CaptureRecord(**values), parts)


def assessed(capture, birth_date, **answers):
    found = counter.assess(capture, CounterFacts(birth_date=birth_date, answers=answers))
    assert isinstance(found, Assessment), found
    return found


def codes(found):
    return [line.code for line in found.fees]


def test_the_fee_of_a_24_year_old_is_that_of_the_terminal():
    found = assessed(application(), "2002-08-12")
    assert (found.age_band, found.told_age_band) == (AgeBand.FROM_24, AgeBand.FROM_24)
    assert (codes(found), found.total_cents) == (["PA_24PLUS", "PA_PHOTO"], 5200)


def test_a_23_year_old_who_chose_24_pays_the_fee_of_a_23_year_old():
    found = assessed(application(), "2003-08-12")
    assert found.age_band is AgeBand.FROM_18
    assert (codes(found), found.total_cents) == (["PA_U24", "PA_PHOTO"], 3360)
    assert Follow.OTHER_FEE in found.follows


def test_the_day_of_the_capture_counts_and_not_that_of_the_release():
    day_before, birthday = "2026-08-11T09:00:00Z", "2026-08-12T09:00:00Z"
    for moment, band in ((day_before, AgeBand.FROM_18), (birthday, AgeBand.FROM_24)):
        assert assessed(application(captured_at=moment), "2002-08-12").age_band is band


def test_the_day_is_that_of_the_offices_own_clock(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    after_midnight = application(captured_at="2026-08-11T22:30:00Z")
    try:
        assert assessed(after_midnight, "2002-08-12").age_band is AgeBand.FROM_24
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("service", "parts", "told", "born", "follows"),
    [
        ("id-card", PICTURE_ONLY, AgeBand.UNDER_6, "2019-08-12", {Follow.FINGERS_TO_TAKE}),
        (
            "id-card",
            PICTURE_ONLY,
            AgeBand.UNDER_6,
            "2015-08-12",
            {Follow.FINGERS_TO_TAKE, Follow.SIGNATURE_TO_TAKE},
        ),
        ("id-card", EVERYTHING, AgeBand.FROM_16, "2014-08-12", {Follow.CUSTODIAN_NEEDED}),
        ("passport", EVERYTHING, AgeBand.FROM_18, "2010-08-12", {Follow.CUSTODIAN_NEEDED}),
        (
            "id-card",
            EVERYTHING,
            AgeBand.FROM_10,
            "2022-08-12",
            {Follow.FINGERS_NOT_USED, Follow.SIGNATURE_NOT_USED},
        ),
    ],
)
def test_what_follows_from_another_age_is_said(service, parts, told, born, follows):
    missing = MissingFinger.UNDER_AGE if told is AgeBand.UNDER_6 else None
    found = assessed(application(service, parts, missing, age_band=told), born)
    assert set(found.follows) - {Follow.OTHER_FEE} == follows


def test_fingers_that_are_gone_for_good_need_not_be_taken():
    parts = EVERYTHING - FINGER_PARTS
    for missing, due in ((MissingFinger.PERMANENT, False), (MissingFinger.TEMPORARY, True)):
        found = assessed(application(parts=parts, missing=missing), "1964-08-12")
        assert (Follow.FINGERS_TO_TAKE in found.follows) is due


def test_the_counter_asks_what_the_terminal_would_have_asked_at_the_true_age():
    found = assessed(application("passport"), "2010-08-12")
    assert set(found.questions) == {"custodian_present", "custodian_consent"}
    assert set(found.unanswered) == set(found.questions)
    assert [stop.code for stop in found.stops] == ["custodian_missing"]
    told = {"custodian_present": "yes", "custodian_consent": "yes"}
    found = assessed(application("passport"), "2010-08-12", **told)
    assert (found.unanswered, found.stops, found.answers) == ((), (), told)


def test_without_consent_a_childs_application_stops():
    child = application(age_band=AgeBand.FROM_10, answers={"custodian_present": "yes"})
    assert assessed(child, "2014-08-12").unanswered == ("custodian_consent",)
    found = assessed(child, "2014-08-12", custodian_consent="no")
    assert [stop.code for stop in found.stops] == ["custodian_consent_missing"]


@pytest.mark.parametrize(
    ("here", "answers", "code", "total"),
    [
        ("yes", {}, None, 5200),
        ("yes", {"off_hours": "yes"}, "PA_OFFHOURS", 6500),
        ("no", {}, "PA_NONCOMPETENT", 6500),
        ("no", {"lives_abroad": "yes"}, "PA_ABROAD", 8200),
        ("no", {"lives_abroad": "yes", "off_hours": "yes"}, "PA_ABROAD", 8200),
    ],
)
def test_facts_that_only_the_counter_knows_change_the_fee(here, answers, code, total):
    found = assessed(application(answers={"main_residence_here": here}), "1964-08-12", **answers)
    assert (code in codes(found)) is (code is not None)
    assert found.total_cents == total


def test_an_answer_to_a_question_that_is_not_asked_does_not_count():
    found = assessed(application(), "1964-08-12", lives_abroad="yes")
    assert (found.questions, found.answers) == (("off_hours",), {"off_hours": "no"})


@pytest.mark.parametrize(
    ("answers", "where"),
    [({"colour": "red"}, "body.answers:"), ({"off_hours": "maybe"}, "body.answers.off_hours:")],
)
def test_what_is_no_question_or_no_answer_is_refused(answers, where):
    found = counter.assess(application(), CounterFacts(birth_date="1964-08-12", answers=answers))
    assert isinstance(found, Refused)
    assert (found.code, found.cause.startswith(where)) == ("SRV-202", True)
    assert "colour" not in found.cause
    assert "maybe" not in found.cause


@pytest.mark.parametrize(
    "birth_date", ["1964-08-13", "1964-XX-13", "2030-08-12", "2026-XX-XX", "2027-08-12"]
)
def test_a_birth_date_that_cannot_be_the_citizens_is_refused(birth_date):
    capture = application(birth_day=30, birth_month=11) if "XX-XX" in birth_date else application()
    found = counter.assess(capture, CounterFacts(birth_date=birth_date))
    assert isinstance(found, Refused)
    assert found.code == "CAP-411"


def test_a_leap_day_in_a_year_without_one_is_refused():
    capture = application(birth_day=29, birth_month=2)
    found = counter.assess(capture, CounterFacts(birth_date="1965-XX-XX"))
    assert isinstance(found, Refused)
    assert assessed(capture, "1964-02-29").age_band is AgeBand.FROM_24


@pytest.mark.parametrize("birth_date", ["2002-08-XX", "2002-XX-12", "2002-XX-XX"])
def test_the_citizens_day_and_month_stand_in_for_unknown_parts(birth_date):
    day_before = application(captured_at="2026-08-11T09:00:00Z")
    assert assessed(day_before, birth_date).age_band is AgeBand.FROM_18
    assert assessed(application(), birth_date).age_band is AgeBand.FROM_24


@given(
    born=st.dates(date(1900, 1, 1), date(2026, 11, 24)),
    service=st.sampled_from(["id-card", "passport"]),
    told=st.sampled_from(AgeBand),
    here=st.sampled_from(["yes", "no"]),
)
def test_the_fee_never_depends_on_what_the_terminal_was_told(born, service, told, here):
    capture = application(
        service,
        age_band=told,
        birth_day=born.day,
        birth_month=born.month,
        answers={"main_residence_here": here},
    )
    found = assessed(capture, born.isoformat())
    day = date(2026, 11, 24)
    assert found.age_band is eligibility.band_of(born, day)
    lines = fees.lines(
        capture.service,
        band=found.age_band,
        answers=capture.record.answers,
        on=day,
        photo_taken=True,
        language="de",
    )
    assert (found.fees, found.total_cents) == (lines, fees.total(lines))
