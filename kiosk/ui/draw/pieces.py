"""Pieces to build screens of: text, icons, columns, rows, grids, cards, free painting."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.ui.draw import letters
from kiosk.ui.draw.box import Box, shares
from kiosk.ui.draw.page import Page, Painter, Piece
from kiosk.ui.draw.theme import Style, Theme, Tone


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `most` limits its lines by smaller letters."""

    text: str
    style: Style = Style.BODY
    tone: Tone = Tone.INK
    align: str = "left"
    middle: bool = False  # vertically, when the box is higher than the text
    most: int = 0
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        return self._block(theme, width).height if self.text else 0

    def paint(self, page: Page, box: Box) -> None:
        if not self.text:
            return
        block = self._block(page.theme, box.width)
        page.shrunk = min(page.shrunk, block.shrunk)
        spare = box.width - block.width
        x = box.x + {"left": 0.0, "center": spare / 2, "right": spare}[self.align]
        y = box.y + (box.height - block.height) / 2 if self.middle else box.y
        page.brush.text(x, y, block, self.tone)

    def _block(self, theme: Theme, width: float) -> letters.Block:
        return letters.block(theme, self.text, self.style, width, self.align, self.most)


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon in a square of `size` units, on a rounded tile when `tile` is given."""

    name: str
    size: float = 96
    tone: Tone = Tone.ON_TINT
    tile: Tone | None = Tone.TINT
    share: float = 0.52  # of the square that the icon fills
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        return theme.px(self.size)

    def paint(self, page: Page, box: Box) -> None:
        side = page.px(self.size)
        square = box.within(side, side)
        if self.tile is not None:
            page.brush.fill(square, self.tile, side * 0.28)
        page.brush.icon(square, self.name, self.tone, side * self.share)


@dataclass(frozen=True, slots=True)
class Free:
    """Free painting of at least `units` high."""

    painter: Painter
    units: float = 0
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        return theme.px(self.units)

    def paint(self, page: Page, box: Box) -> None:
        self.painter(page, box)


def gap(units: float = 0, stretch: float = 0) -> Free:
    return Free(lambda page, box: None, units, stretch)


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces below one another; spare height goes to those that stretch, else it stays below."""

    pieces: Sequence[Piece]
    gap: float = 0
    stretch: float = 0
    middle: bool = False

    def height(self, theme: Theme, width: float) -> float:
        return sum(self._heights(theme, width)) + self._gaps(theme)

    def _heights(self, theme: Theme, width: float) -> list[float]:
        return [piece.height(theme, width) for piece in self.pieces]

    def _gaps(self, theme: Theme) -> float:
        return theme.px(self.gap) * max(0, len(self.pieces) - 1)

    def paint(self, page: Page, box: Box) -> None:
        heights = self._heights(page.theme, box.width)
        spare = max(0.0, box.height - sum(heights) - self._gaps(page.theme))
        weights = sum(piece.stretch for piece in self.pieces)
        y = box.y + (spare / 2 if self.middle and not weights else 0)
        for piece, height in zip(self.pieces, heights, strict=True):
            height += spare * piece.stretch / weights if weights else 0
            piece.paint(page, Box(box.x, y, box.width, height))
            y += height + page.px(self.gap)


