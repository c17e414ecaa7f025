"""Storing, counter, out of service: one large sign and a few lines."""

from kiosk.core.view import NoticeBody
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Card, Column, Icon, Text, gap
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, wide

_ICONS = {"arrow-right": "user-round"}


def body(here: NoticeBody, scene: Scene) -> Piece:
    lines = [Text(line, Style.HEADING, Tone.INK, "center") for line in here.lines]
    code = scene.words.say("panel.technician", code=here.code) if here.code else ""
    card = Card(
        Column(
            [
                gap(24),
                Icon(_ICONS.get(here.icon, here.icon), 208),
                gap(8),
                *lines,
                Text(code, Style.SMALL, Tone.MUTED, "center"),
                gap(16),
            ],
            gap=24,
        ),
        padding=48,
        radius=36,
    )
    return Column(
        [gap(0, stretch=1), card, *(wide(one) for one in here.buttons), gap(0, stretch=2)]
    )
