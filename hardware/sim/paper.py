"""Paints what a job puts on the paper, for people who have no printer at hand."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

import assets
from hardware.sim.tape import Letters, Mark, Picture
from hardware.types import Image

DOTS = 512  # 80 mm paper, 203 dpi printing width
_CELL, _LINE, _MARGIN = 12, 30, 16


def text_of(marks: Sequence[Mark]) -> str:
    """Return the letters of a job, pictures as one empty line."""
    return "".join(
        mark.text if isinstance(mark, Letters) else "\n"
        for mark in marks
        if isinstance(mark, Letters | Picture)
    )


def paint(marks: Sequence[Mark]) -> Image:
    """Return the receipt as a grey picture, 512 dots wide plus margins."""
    strips = [_strip(line) for line in _lines(marks)]
    paper = np.vstack([np.full((_MARGIN, DOTS), 255, np.uint8), *strips])
    return np.pad(paper, ((0, _MARGIN), (_MARGIN, _MARGIN)), constant_values=255)


def _lines(marks: Sequence[Mark]) -> list[list[Letters] | Picture]:
    """Group letters into lines; a picture is a line of its own."""
    lines: list[list[Letters] | Picture] = []
    for is_picture, run in groupby(marks, lambda mark: isinstance(mark, Picture)):
        if is_picture:
            lines += [mark for mark in run if isinstance(mark, Picture)]
        else:
            lines += _split([mark for mark in run if isinstance(mark, Letters)])
    return lines


def _split(letters: list[Letters]) -> list[list[Letters]]:
    lines: list[list[Letters]] = [[]]
    for mark in letters:
        parts = mark.text.split("\n")
        for at, part in enumerate(parts):
            if part:
                lines[-1].append(Letters(part, mark.double, mark.centred))
            if at < len(parts) - 1:
                lines.append([])
    return lines if lines[-1] else lines[:-1]


def _strip(line: list[Letters] | Picture) -> Image:
    if isinstance(line, Picture):
        return _place(line.image, line.centred)
    double = any(mark.double for mark in line)
    text = "".join(mark.text for mark in line)
    scale = 2 if double else 1
    strip = Pictures.new("L", (max(1, len(text)) * _CELL * scale, _LINE * scale), 255)
    draw = ImageDraw.Draw(strip)
    font = _font(20 * scale)
    for at, letter in enumerate(text):
        draw.text(((at + 0.5) * _CELL * scale, 2 * scale), letter, 0, font, anchor="ma")
    return _place(np.asarray(strip), any(mark.centred for mark in line))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return the product's own letters; each stands in a cell of its own, as a printer sets it."""
    return ImageFont.truetype(assets.path("fonts", "AtkinsonHyperlegibleNext-Regular.ttf"), size)


def _place(image: Image, centred: bool) -> Image:
    """Put a piece on a strip as wide as the paper; what is wider falls off, as on paper."""
    strip = np.full((image.shape[0], DOTS), 255, np.uint8)
    left = max(0, (DOTS - image.shape[1]) // 2) if centred else 0
    width = min(image.shape[1], DOTS - left)
    strip[:, left : left + width] = image[:, :width]
    return strip
