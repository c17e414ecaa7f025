"""Reads prints from picture files; what cannot be used is said with a code, never repaired."""

from pathlib import Path

import numpy as np

from hardware.fingerprint.packets import PPI
from hardware.pictures import PictureFileError, Trouble, decode, eight_bits, read_bytes
from hardware.types import Fault, Fingerprint

SMALLEST, LARGEST = (256, 288), 1000  # pixels: short and long side, and the longest side
MOST_PIXELS = 60_000_000  # more than that is not even decoded
_PPI_SLACK = 5  # PNG stores pixels per metre, 19685 of them make 499.999 ppi
CODES = {
    Trouble.NO_PICTURE: "FPR-001",
    Trouble.DAMAGED: "FPR-001",
    Trouble.TOO_LARGE: "FPR-002",
}
_ONE_PRINT = f"Cut out one finger: {SMALLEST[0]} x {SMALLEST[1]} to {LARGEST} x {LARGEST} pixels."
_RIGHT_PPI = f"Scan the print at {PPI} ppi, or correct the resolution that the file states."


def read_print(path: Path) -> Fingerprint | Fault:
    """Return the print in a file of 256 x 288 to 1000 x 1000 pixels at 500 ppi.

    A file that does not state its resolution is taken to be 500 ppi. Codes: FPR-001 unreadable,
    FPR-002 size, FPR-003 resolution.
    """
    try:
        picture = decode(read_bytes(path), MOST_PIXELS)
    except PictureFileError as error:
        return Fault(CODES[error.trouble], error.cause, error.trouble.advice)
    size, ppi = picture.size, picture.info.get("dpi", (PPI, PPI))
    if min(size) < SMALLEST[0] or max(size) < SMALLEST[1] or max(size) > LARGEST:
        return Fault("FPR-002", f"has {size[0]} x {size[1]} pixels: no single print", _ONE_PRINT)
    if not all(abs(each - PPI) <= _PPI_SLACK for each in ppi):
        return Fault("FPR-003", f"has {ppi[0]:.0f} ppi; only {PPI} ppi can be judged", _RIGHT_PPI)
    return Fingerprint(np.array(eight_bits(picture).convert("L"), np.uint8), PPI)
