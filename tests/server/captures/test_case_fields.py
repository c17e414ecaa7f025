"""What the clerk types for a case fits the document, is true and can be shown."""

import pytest

from server.captures import case_fields
from tests.office import FIELDS
from tests.server.captures.conftest import take_in

PASSPORT_NAMES = {"family_name": "x" * 100, "given_names": "y" * 60, "birth_name": "z" * 26}


@pytest.mark.parametrize(
    "birth_date", ["1964-08-13", "1964-09-12", "1964-XX-13", "1964-12-08", "2030-08-12"]
)
def test_another_birthday_than_the_citizens_is_refused(on, birth_date):
    on("verify", fingers="verified")
    assert on("release", **FIELDS | {"birth_date": birth_date}).json()["code"] == "CAP-411"


@pytest.mark.parametrize("birth_date", ["1964-08-12", "1964-08-XX", "1964-XX-XX"])
def test_unknown_parts_of_a_birth_date_fit(on, birth_date):
    on("verify", fingers="verified")
    assert on("release", **FIELDS | {"birth_date": birth_date}).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family_name", "王"),
        ("given_names", "Ann\x00a"),
        ("town", "😀burg"),
        ("eye_colour", "  "),
        ("height_cm", "049"),
        ("height_cm", "251"),
        ("height_cm", "\u0661\u0667\u0660"),
        ("postcode", "00000"),
        ("postcode", "\u0661\u0661\u0661\u0661\u0661"),
        ("birth_date", "1899-08-12"),
        ("birth_date", "1964-02-30"),
        ("birth_date", "1964-13-12"),
    ],
)
def test_what_cannot_be_true_or_shown_is_refused_by_its_field(on, field, value):
    on("verify", fingers="verified")
    answer = on("release", **FIELDS | {field: value}).json()
    assert (answer["code"], f"body.{field}" in answer["cause"]) == ("SRV-202", True)
    assert value.strip() == "" or value not in answer["cause"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("family_name", ""),
        ("family_name", "x" * 121),
        ("given_names", "x" * 81),
        ("birth_place", "x" * 81),
        ("height_cm", "16"),
        ("eye_colour", "x" * 20),
        ("sex", "004"),
        ("street", "x" * 51),
        ("postcode", "5114"),
        ("email", "nobody"),
        ("birth_date", "12.08.1964"),
    ],
)
def test_fields_outside_the_xhd_lengths_are_named(on, field, value):
    on("verify", fingers="verified")
    answer = on("release", **FIELDS | {field: value})
    assert answer.json()["code"] == "SRV-202"
    assert field in answer.json()["cause"]
    assert not value or value not in answer.json()["cause"]


@pytest.fixture
def passport(client, terminal, clerk):
    """Releases a passport with changed fields."""
    record = terminal.record(service="passport")
    take_in(client, terminal, clerk, record, terminal.parts(record))
    clerk.post(f"/captures/{record.capture_id}/verify", fingers="verified")
    path = f"/captures/{record.capture_id}/release"
    return lambda **changes: clerk.post(path, **FIELDS | changes)


def test_a_passport_takes_longer_names_and_places_than_an_identity_card(passport):
    answer = passport(**PASSPORT_NAMES, birth_place="x" * 105)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        (PASSPORT_NAMES | {"birth_name": "z" * 27}, "family_name"),
        ({"birth_place": "x" * 106}, "birth_place"),
        ({"family_name": "Muster\nmann"}, "family_name"),
    ],
)
def test_what_does_not_fit_a_passport_is_named(passport, changes, field):
    answer = passport(**changes).json()
    assert answer["code"] == "SRV-202"
    assert answer["cause"].startswith(f"body.{field}: takes ")
    assert "xxx" not in answer["cause"]


def test_the_desk_knows_the_lengths_of_each_service(office):
    card, passport = (
        case_fields.schema(office.catalogue.service(name)) for name in ("id-card", "passport")
    )
    longest = [one["properties"]["birth_place"]["maxLength"] for one in (card, passport)]
    assert longest == [80, 105]
    names = ["family_name", "given_names", "birth_name"]
    assert card["x-together"] == []
    assert passport["x-together"] == [{"fields": names, "maxLength": 186}]
