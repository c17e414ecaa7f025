"""What every screen is given: the view, the screen's own words, and what is being typed."""

from dataclasses import dataclass

from kiosk.core.view import Button, View
from kiosk.ui.draw.buttons import Kind, Press, button
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Card, Column, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.draw.words import Words
from kiosk.ui.parts.bars import ICONS
from kiosk.ui.parts.keyboard import Typing


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the screen."""

    view: View
    words: Words
    typing: Typing | None = None
    opened: str = ""  # id of the question that was touched
    inked: bool = False  # the pad shows strokes of this visit
    too_little: bool = False  # they are no signature yet


def wide(one: Button, kind: Kind = Kind.PLAIN, least: float = 100) -> Press:
    """Return a wide button with the icon that belongs to its id."""
    return button(one, kind, ICONS.get(one.id, ""), least=least, style=Style.STRONG)


def line(icon: str, text: str, tone: Tone = Tone.INK, style: Style = Style.BODY) -> Row:
    """Return one sentence with an icon on a quiet tile."""
    return Row([Icon(icon, 80), Text(text, style, tone, middle=True)], [-80, 1], gap=26)


def fault(text: str, code: str, words: Words) -> Card:
    """Return the card that says what went wrong, with the technician's code small below."""
    says = [Text(text, Style.STRONG, Tone.INK)]
    if code:
        says.append(Text(words.say("panel.technician", code=code), Style.SMALL, Tone.MUTED))
    row = Row(
        [Icon("triangle-alert", 104, Tone.WARN, Tone.WARN_TINT), Column(says, gap=14)],
        [-104, 1],
        gap=28,
    )
    return Card(row)


def hint(text: str, icon: str = "info") -> Piece:
    """Return a hint on an amber ground, as high as its words."""
    row = Row(
        [Icon(icon, 52, Tone.WARN, None, 0.9), Text(text, Style.SMALL, Tone.WARN, middle=True)],
        [-52, 1],
        gap=18,
    )
    return Card(row, Tone.WARN_TINT, padding=16, radius=20, edge=None, raised=False)
