"""The fee vectors of the law, and what holds for every fee."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assets
from server.contract import fees
from server.contract.captures import AgeBand
from server.contract.catalogue import Door, FieldType, Service
from server.contract.catalogue_file import load

CATALOGUE = load(assets.path("services"))
SERVICES = {service.id: service for service in CATALOGUE.services}
NOW = date(2026, 4, 29)
HOME = {"main_residence_here": "yes"}
AWAY = {"main_residence_here": "no"}
OVER, UNDER = AgeBand.FROM_24, AgeBand.FROM_18
POST = {"delivery": "by_post"}
TRAVELLER = {"pages": "pages_48", "express": "yes"}
BIG = {**HOME, **TRAVELLER}
ABROAD = {**AWAY, "lives_abroad": "yes"}
LATE = {**HOME, "off_hours": "yes"}
LATE_AWAY = {**AWAY, "off_hours": "yes"}

VECTORS = [
    # service, band, answers, day, photo taken, cents
    pytest.param("id-card", OVER, HOME, NOW, True, 5200, id="adult card with photo"),
    pytest.param("id-card", OVER, HOME | POST, NOW, True, 6700, id="and delivery"),
    pytest.param("id-card", OVER, HOME, NOW, False, 4600, id="adult card, own photo"),
    pytest.param("id-card", UNDER, HOME, NOW, True, 3360, id="aged 23 with photo"),
    pytest.param("id-card", UNDER, HOME, NOW, False, 2760, id="aged 23, own photo"),
    pytest.param("passport", OVER, BIG, NOW, True, 13000, id="express 48 pages with photo"),
    pytest.param("passport", UNDER, HOME, NOW, True, 4350, id="passport at 20 with photo"),
    pytest.param(
        "passport", OVER, AWAY | {"express": "yes"}, NOW, False, 17200, id="express elsewhere"
    ),
    pytest.param("passport", UNDER, AWAY, NOW, False, 7500, id="young and elsewhere: doubled"),
    pytest.param("passport", OVER, HOME | POST, NOW, False, 8500, id="passport by post"),
    pytest.param("id-card", OVER, AWAY, NOW, False, 5900, id="card elsewhere"),
    pytest.param("id-card", OVER, LATE, NOW, False, 5900, id="card out of hours"),
    pytest.param("id-card", OVER, LATE_AWAY, NOW, False, 5900, id="both, but one surcharge"),
    pytest.param("id-card", OVER, ABROAD, NOW, False, 7600, id="home abroad"),
    pytest.param("id-card", OVER, HOME, date(2026, 2, 6), False, 3700, id="last day of old rate"),
    pytest.param("id-card", UNDER, HOME, date(2026, 2, 6), False, 2280, id="the same under 24"),
    pytest.param("id-card", OVER, HOME, date(2026, 2, 7), False, 4600, id="first day of new rate"),
    pytest.param("id-card", OVER, HOME, date(2025, 4, 30), True, 3700, id="photo still free"),
    pytest.param("id-card", OVER, HOME, date(2025, 5, 1), True, 4300, id="photo costs"),
]


@pytest.mark.parametrize(("service", "band", "answers", "on", "photo", "cents"), VECTORS)
def test_the_fee_is_what_the_law_says(service, band, answers, on, photo, cents):
    found = fees.lines(
        SERVICES[service],
        band=band,
        answers=answers,
        on=on,
        photo_taken=photo,
        language="de",
    )
    assert fees.total(found) == cents


def test_lines_stand_singly_with_text_and_legal_basis():
    found = fees.lines(
        SERVICES["passport"],
        band=OVER,
        answers=AWAY | {"express": "yes"},
        on=NOW,
        photo_taken=True,
        language="en",
    )
    assert [(line.code, line.cents) for line in found] == [
        ("RP_24PLUS", 7000),
        ("RP_NONCOMPETENT", 7000),
        ("RP_EXPRESS", 3200),
        ("RP_PHOTO", 600),
    ]
    assert found[0].text == "Passport, age 24 and over"
    assert found[0].basis == "PassV § 27 Abs. 1 Nr. 1 a"


def test_a_photo_paid_for_by_an_earlier_document_costs_nothing():
    found = fees.lines(
        SERVICES["passport"],
        band=OVER,
        answers=HOME,
        on=NOW,
        photo_taken=True,
        language="de",
        photo_fee_paid_before=True,
    )
    assert fees.total(found) == 7000


services = st.sampled_from(CATALOGUE.services)
bands = st.sampled_from(AgeBand)
days = st.dates(date(2021, 1, 1), date(2040, 1, 1))


@st.composite
def answered(draw, service: Service) -> dict[str, str]:
    """Any answers a citizen and a clerk may give to the questions with listed answers."""
    answers = {}
    for field in service.fields:
        if field.type is FieldType.CHOICE:
            answers[field.id] = draw(st.sampled_from([option.value for option in field.options]))
        elif field.type is FieldType.YES_NO:
            answers[field.id] = draw(st.sampled_from(["yes", "no"]))
    return answers


def total_of(service, band, answers, on, photo):
    found = fees.lines(service, band=band, answers=answers, on=on, photo_taken=photo, language="de")
    assert all(line.cents >= 0 for line in found)
    assert len({line.code for line in found}) == len(found)
    return fees.total(found)


@given(st.data(), services, bands, days, st.booleans())
def test_every_known_day_has_exactly_one_basic_fee(data, service, band, on, photo):
    answers = data.draw(answered(service))
    on = max(on, date(2024, 1, 1)) if service.id == "passport" else on
    assert total_of(service, band, answers, on, photo) >= 2280
    basic = {f"{service.xhd_product}_24PLUS", f"{service.xhd_product}_U24"}
    found = fees.lines(service, band=band, answers=answers, on=on, photo_taken=photo, language="de")
    assert len(basic & {line.code for line in found}) == 1


@given(st.data(), services, bands, days)
def test_adding_an_option_never_lowers_the_fee(data, service, band, on):
    plain = data.draw(answered(service)) | {"delivery": "pick_up", "express": "no"}
    plain |= {"pages": "pages_32", "off_hours": "no", "main_residence_here": "yes"}
    option = data.draw(
        st.sampled_from([POST, AWAY, TRAVELLER, {"off_hours": "yes"}, {"express": "yes"}])
    )
    cost = total_of(service, band, plain, on, False)
    assert total_of(service, band, plain | option, on, False) >= cost
    assert total_of(service, band, plain, on, True) >= cost


@given(st.data(), services, days, st.booleans())
def test_nobody_pays_more_for_being_younger(data, service, on, photo):
    answers = data.draw(answered(service))
    costs = [total_of(service, band, answers, on, photo) for band in AgeBand]
    assert costs == sorted(costs)


@given(st.data(), services, bands, days)
def test_the_language_changes_the_words_and_nothing_else(data, service, band, on):
    answers = data.draw(answered(service))
    german, english = (
        fees.lines(service, band=band, answers=answers, on=on, photo_taken=True, language=word)
        for word in ("de", "en")
    )
    assert [(line.code, line.cents) for line in german] == [
        (line.code, line.cents) for line in english
    ]


def test_the_terminal_can_name_every_fee_it_asks_for():
    """Without a clerk's answers the surcharges of the counter stay out."""
    for service in CATALOGUE.services:
        asked = {field.id for field in service.fields if Door.KIOSK in field.asked_at}
        assert {"main_residence_here", "delivery"} <= asked
