"""The bars at the bottom: the way on, the four ways out, and the tools for reading and hearing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.core.reactions.look import TEXT_SCALES
from kiosk.core.view import Button, View
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.buttons import Kind, Press, bar_button, button
from kiosk.ui.draw.page import Page, Piece
from kiosk.ui.draw.pieces import Backed, Icon, Row, Text
from kiosk.ui.draw.theme import Style, Theme, Tone
from kiosk.ui.parts.band import SIDE

ICONS: Mapping[str, str] = {
    "back": "arrow-left",
    "help": "headset",
    "counter": "user-round",
    "start_again": "rotate-ccw",
    "language": "languages",
    "speech": "volume-2",
    "contrast": "contrast",
    "text_size": "a-large-small",
    "reach": "accessibility",
    "again": "refresh-cw",
    "clear": "eraser",
    "speak": "volume-2",
    "print": "printer",
    "finish": "check",
    "call_counter": "user-round",
    "hang_up": "phone-off",
    "keep_waiting": "clock",
    "go_on_alone": "arrow-right",
    "camera": "video",
    "microphone": "mic",
    "cannot_temporary": "hand",
    "cannot_permanent": "hand",
    "cannot_sign": "hand",
    "agree": "check",
    "stay": "check",
    "more_time": "hourglass",
    "confirm": "arrow-right",
    "forget": "x",
}


def forward(one: Button) -> Press:
    """Return the one main action of a screen."""
    last = one.id == "finish"
    icon, after = (ICONS[one.id], "") if last else ("", "arrow-right")
    return button(one, Kind.MAIN, icon, after=after, least=116)


def footer(buttons: Sequence[Button]) -> Piece:
    """Return the four ways out in one bar; the person stands out."""
    words = [one.text for one in buttons]
    return _bar([_way_out(one, words) for one in buttons], 128)


def _way_out(one: Button, words: Sequence[str]) -> Press:
    human = one.id == "help"
    tone, tile = (Tone.ON_HUMAN, Tone.HUMAN) if human else (Tone.ON_TINT, Tone.TINT)
    return bar_button(one, ICONS[one.id], tone=tone, tile=tile, size=66, peers=words)


def tools(view: View) -> Piece:
    """Return the row of tools: language, speech, contrast, letters, reach."""
    shown = [_with_step(one, view.look.text_scale) for one in view.tools]
    words = [one.text for one in shown]
    return _bar(
        [
            bar_button(one, ICONS[one.id], size=48, least=108, style=Style.FINE, peers=words)
            for one in shown
        ],
        108,
    )


def _with_step(one: Button, scale: float) -> Button:
    """Let the button for the letters tell which of its sizes is on."""
    if one.id != "text_size" or scale not in TEXT_SCALES:
        return one
    step = f"{TEXT_SCALES.index(scale) + 1}/{len(TEXT_SCALES)}"
    return replace(one, text=f"{one.text} {step}")


def _bar(presses: Sequence[Press], least: float) -> Piece:
    row = Row(presses, [1] * len(presses), gap=8, stretch=1)
    return Backed(row, _ground, side=20, top=6, least=least)


def _ground(page: Page, box: Box) -> None:
    page.brush.fill(box, Tone.SURFACE)
    page.brush.fill(Box(box.x, box.y, box.width, max(1, page.px(2))), Tone.LINE)


@dataclass(frozen=True, slots=True)
class _Cover:
    """A piece that lies over another and hides all of it."""

    piece: Piece
    hidden: Piece
    stretch: float = 0

    def height(self, theme: Theme, width: float) -> float:
        side = theme.px(SIDE)
        hidden = self.hidden.height(theme, width - 2 * side)
        return max(self.piece.height(theme, width), hidden)

    def paint(self, page: Page, box: Box) -> None:
        self.piece.paint(page, box)


def note(text: str, over: Piece) -> Piece:
    """Return one line about the state of things, on an amber strip over a part of the band."""
    row = Row(
        [Icon("info", 44, Tone.WARN, None, 0.9), Text(text, Style.SMALL, Tone.WARN, middle=True)],
        [-44, 1],
        gap=16,
    )
    return _Cover(Backed(row, _strip, side=SIDE, top=12), over)


def _strip(page: Page, box: Box) -> None:
    page.brush.fill(box, Tone.WARN_TINT)
    if page.theme.high:
        page.brush.outline(box, Tone.WARN, page.px(3), 0)
