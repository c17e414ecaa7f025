"""Drives the screens without any X server: SDL's offscreen window, real OpenGL, real touches."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.ui import window

os.environ["SDL_VIDEODRIVER"] = "offscreen"
window.quiet()  # before any test module imports Kivy

WIDTH, HEIGHT = 540, 960
NOON = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001


class Driver:
    """One window for a whole test session; `stage` is made anew by `open`."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        window.prepare(width, height, fullscreen=False)
        from kivy.base import EventLoop
        from kivy.core.window import Window

        from kiosk.ui.draw import letters

        letters.register()
        window.shut(Window)
        EventLoop.ensure_window()
        EventLoop.start()
        self.window: Any = Window
        self.stage: Any = None
        self.events: list[Any] = []
        self.said: list[str] = []

    def open(self, live: dict[str, Any] | None = None) -> Any:
        """Show a fresh stage without a view."""
        from kiosk.runtime import texts
        from kiosk.ui.stage import Stage, Surroundings

        for child in list(self.window.children):
            self.window.remove_widget(child)
        self.events, self.said = [], []
        around = Surroundings(
            texts=texts.load(),
            send=self.events.append,
            say=self.said.append,
            now=lambda: NOON,
            live=live or {},
        )
        self.stage = Stage(around)
        self.window.add_widget(self.stage)
        return self.stage

    def show(self, view: Any) -> None:
        self.stage.show(view)
        self.frames(2)

    def frames(self, count: int = 1) -> None:
        from kivy.base import EventLoop

        for _ in range(count):
            EventLoop.idle()

    def until(self, done: Callable[[], bool], frames: int = 200) -> None:
        for _ in range(frames):
            if done():
                return
            self.frames()
        raise AssertionError("it did not happen")

    # --- the citizen --------------------------------------------------------------------------

    def target(self, name: str) -> Any:
        found = [one for one in self.stage.targets() if one.id == name]
        assert found, f"no {name!r} among {[one.id for one in self.stage.targets()]}"
        return found[0]

    def down(self, x: float, y: float) -> None:
        self.window.dispatch("on_touch_down", _Touch(x, self.window.height - y))

    def move(self, x: float, y: float) -> None:
        self.window.dispatch("on_touch_move", _Touch(x, self.window.height - y))

    def up(self, x: float, y: float) -> None:
        self.window.dispatch("on_touch_up", _Touch(x, self.window.height - y))

    def tap(self, name: str) -> None:
        x, y = self.target(name).box.centre
        self.down(x, y)
        self.up(x, y)
        self.frames()

    def key(self, code: int, letter: str = "", held: tuple[str, ...] = ()) -> None:
        self.window.dispatch("on_key_down", code, 0, letter or None, list(held))
        self.window.dispatch("on_key_up", code, 0)
        self.frames()

    # --- what is seen -------------------------------------------------------------------------

    def picture(self) -> Any:
        """Return what the window shows as a Pillow picture."""
        from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
        from PIL import Image

        width, height = self.window.size
        self.window.dispatch("on_draw")
        pixels = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        whole = Image.frombytes("RGBA", (width, height), pixels)
        return whole.transpose(Image.Transpose.FLIP_TOP_BOTTOM).convert("RGB")

    def save(self, path: Path) -> None:
        self.picture().save(path)


class _Touch:
    """The two numbers of a touch that the stage reads."""

    grab_current = None
    is_mouse_scrolling = False

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.pos = (x, y)
        self.sx = self.sy = 0.0
        self.ud: dict[str, Any] = {}

    def push(self, *_: Any) -> None: ...
    def pop(self) -> None: ...
    def apply_transform_2d(self, *_: Any) -> None: ...
    def scale_for_screen(self, *_: Any, **__: Any) -> None: ...
