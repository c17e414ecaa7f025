"""The touch keyboard: a number pad, and letters with umlauts and a second row of accents."""

from dataclasses import dataclass

from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Kind, Press
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Backed, Column, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.draw.words import Words

_DIGITS = ("123", "456", "789")
_LETTERS = ("1234567890", "qwertzuiopü", "asdfghjklöä", "yxcvbnmß-'")
_ACCENTS = ("áàâãåąăæçćč", "đéèêëęěğìíî", "ïłñńóòôõøőř", "śšşțúùûůýźžż")


@dataclass(frozen=True, slots=True)
class Typing:
    """What is being typed: the field, the text so far, and the keyboard's state."""

    field: str
    text: str = ""
    number: bool = False
    capital: bool = True
    accents: bool = False


def pressed(typing: Typing, key: str) -> Typing:
    """Return the state after one key; `key` is a character or one of the words of the pad."""
    text, capital, accents = typing.text, typing.capital, typing.accents
    match key:
        case "delete":
            text = text[:-1]
        case "shift":
            capital = not capital
        case "accents":
            accents = not accents
        case "space":
            text, capital = text + " ", True
        case _:
            text, capital, accents = text + key, key in "-'", False
    if key == "delete" and not text:
        capital = True
    return Typing(typing.field, text, typing.number, capital, accents)


def keyboard(typing: Typing, words: Words) -> Piece:
    """Return the sheet with the keys for the field."""
    return Backed(_digits(words) if typing.number else _text(typing, words), _sheet, 24, 20)


def _sheet(page: Page, box: Box) -> None:
    page.brush.fill(box, Tone.SUNKEN)
    page.brush.fill(Box(box.x, box.y, box.width, max(1, page.px(2))), Tone.LINE)


def _digits(words: Words) -> Piece:
    rows = [Row([_key(digit, 84) for digit in row], [1, 1, 1], gap=14) for row in _DIGITS]
    last = Row([_delete(words, 84), _key("0", 84), _done(words, 84)], [1, 1, 1], gap=14)
    return Column([*rows, last], gap=14)


def _text(typing: Typing, words: Words) -> Piece:
    rows = _ACCENTS if typing.accents else _LETTERS
    lines = [_line(row, typing.capital) for row in rows]
    other = words.say("key.letters" if typing.accents else "key.accents")
    shift = _word("shift", words.say("key.shift"), "arrow-big-up", chosen=typing.capital)
    bottom = Row(
        [
            shift,
            _word("accents", other, "", chosen=typing.accents),
            _word("space", words.say("key.space"), ""),
            _delete(words, 84),
            _done(words, 84),
        ],
        [1.2, 1.8, 2.6, 1.2, 2],
        gap=8,
    )
    return Column([*lines, bottom], gap=10)


def _line(row: str, capital: bool) -> Row:
    shown = [letter.upper() if capital and letter != "ß" else letter for letter in row]
    return Row([_key(letter, 84) for letter in shown], [1] * len(shown), gap=8)


def _key(letter: str, least: float) -> Press:
    label = Text(letter, Style.CELL, Tone.INK, "center", middle=True, most=1)
    return Press(f"key:{letter}", letter, label, radius=16, padding=4, raised=False, least=least)


def _word(key: str, text: str, icon: str, *, chosen: bool = False, least: float = 84) -> Press:
    surface, ink, edge = (Kind.CHOSEN if chosen else Kind.PLAIN).value
    label: Piece = Text(text, Style.LABEL, ink, "center", middle=True, most=1)
    if icon:
        label = Icon(icon, 52, ink, None, 0.86)
    return Press(
        f"key:{key}",
        text,
        label,
        surface,
        edge,
        radius=16,
        padding=8,
        raised=False,
        chosen=chosen,
        least=least,
    )


def _delete(words: Words, least: float) -> Press:
    return _word("delete", words.say("key.delete"), "delete", least=least)


def _done(words: Words, least: float) -> Press:
    text = words.say("key.done")
    label = Text(text, Style.STRONG, Tone.ON_STRONG, "center", middle=True, most=1)
    return Press(
        "key:done",
        text,
        label,
        Tone.STRONG,
        None,
        radius=16,
        padding=8,
        raised=False,
        least=least,
    )
