"""Who applies for a child is asked as a parent; the catalogue's prices stand beside the wishes."""

from dataclasses import replace

import pytest

from kiosk.core.context import Context
from kiosk.core.journey import is_asked_of_a_parent
from kiosk.core.render import render
from kiosk.core.view import DetailsBody, Look, Screen, SummaryBody, View
from kiosk.core.visit import Birth, Visit
from server.contract.captures import AgeBand
from server.contract.catalogue import FeeRow

CHILDREN = (AgeBand.UNDER_6, AgeBand.FROM_6, AgeBand.FROM_10)
TO_THE_CITIZEN = {"de": ("Sind Sie", "haben Sie", "habe ich", "Ihr Foto"), "en": ("are you ", "I ")}


def shown(screen: Screen, context: Context, **about: object) -> View:
    return render(Visit(screen=screen, **about), context)  # type: ignore[arg-type]


def questions(view: View) -> dict[str, str]:
    assert isinstance(view.body, DetailsBody)
    return {one.id: one.label for one in view.body.fields}


def options(view: View, field: str) -> list[str]:
    assert isinstance(view.body, DetailsBody)
    found = next(one for one in view.body.fields if one.id == field)
    return [text for _, text in found.options]


@pytest.mark.parametrize("band", AgeBand)
@pytest.mark.parametrize("service", ["id-card", "passport"])
def test_a_parent_is_asked_about_the_child_and_nobody_else_is(
    context: Context, band: AgeBand, service: str
) -> None:
    view = shown(Screen.DETAILS, context, service=service, birth=Birth(1, 2, band))
    asked = questions(view)
    assert ("Ihr Kind" in asked["reason"]) is (band in CHILDREN)
    assert ("Ihr Kind" in view.title or "Ihrem Kind" in view.title) is (band in CHILDREN)
    assert is_asked_of_a_parent(band) is (band in CHILDREN)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("band", CHILDREN)
@pytest.mark.parametrize("screen", [Screen.DETAILS, Screen.PHOTO, Screen.FINGERS, Screen.SIGNATURE])
def test_no_screen_takes_the_parent_for_the_child(
    context: Context, language: str, band: AgeBand, screen: Screen
) -> None:
    look = Look(language=language)
    view = shown(screen, context, service="id-card", birth=Birth(1, 2, band), look=look)
    said = " ".join([view.title, view.lead, view.spoken])
    assert [words for words in TO_THE_CITIZEN[language] if words in said] == []


def test_every_wish_says_what_it_costs(context: Context) -> None:
    english = Look(language="en")
    grown = Birth(1, 2, AgeBand.FROM_24)
    view = shown(Screen.DETAILS, context, service="passport", birth=grown, look=english)
    assert options(view, "pages") == ["32 pages", "48 pages (+\u00a0€22.00)"]
    assert options(view, "express") == ["Yes (+\u00a0€32.00)", "No"]
    assert options(view, "delivery")[1].endswith("(+\u00a0€15.00)")


def test_the_price_of_a_fact_is_not_held_out_to_the_one_who_is_asked(context: Context) -> None:
    view = shown(Screen.DETAILS, context, service="passport", birth=Birth(1, 2, AgeBand.FROM_24))
    assert options(view, "main_residence_here") == ["Ja", "Nein"]


def test_a_price_follows_the_catalogue(context: Context) -> None:
    (passport,) = [one for one in context.catalogue.services if one.id == "passport"]
    dearer = tuple(replaced(row) if row.code == "RP_48" else row for row in passport.fees)
    services = (passport.model_copy(update={"fees": dearer}),)
    other = replace(context, catalogue=context.catalogue.model_copy(update={"services": services}))
    view = shown(Screen.DETAILS, other, service="passport", birth=Birth(1, 2, AgeBand.FROM_24))
    assert options(view, "pages")[1] == "48 Seiten (+\u00a023,45\u00a0€)"


def replaced(row: FeeRow) -> FeeRow:
    return row.model_copy(update={"cents": 2345})


def test_the_summary_names_the_child(context: Context) -> None:
    view = shown(Screen.SUMMARY, context, service="id-card", birth=Birth(1, 2, AgeBand.FROM_6))
    assert isinstance(view.body, SummaryBody)
    labels = [label for label, _, _ in view.body.rows]
    assert labels[:2] == ["Geburtstag des Kindes", "Alter des Kindes"]
    assert not {"Unterschrift"} & set(labels)
