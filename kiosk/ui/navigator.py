"""Walks the focus over everything touchable in reading order, for keys instead of a finger."""

from collections.abc import Sequence
from enum import Enum

from kiosk.ui.draw.page import Target
from kiosk.ui.draw.words import Words


class Key(Enum):
    """What a key means here."""

    FORWARD = "forward"
    BACKWARD = "backward"
    PRESS = "press"
    ESCAPE = "escape"


_KEYS = {  # SDL key codes as Kivy hands them on
    274: Key.FORWARD,
    275: Key.FORWARD,
    273: Key.BACKWARD,
    276: Key.BACKWARD,
    13: Key.PRESS,
    271: Key.PRESS,
    32: Key.PRESS,
    27: Key.ESCAPE,
}
_TAB = 9


def meaning(code: int, modifiers: Sequence[str]) -> Key | None:
    """Return what a key means; Tab walks forward, with Shift backward."""
    if code == _TAB:
        return Key.BACKWARD if "shift" in modifiers else Key.FORWARD
    return _KEYS.get(code)


class Navigator:
    """Knows which target has the focus; none until a key is pressed, none after a touch."""

    def __init__(self) -> None:
        self.focused = ""

    def step(self, targets: Sequence[Target], by: int) -> Target | None:
        """Move the focus to the next enabled target, round and round: no trap, no dead end."""
        ready = [one for one in targets if one.enabled]
        if not ready:
            self.focused = ""
            return None
        names = [one.id for one in ready]
        at = names.index(self.focused) + by if self.focused in names else min(by, 0)
        chosen = ready[at % len(ready)]
        self.focused = chosen.id
        return chosen

    def current(self, targets: Sequence[Target]) -> Target | None:
        """Return the focused target if it is still there and enabled."""
        return next((one for one in targets if one.id == self.focused and one.enabled), None)

    def forget(self) -> None:
        self.focused = ""


def spoken(target: Target, targets: Sequence[Target], words: Words, *, private: bool) -> str:
    """Return what speech says of a target; a choice made is told only where nobody else hears."""
    ready = [one.id for one in targets if one.enabled]
    where = words.say("panel.position", at=ready.index(target.id) + 1, of=len(ready))
    chosen = [words.say("panel.chosen")] if target.chosen and private else []
    return ", ".join([target.text, *chosen, where])
