"""Walks the focus over everything touchable in reading order, for keys instead of a finger."""

from collections.abc import Sequence
from enum import Enum

from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Target
from kiosk.ui.draw.words import Words


class Key(Enum):
    """What a key means here."""

    FORWARD = "forward"
    BACKWARD = "backward"
    PRESS = "press"
    ESCAPE = "escape"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    DELETE = "delete"


ONCE = (Key.PRESS, Key.ESCAPE)  # a key that is held down does these only once

_KEYS = {  # SDL key codes as Kivy hands them on
    274: Key.DOWN,
    275: Key.RIGHT,
    273: Key.UP,
    276: Key.LEFT,
    13: Key.PRESS,
    271: Key.PRESS,
    32: Key.PRESS,
    27: Key.ESCAPE,
    8: Key.DELETE,
}
_TAB = 9
_HEIRS = {  # who has the focus after a target that went; else it goes on from the same place
    "field": ("field", "next"),
    "key": ("field", "next"),
    "open": ("field",),
    "help": ("hang_up",),
    "keep_waiting": ("hang_up",),
    "hang_up": ("help",),
    "go_on_alone": ("help",),
    "scroll:down": ("scroll:up",),
    "scroll:up": ("scroll:down",),
    "cannot_temporary": ("next",),
    "cannot_permanent": ("next",),
    "print": ("finish",),
}
_AWAY = {Key.UP: (0, -1), Key.DOWN: (0, 1), Key.LEFT: (-1, 0), Key.RIGHT: (1, 0)}


def meaning(code: int, modifiers: Sequence[str]) -> Key | None:
    """Return what a key means; Tab walks forward, with Shift backward."""
    if code == _TAB:
        return Key.BACKWARD if "shift" in modifiers else Key.FORWARD
    return _KEYS.get(code)


class Navigator:
    """Knows which target has the focus; none until a key is pressed, none after a touch."""

    def __init__(self) -> None:
        self.focused = ""
        self._at = 0  # its place among the others, for when it goes

    def step(self, targets: Sequence[Target], by: int) -> Target | None:
        """Move the focus to the next enabled target, round and round: no trap, no dead end."""
        ready = [one for one in targets if one.enabled]
        if not ready:
            self.focused = ""
            return None
        names = [one.id for one in ready]
        if self.focused in names:
            at = names.index(self.focused) + by
        else:
            at = min(self._at, len(ready)) + min(by, 0) if self.focused else min(by, 0)
        return self._put(ready, ready[at % len(ready)])

    def _put(self, ready: Sequence[Target], chosen: Target) -> Target:
        self.focused, self._at = chosen.id, [one.id for one in ready].index(chosen.id)
        return chosen

    def inherit(self, targets: Sequence[Target]) -> Target | None:
        """Give the focus of a target that went to its heir; None when nothing had to move."""
        if not self.focused or self.current(targets) is not None:
            return None
        kind, _, value = self.focused.partition(":")
        other_case = f"{kind}:{value.swapcase()}"  # a letter of the keyboard became large or small
        heirs = (other_case, *_HEIRS.get(self.focused, _HEIRS.get(kind, ())))
        ready = [one for one in targets if one.enabled]
        for heir in heirs:
            found = (one for one in ready if heir in (one.id, one.id.partition(":")[0]))
            if (chosen := next(found, None)) is not None:
                return self._put(ready, chosen)
        return None

    def walk(self, targets: Sequence[Target], key: Key) -> Target | None:
        """Move the focus as a key says: Tab in reading order, arrows to what lies that way.

        Where nothing lies that way, an arrow goes on in reading order: no dead end.
        """
        by = -1 if key in (Key.BACKWARD, Key.UP, Key.LEFT) else 1
        here = self.current(targets)
        if here is None or key not in _AWAY:
            return self.step(targets, by)
        ready = [one for one in targets if one.enabled]
        ahead = [one for one in ready if _lies(here.box, one.box, key)]
        if not ahead:
            return self.step(targets, by)
        return self._put(ready, min(ahead, key=lambda one: _distance(here.box, one.box, key)))

    def current(self, targets: Sequence[Target]) -> Target | None:
        """Return the focused target if it is still there and enabled."""
        return next((one for one in targets if one.id == self.focused and one.enabled), None)

    def forget(self) -> None:
        self.focused = ""


def _lies(here: Box, there: Box, key: Key) -> bool:
    """Tell whether a box lies up or down of another; left or right only in the same row."""
    across, down = _AWAY[key]
    x, y = (there.centre[at] - here.centre[at] for at in (0, 1))
    if down:
        return y * down > 0 and not _beside(here, there)
    return x * across > 0 and _beside(here, there)


def _beside(here: Box, there: Box) -> bool:
    """Tell whether two boxes share a row: the middle of one is within the other's height."""
    lower, higher = sorted((here, there), key=lambda box: box.height)
    return higher.y <= lower.centre[1] <= higher.bottom


def _distance(here: Box, there: Box, key: Key) -> tuple[float, float]:
    """Return how far a box is: first the free space in the key's direction, then sidewards."""
    x, y = (abs(there.centre[at] - here.centre[at]) for at in (0, 1))
    if _AWAY[key][0]:
        return x, y
    free = max(there.y - here.bottom, here.y - there.bottom)
    return round(free), max(0.0, x - (there.width - here.width) / 2)


def spoken(target: Target, targets: Sequence[Target], words: Words, *, private: bool) -> str:
    """Return what speech says of a target; a choice made is told only where nobody else hears."""
    ready = [one.id for one in targets if one.enabled]
    where = words.say("panel.position", at=ready.index(target.id) + 1, of=len(ready))
    chosen = [words.say("panel.chosen")] if target.chosen and private else []
    return ", ".join([target.text, *chosen, where])
