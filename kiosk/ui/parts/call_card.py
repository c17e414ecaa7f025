"""The call beside the step: clerk's picture, state, own mirror and what can be switched."""

from kiosk.core.view import Button, CallView
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Kind, Press, small_button
from kiosk.ui.draw.letters import width_of
from kiosk.ui.draw.page import Page, Piece, Showing
from kiosk.ui.draw.pieces import Backed, Card, Column, Free, Grid, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.draw.words import Words
from kiosk.ui.parts.bars import ICONS

_WITH_PICTURE = ("connecting", "talking", "lost")
_CLERK = (372, 279)  # units; VGA's shape


def call_card(call: CallView, words: Words) -> Piece:
    """Return the docked card; it never lies over anything."""
    says = [Text(call.title, Style.STRONG, Tone.INK, most=2)]
    if call.text:
        says.append(Text(call.text, Style.SMALL, Tone.MUTED))
    if call.state not in _WITH_PICTURE:
        row = Row([Icon("headset", 96, Tone.ON_HUMAN, Tone.HUMAN), Column(says, gap=6)], [-96, 1])
        return _docked(Column([row, _buttons(call)], gap=18))
    side = Column([*says, _buttons(call)], gap=14)
    return _docked(Row([_faces(call, words), side], [-_CLERK[0], 1], gap=28))


def _docked(piece: Piece) -> Piece:
    def ground(page: Page, box: Box) -> None:
        page.brush.fill(box, Tone.PAPER)

    return Backed(Card(piece, padding=22, radius=26, edge=Tone.HUMAN), ground, side=40, top=14)


def _buttons(call: CallView) -> Piece:
    presses = [_switch(one, call) for one in call.buttons]
    if call.state not in _WITH_PICTURE:
        return Grid(presses, max(1, len(presses)), gap=14)
    return Column([Grid(presses[:-1], 2, gap=12, least=84), presses[-1]], gap=12)


def _switch(one: Button, call: CallView) -> Press:
    if one.id == "hang_up" and call.state in _WITH_PICTURE:
        return small_button(one, "phone-off", Kind.HUMAN)
    if one.id == "camera":
        return small_button(one, "video-off" if call.camera_on else "video")
    if one.id == "microphone":
        return small_button(one, "mic-off" if call.microphone_on else "mic")
    return small_button(one, ICONS.get(one.id, "arrow-right"))


def _faces(call: CallView, words: Words) -> Piece:
    """Paint the clerk large, oneself small in the corner, and the sign that one's camera is on."""

    def paint(page: Page, box: Box) -> None:
        radius = page.px(18)
        if call.clerk_camera_on:
            page.show("clerk", box, Showing(radius=radius))
        else:
            page.brush.fill(box, Tone.STAGE, radius)
            page.brush.icon(box, "user-round", Tone.ON_STAGE, box.height * 0.4)
        if page.theme.high:
            page.brush.outline(box, Tone.LINE, page.px(3), radius)
        _sign(page, box, call, words)

    return Free(paint, _CLERK[1])


def _sign(page: Page, box: Box, call: CallView, words: Words) -> None:
    """Paint the own picture with the sign below it, in the lower right corner."""
    theme, pad = page.theme, page.px(10)
    text = words.say("panel.camera_on" if call.camera_on else "panel.camera_off")
    block = _small(theme, text)
    wide = min(box.width - 2 * pad, block + page.px(46))
    sign = Box(box.right - wide - pad, box.bottom - page.px(38) - pad, wide, page.px(38))
    if call.camera_on:
        high = page.px(92)
        own = Box(sign.right - high * 4 / 3, sign.y - high - page.px(6), high * 4 / 3, high)
        page.show("mirror", own, Showing(radius=page.px(10)))
        page.brush.outline(own, Tone.WHITE, page.px(2.5), page.px(10))
    page.brush.fill(sign, Tone.SURFACE, sign.height / 2)
    page.brush.outline(sign, Tone.EDGE, page.px(1.5), sign.height / 2)
    dot = Box(sign.x + page.px(12), sign.y + page.px(12), page.px(14), page.px(14))
    page.brush.fill(dot, Tone.HUMAN if call.camera_on else Tone.OFF, dot.width / 2)
    label = Box(dot.right + page.px(8), sign.y, sign.right - dot.right - page.px(16), sign.height)
    Text(text, Style.FINE, Tone.INK, middle=True, most=1).paint(page, label)


def _small(theme: Theme, text: str) -> float:
    return width_of(text, Style.FINE.font, theme.size(Style.FINE))
