"""The summary: every answer as a row to touch, the photo, and what it costs line by line."""

from collections.abc import Sequence

from kiosk.core.view import SummaryBody
from kiosk.ui.draw import images
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Press
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Card, Column, Free, Icon, Pair, Row, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, hint

_LONG = "details"  # the group that needs the whole width


def body(here: SummaryBody, scene: Scene) -> Piece:
    notes: list[Piece] = [hint(here.note)] if here.note else []
    rows = {group[0]: _row(group, scene) for group in _grouped(here.rows)}
    beside = [row for screen, row in rows.items() if screen != _LONG or not here.photo]
    below = [row for screen, row in rows.items() if screen == _LONG and here.photo]
    top: Piece = Column(beside, gap=8, stretch=1)
    if here.photo:
        top = Row([top, _photo(here.photo)], [1, -232], gap=20)
    return Column([top, *below, _fees(here, scene), *notes], gap=10)


def _grouped(rows: Sequence[tuple[str, str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Put rows that lead to the same screen together: one thing to touch each."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for label, value, screen in rows:
        groups.setdefault(screen, []).append((label, value))
    return list(groups.items())


def _row(group: tuple[str, list[tuple[str, str]]], scene: Scene) -> Press:
    screen, lines = group
    says = Column([_line(*one) for one in lines], gap=5)
    change = scene.words.say("panel.change")
    spoken = f"{change}: {', '.join(label for label, _ in lines)}"
    return Press(
        f"revise:{screen}",
        spoken,
        Row([says, Icon("pen-line", 40, Tone.ON_TINT, None, 0.9)], [1, -40], gap=18),
        radius=22,
        padding=24,
        raised=False,
        least=66,
    )


def _line(label: str, value: str) -> Pair:
    return Pair(
        Text(label, Style.SMALL, Tone.MUTED, middle=True),
        Text(value, Style.LABEL, Tone.INK, "right", middle=True),
    )


def _photo(picture: bytes) -> Free:
    def paint(page: Page, box: Box) -> None:
        high = min(box.height, box.width * 1600 / 1244)
        place = Box(box.x, box.y, high * 1244 / 1600, high)
        images.cover(page.brush, place, images.decoded(picture), page.px(18))
        page.brush.outline(place, Tone.EDGE, page.px(2.5), page.px(18))

    return Free(paint, 283, stretch=1)


def _fees(here: SummaryBody, scene: Scene) -> Card:
    """Return what it costs line by line; the total stands fixed above the way on."""
    return Card(
        Column([fee_line(text, money) for text, money in here.fees], gap=10),
        padding=16,
        radius=22,
        raised=False,
    )


def fee_line(text: str, amount: str, *, strong: bool = False) -> Pair:
    style, tone = (Style.STRONG, Tone.INK) if strong else (Style.SMALL, Tone.MUTED)
    money = Text(amount, style, Tone.INK, "right", middle=True)
    return Pair(Text(text, style, tone, middle=True), money)
