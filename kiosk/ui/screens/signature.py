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
    says = Row([_sign(scene, kept=kept), _Says(scene, kept=kept)], [-88, 1], gap=26)
    clear = replace(here.clear, enabled=here.clear.enabled or scene.inked)
    field = Column([says, _Pad(here, kept=kept), wide(clear)], gap=32)
    card = Card(field, padding=36, radius=36)
    more = [piece for one in here.buttons for piece in (gap(28), wide(one))]
    return Column([gap(0, stretch=3), card, *more, gap(0, stretch=2)])


def _sign(scene: Scene, *, kept: bool) -> Icon:
    if scene.too_little:
        return Icon("info", 88, Tone.WARN, Tone.WARN_TINT)
    return Icon("circle-check" if kept else "pen-line", 88)


class _Says:
    """Where to write, that it is there, or not enough yet; as high as the longest: no pad moves."""

    stretch = 0.0

    def __init__(self, scene: Scene, *, kept: bool) -> None:
        self._words = scene.words
        short = "sign_more" if scene.too_little else "sign_here"
        self._name = "signed" if kept else short

    def _text(self, name: str) -> Text:
        return Text(self._words.say(f"panel.{name}"), Style.HEADING, Tone.INK, middle=True)

    def height(self, theme: Theme, width: float) -> float:
        names = ("signed", "sign_here", "sign_more")
        return max(self._text(name).height(theme, width) for name in names)

    def paint(self, page: Page, box: Box) -> None:
        self._text(self._name).paint(page, box)


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
