"""The choice of service: one tile each, with what it is and how long it takes."""

from kiosk.core.view import ServicesBody, Tile
from kiosk.ui.draw.buttons import Press
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Column, Icon, Row, Text, gap
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene

_ICONS = {"passport": "book-user", "id-card": "id-card"}


def body(here: ServicesBody, scene: Scene) -> Piece:
    return Column([gap(8), *(_tile(at, tile) for at, tile in enumerate(here.tiles))], gap=26)


def _tile(at: int, tile: Tile) -> Press:
    """The first tile is the one most people come for: it is dark, the others are light."""
    dark = at == 0
    ink = Tone.ON_STRONG if dark else Tone.INK
    soft = Tone.SOFT_ON_STRONG if dark else Tone.MUTED
    mark = Icon(
        _ICONS.get(tile.icon, tile.icon),
        144,
        Tone.ON_STRONG if dark else Tone.ON_TINT,
        Tone.TILE_ON_STRONG if dark else Tone.TINT,
    )
    time = Row(
        [Icon("clock", 34, soft, None, 0.9), Text(tile.minutes, Style.LABEL, soft, middle=True)],
        [-34, 1],
        gap=10,
    )
    says = Column(
        [Text(tile.title, Style.HEADING, ink), Text(tile.text, Style.BODY, soft), time], gap=12
    )
    arrow = Icon("chevron-right", 56, ink, None, 0.9)
    return Press(
        f"service:{tile.id}",
        f"{tile.title}. {tile.text}",
        Column([gap(20), Row([mark, says, arrow], [-144, 1, -56], gap=32), gap(20)]),
        Tone.STRONG if dark else Tone.SURFACE,
        None if dark else Tone.EDGE,
        radius=36,
        padding=40,
        least=240,
    )
