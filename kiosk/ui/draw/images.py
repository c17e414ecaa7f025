"""Pictures as textures: those of assets/images, and JPEG or PNG bytes of a visit."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from kivy.core.image import Image

import assets
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.brush import Brush


@lru_cache(maxsize=8)
def load(name: str) -> Any:
    """Return a picture of ours by its name without extension."""
    found = next(assets.path("images").glob(f"{name}.*"))
    return Image.load(str(found)).texture


@lru_cache(maxsize=4)
def decoded(picture: bytes) -> Any:
    """Return a citizen's JPEG as a texture; `forget` drops it."""
    return Image(BytesIO(picture), ext="jpg", nocache=True).texture


def forget() -> None:
    decoded.cache_clear()


def cover(brush: Brush, box: Box, texture: Any, radius: float = 0) -> None:
    """Fill a box with a picture, cut at the top and the sides rather than stretched."""
    width, height = texture.size
    scale = max(box.width / width, box.height / height)
    wide, high = box.width / scale, box.height / scale
    part = texture.get_region((width - wide) / 2, 0, wide, high)
    brush.picture(box, part, radius=radius)
