"""The field to sign in: takes touches of finger, pen or mouse and draws the ink at once."""

from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, ScissorPop, ScissorPush, SmoothLine

from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Page, Showing
from kiosk.ui.draw.theme import Tone
from kiosk.ui.parts import ink

_NEAR = 1.5  # pixels; closer points add noise, not shape
_LEAST = 0.15  # of the pad's width; less is a slip of the finger


class Pad:
    """Keeps the strokes as shares of its box; tells the PNG after a stroke, once it is enough."""

    def __init__(
        self, signed: Callable[[bytes | None], None], drawn: Callable[[], None] = lambda: None
    ) -> None:
        """`drawn` is told after each stroke, however short."""
        self._signed, self._drawn = signed, drawn
        self._strokes: list[list[ink.Point]] = []
        self.box: Box | None = None
        self._page: Page | None = None
        self._line: Any = None
        self._pixels = (900, 132)
        self.too_little = False  # what was written is no signature yet

    @property
    def strokes(self) -> int:
        return len(self._strokes)

    def place(self, page: Page, box: Box, showing: Showing) -> None:
        self.box, self._page, self._pixels = box, page, showing.ratio
        for stroke in self._strokes:
            self._draw(stroke)

    def rest(self) -> None:
        """Leave the page; the strokes stay until `forget`."""
        self.box = self._page = self._line = None

    def forget(self) -> None:
        self._strokes.clear()
        self.too_little = False
        self._line = None

    def takes(self, x: float, y: float) -> bool:
        return self.box is not None and self.box.holds(x, y)

    def down(self, x: float, y: float) -> None:
        self._strokes.append([self._share(x, y)])
        self._draw(self._strokes[-1])

    def move(self, x: float, y: float) -> None:
        if self.box is None or not self._strokes:
            return
        stroke, point = self._strokes[-1], self._share(x, y)
        if _apart(stroke[-1], point, self.box) < _NEAR:
            return
        stroke.append(point)
        self._line.points = self._points(stroke)

    def up(self) -> None:
        """End the stroke; dots and a short slip of the finger are no signature yet.

        Whoever begins to write has the former signature taken back: what counts is what is seen.
        """
        enough = ink.length(self._strokes, self._pixels[1] / self._pixels[0]) >= _LEAST
        self.too_little = not enough
        self._signed(ink.png(self._strokes, *self._pixels) if enough else None)
        self._drawn()

    def _share(self, x: float, y: float) -> ink.Point:
        box = self.box
        assert box is not None
        return (x - box.x) / box.width, (y - box.y) / box.height

    def _draw(self, stroke: list[ink.Point]) -> None:
        page, box = self._page, self.box
        assert page is not None
        assert box is not None
        left, bottom = page.brush.place(box)
        page.brush.group.add(
            ScissorPush(
                x=round(left), y=round(bottom), width=round(box.width), height=round(box.height)
            )
        )
        page.brush.group.add(Color(*page.theme.tones[Tone.BLACK]))
        width = max(1.0, box.height * 0.017)
        self._line = SmoothLine(points=self._points(stroke), width=width, overdraw_width=1.1)
        page.brush.group.add(self._line)
        page.brush.group.add(ScissorPop())

    def _points(self, stroke: list[ink.Point]) -> list[float]:
        page, box = self._page, self.box
        assert page is not None
        assert box is not None
        dots = stroke if len(stroke) > 1 else [stroke[0], (stroke[0][0] + 0.002, stroke[0][1])]
        left, bottom = page.brush.place(box)
        return [
            side
            for x, y in ink.smooth(dots)
            for side in (left + x * box.width, bottom + (1 - y) * box.height)
        ]


def _apart(one: ink.Point, other: ink.Point, box: Box) -> float:
    return max(abs(one[0] - other[0]) * box.width, abs(one[1] - other[1]) * box.height)
