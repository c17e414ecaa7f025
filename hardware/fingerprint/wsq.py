"""Wavelet scalar quantisation (WSQ) of prints for the application.

The codec is the package `wsq` (NBIS code behind a Pillow plug-in) at its fixed 0.75 bit per pixel.
It is **not certified**: BSI TR-03121 asks for a codec certified by the FBI (specification 3.1).
`CERTIFIED` says so to whoever stores a picture.
"""

import io

import numpy as np
import wsq  # noqa: F401  registers the plug-in with Pillow
from PIL import Image as Pictures

from hardware.fingerprint.ridges import Ridges
from hardware.types import Fingerprint, Image

CERTIFIED = False
FACTS = {"codec": "wsq 0.9 (NBIS)", "bits_per_pixel": "0.75", "certified": "no"}
LIMIT = 18 * 1024
"""Bytes: "up to 18 kB" per print, BSI TR-03121-3 Vol. GID, COD-WSQ."""
SMALLEST = (288, 256)

_MARGIN = 8  # pixels of paper kept round the print when the margin is cut off


class WsqTooLargeError(Exception):
    """A print does not fit into the limit, even without its empty margin."""

    code = "FPR-004"
    advice = "Take the print again; a wet or very noisy picture does not compress."

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes as WSQ, {LIMIT} are allowed")
        self.cause = str(self)


def encode_wsq(print_: Fingerprint) -> bytes:
    """Return the print as WSQ of at most `LIMIT` bytes; nothing is ever scaled.

    A picture smaller than 256 x 288 gets a white margin. If the code is too long, the empty margin
    round the print is cut off and the rest encoded anew. Raises WsqTooLargeError.
    """
    code = _encode(_padded(print_.image))
    if len(code) > LIMIT:
        code = _encode(_padded(_without_margin(print_)))
    if len(code) > LIMIT:
        raise WsqTooLargeError(len(code))
    return code


def decode_wsq(code: bytes) -> Image:
    """Return the grey picture; raises OSError when the bytes are no WSQ."""
    with Pictures.open(io.BytesIO(code), formats=("WSQ",)) as picture:
        return np.array(picture, np.uint8)


def _encode(image: Image) -> bytes:
    file = io.BytesIO()
    Pictures.fromarray(image).save(file, "WSQ")
    return file.getvalue()


def _padded(image: Image) -> Image:
    """Add white at the bottom and the right up to the smallest picture."""
    missing = [(0, max(0, least - side)) for side, least in zip(image.shape, SMALLEST, strict=True)]
    return np.pad(image, missing, constant_values=255)


def _without_margin(print_: Fingerprint) -> Image:
    rows, columns = np.nonzero(Ridges.of(print_).region)
    if not rows.size:
        return print_.image
    top, left = max(0, rows.min() - _MARGIN), max(0, columns.min() - _MARGIN)
    return print_.image[top : rows.max() + _MARGIN + 1, left : columns.max() + _MARGIN + 1]
