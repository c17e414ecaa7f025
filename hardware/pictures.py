"""Opens picture files that anybody may have made: plain files, known formats, never too large."""

import io
import stat
import warnings
from enum import Enum
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

SUFFIXES = {".jpg", ".jpeg", ".png", ".jp2", ".tif", ".tiff", ".bmp", ".webp"}
FORMATS = ("BMP", "GIF", "JPEG", "JPEG2000", "PNG", "TIFF", "WEBP")
MOST_BYTES = 64 * 1024 * 1024

_DEEP = {"I;16": "<u2", "I;16L": "<u2", "I;16B": ">u2"}


class Trouble(Enum):
    """Why a file gives no picture."""

    NO_PICTURE = "Name a picture file: JPEG, PNG, TIFF, BMP, WebP or JPEG 2000."
    TOO_LARGE = "Name the picture of one person or one finger; this is none."
    DAMAGED = "Copy the file again, or make the picture anew."

    @property
    def advice(self) -> str:
        return self.value


class PictureFileError(Exception):
    """A file that gives no picture, with the cause in one sentence."""

    def __init__(self, trouble: Trouble, cause: str) -> None:
        super().__init__(cause)
        self.trouble, self.cause = trouble, cause


def read_bytes(path: Path) -> bytes:
    """Return what is in a plain file of at most 64 MiB; raises PictureFileError."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise PictureFileError(Trouble.NO_PICTURE, "is a folder without pictures")
        if not stat.S_ISREG(about.st_mode):
            raise PictureFileError(Trouble.NO_PICTURE, "is a device or a pipe, not a file")
        if about.st_size > MOST_BYTES:
            limit = MOST_BYTES // 1024**2
            raise PictureFileError(Trouble.TOO_LARGE, f"is larger than {limit} MiB")
        data = path.read_bytes()
    except OSError as cause:
        reason = "cannot be read: " + (cause.strerror or "unknown reason").lower()
        raise PictureFileError(Trouble.NO_PICTURE, reason) from cause
    except ValueError as cause:
        raise PictureFileError(Trouble.NO_PICTURE, "has a name with a null byte") from cause
    if not data:
        raise PictureFileError(Trouble.NO_PICTURE, "is empty")
    return data


def decode(data: bytes, most_pixels: int) -> Pillow.Image:
    """Return a decoded picture, not yet turned upright.

    `info` and, of a JPEG, `quantization` say what the file says. Raises PictureFileError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > most_pixels:
            size = f"has {picture.width} x {picture.height} pixels"
            raise PictureFileError(Trouble.TOO_LARGE, size)
        picture.load()
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as cause:
        raise PictureFileError(Trouble.TOO_LARGE, "has far too many pixels") from cause
    except UnidentifiedImageError as cause:
        raise PictureFileError(Trouble.NO_PICTURE, "is no picture in a known format") from cause
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as cause:
        raise PictureFileError(Trouble.DAMAGED, "is damaged or ends too early") from cause
    return picture


def eight_bits(picture: Pillow.Image) -> Pillow.Image:
    """Return a picture of 16 bits a pixel in 8 bits, where Pillow would cut; others as they are."""
    kind = _DEEP.get(picture.mode)
    if kind is None:
        return picture
    deep = np.frombuffer(picture.tobytes(), kind).reshape(picture.height, picture.width)
    return Pillow.fromarray((deep >> 8).astype(np.uint8))
