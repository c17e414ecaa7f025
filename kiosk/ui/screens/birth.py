"""Birthday without a year, and the age in bands: big choices, nothing to type."""

from calendar import monthrange
from dataclasses import dataclass, replace

from kiosk.core.view import BirthBody
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Press, choice
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Column, Grid, Text
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.draw.words import Words
from kiosk.ui.parts.scene import Scene, hint

_HINTS = ("missing", "no_such_day")
_LEAP_YEAR = 2000  # the year is not asked for: every day that there is in some year


def body(here: BirthBody, scene: Scene) -> Piece:
    days = Column([_title(here.day_label), _days(here)], gap=8)
    months = Column([_title(here.month_label), _months(here)], gap=8)
    bands = Column([_title(here.bands_label), _bands(here)], gap=8)
    return Column([days, months, bands], gap=14)


def gap_of(here: BirthBody) -> str:
    """Return which of day, month and age is missing or cannot be; empty when none is."""
    if here.day is None or _impossible(here):
        return "day"
    return "month" if here.month is None else "band" if here.band is None else ""


@dataclass(frozen=True, slots=True)
class Hint:
    """The hint, which never scrolls away; its place is kept free, so it moves nothing."""

    text: str
    usual: tuple[str, ...]  # hints that there may be
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        return max(hint(one).height(theme, width) for one in (self.text, *self.usual))

    def paint(self, page: Page, box: Box) -> None:
        if self.text:
            hint(self.text).paint(page, box)


def says(here: BirthBody, words: Words) -> Hint:
    """Return what stands above the way on."""
    return Hint(here.message, tuple(words.say(f"birth.{one}") for one in _HINTS))


def _impossible(here: BirthBody) -> bool:
    """Tell whether what the message is about is the day that the month does not have."""
    if here.day is None or here.month is None:
        return False
    return here.day > monthrange(_LEAP_YEAR, here.month)[1]


def _title(text: str) -> Text:
    return Text(text, Style.STRONG, Tone.INK)


def _days(here: BirthBody) -> Grid:
    cells = [
        _cell(f"day:{day}", str(day), chosen=here.day == day, wrong=_impossible(here))
        for day in range(1, 32)
    ]
    return Grid(cells, 8, gap=7, least=64)


def _months(here: BirthBody) -> Grid:
    cells = [
        _cell(f"month:{number}", name, chosen=here.month == number, wrong=_impossible(here))
        for number, name in enumerate(here.months, start=1)
    ]
    return Grid(cells, 4, gap=8, least=68)


def _bands(here: BirthBody) -> Grid:
    cells = [
        _cell(f"band:{one.band.value}", one.text, chosen=here.band == one.band)
        for one in here.bands
    ]
    return Grid(cells, 3, gap=8, least=88)


def _cell(name: str, text: str, *, chosen: bool, wrong: bool = False) -> Press:
    """A small cell has no room for a tick; the chosen one is dark instead of white.

    One that is chosen and wrong is amber with an edge.
    """
    cell = choice(name, text, chosen=chosen, least=64, radius=18, mark=False)
    if not (chosen and wrong):
        return cell
    words = Text(text, Style.STRONG, Tone.WARN, "center", middle=True, most=2)
    return replace(cell, piece=words, tone=Tone.WARN_TINT, edge=Tone.WARN, edge_units=5)
