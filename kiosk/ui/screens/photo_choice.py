"""The choice among finished photos: the chosen one large, the others beside it, or a new one."""

from kiosk.core.view import PhotoChoiceBody
from kiosk.ui.draw import images
from kiosk.ui.draw.box import Box, shares
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Column, Free
from kiosk.ui.draw.theme import Tone
from kiosk.ui.parts.scene import Scene, hint, wide

RATIO = 1244 / 1600
_LOW = 620  # units; below that there is no room for one picture above the others


def body(here: PhotoChoiceBody, scene: Scene) -> Piece:
    warned: list[Piece] = [hint(here.warning, "circle-alert")] if here.warning else []
    photos = Free(lambda page, box: _photos(page, box, here, scene), 300, stretch=1)
    return Column([*warned, photos, wide(here.again)], gap=24)


def _photos(page: Page, box: Box, here: PhotoChoiceBody, scene: Scene) -> None:
    """Paint the chosen picture large; with several, all of them small in a row below."""
    count = len(here.pictures)
    if count == 0:
        return
    gap = page.px(20)
    if count == 1 or box.height < page.px(_LOW):
        _row(page, box, here, scene)
        return
    low = min(box.height * 0.34, (box.width - 2 * gap) / 3 / RATIO)
    large = Box(box.x, box.y, box.width, box.height - low - gap).fitted(RATIO)
    _picture(page, large, here.pictures[here.chosen])
    _row(page, Box(box.x, box.bottom - low, box.width, low), here, scene)


def _row(page: Page, box: Box, here: PhotoChoiceBody, scene: Scene) -> None:
    """Paint all pictures beside one another, each to be touched."""
    count, gap = len(here.pictures), page.px(20)
    high = min(box.height, (box.width - gap * (count - 1)) / count / RATIO)
    row = box.within(high * RATIO * count + gap * (count - 1), high)
    for at, part in enumerate(shares(row, (1,) * count, gap)):
        _photo(page, part, at, here, scene)


def _picture(page: Page, box: Box, picture: bytes) -> None:
    radius = page.px(18)
    page.brush.shadow(box, radius, page.px(10))
    images.cover(page.brush, box, images.decoded(picture), radius)
    page.brush.outline(box, Tone.LINE, page.px(2), radius)


def _photo(page: Page, box: Box, at: int, here: PhotoChoiceBody, scene: Scene) -> None:
    """Paint one picture to be touched; the chosen one has a thick edge and a tick."""
    chosen = at == here.chosen
    _picture(page, box, here.pictures[at])
    if chosen:
        page.brush.outline(box.grown(page.px(7)), Tone.STRONG, page.px(8), page.px(24))
        side = page.px(56)
        tick = Box(box.right - side * 0.8, box.y - side * 0.2, side, side)
        page.brush.fill(tick, Tone.STRONG, side / 2)
        page.brush.icon(tick, "check", Tone.ON_STRONG, side * 0.64)
    text = scene.words.say("panel.choose_photo", at=at + 1)
    page.touchable(f"photo:{at}", text, box, radius=page.px(18), chosen=chosen)
