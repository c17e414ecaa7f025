"""The fingerprints: two hands with the finger to give, the live ridges, progress and quality."""

from typing import Any

import numpy as np
from kivy.graphics.texture import Texture

from kiosk.core.events import Finger
from kiosk.core.view import FingersBody
from kiosk.ui.draw import images
from kiosk.ui.draw.box import Box, shares
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Card, Column, Fitting, Free, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, fault, wide

_HANDS, _SMALL_HANDS = 250, 170  # units of height at least
_GOOD, _FAIR = 60, 30  # of 100; where the bar changes its word's tone


def body(here: FingersBody, scene: Scene) -> Piece:
    """Return the step; where letters are large, hands and window give way to the sentence."""
    buttons = [wide(one, least=92) for one in here.buttons]
    hands: list[Piece] = [_hands(here, scene, units) for units in (_HANDS, _SMALL_HANDS)]
    if here.fault:
        says = fault(here.fault, here.fault_code, scene.words)
        above = [(Card(one, padding=32, radius=32, stretch=1),) for one in hands]
        fitting = [Column([*cards, says, *buttons], gap=18) for cards in (*above, ())]
        return Fitting(fitting)
    scan, guide = _scan(here), _guide(here)
    ways: list[list[Piece]] = [
        *([one, scan, guide] for one in hands),
        *([one, guide] for one in hands),
        [guide],
    ]
    return Fitting([Column([_stage(way), *buttons], gap=18) for way in ways])


def _stage(parts: list[Piece]) -> Card:
    return Card(Column(parts, gap=24, middle=True), padding=32, radius=32, stretch=1)


def _hands(here: FingersBody, scene: Scene, units: float) -> Free:
    def paint(page: Page, box: Box) -> None:
        left, right = shares(box, (1, 1), page.px(24))
        _hand(page, left, Finger.LEFT, here, scene)
        _hand(page, right, Finger.RIGHT, here, scene)

    return Free(paint, units, stretch=3)


def _hand(page: Page, box: Box, finger: Finger, here: FingersBody, scene: Scene) -> None:
    """Paint one hand from above; the left one is the right one mirrored."""
    done, wanted = finger in here.done, finger is here.finger and finger not in here.done
    name = Text(
        scene.words.say(f"panel.finger_{finger.value}"),
        Style.LABEL,
        Tone.INK if wanted or done else Tone.MUTED,
        "center",
        most=2,
    )
    low = name.height(page.theme, box.width)
    square = Box(box.x, box.y, box.width, box.height - low - page.px(10)).fitted(1)
    tone = Tone.STRONG if wanted else (Tone.GOOD if done else Tone.OFF)
    skin = Tone.HAND if wanted else Tone.HAND_OFF
    _mirrored(page, square, "hand", skin, mirror=finger is Finger.LEFT)
    _mirrored(page, square, "finger", tone, mirror=finger is Finger.LEFT)
    if done or here.fault:
        _mark(page, _tip(square, finger), done=done, wanted=wanted)
    name.paint(page, Box(box.x, box.bottom - low, box.width, low))


def _mark(page: Page, tip: tuple[float, float], *, done: bool, wanted: bool) -> None:
    """Mark a finger that is taken, or the one that a fault is about."""
    if not done and not wanted:
        return
    side, tone = page.px(64), Tone.GOOD if done else Tone.WARN
    place = Box(*tip, side, side).moved(-side / 2, -side / 2)
    page.brush.fill(place, tone, side / 2)
    page.brush.icon(place, "check" if done else "triangle-alert", Tone.SURFACE, side * 0.62)


def _tip(square: Box, finger: Finger) -> tuple[float, float]:
    part = 196 / 640 if finger is Finger.RIGHT else 1 - 196 / 640
    return square.x + square.width * part, square.y + square.height * 118 / 640


def _mirrored(page: Page, box: Box, name: str, tone: Tone, *, mirror: bool) -> None:
    texture = images.load(name)
    if mirror:
        texture = texture.get_region(0, 0, *texture.size)
        texture.flip_horizontal()
    page.brush.picture(box, texture, tone)


def _scan(here: FingersBody) -> Row:
    return Row(
        [Free(lambda page, box: _print(page, box, here), 230), _measures(here)], [-184, 1], 28
    )


def _print(page: Page, box: Box, here: FingersBody) -> None:
    """Paint the scanner's window with the ridges seen so far."""
    radius = page.px(24)
    page.brush.fill(box, Tone.WHITE, radius)
    page.brush.outline(box, Tone.EDGE, page.px(3), radius)
    if here.picture and here.picture_width:
        height = len(here.picture) // here.picture_width
        inside = box.inset(page.px(10)).fitted(here.picture_width / max(1, height))
        page.brush.picture(inside, ridges(here.picture, here.picture_width), radius=page.px(14))
    else:
        page.brush.icon(box, "fingerprint", (0.1, 0.3, 0.35, 0.35), box.width * 0.62)


def ridges(picture: bytes, width: int) -> Any:
    """Return grey rows from the top as a texture."""
    rows = np.frombuffer(picture, np.uint8)[: len(picture) // width * width].reshape(-1, width)
    texture = Texture.create(size=(width, rows.shape[0]), colorfmt="luminance")
    texture.blit_buffer(rows[::-1].tobytes(), colorfmt="luminance", bufferfmt="ubyte")
    return texture


def _measures(here: FingersBody) -> Column:
    share = 1.0 if len(here.done) == 2 else here.share
    parts: list[Piece] = [_bar(share, Tone.STRONG)]
    if here.quality is not None:
        tone = Tone.GOOD if here.quality >= _GOOD else Tone.WARN
        parts += [Text(here.quality_text, Style.LABEL, Tone.INK), _bar(here.quality / 100, tone)]
    return Column(parts, gap=16)


def _bar(share: float, tone: Tone) -> Free:
    def paint(page: Page, box: Box) -> None:
        radius = box.height / 2
        page.brush.fill(box, Tone.SUNKEN, radius)
        if page.theme.high:
            page.brush.outline(box, Tone.LINE, page.px(2), radius)
        if share > 0:
            wide_part = max(box.height, box.width * min(1.0, share))
            page.brush.fill(Box(box.x, box.y, wide_part, box.height), tone, radius)

    return Free(paint, 26)


def _guide(here: FingersBody) -> Row:
    both = len(here.done) == 2
    icon = "circle-check" if both else "fingerprint"
    tile, ink = (Tone.GOOD_TINT, Tone.GOOD) if both else (Tone.TINT, Tone.ON_TINT)
    return Row(
        [Icon(icon, 88, ink, tile), Text(here.hint_text, Style.HEADING, Tone.INK, middle=True)],
        [-88, 1],
        gap=26,
    )
