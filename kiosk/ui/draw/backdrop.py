"""What lies behind everything: the evening over the town, and the town's outline on paper."""

from kiosk.ui.draw import images
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Page
from kiosk.ui.draw.theme import Tone


def evening(page: Page, box: Box) -> None:
    """Paint the whole picture of the attract screen; plain in high contrast."""
    page.brush.fill(box, Tone.BAND)
    if not page.theme.high:
        images.cover(page.brush, box, images.load("scene"))


def band(page: Page, box: Box, *, scenic: bool) -> None:
    """Paint the band: a quiet outline at night, or the evening where there is room."""
    page.brush.fill(box, Tone.BAND)
    if page.theme.high:
        line = Box(box.x, box.bottom - page.px(3), box.width, page.px(3))
        page.brush.fill(line, Tone.LINE)
        return
    images.cover(page.brush, box, images.load("scene-wide" if scenic else "band"))


def paper(page: Page, box: Box, low: float) -> None:
    """Paint paper with the town's outline standing on `low`."""
    page.brush.fill(box, Tone.PAPER)
    if page.theme.high or low <= 0:
        return
    town = images.load("town")
    height = round(box.width * town.height / town.width)
    page.brush.picture(Box(box.x, low - height, box.width, height), town, Tone.SUNKEN)
