"""Fonts, and text set into textures: lines are broken here, words are never cut."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kivy.core.text import Label, LabelBase

import assets
from kiosk.ui.draw.theme import Style, Theme

_FILES = {"regular": "Regular", "semi": "SemiBold", "bold": "Bold", "extra": "ExtraBold"}
_SOFT_HYPHEN = "\u00ad"
_SMALLEST = 0.62  # of the wanted size, before a word is cut after all


@dataclass(frozen=True, slots=True)
class Block:
    """Text ready to be drawn: texture, size in pixels, and how much it had to shrink."""

    texture: Any
    width: float
    height: float
    lines: int
    shrunk: float


@lru_cache(maxsize=1)
def icons() -> dict[str, str]:
    """Return icon name -> character."""
    points = json.loads(assets.path("fonts", "lucide.json").read_text())
    return {name: chr(point) for name, point in points.items()}


def register() -> None:
    """Make the fonts known to Kivy under short names."""
    for name, file in _FILES.items():
        path = assets.path("fonts", f"AtkinsonHyperlegibleNext-{file}.ttf")
        LabelBase.register(name, str(path))
    LabelBase.register("icons", str(assets.path("fonts", "lucide.ttf")))


@lru_cache(maxsize=64)
def _measure(font: str, size: float) -> Any:
    return Label(font_name=font, font_size=size).get_cached_extents()


@lru_cache(maxsize=4096)
def width_of(text: str, font: str, size: float) -> float:
    return float(_measure(font, size)(text)[0])


def wrapped(text: str, font: str, size: float, width: float) -> tuple[str, ...]:
    """Break text into lines of at most `width` pixels; a single word may stay longer."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph, font, size, width):
            longer = f"{line} {word}" if line and not line.endswith(_SOFT_HYPHEN) else line + word
            if line and width_of(_shown(longer), font, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(_shown(line) for line in lines)


def _words(paragraph: str, font: str, size: float, width: float) -> Iterator[str]:
    """Yield words; only one that is too long for a line is offered at its soft hyphens."""
    for word in paragraph.split(" "):
        parts = word.split(_SOFT_HYPHEN)
        if len(parts) == 1 or width_of("".join(parts), font, size) <= width:
            yield "".join(parts)
        else:
            yield from (part + _SOFT_HYPHEN for part in parts[:-1])
            yield parts[-1]


def _shown(line: str) -> str:
    end = "-" if line.endswith(_SOFT_HYPHEN) else ""
    return line.replace(_SOFT_HYPHEN, "") + end


@lru_cache(maxsize=1024)
def _fitted(
    text: str, font: str, size: float, width: float, most: int
) -> tuple[float, tuple[str, ...]]:
    """Return size and lines so that every line fits and there are at most `most` of them."""
    whole = size
    while True:
        lines = wrapped(text, font, size, width)
        fits = all(width_of(line, font, size) <= width for line in lines)
        if (fits and (not most or len(lines) <= most)) or size <= whole * _SMALLEST:
            return size, lines
        size *= 0.96


@lru_cache(maxsize=512)
def _texture(lines: tuple[str, ...], font: str, size: float, leading: float, align: str) -> Any:
    label = Label(
        text="\n".join(lines),
        font_name=font,
        font_size=size,
        line_height=leading,
        halign=align,
        color=(1, 1, 1, 1),
    )
    label.refresh()
    return label.texture


def block(
    theme: Theme, text: str, style: Style, width: float, align: str = "left", most: int = 0
) -> Block:
    """Set text into at most `width` pixels and `most` lines; letters shrink, no word is cut."""
    wanted = theme.size(style)
    size, lines = _fitted(text, style.font, wanted, width, most)
    texture = _texture(lines, style.font, size, float(style.value[2]), align)
    return Block(texture, texture.width, texture.height, len(lines), size / wanted)


@lru_cache(maxsize=256)
def icon(name: str, size: float) -> Any:
    """Return one icon as a texture; an unknown name becomes a dot."""
    label = Label(text=icons().get(name, "\u2022"), font_name="icons", font_size=size)
    label.refresh()
    return label.texture


def forget() -> None:
    """Drop every text drawn so far: nothing of a citizen stays in memory."""
    for kept in (_texture, _fitted, width_of):
        kept.cache_clear()
