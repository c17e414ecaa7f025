"""Where everything stands: the boxes of one screen, computed from what they have to hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.core.view import Screen, View
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.theme import SCENE, Theme

SIDE = 48  # units left and right of the body
_REACH = 0.46  # of the height; in reach mode everything to touch lies below
_ROOMY = 0.36  # of the height that the picture takes where there is little else to show
_ENDS = (Screen.DONE, Screen.COUNTER, Screen.OUT_OF_SERVICE, Screen.STORING)


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes by region name, in window pixels; a region without a box is not shown."""

    whole: Box
    boxes: Mapping[str, Box]


def scene_box(width: float, height: float) -> tuple[Box, float]:
    """Return the largest box of the scene's shape in a window, and its scale."""
    scale = min(width / SCENE[0], height / SCENE[1])
    wide, high = round(SCENE[0] * scale), round(SCENE[1] * scale)
    return Box((width - wide) // 2, (height - high) // 2, wide, high), scale


def arrange(whole: Box, theme: Theme, view: View, pieces: Mapping[str, Piece]) -> Layout:
    """Stack the regions: band and call from above, bars from below, body between.

    A notice lies over the band's masthead: it comes and goes by itself, so it moves nothing.
    """
    boxes: dict[str, Box] = {}
    low = _from_below(whole, theme, view, pieces, boxes)
    side, top = theme.px(SIDE), theme.px(24)
    body = pieces["body"].height(theme, whole.width - 2 * side)
    spare = low - whole.y - body - 2 * top
    high = _from_above(whole, theme, view, pieces, boxes, spare)
    if view.screen is Screen.ATTRACT:
        high = max(high + top, low - body - top)
        boxes["body"] = Box(whole.x + side, high, whole.width - 2 * side, low - high - top)
    else:
        boxes["body"] = Box(
            whole.x + side, high + top, whole.width - 2 * side, low - high - 2 * top
        )
    return Layout(whole, boxes)


def _from_below(
    whole: Box, theme: Theme, view: View, pieces: Mapping[str, Piece], boxes: dict[str, Box]
) -> float:
    """Place tools, footer, small print, and above them the keyboard or the way on."""
    y = whole.bottom
    for name in ("tools", "footer", "print", "keyboard", "next"):
        if name not in pieces:
            continue
        side = theme.px({"next": SIDE, "print": 20}.get(name, 0))
        height = pieces[name].height(theme, whole.width - 2 * side)
        y -= height + (theme.px(8) if name == "print" else 0)
        boxes[name] = Box(whole.x + side, y, whole.width - 2 * side, height)
        y -= theme.px({"print": 8, "next": 4}.get(name, 0))
    return y


def _from_above(
    whole: Box,
    theme: Theme,
    view: View,
    pieces: Mapping[str, Piece],
    boxes: dict[str, Box],
    spare: float,
) -> float:
    """Place band and call; the band takes spare height where the picture may be seen."""
    y = whole.y
    if "notice" in pieces:
        over = pieces["notice"].height(theme, whole.width)
        boxes["notice"] = Box(whole.x, y, whole.width, over)
    for name in ("band", "call"):
        if name not in pieces:
            continue
        height = pieces[name].height(theme, whole.width)
        if name == "band" and scenic(theme, view):
            roomy = min(spare, round(whole.height * _ROOMY))
            height = max(height, round(whole.height * _REACH) if theme.reach else roomy)
        boxes[name] = Box(whole.x, y, whole.width, height)
        y += height
    return y


def scenic(theme: Theme, view: View) -> bool:
    """Tell whether the band fills the upper part, since everything to touch is to lie low."""
    looked_at = (Screen.ATTRACT, Screen.PHOTO, Screen.FINGERS, *_ENDS)
    roomy = view.screen is Screen.SERVICES and view.call is None
    return roomy or (theme.reach and view.screen not in looked_at)
