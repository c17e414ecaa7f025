"""Touches and keys: what is pressed, dragged, signed on or walked to, before it means anything."""

from collections.abc import Callable
from typing import Protocol

from kiosk.ui.draw.page import Target
from kiosk.ui.navigator import Key, Navigator
from kiosk.ui.parts.pad import Pad

_DRAG = 26  # units; less is a trembling finger, not a drag


class Surface(Protocol):
    """What the hands work on."""

    def target_at(self, x: float, y: float) -> Target | None: ...
    def targets(self) -> list[Target]: ...
    def activate(self, target: Target) -> None: ...
    def scroll_by(self, pixels: float) -> bool: ...
    def focus(self, target: Target) -> None: ...
    def escape(self) -> None: ...
    def mark(self) -> None: ...
    def may_sign(self) -> bool: ...


class Hands:
    """One finger at a time; a target is touched only when press and release are both on it."""

    def __init__(self, surface: Surface, pad: Pad, drag: Callable[[], float]) -> None:
        """`drag` returns how many pixels a unit has now."""
        self._surface, self._pad, self._scale = surface, pad, drag
        self._from = (0.0, 0.0)
        self._last = 0.0
        self._signing = self._dragging = self._down = False
        self.pressed: Target | None = None
        self.navigator = Navigator()

    def down(self, x: float, y: float) -> None:
        self._down, self._dragging = True, False
        self._from, self._last = (x, y), y
        self.navigator.forget()
        self._signing = self._surface.may_sign() and self._pad.takes(x, y)
        if self._signing:
            self._pad.down(x, y)
        else:
            self.pressed = self._surface.target_at(x, y)
        self._surface.mark()

    def move(self, x: float, y: float) -> None:
        if not self._down:
            return
        if self._signing:
            self._pad.move(x, y)
            return
        if not self._dragging and abs(y - self._from[1]) > _DRAG * self._scale():
            self._dragging = self._surface.scroll_by(self._last - y)
            if self._dragging:
                self._release()
        elif self._dragging:
            self._surface.scroll_by(self._last - y)
        if self._dragging:
            self._last = y

    def up(self, x: float, y: float) -> None:
        if not self._down:
            return
        self._down = False
        if self._signing:
            self._signing = False
            self._pad.up()
            return
        pressed = self.pressed
        self._release()
        if pressed is not None and pressed.box.holds(x, y) and not self._dragging:
            self._surface.activate(pressed)

    def cancel(self) -> None:
        """Let go: the screen has changed under the finger."""
        self._down = self._signing = self._dragging = False
        self._release()

    def _release(self) -> None:
        if self.pressed is not None:
            self.pressed = None
            self._surface.mark()

    def key(self, key: Key) -> None:
        """Walk the focus, press what has it, or go back; the first press shows where one is."""
        targets = self._surface.targets()
        here = self.navigator.current(targets)
        if key is Key.ESCAPE:
            self._surface.escape()
        elif key is Key.PRESS and here is not None:
            self._surface.activate(here)
        else:
            target = self.navigator.walk(targets, Key.FORWARD if key is Key.PRESS else key)
            if target is not None:
                self._surface.focus(target)
        self._surface.mark()
