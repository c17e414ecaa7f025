"""The root widget: paints the newest view and hands touches and keys on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kivy.core.window import Window
from kivy.graphics import InstructionGroup
from kivy.uix.widget import Widget

from kiosk.core.events import Event, Signed, Touched
from kiosk.core.texts import Texts
from kiosk.core.view import Button, Screen, View
from kiosk.ui import compose, layout
from kiosk.ui.actions import Actions
from kiosk.ui.draw import backdrop, images, letters
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.brush import Brush
from kiosk.ui.draw.buttons import small_button
from kiosk.ui.draw.page import Live, Page, Piece, Target
from kiosk.ui.draw.pieces import Row
from kiosk.ui.draw.theme import PIXELS_PER_MM, Theme, Tone, theme_of
from kiosk.ui.draw.words import Words
from kiosk.ui.hands import Hands
from kiosk.ui.navigator import meaning, spoken
from kiosk.ui.parts.pad import Pad
from kiosk.ui.parts.question import paint_question
from kiosk.ui.parts.scene import Scene
from kiosk.ui.regions import Regions

_MORE_UNITS = 84  # height of the paging buttons


@dataclass(frozen=True)
class Surroundings:
    """What the stage needs from outside; all callables return at once."""

    texts: Texts
    send: Callable[[Event], None]
    say: Callable[[str], None] = lambda text: None
    now: Callable[[], datetime] = datetime.now  # the citizen's clock on the wall
    live: Mapping[str, Live] = field(default_factory=dict)
    pixels_per_mm: float = PIXELS_PER_MM
    private: bool = False  # only the citizen hears the speech


class Stage(Widget):
    """Everything on the screen. `show` is called in Kivy's thread."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.view: View | None = None
        self.touched: Callable[[], None] = lambda: None
        self._pad = Pad(self._signed)
        self.regions = Regions(self.canvas, {**around.live, "pad": self._pad})
        self._over = InstructionGroup()
        self.canvas.after.add(self._over)
        self.actions = Actions(around.send, self._pad.forget)
        self.hands = Hands(self, self._pad, lambda: self._theme().scale)
        self._clip: Box | None = None
        Window.bind(on_key_down=self._on_key, size=self._resized)

    # --- painting -----------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Paint this view; only regions that differ are touched."""
        before, self.view = self.view, view
        if before is None or before.screen is not view.screen:
            self._arrived(view)
        elif (before.question is None) is not (view.question is None):
            self.hands.cancel()
            self.hands.navigator.forget()
        self.repaint()

    def _arrived(self, view: View) -> None:
        self.actions.reset()
        self.hands.cancel()
        self.hands.navigator.forget()
        if view.screen is Screen.ATTRACT:
            self._pad.forget()
            letters.forget()
            images.forget()

    def repaint(self) -> None:
        view = self.view
        if view is None:
            return
        theme, whole = self._theme(), self._whole()
        words = Words(self.around.texts, view.look.language)
        self.actions.settle(view)
        scene = Scene(view, words, self.actions.typing, self.actions.opened, self._pad.strokes > 0)
        head = compose.band(scene, self.around.now(), scenic=layout.scenic(theme, view))
        pieces = compose.pieces(scene, head)
        plan = layout.arrange(whole, theme, view, pieces)
        self._ground(theme, plan, view)
        for name in ("band", "notice", "call", "next", "keyboard", "print", "footer", "tools"):
            self._fixed(name, theme, plan, pieces, (head if name == "band" else scene, words))
        self._body(scene, theme, plan, pieces["body"])
        self._follow(scene, theme, plan, pieces["body"])
        self._question(theme, whole, view)
        self.regions.rest_unseen()
        self.mark()

    def _ground(self, theme: Theme, plan: layout.Layout, view: View) -> None:
        at_start, whole = view.screen is Screen.ATTRACT, plan.whole
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
        name: str,
        theme: Theme,
        plan: layout.Layout,
        pieces: Mapping[str, Piece],
        shows: tuple[object, Words],
    ) -> None:
        """Paint one region whose piece fills its box."""
        if name not in pieces:
            self.regions.clear(name)
            return
        box, piece = plan.boxes[name], pieces[name]
        view = self.view
        assert view is not None
        seen = {
            "band": shows[0],
            "notice": view.notice,
            "call": view.call,
            "next": (view.next, view.screen),
            "keyboard": self.actions.typing,
            "print": (view.simulated, view.screen),
            "footer": view.footer,
            "tools": view.tools,
        }[name]
        key = (theme, box, view.look.language, seen)
        self.regions.paint(name, key, theme, Window.height, lambda page: piece.paint(page, box))

    def _body(self, scene: Scene, theme: Theme, plan: layout.Layout, piece: Piece) -> None:
        box, scroll = plan.boxes["body"], self.actions.scroll
        content = piece.height(theme, box.width)
        scroll.fit(content, box.height)
        if scroll.needed:
            strip = theme.px(_MORE_UNITS + 14)
            box = Box(box.x, box.y, box.width, box.height - strip)
            scroll.fit(content, box.height)
            self._clip = Box(plan.whole.x, box.y - theme.px(12), plan.whole.width, box.height)
        else:
            self._clip = None
        inner = Box(box.x, box.y - scroll.offset, box.width, max(content, box.height))
        key = (theme, inner, self._clip, scene.words.language, scene.view.body, scene.typing,
               scene.inked, scene.opened, scene.view.screen)  # fmt: skip
        self.regions.paint(
            "body", key, theme, Window.height, lambda page: piece.paint(page, inner), self._clip
        )
        self._paging(theme, box, scene.words)

    def _follow(self, scene: Scene, theme: Theme, plan: layout.Layout, piece: Piece) -> None:
        """Bring the open question into sight, once."""
        follow, self.actions.follow = self.actions.follow, False
        asked = [one for one in self.regions.of("body") if one.id.startswith("field:")]
        if follow and self._clip is not None and asked:
            last = self.actions.scroll.reveal(asked[-1].box, self._clip, theme.px(40))
            first = self.actions.scroll.reveal(asked[0].box, self._clip, theme.px(120))
            if last or first:
                self._body(scene, theme, plan, piece)

    def _paging(self, theme: Theme, box: Box, words: Words) -> None:
        scroll = self.actions.scroll
        if self._clip is None:
            self.regions.clear("scroll")
            return
        up = Button("scroll:up", words.say("panel.less"), scroll.offset > 0)
        down = Button("scroll:down", words.say("panel.more"), scroll.offset < scroll.lowest)
        row = Row(
            [small_button(down, "chevron-down"), small_button(up, "chevron-up")], [1, 1], gap=18
        )
        place = Box(box.x, box.bottom + theme.px(14), box.width, theme.px(_MORE_UNITS))
        key = (theme, place, words.language, up.enabled, down.enabled)
        self.regions.paint("scroll", key, theme, Window.height, lambda p: row.paint(p, place))

    def _question(self, theme: Theme, whole: Box, view: View) -> None:
        question = view.question
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

    def mark(self) -> None:
        """Paint the press and the focus ring over everything."""
        self._over.clear()
        theme = self._theme()
        brush = Brush(theme, Window.height)
        if self.hands.pressed is not None and self.hands.pressed.enabled:
            brush.fill(self.hands.pressed.box, Tone.PRESS, self.hands.pressed.radius)
        focused = self.hands.navigator.current(self.targets())
        if focused is not None:
            _ring(brush, focused, theme)
        self._over.add(brush.group)

    # --- surface for the hands ----------------------------------------------------------------

    def targets(self) -> list[Target]:
        return self.regions.targets()

    def reachable(self) -> list[Target]:
        """Return the targets whose middle is on the screen now."""
        return [one for one in self.targets() if self.visible(one, one.box.centre[1])]

    @property
    def pad(self) -> Box | None:
        """Return the field to sign in, while it is shown."""
        return self._pad.box

    def target_at(self, x: float, y: float) -> Target | None:
        """Return the enabled target at a place; the town on the attract screen begins, too."""
        for one in self.targets():
            if one.enabled and one.box.holds(x, y) and self.visible(one, y):
                return one
        return None

    def visible(self, target: Target, y: float) -> bool:
        """Tell whether a line of a target is inside the part of the body that is shown."""
        if self._clip is None or target not in self.regions.of("body"):
            return True
        return self._clip.y <= y < self._clip.bottom

    def activate(self, target: Target) -> None:
        if self.view is None:
            return
        self.touched()
        self.actions.touch(target.id, self.view)
        self.repaint()

    def scroll_by(self, pixels: float) -> bool:
        if self._clip is None or (self.view and self.view.question):
            return False
        self.actions.scroll.by(pixels)
        self.repaint()
        return True

    def focus(self, target: Target) -> None:
        if self._clip is not None and target in self.regions.of("body"):
            margin = self._theme().px(24)
            if self.actions.scroll.reveal(target.box, self._clip, margin):
                self.repaint()
        self.mark()
        view = self.view
        if view is not None and view.look.speech:
            words = Words(self.around.texts, view.look.language)
            self.around.say(spoken(target, self.targets(), words, private=self.around.private))

    def escape(self) -> None:
        """Close the keyboard, else stay where a question is open, else go back."""
        if self.actions.typing is not None:
            self.actions.commit()
            self.repaint()
            return
        wanted = "stay" if self.view and self.view.question else "back"
        for one in self.targets():
            if one.id == wanted and one.enabled:
                self.activate(one)

    # --- input --------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        self.around.send(Touched())
        self.hands.down(touch.x, Window.height - touch.y)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        self.hands.move(touch.x, Window.height - touch.y)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        self.hands.up(touch.x, Window.height - touch.y)
        return True

    def _on_key(self, window: Any, code: int, scan: int, letter: str | None, held: Any) -> bool:
        """Take every key: nothing of the toolkit's own may open."""
        self.around.send(Touched())
        key = meaning(code, list(held))
        if self.actions.typed(letter or "") and code not in (9, 13):
            self.repaint()
        elif key is not None:
            self.hands.key(key)
        return True

    def _signed(self, picture: bytes | None) -> None:
        self.around.send(Signed(picture))

    def _resized(self, *_: Any) -> None:
        letters.forget()
        self.regions.forget()
        self.repaint()

    # --- measures -----------------------------------------------------------------------------

    def _whole(self) -> Box:
        return layout.scene_box(*Window.size)[0]

    def _theme(self) -> Theme:
        assert self.view is not None
        scale = layout.scene_box(*Window.size)[1]
        return theme_of(self.view.look, scale, self.around.pixels_per_mm)


def _ring(brush: Brush, target: Target, theme: Theme) -> None:
    """Draw the two-tone ring: light between two dark lines, seen on every ground."""
    radius = target.radius
    for grown, width, tone in (
        (13, 13, Tone.RING_EDGE),
        (10, 7, Tone.RING),
    ):
        by = theme.px(grown)
        brush.outline(target.box.grown(by), tone, theme.px(width), radius + by)
