"""Birthday without a year, and the age in bands: big choices, nothing to type."""

from kiosk.core.view import BirthBody
from kiosk.ui.draw.buttons import Press, choice
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Column, Grid, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, hint


def body(here: BirthBody, scene: Scene) -> Piece:
    parts: list[Piece] = [
        Column([_title(here.day_label), _days(here)], gap=8),
        Column([_title(here.month_label), _months(here)], gap=8),
        Column([_title(here.bands_label), _bands(here)], gap=8),
    ]
    if here.message:
        parts.append(hint(here.message))
    return Column(parts, gap=14)


def _title(text: str) -> Text:
    return Text(text, Style.STRONG, Tone.INK)


def _days(here: BirthBody) -> Grid:
    cells = [_cell(f"day:{day}", str(day), chosen=here.day == day) for day in range(1, 32)]
    return Grid(cells, 8, gap=7, least=64)


def _months(here: BirthBody) -> Grid:
    cells = [
        _cell(f"month:{number}", name, chosen=here.month == number)
        for number, name in enumerate(here.months, start=1)
    ]
    return Grid(cells, 4, gap=8, least=68)


def _bands(here: BirthBody) -> Grid:
    cells = [
        _cell(f"band:{one.band.value}", one.text, chosen=here.band == one.band)
        for one in here.bands
    ]
    return Grid(cells, 3, gap=8, least=88)


def _cell(name: str, text: str, *, chosen: bool) -> Press:
    """A small cell has no room for a tick; the chosen one is dark instead of white."""
    return choice(name, text, chosen=chosen, least=64, radius=18, mark=False)
