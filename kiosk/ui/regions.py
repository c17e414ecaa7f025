"""The regions of the screen: each is painted again only when what it shows has changed."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kivy.graphics import InstructionGroup, ScissorPop, ScissorPush

from kiosk.ui.draw.box import Box
from kiosk.ui.draw.brush import Brush
from kiosk.ui.draw.page import Live, Page, Target
from kiosk.ui.draw.theme import Theme

ORDER = (
    "ground", "band", "top", "body", "notice", "call", "next", "keyboard", "print", "footer",
    "tools", "scroll", "question",
)  # fmt: skip
READING = (
    "band", "notice", "top", "body", "scroll", "keyboard", "next", "call", "footer", "tools",
)  # fmt: skip
_NOTHING = object()


@dataclass
class _Region:
    slot: Any = field(default_factory=InstructionGroup)
    key: object = _NOTHING
    targets: list[Target] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    shrunk: float = 1.0


class Regions:
    """All regions on one canvas, painted from back to front."""

    def __init__(self, canvas: Any, live: Mapping[str, Live]) -> None:
        self._live = live
        self._regions = {name: _Region() for name in ORDER}
        for region in self._regions.values():
            canvas.add(region.slot)
        self.painted = 0  # how often anything was painted, for tests and benchmarks

    def paint(
        self,
        name: str,
        key: Hashable,
        theme: Theme,
        window_height: float,
        painter: Callable[[Page], None],
        clip: Box | None = None,
    ) -> None:
        """Paint a region unless its key is the one it was painted for last."""
        region = self._regions[name]
        if region.key == key:
            return
        region.key = key
        self.painted += 1
        page = Page(theme, Brush(theme, window_height), self._live)
        painter(page)
        region.slot.clear()
        if clip is not None:
            x, y = page.brush.place(clip)
            region.slot.add(
                ScissorPush(x=int(x), y=int(y), width=int(clip.width), height=int(clip.height))
            )
        region.slot.add(page.brush.group)
        if clip is not None:
            region.slot.add(ScissorPop())
        region.targets = page.targets
        region.shown, region.shrunk = page.shown, page.shrunk

    def clear(self, name: str) -> None:
        """Show nothing in a region."""
        region = self._regions[name]
        if region.key is not _NOTHING:
            region.slot.clear()
            region.key, region.targets, region.shown = _NOTHING, [], set()
            region.shrunk = 1.0
            self.painted += 1

    def forget(self) -> None:
        """Paint everything anew next time."""
        for region in self._regions.values():
            region.key = object()

    def targets(self) -> list[Target]:
        """Return everything touchable in reading order; a question takes it all for itself."""
        asked = self._regions["question"].targets
        if asked:
            return list(asked)
        return [one for name in READING for one in self._regions[name].targets]

    @property
    def shrunk(self) -> float:
        """Return the smallest share of its wanted size that a text on the screen has."""
        return min(region.shrunk for region in self._regions.values())

    def of(self, name: str) -> list[Target]:
        return self._regions[name].targets

    def rest_unseen(self) -> None:
        """Let live pictures rest that no region shows."""
        seen = {name for region in self._regions.values() for name in region.shown}
        for name, live in self._live.items():
            if name not in seen:
                live.rest()
