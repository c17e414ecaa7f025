"""Paints a moment into the regions: what has not changed is left as it is."""

from collections.abc import Mapping
from datetime import datetime

from kivy.core.window import Window

from kiosk.core.view import BirthBody, Button, Screen
from kiosk.ui import compose, layout
from kiosk.ui.actions import Actions
from kiosk.ui.draw import backdrop
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.brush import Brush
from kiosk.ui.draw.buttons import small_button
from kiosk.ui.draw.page import Page, Piece, Target
from kiosk.ui.draw.pieces import Row
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.draw.words import Words
from kiosk.ui.parts.band import Band
from kiosk.ui.parts.question import paint_question
from kiosk.ui.parts.scene import Scene
from kiosk.ui.regions import Regions
from kiosk.ui.screens import birth

_MORE_UNITS = 84  # height of the paging buttons
_BELOW = 120  # units that are seen below the answers: room for a fault's sentence
_WORDS = 3.5  # lines that a question's own words take at most
_FIXED = ("band", "notice", "call", "next", "keyboard", "print", "footer", "tools")


class Painting:
    """Everything of the screen but the press and the focus; `clip` is the body's window, if any."""

    def __init__(self, regions: Regions, actions: Actions) -> None:
        self.regions = regions
        self.clip: Box | None = None
        self._actions = actions

    def paint(self, scene: Scene, theme: Theme, whole: Box, now: datetime) -> None:
        head = compose.band(scene, now, scenic=layout.scenic(theme, scene.view))
        pieces = compose.pieces(scene, head)
        plan = layout.arrange(whole, theme, scene.view, pieces)
        self._ground(theme, plan, scene)
        self._fixed(scene, head, theme, plan, pieces)
        self._body(scene, theme, plan, pieces["body"])
        self._follow(scene, theme, plan, pieces["body"])
        self._question(theme, whole, scene)
        self.regions.rest_unseen()

    def _ground(self, theme: Theme, plan: layout.Layout, scene: Scene) -> None:
        at_start, whole = scene.view.screen is Screen.ATTRACT, plan.whole
        low = next((plan.boxes[bar].y for bar in ("footer", "tools") if bar in plan.boxes), 0.0)

        def paint(page: Page) -> None:
            page.brush.fill(Box(0, 0, *Window.size), Tone.BLACK)
            if at_start:
                backdrop.evening(page, whole)
            else:
                backdrop.paper(page, whole, low)

        self.regions.paint("ground", (theme, whole, low, at_start), theme, Window.height, paint)

    def _fixed(
        self,
        scene: Scene,
        head: Band,
        theme: Theme,
        plan: layout.Layout,
        pieces: Mapping[str, Piece],
    ) -> None:
        """Paint the regions whose piece fills its box."""
        shown = _shown(scene, head)
        for name in _FIXED:
            if name in pieces:
                self._filled(name, theme, plan.boxes[name], pieces[name], shown[name])
            else:
                self.regions.clear(name)

    def _filled(self, name: str, theme: Theme, box: Box, piece: Piece, shown: object) -> None:
        self.regions.paint(
            name, (theme, box, shown), theme, Window.height, lambda page: piece.paint(page, box)
        )

    def _body(self, scene: Scene, theme: Theme, plan: layout.Layout, piece: Piece) -> None:
        """Paint the body whole, or the part of it that is scrolled to."""
        box, scroll = plan.boxes["body"], self._actions.scroll
        content = piece.height(theme, box.width)
        strip = theme.px(_MORE_UNITS + 14)
        scroll.fit(content, box.height, strip)
        self.clip = None
        if scroll.needed:
            box = Box(box.x, box.y, box.width, box.height - strip)
            edge = theme.px(12)  # room for a shadow above, and nothing of the last row cut below
            high = box.height + edge
            self.clip = Box(plan.whole.x, box.y - edge, plan.whole.width, high)
        inner = Box(box.x, box.y - scroll.offset, box.width, max(content, box.height))
        shown = (
            scene.view.body,
            scene.typing,
            scene.inked,
            scene.too_little,
            scene.opened,
            scene.view.screen,
        )
        key = (theme, inner, self.clip, scene.words.language, shown)
        self.regions.paint(
            "body", key, theme, Window.height, lambda page: piece.paint(page, inner), self.clip
        )
        self._paging(theme, box, scene.words)

    def _follow(self, scene: Scene, theme: Theme, plan: layout.Layout, piece: Piece) -> None:
        """Bring the open question into sight, once: its answers, and its words above them."""
        follow, self._actions.follow = self._actions.follow, False
        asked = self._asked(scene)
        if not follow or self.clip is None or not asked:
            return
        scroll = self._actions.scroll
        before, words = scroll.offset, _WORDS * theme.size(Style.STRONG)
        scroll.reveal(asked[-1].box, self.clip, theme.px(_BELOW))
        top = asked[0].box.moved(0, before - scroll.offset - words)
        scroll.reveal(Box(top.x, top.y, top.width, words), self.clip, 0)
        if scroll.offset != before:
            self._body(scene, theme, plan, piece)

    def _asked(self, scene: Scene) -> list[Target]:
        """Return the answers of the question that is open: a form's, or what the birthday lacks."""
        body = scene.view.body
        kind = birth.gap_of(body) if isinstance(body, BirthBody) else "field"
        return [one for one in self.regions.of("body") if one.id.partition(":")[0] == kind]

    def _paging(self, theme: Theme, box: Box, words: Words) -> None:
        scroll = self._actions.scroll
        if self.clip is None:
            self.regions.clear("scroll")
            return
        up = Button("scroll:up", words.say("panel.less"), scroll.offset > 0)
        down = Button("scroll:down", words.say("panel.more"), scroll.offset < scroll.lowest)
        row = Row(
            [small_button(down, "chevron-down"), small_button(up, "chevron-up")], [1, 1], gap=18
        )
        place = Box(box.x, box.bottom + theme.px(14), box.width, theme.px(_MORE_UNITS))
        self._filled("scroll", theme, place, row, (words.language, up, down))

    def _question(self, theme: Theme, whole: Box, scene: Scene) -> None:
        question = scene.view.question
        if question is None:
            self.regions.clear("question")
            return
        self.regions.paint(
            "question",
            (theme, whole, question),
            theme,
            Window.height,
            lambda page: paint_question(page, whole, question),
        )


def _shown(scene: Scene, head: Band) -> dict[str, object]:
    """Return what each region depends on, language included."""
    view, language = scene.view, scene.words.language
    return {
        "band": head,
        "notice": view.notice,
        "call": (view.call, language),
        "next": (compose.ahead(view), view.screen, getattr(view.body, "message", ""), language),
        "keyboard": (scene.typing, language),
        "print": (view.simulated, view.screen),
        "footer": view.footer,
        "tools": (view.tools, view.look.text_scale),
    }


def focus_ring(brush: Brush, target: Target, theme: Theme) -> None:
    """Draw the two-tone ring: light between two dark lines, seen on every ground."""
    for units, width, tone in ((13, 13, Tone.RING_EDGE), (10, 7, Tone.RING)):
        by = theme.px(units)
        brush.outline(target.box.grown(by), tone, theme.px(width), target.radius + by)
