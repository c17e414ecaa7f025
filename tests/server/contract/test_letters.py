"""Names are Latin, reasons are printable, and a document shows all of it."""

import pytest

from server.contract import letters


@pytest.mark.parametrize("name", ["Žofia-Đặng", "O’Neill", "Łukasz d'Arc", "D̦ẑǎ", "Dr. h. c.", "ß"])
def test_latin_names_with_their_marks_are_names(name):
    assert letters.is_name(name)


@pytest.mark.parametrize(
    "name", ["王", "Ann\x00a", "😀", "Иван", "A\u200bB", "A\nB", "\u0301a", "A1"]
)
def test_other_scripts_and_what_nobody_sees_are_no_names(name):
    assert not letters.is_name(name)


@pytest.mark.parametrize("text", ["   ", "", "王王王", "abc\x00", "a\u202eb", "\u00a0 \u00a0"])
def test_blank_or_undisplayable_is_no_text(text):
    assert not letters.is_text(text)


def test_what_cannot_be_shown_is_marked():
    assert letters.displayable("Li 王\x00😀é") == "Li \ufffd\ufffd\ufffdé"
