"""Pictures in the formats that the next step needs; Pillow and wsq load on first use."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PRODUCTION_SIZE = (622, 800)  # TR-03121, production image
_QUALITY = 95


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
