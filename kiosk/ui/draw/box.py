"""A rectangle in window pixels with the origin top left, y downwards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Place and size; all sides in window pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, side: float, top: float | None = None) -> "Box":
        """Return the box without a margin of `side` left and right, `top` above and below."""
        top = side if top is None else top
        return Box(self.x + side, self.y + top, self.width - 2 * side, self.height - 2 * top)

    def grown(self, by: float) -> "Box":
        return self.inset(-by)

    def moved(self, x: float = 0, y: float = 0) -> "Box":
        return Box(self.x + x, self.y + y, self.width, self.height)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def within(self, width: float, height: float) -> "Box":
        """Return a box of this size in the middle of this one."""
        return Box(
            self.x + (self.width - width) / 2, self.y + (self.height - height) / 2, width, height
        )

    def fitted(self, ratio: float) -> "Box":
        """Return the largest box of this width/height ratio in the middle of this one."""
        width = min(self.width, self.height * ratio)
        return self.within(width, width / ratio)

    def cut(self, top: float, bottom: float) -> "Box":
        """Return the part of the box between two lines."""
        y = max(self.y, top)
        return Box(self.x, y, self.width, max(0.0, min(self.bottom, bottom) - y))

    def meets(self, other: "Box") -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


def shares(box: Box, parts: tuple[float, ...], gap: float = 0) -> tuple[Box, ...]:
    """Cut a box into columns; `parts` are weights."""
    room = box.width - gap * (len(parts) - 1)
    whole = sum(parts)
    found, x = [], box.x
    for part in parts:
        width = room * part / whole
        found.append(Box(x, box.y, width, box.height))
        x += width + gap
    return tuple(found)
