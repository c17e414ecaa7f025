"""Live pictures from shared memory: three luminance planes and one shader do the whole work."""

from collections.abc import Callable
from typing import Any

import numpy as np
from kivy.clock import Clock
from kivy.graphics import BindTexture, Color, Rectangle, RenderContext
from kivy.graphics.texture import Texture

from kiosk.media.slots import Picture
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Page, Showing
from kiosk.ui.draw.theme import Tone

Newest = Callable[[], Picture | None]
_POLL_SECONDS = 1 / 30
_SHARE = 1.5  # frames between two pictures, so that slow graphics leave time for the rest

# I420 as BT.601 in studio range; box, oval and corner radius in pixels, y downwards.
_PLANES = """
vec3 picture(vec2 at) {
    float y = 1.1644 * (texture2D(texture0, at).r - 0.0627);
    float u = texture2D(plane_u, at).r - 0.502;
    float v = texture2D(plane_v, at).r - 0.502;
    return vec3(y + 1.596 * v, y - 0.3918 * u - 0.813 * v, y + 2.0172 * u);
}
"""
_RGBA = """
vec3 picture(vec2 at) { return texture2D(texture0, at).rgb; }
"""
_SHADER = """
$HEADER$
uniform sampler2D plane_u;
uniform sampler2D plane_v;
uniform vec4 crop;
uniform vec2 size;
uniform vec4 oval;
uniform vec4 ring;
uniform float ring_width;
uniform float corner;
{picture}
void main(void) {{
    vec2 at = vec2(tex_coord0.x, 1.0 - tex_coord0.y);
    vec2 here = at * size;
    vec3 colour = picture(crop.xy + at * crop.zw);
    if (ring_width > 0.0) {{
        vec2 from = (here - oval.xy) / oval.zw;
        float away = length(from);
        float distance = away * (away - 1.0) / max(length(from / oval.zw), 0.0001);
        float outside = smoothstep(-1.0, 1.0, distance);
        colour = mix(colour, colour * 0.34 + vec3(0.02, 0.07, 0.08), outside);
        float line = ring_width * 0.5 + 0.7 - abs(distance - ring_width * 0.5);
        colour = mix(colour, ring.rgb, clamp(line, 0.0, 1.0));
    }}
    vec2 edge = abs(here - size * 0.5) - size * 0.5 + corner;
    float past = length(max(edge, 0.0)) + min(max(edge.x, edge.y), 0.0) - corner;
    gl_FragColor = vec4(colour, clamp(0.5 - past, 0.0, 1.0));
}}
"""


class CameraView:
    """One live picture, cut to its box; it works only while it is placed on a page.

    `mirror` shows people as they know themselves. `rgba` converts with OpenCV before the upload
    instead of in the shader, which a machine without a graphics chip may do faster.
    """

    def __init__(self, newest: Newest, *, mirror: bool, rgba: bool = False) -> None:
        self._newest, self._mirror, self._rgba = newest, mirror, rgba
        self._context: Any = None
        self._textures: tuple[Any, ...] = ()
        self._size = (0, 0)
        self._box = Box(0, 0, 1, 1)
        self._timer: Any = None
        self._seen = -1
        self._drawn = self._frame_seconds = 0.0
        self.placed = False

    @property
    def has_picture(self) -> bool:
        return self._seen > 0

    def place(self, page: Page, box: Box, showing: Showing) -> None:
        self.placed = True
        self._box = box
        corner = min(showing.radius, box.width / 2)
        page.brush.fill(box, Tone.STAGE, corner)
        self._prepare(page, box, showing, corner)
        page.brush.group.add(self._context)
        if self._textures:
            self._frame()
        if self._timer is None:
            self._timer = Clock.schedule_interval(self._poll, _POLL_SECONDS)
            self._poll(0)

    def rest(self) -> None:
        """Stop reading and forget the last picture."""
        self.placed = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._textures, self._size, self._seen = (), (0, 0), -1

    def _prepare(self, page: Page, box: Box, showing: Showing, corner: float) -> None:
        context = self._context or self._made_context()
        tone = page.theme.tones[showing.oval or Tone.WHITE]
        context["plane_u"], context["plane_v"] = 1, 2
        context["size"] = (float(round(box.width)), float(round(box.height)))
        context["ring"] = tuple(tone)
        context["ring_width"] = page.px(13) if showing.oval else 0.0
        context["corner"] = float(corner)
        context["oval"] = _oval(box)
        self._context, self._place = context, page.brush.place(box)

    def _made_context(self) -> Any:
        context = RenderContext(use_parent_projection=True, use_parent_modelview=True)
        context.shader.fs = _SHADER.format(picture=_RGBA if self._rgba else _PLANES)
        return context

    def _poll(self, _: float) -> None:
        self._frame_seconds = max(self._frame_seconds, Clock.frametime)
        if Clock.get_time() - self._drawn < _SHARE * self._frame_seconds:
            return
        picture = self._newest()
        if picture is None or picture.sequence == self._seen:
            return
        self._drawn, self._frame_seconds = Clock.get_time(), 0.0
        self._seen = picture.sequence
        if (picture.width, picture.height) != self._size:
            self._size = (picture.width, picture.height)
            self._textures = self._made(*self._size)
            self._frame()
        self._upload(picture)
        self._context.ask_update()

    def _made(self, width: int, height: int) -> tuple[Any, ...]:
        if self._rgba:
            return (Texture.create(size=(width, height), colorfmt="rgba"),)
        half = (width // 2, height // 2)
        planes = (
            Texture.create(size=size, colorfmt="luminance")
            for size in ((width, height), half, half)
        )
        return tuple(planes)

    def _upload(self, picture: Picture) -> None:
        if self._rgba:
            pixels = _to_rgba(picture)
            self._textures[0].blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
            return
        for texture, plane in zip(self._textures, (picture.y, picture.u, picture.v), strict=True):
            texture.blit_buffer(bytes(plane), colorfmt="luminance", bufferfmt="ubyte")

    def _frame(self) -> None:
        """Show the middle of the picture that has the box's shape."""
        context, box = self._context, self._box
        context.clear()
        width, height = self._size
        scale = max(box.width / width, box.height / height)
        wide, high = box.width / scale / width, box.height / scale / height
        left, top = (1 - wide) / 2, (1 - high) / 2
        context["crop"] = (1 - left, top, -wide, high) if self._mirror else (left, top, wide, high)
        context.add(Color(1, 1, 1, 1))
        for index, texture in enumerate(self._textures[1:], start=1):
            context.add(BindTexture(texture=texture, index=index))
        size = (round(box.width), round(box.height))
        context.add(Rectangle(pos=self._place, size=size, texture=self._textures[0]))


def _oval(box: Box) -> tuple[float, float, float, float]:
    """Return centre and radii of the ring: a head as the photo's template wants it."""
    high = box.height * 0.37
    wide = min(high * 0.74, box.width * 0.44)
    return box.width / 2, box.height * 0.49, wide, high


def _to_rgba(picture: Picture) -> Any:
    import cv2

    rows = np.concatenate([np.frombuffer(p, np.uint8) for p in (picture.y, picture.u, picture.v)])
    whole = rows.reshape(picture.height * 3 // 2, picture.width)
    return cv2.cvtColor(whole, cv2.COLOR_YUV2RGBA_I420).ravel()
