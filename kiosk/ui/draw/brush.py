"""Draws boxes, outlines, shadows, text and pictures into a group of canvas instructions."""

from typing import Any

from kivy.graphics import BorderImage, Color, InstructionGroup, Rectangle, RoundedRectangle

from kiosk.ui.draw import letters, shapes
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.letters import Block
from kiosk.ui.draw.theme import Rgba, Theme, Tone


class Brush:
    """Paints into `group`; boxes have their origin top left, Kivy's lies bottom left."""

    def __init__(self, theme: Theme, window_height: float) -> None:
        self.theme = theme
        self.group = InstructionGroup()
        self._height = window_height

    def place(self, box: Box) -> tuple[float, float]:
        """Return Kivy's position of a box, on whole pixels."""
        return round(box.x), round(self._height - box.bottom)

    def tone(self, tone: Tone | Rgba) -> None:
        colour = self.theme.tones[tone] if isinstance(tone, Tone) else tone
        self.group.add(Color(*colour))

    def fill(self, box: Box, tone: Tone | Rgba, radius: float = 0) -> None:
        """Fill a box, its corners rounded by `radius` pixels."""
        self.tone(tone)
        radius = _limited(box, radius)
        if radius < 1:
            self.group.add(Rectangle(pos=self.place(box), size=_size(box)))
            return
        self._patch(box, shapes.filled(round(radius)), round(radius) + 1)

    def outline(self, box: Box, tone: Tone | Rgba, width: float, radius: float) -> None:
        """Draw a line of `width` pixels along the inside of a box."""
        self.tone(tone)
        radius = max(_limited(box, radius), width + 1)
        self._patch(box, shapes.outlined(round(radius), max(1.0, width)), round(radius) + 1)

    def shadow(self, box: Box, radius: float, blur: float, strength: float = 0.18) -> None:
        """Draw a soft shadow under a box; none in high contrast."""
        if self.theme.high:
            return
        self.tone((0.04, 0.12, 0.14, strength))
        soft = max(2, round(blur))
        around = Box(box.x, box.y + soft * 0.5, box.width, box.height).grown(2 * soft)
        reach = round(_limited(box, radius)) + 2 * soft + 1
        self._patch(around, shapes.shadow(round(_limited(box, radius)), soft), reach)

    def _patch(self, box: Box, texture: Any, border: float) -> None:
        self.group.add(
            BorderImage(pos=self.place(box), size=_size(box), texture=texture, border=(border,) * 4)
        )

    def text(self, x: float, y: float, block: Block, tone: Tone | Rgba) -> None:
        """Draw set text with its top left corner at x, y."""
        self.tone(tone)
        place = self.place(Box(x, y, block.width, block.height))
        self.group.add(Rectangle(pos=place, size=block.texture.size, texture=block.texture))

    def icon(self, box: Box, name: str, tone: Tone | Rgba, size: float) -> None:
        """Draw an icon of `size` pixels in the middle of a box."""
        texture = letters.icon(name, size)
        self.tone(tone)
        place = self.place(box.within(*texture.size))
        self.group.add(Rectangle(pos=place, size=texture.size, texture=texture))

    def picture(
        self, box: Box, texture: Any, tone: Tone | Rgba = Tone.WHITE, radius: float = 0
    ) -> None:
        """Draw a texture stretched over a box."""
        self.tone(tone)
        place, size = self.place(box), _size(box)
        if radius < 1:
            self.group.add(Rectangle(pos=place, size=size, texture=texture))
        else:
            self.group.add(
                RoundedRectangle(
                    pos=place, size=size, texture=texture, radius=[radius] * 4, segments=24
                )
            )

    def arc(self, box: Box, share: float, tone: Tone | Rgba, width: float) -> None:
        """Draw a ring inside a square box, clockwise from the top."""
        self.picture(box, shapes.arc(round(box.width), round(share, 3), width), tone)


def _size(box: Box) -> tuple[float, float]:
    return round(box.width), round(box.height)


def _limited(box: Box, radius: float) -> float:
    return min(radius, box.width / 2, box.height / 2)
