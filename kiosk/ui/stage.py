"""The root widget: paints the newest view and hands touches and keys on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from kivy.core.window import Window
from kivy.graphics import InstructionGroup
from kivy.uix.widget import Widget

from kiosk.core.events import Event, Signed, Touched
from kiosk.core.texts import Texts
from kiosk.core.view import DetailsBody, Screen, View
from kiosk.ui import layout
from kiosk.ui.actions import Actions
from kiosk.ui.draw import images, letters
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.brush import Brush
from kiosk.ui.draw.page import Live, Target
from kiosk.ui.draw.theme import Theme, Tone, theme_of
from kiosk.ui.draw.words import Words
from kiosk.ui.hands import Hands
from kiosk.ui.navigator import ONCE, Key, meaning, spoken
from kiosk.ui.painting import Painting, focus_ring
from kiosk.ui.parts.pad import Pad
from kiosk.ui.parts.scene import Scene
from kiosk.ui.regions import Regions
from kiosk.ui.screens import details

_OUT_OF_A_CALL = ("hang_up", "go_on_alone")


@dataclass(frozen=True)
class Surroundings:
    """What the stage needs from outside; all callables return at once."""

    texts: Texts
    send: Callable[[Event], None]
    say: Callable[[str], None] = lambda text: None
    now: Callable[[], datetime] = datetime.now  # the citizen's clock on the wall
    live: Mapping[str, Live] = field(default_factory=dict)
    density: float = 1.0  # of letters, see draw.theme.density_of
    private: bool = False  # only the citizen hears the speech


class Stage(Widget):
    """Everything on the screen. `show` is called in Kivy's thread."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.view: View | None = None
        self.touched: Callable[[], None] = lambda: None
        self.answered: Callable[[], None] = lambda: None  # the stage answered a touch by itself
        self._pad = Pad(self._signed, self._drawn)
        self.actions = Actions(around.send, self._pad.forget)
        live = {**around.live, "pad": self._pad}
        self._painting = Painting(Regions(self.canvas, live), self.actions)
        self._over = InstructionGroup()
        self.canvas.after.add(self._over)
        self.hands = Hands(self, self._pad, lambda: self._theme().scale)
        self._behind = ""  # what had the focus before the question that is open
        self._held: set[int] = set()  # keys that are down
        Window.bind(on_key_down=self._on_key, on_key_up=self._off_key, size=self._resized)

    # --- painting -----------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Paint this view; only regions that differ are touched."""
        before, self.view = self.view, view
        if before is None or before.screen is not view.screen:
            self._arrived(view)
        elif (before.question is None) is not (view.question is None):
            self._asked_or_answered(asked=view.question is not None)
        self.repaint()

    def _asked_or_answered(self, *, asked: bool) -> None:
        """Keys begin anew in a question, and go on after it where they were."""
        self.hands.cancel()
        navigator = self.hands.navigator
        back, self._behind = self._behind, navigator.focused if asked else ""
        navigator.forget()
        navigator.focused = "" if asked else back

    def _arrived(self, view: View) -> None:
        self._behind = ""
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
        self.actions.settle(view)
        words = Words(self.around.texts, view.look.language)
        typing, opened, pad = self.actions.typing, self.actions.opened, self._pad
        scene = Scene(view, words, typing, opened, pad.strokes > 0, pad.too_little)
        whole, _ = layout.scene_box(*Window.size)
        self._painting.paint(scene, self._theme(), whole, self.around.now())
        self._pass_on(view)
        self.mark()

    def _pass_on(self, view: View) -> None:
        """Give the focus on when what had it has gone, and say the question it is now at."""
        heir = self.hands.navigator.inherit(self.targets())
        if heir is None:
            return
        if isinstance(view.body, DetailsBody) and view.look.speech:
            one = details.current(view.body.fields, self.actions.opened)
            if one is not None and heir.id.startswith("field:"):
                heir = replace(heir, text=f"{one.label} {heir.text}")
        self.focus(heir)

    def mark(self) -> None:
        """Paint the press and the focus ring over everything."""
        self._over.clear()
        theme = self._theme()
        brush = Brush(theme, Window.height)
        if self.hands.pressed is not None and self.hands.pressed.enabled:
            brush.fill(self.hands.pressed.box, Tone.PRESS, self.hands.pressed.radius)
        focused = self.hands.navigator.current(self.targets())
        if focused is not None:
            focus_ring(brush, focused, theme)
        self._over.add(brush.group)

    # --- surface for the hands ----------------------------------------------------------------

    def targets(self) -> list[Target]:
        return self.regions.targets()

    def reachable(self) -> list[Target]:
        """Return the targets whose middle is on the screen now, cut to what is seen of them."""
        seen = [one for one in self.targets() if self.visible(one, one.box.centre[1])]
        clip = self._painting.clip
        if clip is None:
            return seen
        body = self.regions.of("body")
        return [
            replace(one, box=one.box.cut(clip.y, clip.bottom)) if one in body else one
            for one in seen
        ]

    @property
    def regions(self) -> Regions:
        return self._painting.regions

    @property
    def pad(self) -> Box | None:
        """Return the field to sign in, while it is shown."""
        return self._pad.box

    @property
    def focused(self) -> str:
        """Return the id of what has the keys' focus; empty while a finger is used."""
        found = self.hands.navigator.current(self.targets())
        return found.id if found else ""

    def target_at(self, x: float, y: float) -> Target | None:
        """Return the enabled target at a place; the town on the attract screen begins, too."""
        for one in self.targets():
            if one.enabled and one.box.holds(x, y) and self.visible(one, y):
                return one
        return self._begin()

    def _begin(self) -> Target | None:
        """On the attract screen the whole picture begins: nobody has to find the button."""
        view = self.view
        if view is None or view.screen is not Screen.ATTRACT or view.question or view.call:
            return None
        whole, _ = layout.scene_box(*Window.size)
        found = (one for one in self.targets() if one.id == "begin" and one.enabled)
        return next((replace(one, box=whole, radius=0) for one in found), None)

    def may_sign(self) -> bool:
        return self.view is not None and self.view.question is None

    def visible(self, target: Target, y: float) -> bool:
        """Tell whether a line of a target is inside the part of the body that is shown."""
        if self._painting.clip is None or target not in self.regions.of("body"):
            return True
        return self._painting.clip.y <= y < self._painting.clip.bottom

    def activate(self, target: Target) -> None:
        if self.view is None:
            return
        self.touched()
        if not self.actions.touch(target.id, self.view):
            self.answered()
        self.repaint()

    def scroll_by(self, pixels: float) -> bool:
        if self._painting.clip is None or (self.view and self.view.question):
            return False
        self.actions.scroll.by(pixels)
        self.answered()
        self.repaint()
        return True

    def focus(self, target: Target) -> None:
        if self._painting.clip is not None and target in self.regions.of("body"):
            margin = self._theme().px(24)
            if self.actions.scroll.reveal(target.box, self._painting.clip, margin):
                self.repaint()
        self.mark()
        self.answered()
        view = self.view
        if view is not None and view.look.speech:
            words = Words(self.around.texts, view.look.language)
            self.around.say(spoken(target, self.targets(), words, private=self.around.private))

    def escape(self) -> None:
        """Close a question, else the keyboard, else a call that nobody has taken, else go back."""
        asked = self.view is not None and self.view.question is not None
        if self.actions.typing is not None and not asked:
            self.actions.commit()
            self.repaint()
            return
        ready = {one.id: one for one in self.targets() if one.enabled}
        talking = "camera" in ready  # a talk is ended by its own button only
        names = ("stay",) if asked else ("back",) if talking else (*_OUT_OF_A_CALL, "back")
        found = next((ready[name] for name in names if name in ready), None)
        if found is not None:
            self.activate(found)

    # --- input --------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        if getattr(touch, "button", "left") != "left":
            return True  # wheel and other buttons of a technician's mouse
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
        if code in self._held and key in ONCE:
            return True
        self._held.add(code)
        if self._typed(letter or "", key):
            self.answered()
            self.repaint()
        elif key is not None:
            self.hands.key(key)
        return True

    def _typed(self, letter: str, key: Key | None) -> bool:
        """Take a letter, or a key that belongs to typing; nothing is typed below a question."""
        if self.view is None or self.view.question is not None:
            return False
        if self.actions.typed(letter):
            return True
        return key is not None and self.actions.key(key, self.focused)

    def _off_key(self, window: Any, code: int, *_: Any) -> bool:
        self._held.discard(code)
        return True

    def _signed(self, picture: bytes | None) -> None:
        self.around.send(Signed(picture))

    def _drawn(self) -> None:
        """Show that there is ink now, which can be wiped, and say when it is not enough."""
        self.answered()
        self.repaint()
        view = self.view
        if view is not None and view.look.speech and self._pad.too_little:
            self.around.say(Words(self.around.texts, view.look.language).say("panel.sign_more"))

    def _resized(self, *_: Any) -> None:
        letters.forget()
        self.regions.forget()
        self.repaint()

    # --- measures -----------------------------------------------------------------------------

    def _theme(self) -> Theme:
        assert self.view is not None
        scale = layout.scene_box(*Window.size)[1]
        return theme_of(self.view.look, scale, self.around.density)
