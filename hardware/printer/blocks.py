"""What a receipt is made of: a closed set of typed blocks."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """Letter size on the receipt."""

    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph, wrapped by the printer."""

    text: str
    size: Size = Size.NORMAL
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line with a left and a right part, such as a fee."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code printed as raster."""

    data: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


Block = Text | Row | Qr | Rule