@dataclass(frozen=True, slots=True)
class Fitting:
    """Several ways to show the same, from the richest to the leanest: the first that has room."""

    ways: Sequence[Piece]
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        return min(way.height(theme, width) for way in self.ways)

    def paint(self, page: Page, box: Box) -> None:
        fits = (one for one in self.ways if one.height(page.theme, box.width) <= box.height + 0.5)
        next(fits, self.ways[-1]).paint(page, box)


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces beside one another, each as wide as its share or, if negative, so many units."""

    pieces: Sequence[Piece]
    widths: Sequence[float]
    gap: float = 24
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        boxes = self._boxes(theme, Box(0, 0, width, 0))
        return max(p.height(theme, b.width) for p, b in zip(self.pieces, boxes, strict=True))

    def paint(self, page: Page, box: Box) -> None:
        for piece, part in zip(self.pieces, self._boxes(page.theme, box), strict=True):
            height = max(piece.height(page.theme, part.width), box.height if piece.stretch else 0)
            y = box.y + (box.height - height) / 2
            piece.paint(page, Box(part.x, y, part.width, height))

    def _boxes(self, theme: Theme, box: Box) -> tuple[Box, ...]:
        gaps = theme.px(self.gap) * (len(self.pieces) - 1)
        fixed = sum(theme.px(-width) for width in self.widths if width < 0)
        whole = sum(width for width in self.widths if width > 0) or 1
        free = (box.width - gaps - fixed) / whole
        parts = tuple(theme.px(-w) if w < 0 else w * free for w in self.widths)
        return shares(box, parts, theme.px(self.gap))


@dataclass(frozen=True, slots=True)
class Pair:
    """A label left and a value right, on one line when both fit, else each in its part."""

    label: Text
    value: Text
    gap: float = 24
    stretch: float = 0

    def _widths(self, theme: Theme, width: float) -> tuple[float, float]:
        room = width - theme.px(self.gap)
        label, value = (
            letters.width_of(one.text, one.style.font, theme.size(one.style)) + 2
            for one in (self.label, self.value)
        )
        if label + value > room:
            most = room * 0.45
            value = max(room - label, min(value, most)) if label < room else most
        return room - value, value

    def height(self, theme: Theme, width: float) -> float:
        label, value = self._widths(theme, width)
        return max(self.label.height(theme, label), self.value.height(theme, value))

    def paint(self, page: Page, box: Box) -> None:
        label, value = self._widths(page.theme, box.width)
        self.label.paint(page, Box(box.x, box.y, label, box.height))
        self.value.paint(page, Box(box.right - value, box.y, value, box.height))


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells in rows; rows share the height between `least` and `most` units."""

    pieces: Sequence[Piece]
    columns: int
    gap: float = 12
    least: float = 0
    most: float = 1e6
    stretch: float = 0

    @property
    def _rows(self) -> int:
        return -(-len(self.pieces) // self.columns)

    def height(self, theme: Theme, width: float) -> float:
        gaps = theme.px(self.gap)
        cell = (width - gaps * (self.columns - 1)) / self.columns
        tallest = max((p.height(theme, cell) for p in self.pieces), default=0)
        row = max(tallest, theme.px(self.least))
        return row * self._rows + gaps * max(0, self._rows - 1)

    def paint(self, page: Page, box: Box) -> None:
        gaps = page.px(self.gap)
        row = (box.height - gaps * (self._rows - 1)) / max(1, self._rows)
        row = min(row, page.px(self.most))
        for at, piece in enumerate(self.pieces):
            line, column = divmod(at, self.columns)
            strip = Box(box.x, box.y + line * (row + gaps), box.width, row)
            piece.paint(page, shares(strip, (1,) * self.columns, gaps)[column])


@dataclass(frozen=True, slots=True)
class Card:
    """A surface around a piece, with a soft shadow or, in high contrast, a line."""

    piece: Piece
    tone: Tone = Tone.SURFACE
    padding: float = 32
    radius: float = 28
    edge: Tone | None = Tone.LINE
    raised: bool = True
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        pad = theme.px(self.padding)
        return self.piece.height(theme, width - 2 * pad) + 2 * pad

    def paint(self, page: Page, box: Box) -> None:
        surface(page, box, self.tone, self.radius, edge=self.edge, raised=self.raised)
        self.piece.paint(page, box.inset(page.px(self.padding)))


def surface(
    page: Page,
    box: Box,
    tone: Tone,
    radius: float,
    *,
    edge: Tone | None = Tone.LINE,
    raised: bool = True,
    edge_units: float = 1.5,
) -> None:
    """Paint the surface of a card or a button."""
    corner = page.px(radius)
    if raised:
        page.brush.shadow(box, corner, page.px(9))
    page.brush.fill(box, tone, corner)
    if edge is not None:
        units = max(4, edge_units) if page.theme.high else edge_units
        width = max(1.0, page.px(units))
        page.brush.outline(box, edge, width, corner)


@dataclass(frozen=True, slots=True)
class Backed:
    """A piece on a painted ground, with margins in units and a least height."""

    piece: Piece
    ground: Painter
    side: float = 0
    top: float = 0
    least: float = 0
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        inner = self.piece.height(theme, width - 2 * theme.px(self.side))
        return max(theme.px(self.least), inner + 2 * theme.px(self.top))

    def paint(self, page: Page, box: Box) -> None:
        self.ground(page, box)
        self.piece.paint(page, box.inset(page.px(self.side), page.px(self.top)))
