"""The application's own questions: choices, yes or no, numbers and texts with a touch keyboard."""

from kiosk.core.view import DetailsBody, FieldView
from kiosk.ui.draw import letters
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Press, choice
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Card, Column, Grid, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.parts.scene import Scene


def body(here: DetailsBody, scene: Scene) -> Piece:
    return Column([_field(one, scene) for one in here.fields], gap=22)


def _field(one: FieldView, scene: Scene) -> Piece:
    parts: list[Piece] = [Text(one.label, Style.STRONG, Tone.INK)]
    if one.help:
        parts.append(Text(one.help, Style.SMALL, Tone.MUTED))
    parts.append(_Options(one) if one.options else _entry(one, scene))
    if one.message:
        parts.append(_message(one.message))
    return Card(Column(parts, gap=14), padding=26, radius=26, raised=False)


def _message(text: str) -> Row:
    sign = Icon("circle-alert", 40, Tone.HUMAN, None, 0.9)
    return Row([sign, Text(text, Style.LABEL, Tone.HUMAN, middle=True)], [-40, 1], gap=12)


class _Options:
    """Answers side by side when they are short, below one another when one is long."""

    stretch = 0.0

    def __init__(self, one: FieldView) -> None:
        self._field = one

    def _grid(self, theme: Theme, width: float) -> Grid:
        one = self._field
        cells = [
            choice(f"field:{one.id}={value}", text, chosen=one.value == value, least=84)
            for value, text in one.options
        ]
        gaps, size = theme.px(12), theme.size(Style.STRONG)
        widest = max(letters.width_of(text, "semi", size) for _, text in one.options)
        widest += theme.px(32) + size * 1.15 + theme.px(14)
        columns = max(1, min(len(cells), 3, int((width + gaps) / (widest + gaps))))
        if len(cells) == 4 and columns == 3:
            columns = 2
        return Grid(cells, columns, gap=12, least=84)

    def height(self, theme: Theme, width: float) -> float:
        return self._grid(theme, width).height(theme, width)

    def paint(self, page: Page, box: Box) -> None:
        self._grid(page.theme, box.width).paint(page, box)


def _entry(one: FieldView, scene: Scene) -> Press:
    """Return the box that opens the keyboard, with what has been typed so far."""
    typing = scene.typing if scene.typing and scene.typing.field == one.id else None
    value = typing.text if typing else one.value
    shown = f"{value}\u2009|" if typing else value
    icon = "pen-line" if one.type == "text" else "chevron-right"
    row = Row(
        [
            Text(shown or "\u2013", Style.CELL, Tone.INK if value else Tone.MUTED, middle=True),
            Text(one.unit, Style.BODY, Tone.MUTED, "right", middle=True),
            Icon(icon, 44, Tone.ON_TINT, None, 0.9),
        ],
        [3, 1, -44],
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
