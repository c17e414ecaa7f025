"""The band at the top: place and clock, progress with names, title and lead."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.view import Progress
from kiosk.ui.draw import backdrop
from kiosk.ui.draw.box import Box, shares
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Column, Free, Icon, Row, Text, gap
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.draw.words import Words

SIDE = 56  # units left and right of everything on the band


@dataclass(frozen=True, slots=True)
class Band:
    """What the band shows; equal bands are painted once."""

    place: str
    terminal: str
    title: str
    lead: str
    progress: Progress | None
    time: str
    date: str
    step: str
    then: str
    scenic: bool  # the whole picture is shown, since there is room
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        return self._column().height(theme, width - 2 * theme.px(SIDE))

    def paint(self, page: Page, box: Box) -> None:
        backdrop.band(page, box, scenic=self.scenic)
        self._column().paint(page, box.inset(page.px(SIDE), 0))

    def _column(self) -> Column:
        parts: list[Piece] = [gap(30), masthead(self.place, self.terminal, self.time, self.date)]
        if self.progress is not None:
            parts += [gap(22), self._names(), gap(12), self._track(self.progress)]
        parts += [gap(20), Text(self.title, Style.TITLE, Tone.ON_BAND)]
        if self.lead:
            parts += [gap(8), Text(self.lead, Style.LEAD, Tone.SOFT_ON_BAND)]
        return Column([*parts, gap(36)])

    def top(self) -> Column:
        """Return the part with place and clock, which a notice may lie over."""
        parts = (gap(30), masthead(self.place, self.terminal, self.time, self.date), gap(11))
        return Column(parts)

    def _names(self) -> Row:
        now = Text(self.step, Style.LABEL, Tone.MARK_ON_BAND, most=1, middle=True)
        then = Text(self.then, Style.LABEL, Tone.SOFT_ON_BAND, "right", most=1, middle=True)
        return Row([now, then], [3, 2])

    def _track(self, progress: Progress) -> Free:
        def paint(page: Page, box: Box) -> None:
            for at, part in enumerate(shares(box, (1,) * progress.of, page.px(10))):
                reached = at < progress.at
                tone = Tone.MARK_ON_BAND if reached else Tone.TRACK_ON_BAND
                page.brush.fill(part, tone, part.height / 2)

        return Free(paint, 12)


def masthead(place: str, terminal: str, time: str, date: str) -> Row:
    """Return the row with the office's sign and the clock."""
    sign = Column(
        [
            Text(place, Style.ACTION, Tone.ON_BAND, most=1),
            Text(terminal, Style.SMALL, Tone.SOFT_ON_BAND, most=1),
        ],
        gap=4,
    )
    clock = Column(
        [
            Text(time, Style.CLOCK, Tone.ON_BAND, "right", most=1),
            Text(date, Style.SMALL, Tone.SOFT_ON_BAND, "right", most=1),
        ],
        gap=4,
    )
    mark = Icon("landmark", 88, Tone.ON_BAND, Tone.TILE_ON_BAND, 0.56)
    return Row([mark, sign, clock], [-88, 5, 4], gap=22)


def band_of(
    view_place: tuple[str, str],
    title: str,
    lead: str,
    progress: Progress | None,
    words: Words,
    now: datetime,
    *,
    scenic: bool,
) -> Band:
    """Return the band for a moment."""
    step = words.step(progress) if progress else ""
    then = words.then(progress) if progress else ""
    return Band(
        *view_place,
        title=title,
        lead=lead,
        progress=progress,
        time=f"{now:%H:%M}",
        date=words.date(now),
        step=step,
        then=then,
        scenic=scenic,
    )
