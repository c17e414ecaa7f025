"""What touching a target does: an event for the core, or a change of what is typed and shown."""

from collections.abc import Callable

from kiosk.core.events import Answer, Event, Next, SetBirth
from kiosk.core.touch import event_of
from kiosk.core.view import BirthBody, DetailsBody, FieldView, View
from kiosk.ui.navigator import Key
from kiosk.ui.parts.keyboard import Typing, pressed
from kiosk.ui.screens import details
from kiosk.ui.scroll import Scroll
from server.contract.captures import AgeBand

_LONGEST = 120  # letters in one field


class Actions:
    """Holds the typing and the scrolling of the screen that is shown."""

    def __init__(self, send: Callable[[Event], None], cleared: Callable[[], None]) -> None:
        """`cleared` is told when the signature is wiped."""
        self._out, self._cleared = send, cleared
        self._told = 0
        self.typing: Typing | None = None
        self.opened = ""  # id of the question that was touched
        self.follow = False  # the open question is to be brought into sight
        self._asked = ""  # id of the question that was brought into sight last
        self._closed = ""  # its keyboard was put away without an answer
        self._done = ""  # what was handed in with the keyboard's own key
        self.scroll = Scroll()

    def _send(self, event: Event) -> None:
        self._told += 1
        self._out(event)

    def reset(self) -> None:
        """Begin a new screen."""
        self.typing, self.opened, self._closed, self.follow = None, "", "", False
        self._asked = self._done = ""
        self.scroll.reset()

    def touch(self, name: str, view: View) -> bool:
        """Do what touching the target `name` means; tell whether the core was told anything."""
        before = self._told
        self._do(name, view)
        return self._told > before

    def _do(self, name: str, view: View) -> None:
        kind, _, value = name.partition(":")
        if kind == "key":
            self._key(value)
        elif kind == "scroll":
            self.scroll.page(1 if value == "down" else -1)
        elif kind == "open" or (kind == "field" and "=" not in value):
            self._open(value, view)
        elif isinstance(view.body, BirthBody) and kind in ("day", "month", "band"):
            self._send(_birth(kind, value))
        else:
            self._plain(name, view)

    def _plain(self, name: str, view: View) -> None:
        self.commit()
        if name == "clear":
            self._cleared()
        event = event_of(name, view)
        if isinstance(event, Answer | Next):
            self.opened, self.follow = "", True  # on to the next question, or to what is missing
        if event is not None:
            self._send(event)

    def settle(self, view: View) -> None:
        """Bring the next question into sight, with the keyboard when it is one to type."""
        if not isinstance(view.body, DetailsBody) or self.typing is not None:
            return
        one = details.current(view.body.fields, self.opened)
        if one is not None and one.id != self._asked:
            self._asked, self.follow = one.id, True
        if one is not None and details.is_typed(one) and self._may_type(one):
            self._type(one)

    def _may_type(self, one: FieldView) -> bool:
        """Tell whether the keyboard comes by itself: not once put away, unless to mend a fault."""
        refused = bool(one.message) and one.value == self._done != ""
        self._done = "" if refused else self._done
        self.follow = self.follow or refused
        return refused or one.id != self._closed

    def commit(self) -> None:
        """Hand in what was typed and put the keyboard away."""
        if self.typing is not None:
            self._send(Answer(self.typing.field, self.typing.text.strip()))
            self._closed, self.opened, self.typing = self.typing.field, "", None
            self.follow = True

    def _key(self, key: str) -> None:
        if self.typing is None:
            return
        if key == "done":
            self._done = self.typing.text.strip()
            self.commit()
        elif len(self.typing.text) < _LONGEST or key == "delete":
            self.typing = pressed(self.typing, key)

    def typed(self, letter: str) -> bool:
        """Take a letter from a real keyboard while the touch keyboard is open."""
        if self.typing is None or not letter.isprintable() or not letter:
            return False
        if self.typing.number and not letter.isdigit():
            return False
        self._key("space" if letter == " " else letter)
        return True

    def key(self, key: Key, focused: str) -> bool:
        """Take a key of a real keyboard that means something to what is typed."""
        if self.typing is None:
            return False
        if key is Key.DELETE:
            self._key("delete")
            return True
        ends = key is Key.PRESS and focused in ("", f"field:{self.typing.field}")
        if ends:
            self.commit()
        return ends

    def _open(self, field: str, view: View) -> None:
        self.commit()
        one = _field(field, view)
        if one is not None:
            self.opened, self._closed, self.follow = field, "", True
            if details.is_typed(one):
                self._type(one)

    def _type(self, one: FieldView) -> None:
        number = one.type == "number"
        self.typing = Typing(one.id, one.value, number, capital=not one.value)


def _field(name: str, view: View) -> FieldView | None:
    if not isinstance(view.body, DetailsBody):
        return None
    return next((one for one in view.body.fields if one.id == name), None)


def _birth(kind: str, value: str) -> SetBirth:
    """Say only what was touched: the view may be older than the touch before."""
    if kind == "band":
        return SetBirth(band=AgeBand(value))
    return SetBirth(day=int(value)) if kind == "day" else SetBirth(month=int(value))
