"""The live photo: mirror picture with a ring that turns green, one sentence at a time."""

from kiosk.core.view import PhotoBody
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Kind
from kiosk.ui.draw.page import Page, Piece, Showing
from kiosk.ui.draw.pieces import Column, Free, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.scene import Scene, fault, wide

RATIO = 4 / 5  # of the preview; the camera's 3:4 loses a little above and below
_PICTOGRAMS = {
    "SearchingFace": "scan-face",
    "StepBack": "minimize-2",
    "StepForward": "maximize-2",
    "StepLeft": "arrow-left",
    "StepRight": "arrow-right",
    "MoveUp": "arrow-up",
    "MoveDown": "arrow-down",
    "StandStill": "hand",
    "LookStraight": "eye",
    "OpenEyes": "eye",
    "CloseMouth": "meh",
    "MultipleFaces": "user-round",
    "HeadUpright": "move-vertical",
    "NeutralFace": "meh",
    "TakeOffGlasses": "glasses",
    "UncoverFace": "scan-face",
    "MoreLight": "sun",
    "EvenLight": "lightbulb",
    "Capturing": "check",
}


def body(here: PhotoBody, scene: Scene) -> Piece:
    if here.fault:
        parts: list[Piece] = [fault(here.fault, here.fault_code, scene.words)]
        return Column([*parts, *([wide(here.again, Kind.MAIN, 116)] if here.again else [])], gap=24)
    stage = Free(lambda page, box: _stage(page, box, here), 560, stretch=1)
    return Column([stage, *([wide(here.again)] if here.again else [])], gap=20)


def _stage(page: Page, box: Box, here: PhotoBody) -> None:
    """Paint the dark surround, the picture in it and the sentence below."""
    radius, pad = page.px(36), page.px(28)
    page.brush.fill(box, Tone.STAGE, radius)
    if page.theme.high:
        page.brush.outline(box, Tone.LINE, page.px(4), radius)
    guide = _guide(here)
    low = max(page.px(104), guide.height(page.theme, box.width - 2 * pad))
    room = Box(box.x + pad, box.y + pad, box.width - 2 * pad, box.height - low - 3 * pad)
    ring = Tone.GOOD_RING if here.good else Tone.RING
    page.show("camera", room.fitted(RATIO), Showing(ring, page.px(24)))
    guide.paint(page, Box(box.x + pad, room.bottom + pad, box.width - 2 * pad, low))


def _guide(here: PhotoBody) -> Row:
    sign = _PICTOGRAMS.get(here.hint, "info")
    tile = Tone.GOOD_RING if here.good else Tone.RING
    return Row(
        [
            Icon(sign, 104, Tone.BLACK, tile, 0.56),
            Text(here.hint_text, Style.ACTION, Tone.ON_STAGE, middle=True, most=3),
        ],
        [-104, 1],
        gap=28,
    )
