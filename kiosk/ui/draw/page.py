"""What a piece paints on: brush, theme, and the list of things that can be touched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.ui.draw.box import Box
from kiosk.ui.draw.brush import Brush
from kiosk.ui.draw.theme import Theme, Tone


@dataclass(frozen=True, slots=True)
class Target:
    """One touchable thing; `id` is stable for tests and speech, `text` is what speech says."""

    id: str
    text: str
    box: Box
    enabled: bool = True
    radius: float = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Showing:
    """How a live picture is to be shown; `oval` is the ring's tone, None for no ring."""

    oval: Tone | None = None
    radius: float = 0
    ratio: tuple[int, int] = (4, 3)


class Live(Protocol):
    """Something that paints itself again and again: camera, clerk, ink."""

    def place(self, page: "Page", box: Box, showing: Showing) -> None:
        """Put the live picture into this box of the page."""

    def rest(self) -> None:
        """Leave the page."""


@dataclass
class Page:
    """One region of the screen while it is painted; `window` limits what can be touched."""

    theme: Theme
    brush: Brush
    live: Mapping[str, Live] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    shrunk: float = 1.0  # the smallest share of its wanted size that a text got

    def px(self, units: float) -> float:
        return self.theme.px(units)

    def show(self, name: str, box: Box, showing: Showing) -> None:
        """Put a live picture here; without one the place stays dark."""
        if name in self.live:
            self.shown.add(name)
            self.live[name].place(self, box, showing)
        else:
            self.brush.fill(box, Tone.STAGE, showing.radius)

    def touchable(
        self,
        name: str,
        text: str,
        box: Box,
        *,
        enabled: bool = True,
        radius: float = 0,
        chosen: bool = False,
    ) -> None:
        self.targets.append(Target(name, text, box, enabled, radius, chosen))


class Piece(Protocol):
    """A part of a screen that knows its height for a width, and paints itself into a box."""

    @property
    def stretch(self) -> float:
        """Return the weight with which it takes spare height; 0 keeps its own."""

    def height(self, theme: Theme, width: float) -> float:
        """Return the least height in pixels at this width."""

    def paint(self, page: Page, box: Box) -> None:
        """Paint into the box, which is at least as high as `height` said."""


Painter = Callable[[Page, Box], None]
