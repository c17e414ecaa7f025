"""The terminal's look as tokens: tones, letters, sizes, for light and for high contrast."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from kiosk.core.view import Contrast, Look

Rgba = tuple[float, float, float, float]
SCENE = (1080, 1920)  # units the screens are designed in; a unit is a window pixel at that size
PIXELS_PER_MM = 3.2  # of a 27-inch panel of 1080 x 1920
LEAST_TARGET_MM = 15.0  # docs/screens.md; WCAG 2.2 asks for far less


class Tone(StrEnum):
    """Colours by what they are for."""

    PAPER = "paper"
    SURFACE = "surface"
    SUNKEN = "sunken"
    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    EDGE = "edge"  # border of things to touch
    STRONG = "strong"  # the one main action
    ON_STRONG = "on_strong"
    SOFT_ON_STRONG = "soft_on_strong"
    TILE_ON_STRONG = "tile_on_strong"
    TINT = "tint"  # quiet background of icons and chosen things
    ON_TINT = "on_tint"
    HUMAN = "human"  # everything that leads to a person
    ON_HUMAN = "on_human"
    GOOD = "good"
    GOOD_TINT = "good_tint"
    WARN = "warn"
    WARN_TINT = "warn_tint"
    BAND = "band"
    ON_BAND = "on_band"
    SOFT_ON_BAND = "soft_on_band"
    TILE_ON_BAND = "tile_on_band"
    TRACK_ON_BAND = "track_on_band"
    MARK_ON_BAND = "mark_on_band"
    STAGE = "stage"  # around live pictures
    ON_STAGE = "on_stage"
    GOOD_RING = "good_ring"  # around a face that is just right
    HAND = "hand"
    HAND_OFF = "hand_off"
    OFF = "off"  # things that cannot be touched now
    RING = "ring"  # focus, inner line
    RING_EDGE = "ring_edge"  # focus, outer lines
    SCRIM = "scrim"
    PRESS = "press"
    GLASS = "glass"  # over the evening picture
    SIGNAL = "signal"  # the one thing to touch over the evening picture
    ON_SIGNAL = "on_signal"
    WHITE = "white"
    BLACK = "black"


def rgba(code: str, alpha: float = 1.0) -> Rgba:
    """Return `#rrggbb` as four shares of one."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue, alpha


def _tones(
    codes: Mapping[Tone, str], scrim: tuple[str, float], press: tuple[str, float]
) -> dict[Tone, Rgba]:
    return {
        **{tone: rgba(code) for tone, code in codes.items()},
        Tone.SCRIM: rgba(*scrim),
        Tone.PRESS: rgba(*press),
        Tone.GLASS: rgba(codes[Tone.STAGE], 0.86),
        Tone.WHITE: rgba("#ffffff"),
        Tone.BLACK: rgba("#000000"),
    }


