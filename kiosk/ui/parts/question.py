"""A question over the screen: what is asked, how long there is time, and two or three answers."""

from kiosk.core.view import Button, Question
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Kind, Press, button
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Card, Column, Free, Icon, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.bars import ICONS

_SIGNS = {"silence": "timer", "start_again": "rotate-ccw", "to_counter": "user-round"}
_WARNED_SECONDS = 20  # the ring is full that long before everything is forgotten


def paint_question(page: Page, box: Box, question: Question) -> None:
    """Dim the screen and put the card where a sitting person reaches it, too."""
    page.brush.fill(box, Tone.SCRIM)
    card = Card(_card(question), padding=48, radius=40, edge=Tone.EDGE)
    width = box.width - 2 * page.px(72)
    height = card.height(page.theme, width)
    lowest = box.bottom - height - page.px(150)
    middle = box.y + (box.height - height) / 2 + page.px(120)
    y = max(box.y + page.px(40), lowest if page.theme.reach else min(lowest, middle))
    card.paint(page, Box(box.x + page.px(72), y, width, height))


def _card(question: Question) -> Piece:
    presses = [_answer(at, one) for at, one in enumerate(question.buttons)]
    return Column(
        [
            _sign(question),
            Text(question.title, Style.TITLE, Tone.INK, "center"),
            Text(question.text, Style.BODY, Tone.MUTED, "center"),
            Free(lambda page, box: None, 8),
            *presses,
        ],
        gap=20,
    )


def _answer(at: int, one: Button) -> Press:
    plain = Kind.HUMAN if one.id == "help" else Kind.PLAIN
    return button(one, Kind.MAIN if at == 0 else plain, ICONS.get(one.id, ""), least=108)


def _sign(question: Question) -> Piece:
    if question.seconds_left is None:
        return Icon(_SIGNS.get(question.id, "circle-help"), 112)
    return _countdown(question.seconds_left)


def _countdown(seconds: int) -> Piece:
    def paint(page: Page, box: Box) -> None:
        ring = box.within(box.height, box.height)
        width = page.px(14)
        page.brush.arc(ring, 1, Tone.SUNKEN if not page.theme.high else Tone.TRACK_ON_BAND, width)
        page.brush.arc(ring, min(1.0, seconds / _WARNED_SECONDS), Tone.HUMAN, width)
        Text(str(seconds), Style.TITLE, Tone.INK, "center", middle=True).paint(page, ring)

    return Free(paint, 176)
