"""Birthday without a year, and the age in bands: big choices, nothing to type."""

from kiosk.core.view import BirthBody
from kiosk.ui.draw.buttons import choice
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Column, Grid, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, hint


def body(here: BirthBody, scene: Scene) -> Piece:
    parts: list[Piece] = []
    if here.message:
        parts.append(hint(here.message, "circle-alert"))
    parts += [
        Column([_title(here.day_label), _days(here)], gap=12, stretch=0),
        Column([_title(here.month_label), _months(here)], gap=12),
        Column([_title(here.bands_label), _bands(here)], gap=12),
    ]
    return Column(parts, gap=26)


def _title(text: str) -> Text:
    return Text(text, Style.STRONG, Tone.INK)


def _days(here: BirthBody) -> Grid:
    cells = [
        choice(
            f"day:{day}",
            str(day),
            chosen=here.day == day,
            least=68,
            style=Style.CELL,
            radius=18,
            mark=False,
        )
        for day in range(1, 32)
    ]
    return Grid(cells, 8, gap=10, least=68)


def _months(here: BirthBody) -> Grid:
    cells = [
        choice(
            f"month:{number}",
            name,
            chosen=here.month == number,
            least=74,
            style=Style.STRONG,
            radius=18,
            mark=False,
        )
        for number, name in enumerate(here.months, start=1)
    ]
    return Grid(cells, 4, gap=10, least=74)


def _bands(here: BirthBody) -> Grid:
    cells = [
        choice(
            f"band:{one.band.value}", one.text, chosen=here.band == one.band, least=84, radius=18
        )
        for one in here.bands
    ]
    return Grid(cells, 2, gap=12, least=84)
