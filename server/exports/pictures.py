"""Pictures in the formats that the next step needs; Pillow and wsq load on first use."""

import io
from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PRODUCTION_SIZE = (622, 800)  # TR-03121, production image
_QUALITY = 95
_OVER = 4  # drawn larger, then reduced, for soft edges
_THICKNESS = 0.034  # of the height, as at the terminal: a pen of 0.5 mm on a card
_PAD = 10_000  # coordinates are ten thousandths of the pad's sides
_LEAST_INK = 0.15  # of the pad's width


class PictureError(Exception):
    """Bytes that are not the picture they should be."""


def production_photo(jpeg: bytes) -> bytes:
    """Return the photo as JPEG 2000, lossless, 622x800, sRGB (TR-03121 v7); raises PictureError."""
    from PIL.Image import Resampling

    photo = _opened(jpeg).convert("RGB").resize(PRODUCTION_SIZE, Resampling.LANCZOS)
    return _saved(photo, "JPEG2000", irreversible=False, no_jp2=False)


def signature_jpeg(png: bytes, size: tuple[int, int]) -> bytes:
    """Return the signature as grey JPEG of the service's size, on white, undistorted."""
    from PIL import Image, ImageOps

    strokes = ImageOps.contain(_opened(png).convert("L"), size)
    sheet = Image.new("L", size, 255)
    sheet.paste(strokes, ((size[0] - strokes.width) // 2, (size[1] - strokes.height) // 2))
    return _saved(sheet, "JPEG", quality=_QUALITY)


def signature_png(
    strokes: Sequence[Sequence[Sequence[int]]], size: tuple[int, int]
) -> bytes | None:
    """Draw strokes (0..10000 to the right and down) black on white; None if it is too little."""
    from PIL import Image, ImageDraw

    width, height = size
    lines = [[(x * width / _PAD, y * height / _PAD) for x, y in stroke] for stroke in strokes]
    ink = sum(hypot(c - a, d - b) for line in lines for (a, b), (c, d) in pairwise(line))
    if ink < _LEAST_INK * width:
        return None
    sheet = Image.new("L", (width * _OVER, height * _OVER), 255)
    pen, thick = ImageDraw.Draw(sheet), max(2.0, height * _THICKNESS) * _OVER
    for line in lines:
        large = [(x * _OVER, y * _OVER) for x, y in line]
        pen.line(large, fill=0, width=round(thick), joint="curve")
        for x, y in (large[0], large[-1]):
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=0)
    return _saved(sheet.resize(size, Image.Resampling.LANCZOS), "PNG")


def print_png(wsq_print: bytes) -> bytes:
    """Return a WSQ fingerprint as PNG for the desk; raises PictureError."""
    import wsq  # noqa: F401  # registers WSQ with Pillow

    return _saved(_opened(wsq_print).convert("L"), "PNG")


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height in pixels; raises PictureError."""
    return _opened(picture).size


def as_jpeg(picture: bytes) -> bytes:
    """Return any picture as JPEG for a document; raises PictureError."""
    return _saved(_opened(picture).convert("RGB"), "JPEG", quality=_QUALITY)


def _opened(data: bytes) -> "Image":
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as cause:
        raise PictureError("not a picture that can be read") from cause
    return picture


def _saved(picture: "Image", form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
