"""Handwriting: strokes as smooth lines on the screen and as a black on white PNG."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from math import hypot

from PIL import Image, ImageDraw

Point = tuple[float, float]
Stroke = Sequence[Point]
_OVER = 4  # drawn larger, then reduced, for soft edges
_THICKNESS = 0.034  # of the picture's height; a pen of 0.5 mm on a card


def smooth(stroke: Stroke, steps: int = 5) -> list[Point]:
    """Return the curve through the points (Catmull-Rom), `steps` points for each pair."""
    if len(stroke) < 3:
        return list(stroke)
    padded = [stroke[0], *stroke, stroke[-1]]
    curve = [
        _between(padded[at : at + 4], step / steps)
        for at in range(len(padded) - 3)
        for step in range(steps)
    ]
    return [*curve, stroke[-1]]


def _between(four: Sequence[Point], part: float) -> Point:
    first, second, third, fourth = four
    x, y = (
        0.5
        * (
            2 * b
            + (c - a) * part
            + (2 * a - 5 * b + 4 * c - d) * part**2
            + (3 * b - a - 3 * c + d) * part**3
        )
        for a, b, c, d in zip(first, second, third, fourth, strict=True)
    )
    return x, y


def length(strokes: Sequence[Stroke], shape: float) -> float:
    """Return how long all lines are, in widths of the pad; what lies outside does not count.

    `shape` is the pad's height for a width of 1.
    """
    return sum(
        hypot(x - a, (y - b) * shape)
        for stroke in strokes
        for (a, b), (x, y) in pairwise(stroke)
        if all(0 <= side <= 1 for side in (a, b, x, y))
    )


def png(strokes: Sequence[Stroke], width: int, height: int) -> bytes | None:
    """Return the drawing as PNG, grey 8 bit, black on white; None when there is nothing drawn.

    Points are shares of the pad, 0..1 to the right and downwards; the pad has the same shape, and
    what lies outside is cut off.
    """
    if not strokes:
        return None
    canvas = Image.new("L", (width * _OVER, height * _OVER), 255)
    pen = ImageDraw.Draw(canvas)
    thick = max(2.0, height * _THICKNESS) * _OVER
    for stroke in strokes:
        points = [(x * canvas.width, y * canvas.height) for x, y in smooth(stroke)]
        pen.line(points, fill=0, width=round(thick))
        for x, y in points:
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=0)
    sink = BytesIO()
    canvas.resize((width, height), Image.Resampling.LANCZOS).save(sink, "PNG", optimize=True)
    return sink.getvalue()