LIGHT = _tones(
    {
        Tone.PAPER: "#f5f1ea",
        Tone.SURFACE: "#ffffff",
        Tone.SUNKEN: "#ece6db",
        Tone.INK: "#10262c",
        Tone.MUTED: "#4a5e64",
        Tone.LINE: "#ddd5c8",
        Tone.EDGE: "#83918f",
        Tone.STRONG: "#143f4a",
        Tone.ON_STRONG: "#ffffff",
        Tone.SOFT_ON_STRONG: "#cfe0e1",
        Tone.TILE_ON_STRONG: "#335962",
        Tone.TINT: "#e1edea",
        Tone.ON_TINT: "#0f4b57",
        Tone.HUMAN: "#b3442c",
        Tone.ON_HUMAN: "#ffffff",
        Tone.GOOD: "#17734a",
        Tone.GOOD_TINT: "#dff0e4",
        Tone.WARN: "#8a4b00",
        Tone.WARN_TINT: "#fdeed3",
        Tone.BAND: "#123c48",
        Tone.ON_BAND: "#ffffff",
        Tone.SOFT_ON_BAND: "#d3e3e4",
        Tone.TILE_ON_BAND: "#3a5f69",
        Tone.TRACK_ON_BAND: "#47707a",
        Tone.MARK_ON_BAND: "#f6c98a",
        Tone.STAGE: "#0f2b33",
        Tone.ON_STAGE: "#ffffff",
        Tone.GOOD_RING: "#5fd08f",
        Tone.HAND: "#cfdedb",
        Tone.HAND_OFF: "#e9e6df",
        Tone.OFF: "#8d9694",
        Tone.SIGNAL: "#f6c98a",
        Tone.ON_SIGNAL: "#10262c",
        Tone.RING: "#f2a33a",
        Tone.RING_EDGE: "#10262c",
    },
    ("#04161b", 0.62),
    ("#04161b", 0.14),
)
_BLACK, _WHITE, _YELLOW = "#000000", "#ffffff", "#ffe500"
HIGH = _tones(
    {
        **dict.fromkeys(Tone, _BLACK),
        **dict.fromkeys(
            (
                Tone.INK,
                Tone.MUTED,
                Tone.LINE,
                Tone.EDGE,
                Tone.SOFT_ON_STRONG,
                Tone.ON_BAND,
                Tone.SOFT_ON_BAND,
                Tone.ON_STAGE,
            ),
            _WHITE,
        ),
        **dict.fromkeys(
            (
                Tone.STRONG,
                Tone.ON_TINT,
                Tone.HUMAN,
                Tone.GOOD,
                Tone.WARN,
                Tone.MARK_ON_BAND,
                Tone.SIGNAL,
            ),
            _YELLOW,
        ),
        Tone.ON_STRONG: _BLACK,
        Tone.SOFT_ON_STRONG: _BLACK,
        Tone.TILE_ON_STRONG: _YELLOW,
        Tone.TRACK_ON_BAND: "#5c5c5c",
        Tone.GOOD_RING: "#4dff88",
        Tone.HAND: "#6b6b6b",
        Tone.HAND_OFF: "#3a3a3a",
        Tone.OFF: "#8c8c8c",
        Tone.RING: "#00d5ff",
    },
    (_BLACK, 0.78),
    (_YELLOW, 0.35),
)
TEXT, LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PAIRS: tuple[tuple[Tone, Tone, float], ...] = (
    (Tone.INK, Tone.PAPER, TEXT),
    (Tone.INK, Tone.SURFACE, TEXT),
    (Tone.INK, Tone.SUNKEN, TEXT),
    (Tone.MUTED, Tone.PAPER, TEXT),
    (Tone.MUTED, Tone.SURFACE, TEXT),
    (Tone.EDGE, Tone.SURFACE, LARGE),
    (Tone.ON_STRONG, Tone.STRONG, TEXT),
    (Tone.SOFT_ON_STRONG, Tone.STRONG, TEXT),
    (Tone.STRONG, Tone.PAPER, TEXT),
    (Tone.ON_TINT, Tone.TINT, TEXT),
    (Tone.ON_TINT, Tone.SURFACE, TEXT),
    (Tone.ON_HUMAN, Tone.HUMAN, TEXT),
    (Tone.HUMAN, Tone.SURFACE, TEXT),
    (Tone.GOOD, Tone.GOOD_TINT, TEXT),
    (Tone.GOOD, Tone.SURFACE, TEXT),
    (Tone.WARN, Tone.WARN_TINT, TEXT),
    (Tone.WARN, Tone.PAPER, TEXT),
    (Tone.ON_BAND, Tone.BAND, TEXT),
    (Tone.SOFT_ON_BAND, Tone.BAND, TEXT),
    (Tone.MARK_ON_BAND, Tone.BAND, TEXT),
    (Tone.MARK_ON_BAND, Tone.TRACK_ON_BAND, LARGE),
    (Tone.ON_STAGE, Tone.STAGE, TEXT),
    (Tone.ON_SIGNAL, Tone.SIGNAL, TEXT),
    (Tone.SIGNAL, Tone.STAGE, LARGE),
    (Tone.RING, Tone.STAGE, LARGE),
    (Tone.GOOD_RING, Tone.STAGE, LARGE),
    (Tone.RING, Tone.RING_EDGE, LARGE),
)


def contrast(one: Rgba, other: Rgba) -> float:
    """Return the contrast ratio of two opaque colours (WCAG 2.2, relative luminance)."""
    low, high = sorted(_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgba) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Style(Enum):
    """Letters by what they say: size in units, font, line height, whether they grow in full."""

    HERO = (112, "extra", 1.0, False)
    NUMBER = (124, "extra", 1.0, False)
    TITLE = (60, "extra", 1.0, False)
    HEADING = (40, "bold", 1.0, True)
    LEAD = (34, "regular", 1.06, True)
    BODY = (32, "regular", 1.1, True)
    STRONG = (32, "semi", 1.03, True)
    ACTION = (40, "bold", 1.0, True)
    CELL = (36, "semi", 1.0, True)
    LABEL = (26, "semi", 1.0, True)
    SMALL = (26, "regular", 1.06, True)
    CLOCK = (44, "bold", 1.0, False)
    FINE = (24, "regular", 1.0, True)
    PRINT = (21, "regular", 1.05, True)  # the discreet line; nothing that is needed to go on

    @property
    def font(self) -> str:
        return str(self.value[1])


@dataclass(frozen=True, slots=True)
class Theme:
    """All tokens for one look on one window; `scale` is window pixels per unit."""

    tones: Mapping[Tone, Rgba]
    high: bool
    text: float
    scale: float
    reach: bool
    density: float = 1.0

    def px(self, units: float) -> float:
        return float(round(units * self.scale))

    def size(self, style: Style) -> float:
        """Return the letter size in window pixels; display sizes grow half as much as text."""
        units, _, _, full = style.value
        grown = self.text if full else 1 + (self.text - 1) / 2
        return float(units) * self.scale * grown * self.density

    def __hash__(self) -> int:
        return hash((self.high, self.text, self.scale, self.reach, self.density))


def theme_of(look: Look, scale: float, density: float = 1.0) -> Theme:
    """Return the theme for a look on a window."""
    high = look.contrast is Contrast.HIGH
    return Theme(HIGH if high else LIGHT, high, look.text_scale, scale, look.reach, density)


def density_of(width: float, height: float, pixels_per_mm: float) -> float:
    """Return how much letters grow on a panel that is smaller than 27 inches: their mm stay."""
    scale = min(width / SCENE[0], height / SCENE[1])
    return min(1.2, max(1.0, pixels_per_mm / (PIXELS_PER_MM * scale)))
