"""Everything that can be touched: plain, main, chosen, tile, bar and link buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kiosk.core.view import Button
from kiosk.ui.draw import letters
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Column, Icon, Row, Text, surface
from kiosk.ui.draw.theme import Style, Theme, Tone


class Kind(Enum):
    """Surface, letters, edge of a button."""

    MAIN = (Tone.STRONG, Tone.ON_STRONG, None)
    PLAIN = (Tone.SURFACE, Tone.INK, Tone.EDGE)
    CHOSEN = (Tone.STRONG, Tone.ON_STRONG, None)
    HUMAN = (Tone.HUMAN, Tone.ON_HUMAN, None)
    SIGNAL = (Tone.SIGNAL, Tone.ON_SIGNAL, None)
    OFF = (Tone.SUNKEN, Tone.MUTED, Tone.OFF)


@dataclass(frozen=True, slots=True)
class Press:
    """A touchable surface around a piece."""

    id: str
    spoken: str
    piece: Piece
    tone: Tone = Tone.SURFACE
    edge: Tone | None = Tone.EDGE
    edge_units: float = 1.5
    radius: float = 28
    padding: float = 28
    raised: bool = True
    enabled: bool = True
    chosen: bool = False
    least: float = 96
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        pad = theme.px(self.padding)
        inner = self.piece.height(theme, width - 2 * pad)
        return max(theme.px(self.least), inner + 2 * min(pad, theme.px(18)))

    def paint(self, page: Page, box: Box) -> None:
        surface(
            page,
            box,
            self.tone,
            self.radius,
            edge=self.edge,
            raised=self.raised,
            edge_units=self.edge_units,
        )
        inside = box.inset(page.px(self.padding), 0)
        height = min(self.piece.height(page.theme, inside.width), box.height)
        self.piece.paint(page, inside.within(inside.width, height))
        page.touchable(
            self.id,
            self.spoken,
            box,
            enabled=self.enabled,
            radius=page.px(self.radius),
            chosen=self.chosen,
        )


def button(
    one: Button,
    kind: Kind = Kind.PLAIN,
    icon: str = "",
    *,
    after: str = "",
    least: float = 104,
    style: Style = Style.ACTION,
) -> Press:
    """Return a wide button with an optional icon before or after its words."""
    kind = kind if one.enabled else Kind.OFF
    surface_tone, ink, edge = kind.value
    label = _Label(one.text, icon, after, ink, style)
    return Press(
        one.id,
        one.text,
        label,
        surface_tone,
        edge,
        least=least,
        enabled=one.enabled,
        raised=kind is not Kind.OFF,
    )


@dataclass(frozen=True, slots=True)
class _Label:
    """Words in the middle with an icon beside them."""

    text: str
    icon: str
    after: str
    tone: Tone
    style: Style
    stretch: float = 0

    def _sides(self, theme: Theme) -> float:
        return theme.size(self.style) * 1.15 + theme.px(14)

    def _text(self, theme: Theme, width: float) -> tuple[Text, float]:
        taken = self._sides(theme) * (bool(self.icon) + bool(self.after))
        return Text(self.text, self.style, self.tone, "center", middle=True, most=2), width - taken

    def height(self, theme: Theme, width: float) -> float:
        text, room = self._text(theme, width)
        return text.height(theme, room)

    def paint(self, page: Page, box: Box) -> None:
        side = self._sides(page.theme)
        text, room = self._text(page.theme, box.width)
        wide = letters.block(page.theme, text.text, text.style, room, "center", 2).width
        size = page.theme.size(self.style) * 1.15
        left = box.x + (box.width - wide - side * (bool(self.icon) + bool(self.after))) / 2
        if self.icon:
            page.brush.icon(Box(left, box.y, size, box.height), self.icon, self.tone, size)
            left += side
        text.paint(page, Box(left, box.y, wide, box.height))
        if self.after:
            right = Box(left + wide + side - size, box.y, size, box.height)
            page.brush.icon(right, self.after, self.tone, size)


def choice(
    name: str,
    text: str,
    *,
    chosen: bool,
    least: float = 88,
    style: Style = Style.STRONG,
    radius: float = 22,
    mark: bool = True,
) -> Press:
    """Return one answer among several; the chosen one is filled and ticked, not only coloured."""
    kind = Kind.CHOSEN if chosen else Kind.PLAIN
    surface_tone, ink, edge = kind.value
    label: Piece = Text(text, style, ink, "center", middle=True, most=2)
    if chosen and mark:
        label = _Label(text, "check", "", ink, style)
    return Press(
        name,
        text,
        label,
        surface_tone,
        edge,
        radius=radius,
        padding=14,
        raised=False,
        chosen=chosen,
        least=least,
    )


def bar_button(
    one: Button,
    icon: str,
    *,
    tone: Tone = Tone.ON_TINT,
    tile: Tone | None = None,
    size: float = 60,
    least: float = 124,
    style: Style = Style.LABEL,
    peers: Sequence[str] = (),
) -> Press:
    """Return an icon over a word, for bars; `peers` are the words of its neighbours."""
    ink = tone if one.enabled else Tone.OFF
    word = Tone.ON_TINT if one.enabled else Tone.OFF
    picture = Icon(icon, size, ink, tile if one.enabled else None, 0.62 if tile else 0.86)
    stack = Column([picture, _Word(one.text, style, word, tuple(peers))], gap=6)
    return Press(
        one.id,
        one.text,
        stack,
        Tone.SURFACE,
        None,
        radius=20,
        padding=6,
        raised=False,
        enabled=one.enabled,
        least=least,
        stretch=1,
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word below an icon, as high as the highest of its neighbours: all icons stay in line."""

    text: str
    style: Style
    tone: Tone
    peers: tuple[str, ...]
    stretch: float = 0

    def _set(self, text: str) -> Text:
        return Text(text, self.style, self.tone, "center", most=2)

    def height(self, theme: Theme, width: float) -> float:
        return max(self._set(one).height(theme, width) for one in (self.text, *self.peers))

    def paint(self, page: Page, box: Box) -> None:
        self._set(self.text).paint(page, box)


def small_button(one: Button, icon: str, kind: Kind = Kind.PLAIN) -> Press:
    """Return a compact button: icon left, words right."""
    kind = kind if one.enabled else Kind.OFF
    surface_tone, ink, edge = kind.value
    row = Row(
        [Icon(icon, 44, ink, None, 0.9), Text(one.text, Style.LABEL, ink, middle=True)],
        [-44, 1],
        gap=12,
    )
    return Press(
        one.id,
        one.text,
        row,
        surface_tone,
        edge,
        radius=22,
        padding=16,
        raised=False,
        enabled=one.enabled,
        least=84,
    )
