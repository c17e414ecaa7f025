"""How far a body that is higher than its place has been moved up."""

from kiosk.ui.draw.box import Box

_PAGE = 0.8  # of the visible height that one touch of the button moves


class Scroll:
    """Offset in pixels; 0 shows the top."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._content = self._visible = 0.0

    @property
    def needed(self) -> bool:
        return self._content > self._visible + 1

    @property
    def lowest(self) -> float:
        return max(0.0, self._content - self._visible)

    def fit(self, content: float, visible: float, buttons: float) -> None:
        """Take heights in: content, place, and what the paging buttons take when needed."""
        needed = content > visible + 1
        self._content, self._visible = content, visible - buttons * needed
        self.by(0)

    def by(self, pixels: float) -> None:
        self.offset = float(round(min(max(0.0, self.offset + pixels), self.lowest)))

    def page(self, direction: int) -> None:
        self.by(direction * self._visible * _PAGE)

    def reveal(self, box: Box, clip: Box, margin: float) -> bool:
        """Move so that a box (as painted now) is wholly inside the clip; tell whether it moved."""
        before = self.offset
        if box.y < clip.y:
            self.by(box.y - clip.y - margin)
        elif box.bottom > clip.bottom:
            self.by(box.bottom - clip.bottom + margin)
        return self.offset != before

    def reset(self) -> None:
        self.offset = 0.0
