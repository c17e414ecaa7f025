"""Texts: the same ids and placeholders everywhere, short and plain."""

from kiosk.core.texts import Texts, faults
from kiosk.runtime import texts

ALL = texts.load()


def test_all_languages_have_the_same_ids_and_placeholders() -> None:
    assert faults(ALL.languages) == ()


def test_a_missing_text_and_an_uneven_placeholder_are_named() -> None:
    languages = {"de": {"a": "x {n}", "b": "y"}, "en": {"a": "x {m}"}}
    assert faults(languages) == ("a: placeholders differ", "en: b is missing")


def test_no_text_is_empty_or_has_stray_spaces() -> None:
    for words in ALL.languages.values():
        assert [name for name, text in words.items() if not text or text != text.strip()] == []


def test_sentences_are_short() -> None:
    for words in ALL.languages.values():
        for name, text in words.items():
            longest = max(len(sentence.split()) for sentence in text.split(". "))
            assert longest <= 18, name


def test_placeholders_are_filled() -> None:
    assert Texts({"de": {"a": "noch {n} Sekunden"}}).say("de", "a", n=3) == "noch 3 Sekunden"
