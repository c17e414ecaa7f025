"""What a field accepts, for whom a row holds, and what the two services promise."""

import pytest
from annotated_types import MaxLen
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import assets
from server.contract.captures import AgeBand
from server.contract.catalogue import (
    Catalogue,
    Condition,
    Door,
    FieldType,
    FormField,
    StepKind,
    Text,
)
from server.contract.catalogue_file import load
from server.contract.desk import CaseFields

CATALOGUE = load(assets.path("services"))
CARD, PASSPORT = CATALOGUE.services
LABEL = Text(de="Frage", en="Question")


def field(kind: FieldType, **more) -> FormField:
    return FormField(id="field", type=kind, label=LABEL, **more)


def test_a_number_is_accepted_within_its_limits():
    height = field(FieldType.NUMBER, min=30, max=250)
    assert [height.accepts(text) for text in ("30", "250", "175")] == [True] * 3
    for text in ("29", "251", "", "-30", "1.7", "٣٠", " 30", "30 ", "9" * 5000):
        assert not height.accepts(text)


def test_a_choice_accepts_its_options_only():
    delivery = next(one for one in CARD.fields if one.id == "delivery")
    assert delivery.accepts("by_post")
    assert not delivery.accepts("BY_POST")
    assert not delivery.accepts("")


def test_yes_and_no_are_the_only_answers_to_a_question():
    german = next(one for one in CARD.fields if one.id == "german")
    assert [german.accepts(word) for word in ("yes", "no", "true", "ja", "")] == [
        True, True, False, False, False
    ]  # fmt: skip


def test_a_text_keeps_its_letters_and_its_length():
    name = field(FieldType.TEXT, max_length=5)
    assert name.accepts("Öztür")
    assert name.accepts("O\u0308ztu\u0308r")  # the same, decomposed
    assert not name.accepts("Öztürk")
    assert not name.accepts("a\nb")
    assert not name.accepts("   ")


def test_an_optional_field_may_stay_empty():
    assert field(FieldType.TEXT, max_length=5, required=False).accepts("")
    assert not field(FieldType.TEXT, max_length=5).accepts("")


def test_an_empty_condition_always_holds():
    assert Condition().holds(band=AgeBand.FROM_6, answers={}, photo_taken=False)


@given(
    st.sampled_from(AgeBand),
    st.dictionaries(st.sampled_from("ab"), st.sampled_from("xyz")),
    st.booleans(),
)
def test_a_condition_holds_when_all_its_parts_hold(band, answers, photo):
    bands, wanted = (AgeBand.FROM_18, AgeBand.FROM_24), {"a": ("x", "y")}
    parts = [
        Condition(bands=bands),
        Condition(answers=wanted),
        Condition(photo_taken_here=True),
    ]
    whole = Condition(bands=bands, answers=wanted, photo_taken_here=True)
    known = {"band": band, "answers": answers, "photo_taken": photo}
    assert whole.holds(**known) is all(part.holds(**known) for part in parts)


@pytest.mark.parametrize("service", CATALOGUE.services, ids=lambda service: service.id)
class TestBothServices:
    def test_the_terminal_never_asks_who_somebody_is(self, service):
        asked = [one for one in service.fields if Door.KIOSK in one.asked_at]
        assert all(one.type is not FieldType.TEXT for one in asked)
        assert not {one.id for one in asked} & {
            "family_name", "given_names", "birth_date", "birth_place", "street", "email", "sex"
        }  # fmt: skip

    def test_the_terminal_prepares_and_the_counter_files(self, service):
        assert (service.channels.kiosk, service.channels.counter) == ("prepare", "full")
        assert service.channels.video == "prepare"

    def test_the_journey_has_all_seven_steps(self, service):
        assert service.steps == tuple(StepKind)

    def test_the_clerk_is_asked_what_the_order_needs(self, service):
        asked = {one.id for one in service.fields if Door.COUNTER in one.asked_at}
        assert asked >= {
            "family_name", "given_names", "birth_date", "birth_place", "sex", "street",
            "postcode", "town", "artist_name", "doctorate", "height", "eye_colour",
        }  # fmt: skip

    def test_every_text_is_there_in_both_languages_and_not_a_copy(self, service):
        said = [service.name, service.summary, *(one.label for one in service.fields)]
        said += [one.label for one in service.documents] + [one.text for one in service.checks]
        for text in said:
            assert text.de.strip() == text.de
            assert text.en.strip() == text.en
            assert text.de != text.en
            assert text.in_language("de") == text.de
            assert text.in_language("en") == text.en

    def test_a_citizen_is_asked_few_questions(self, service):
        for band in AgeBand:
            assert 6 <= len(service.asked_at(Door.KIOSK, band, {})) <= 9


def test_xhd_lengths_are_kept():
    longest = {one.id: one.max_length for one in CARD.fields if one.type is FieldType.TEXT}
    assert longest["family_name"] == 120
    assert longest["given_names"] == 80
    assert longest["birth_name"] == 75
    assert longest["artist_name"] == 60
    assert longest["birth_place"] == 80
    assert longest["street"] == 50
    assert longest["postcode"] + 1 + longest["town"] == 50
    assert next(one for one in PASSPORT.fields if one.id == "birth_place").max_length == 105


@pytest.mark.parametrize("service", CATALOGUE.services, ids=lambda one: one.id)
def test_what_the_desk_types_is_what_the_service_asks_at_the_counter(service):
    longest = {one.id: one.max_length for one in service.fields if Door.COUNTER in one.asked_at}
    renamed = {"height_cm": "height"}  # the order wants three digits
    for name, info in CaseFields.model_fields.items():
        field = renamed.get(name, name)
        assert field in longest
        caps = [one.max_length for one in info.metadata if isinstance(one, MaxLen)]
        assert not caps or longest[field] is None or longest[field] <= caps[0]


def test_signatures_have_the_size_of_their_document():
    assert CARD.signature_pixels == (900, 132)
    assert PASSPORT.signature_pixels == (630, 188)


def test_a_question_that_depends_on_an_answer_is_asked_with_that_answer_only():
    here, away = ({"main_residence_here": word} for word in ("yes", "no"))
    asked = [
        {one.id for one in CARD.asked_at(Door.COUNTER, AgeBand.FROM_24, answers)}
        for answers in (here, away)
    ]
    assert asked[1] - asked[0] == {"lives_abroad"}


def test_an_answer_taken_back_is_the_default_again():
    assert CARD.with_defaults({"delivery": ""})["delivery"] == "pick_up"
    assert CARD.with_defaults({"delivery": "by_post"})["delivery"] == "by_post"


def test_unknown_keys_are_refused_on_the_wire():
    with pytest.raises(ValidationError):
        Catalogue.model_validate_json('{"version": "1", "services": [], "more": 1}')
