"""The application's own questions: one open at a time, the others wait with their answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.core.view import DetailsBody, FieldView
from kiosk.ui.draw import letters
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Press, choice
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Card, Column, Grid, Icon, Pair, Row, Text
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.parts.scene import Scene

_TYPED = ("number", "text")


def current(fields: Sequence[FieldView], opened: str) -> FieldView | None:
    """Return the open question: the one touched, else the first at fault, else without answer."""
    for one in fields:
        if one.id == opened:
            return one
    faulty = (one for one in fields if one.message and one.value)
    return next(faulty, next((one for one in fields if not one.value), None))


def is_typed(one: FieldView | None) -> bool:
    return one is not None and one.type in _TYPED


def body(here: DetailsBody, scene: Scene) -> Piece:
    opened = current(here.fields, scene.opened)
    return Column(
        [_open(one, scene) if one is opened else _waiting(one, scene) for one in here.fields],
        gap=10,
    )


def _open(one: FieldView, scene: Scene) -> Piece:
    parts: list[Piece] = [Text(one.label, Style.STRONG, Tone.INK)]
    if one.help:
        parts.append(Text(one.help, Style.SMALL, Tone.MUTED))
    parts.append(_entry(one, scene) if is_typed(one) else _Options(one))
    if one.message:
        parts.append(_message(one.message))
    return Card(Column(parts, gap=14), padding=26, radius=26, edge=Tone.STRONG)


def _waiting(one: FieldView, scene: Scene) -> Press:
    """Return a row that opens the question; an answer already given stands on the right."""
    shown = dict(one.options).get(one.value, f"{one.value} {one.unit}".strip())
    tone = Tone.HUMAN if one.message else (Tone.GOOD if one.value else Tone.OFF)
    sign = "circle-alert" if one.message else ("circle-check" if one.value else "chevron-right")
    says = Pair(
        Text(one.label, Style.SMALL, Tone.MUTED if one.value else Tone.INK, middle=True),
        Text(shown if one.value else "", Style.LABEL, Tone.INK, "right", middle=True),
    )
    row = Row([Icon(sign, 44, tone, None, 0.88), says], [-44, 1], gap=18)
    spoken = f"{scene.words.say('panel.change')}: {one.label}" if one.value else one.label
    return Press(
        f"open:{one.id}", spoken, row, radius=22, padding=24, raised=False, least=80, edge=Tone.LINE
    )


def _message(text: str) -> Row:
    sign = Icon("circle-alert", 40, Tone.HUMAN, None, 0.9)
    return Row([sign, Text(text, Style.LABEL, Tone.HUMAN, middle=True)], [-40, 1], gap=12)


@dataclass(frozen=True, slots=True)
class _Options:
    """Answers in as many columns as leave each at most two lines."""

    field: FieldView
    stretch: float = 0

    def _grid(self, theme: Theme, width: float) -> Grid:
        one = self.field
        cells = [
            choice(f"field:{one.id}={value}", text, chosen=one.value == value, least=88)
            for value, text in one.options
        ]
        return Grid(cells, self._columns(theme, width), gap=12, least=88)

    def _columns(self, theme: Theme, width: float) -> int:
        size, texts = theme.size(Style.STRONG), [text for _, text in self.field.options]
        for columns in (3, 2):
            room = (width - theme.px(12) * (columns - 1)) / columns - theme.px(46) - size
            fits = all(len(letters.wrapped(text, "semi", size, room)) <= 2 for text in texts)
            whole = all(
                letters.width_of(w, "semi", size) <= room for t in texts for w in t.split(" ")
            )
            if len(texts) >= columns and len(texts) % columns == 0 and fits and whole:
                return columns
        return 1

    def height(self, theme: Theme, width: float) -> float:
        return self._grid(theme, width).height(theme, width)

    def paint(self, page: Page, box: Box) -> None:
        self._grid(page.theme, box.width).paint(page, box)


def _entry(one: FieldView, scene: Scene) -> Press:
    """Return the box that opens the keyboard, with what has been typed so far."""
    typing = scene.typing if scene.typing and scene.typing.field == one.id else None
    value = typing.text if typing else one.value
    shown = f"{value}|" if typing else value or "\u2013"
    row = Row(
        [
            Text(shown, Style.CELL, Tone.INK if value else Tone.MUTED, middle=True),
            Text(one.unit, Style.BODY, Tone.MUTED, "right", middle=True),
        ],
        [3, 1],
    )
    return Press(
        f"field:{one.id}",
        one.label,
        row,
        Tone.SURFACE,
        Tone.STRONG if typing else Tone.EDGE,
        radius=22,
        raised=False,
        chosen=typing is not None,
        least=88,
    )
