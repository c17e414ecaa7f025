"""The page about the catalogue says what the models say, and its example is true."""

from scripts import catalogue_tables

PAGE = catalogue_tables.PAGE.read_text(encoding="utf-8")


def test_the_tables_of_the_page_are_those_of_the_models():
    assert catalogue_tables.page(PAGE) == PAGE, "run: python -m scripts.catalogue_tables"


def test_every_key_of_the_shipped_services_stands_in_a_table():
    for name in ("checks", "photo_taken_here", "multiplies", "asked_at", "valid_to"):
        assert f"| `{name}` |" in PAGE
