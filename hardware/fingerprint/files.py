"""Reads prints from picture files; what cannot be used is said with a code, never repaired."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pictures

from hardware.fingerprint.packets import PPI
from hardware.types import Fingerprint

SMALLEST, LARGEST = (256, 288), 1000  # pixels: short and long side, and the longest side
_PPI_SLACK = 5  # PNG stores pixels per metre, 19685 of them make 499.999 ppi
_UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,  # Pillow's word for a broken PNG
    Pictures.DecompressionBombError,
    Pictures.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file is no print: a stable code and a sentence."""

    code: str
    cause: str


def read_print(path: Path) -> Fingerprint | FileFault:
    """Return the print in a file of 256 x 288 to 1000 x 1000 pixels at 500 ppi.

    A file that does not state its resolution is taken to be 500 ppi. Codes: FPR-001 unreadable,
    FPR-002 size, FPR-003 resolution.
    """
    try:
        with Pictures.open(path) as picture:
            size, ppi = picture.size, picture.info.get("dpi", (PPI, PPI))
            if min(size) < SMALLEST[0] or max(size) < SMALLEST[1] or max(size) > LARGEST:
                return FileFault("FPR-002", f"{size[0]} x {size[1]} pixels are no single print")
            if any(abs(each - PPI) > _PPI_SLACK for each in ppi):
                return FileFault("FPR-003", f"{ppi[0]:.0f} ppi; only {PPI} ppi can be judged")
            return Fingerprint(np.array(picture.convert("L"), np.uint8), PPI)
    except _UNREADABLE as reason:
        return FileFault("FPR-001", f"cannot be read ({type(reason).__name__})")
