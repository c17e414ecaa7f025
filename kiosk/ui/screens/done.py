"""The end: the pickup number as large as can be, its QR code, what comes next."""

from functools import lru_cache
from typing import Any

import numpy as np
import qrcode
from kivy.graphics.texture import Texture

from kiosk.core.view import Button, DoneBody
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Card, Column, Free, Grid, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, wide
from kiosk.ui.screens.summary import fee_line


def body(here: DoneBody, scene: Scene) -> Piece:
    number = Column(
        [
            Text(here.number_label, Style.LEAD, Tone.SOFT_ON_STRONG, "center"),
            Text(here.number, Style.NUMBER, Tone.ON_STRONG, "center", most=1),
        ],
        gap=4,
    )
    more = [wide(one) for one in here.buttons if one is not finish(here)]
    return Column(
        [
            Card(number, Tone.STRONG, padding=26, radius=36, edge=None),
            Grid(more, 2, gap=18, least=104),
            Row([_code(here), Column([*_answers(here), *_next(here)], 12)], [-250, 1], 32),
            _fees(here),
        ],
        gap=22,
    )


def finish(here: DoneBody) -> Button:
    """Return the button that ends the visit; it stands fixed below, whatever scrolls above."""
    return next(one for one in here.buttons if one.id == "finish")


def _next(here: DoneBody) -> list[Row]:
    return [_line(icon, text) for icon, text in zip(here.icons, here.lines, strict=True)]


def _fees(here: DoneBody) -> Card:
    *lines, total = here.fees or (("", ""),)
    rows = [fee_line(text, amount) for text, amount in lines]
    return Card(
        Column([*rows, fee_line(*total, strong=True)], gap=8), padding=22, radius=22, raised=False
    )


def _answers(here: DoneBody) -> list[Row]:
    """Say just below the buttons what became of them: of the receipt, and of reading aloud."""
    says = [_line("printer", here.printer)]
    if here.unheard:
        says.append(_line("volume-2", here.unheard))
    return says


def _line(icon: str, text: str) -> Row:
    return Row([Icon(icon, 52), Text(text, Style.SMALL, Tone.INK, middle=True)], [-52, 1], gap=16)


def _code(here: DoneBody) -> Free:
    """Return the QR code, at the top beside what comes next, however long that is."""
    return Free(lambda page, box: _qr(page, box, here.qr), 250, stretch=1)


def _qr(page: Page, box: Box, text: str) -> None:
    square = Box(box.x, box.y, box.width, min(box.width, box.height))
    page.brush.fill(square, Tone.WHITE, page.px(22))
    page.brush.outline(square, Tone.EDGE, page.px(2), page.px(22))
    page.brush.picture(square.inset(page.px(14)), code(text))


@lru_cache(maxsize=1)
def code(text: str) -> Any:
    """Return a QR code as a texture with hard edges, quiet zone included."""
    maker = qrcode.QRCode(border=2, error_correction=qrcode.ERROR_CORRECT_M)
    maker.add_data(text)
    cells = np.array(maker.get_matrix(), bool)
    pixels = np.where(cells[::-1], 0, 255).astype(np.uint8)
    texture = Texture.create(size=pixels.shape[::-1], colorfmt="luminance")
    texture.mag_filter = texture.min_filter = "nearest"
    texture.blit_buffer(pixels.tobytes(), colorfmt="luminance", bufferfmt="ubyte")
    return texture
