"""The signature: a field in the shape of the document's own, a line to write on, and clear."""

from dataclasses import replace

from kiosk.core.view import SignatureBody
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Page, Piece, Showing
from kiosk.ui.draw.pieces import Card, Column, Icon, Row, Text, gap, surface
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.parts.scene import Scene, wide


def body(here: SignatureBody, scene: Scene) -> Piece:
    kept = here.has_ink and not scene.inked
    words = "panel.signed" if kept else "panel.sign_here"
    says = Row(
        [
            Icon("circle-check" if kept else "pen-line", 88),
            Text(scene.words.say(words), Style.HEADING, Tone.INK, middle=True),
        ],
        [-88, 1],
        gap=26,
    )
    clear = replace(here.clear, enabled=here.clear.enabled or scene.inked)
    field = Column([says, _Pad(here, kept=kept), wide(clear)], gap=32)
    card = Card(field, padding=36, radius=36)
    more = [piece for one in here.buttons for piece in (gap(28), wide(one))]
    return Column([gap(0, stretch=3), card, *more, gap(0, stretch=2)])


class _Pad:
    """The white field; white in every contrast, since it becomes black on white."""

    stretch = 0.0

    def __init__(self, here: SignatureBody, *, kept: bool) -> None:
        self._here, self._kept = here, kept

    def height(self, theme: Theme, width: float) -> float:
        return float(round(width * self._here.height / self._here.width))

    def paint(self, page: Page, box: Box) -> None:
        surface(page, box.grown(page.px(4)), Tone.EDGE, 22, edge=None)
        page.brush.fill(box, Tone.WHITE, page.px(18))
        line = Box(
            box.x + box.width * 0.03, box.y + box.height * 0.76, box.width * 0.94, page.px(2)
        )
        page.brush.fill(line, (0.5, 0.57, 0.58, 1))
        if self._kept:
            page.brush.icon(box, "check", (0.09, 0.45, 0.29, 1), box.height * 0.5)
        page.show("pad", box, Showing(ratio=(self._here.width, self._here.height)))
