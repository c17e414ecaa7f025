"""Judges one picture or one file against all criteria of the photo.

PHO-001  the file is not there, cannot be read, or is no picture
PHO-002  the file is too large to be a photo
PHO-003  the file is damaged: it ends too early or does not decode
"""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from hardware.criteria import Criterion, Verdict
from hardware.photo.face import FaceFinder, Faces
from hardware.photo.report import PhotoReport
from hardware.photo.rules.limits import Template
from hardware.photo.rules.table import faceless, judge
from hardware.photo.scene import CAMERA, Source, scene_of
from hardware.types import Image

MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 60_000_000

Clock = Callable[[], float]


def check_picture(
    image: Image,
    finder: FaceFinder,
    clock: Clock,
    template: Template = "adult",
    source: Source = CAMERA,
) -> PhotoReport:
    """Judge a BGR picture (height, width, 3): a camera frame, or a finished photo if it is 35:45.

    A frame is judged by the best crop it can give (`hardware.photo.crop`). `clock` gives seconds.
    """
    started = clock()
    criteria = assess(image, finder.find(image), template, source)
    return report(criteria, started, clock)


def assess(
    image: Image, faces: Faces, template: Template, source: Source = CAMERA
) -> tuple[Criterion, ...]:
    """Measure all criteria of a picture whose faces are already found."""
    if faces.main is None:
        return faceless(template)
    return judge(scene_of(image, faces, faces.main, source), template)


def report(criteria: tuple[Criterion, ...], started: float, clock: Clock) -> PhotoReport:
    """Draw the conclusion: accepted when nothing that was assessed is wrong."""
    wrong = [c for c in criteria if c.verdict is Verdict.NOT_OK]
    wrong.sort(key=lambda c: not c.mandatory)
    elapsed = (clock() - started) * 1000
    return PhotoReport(not wrong, tuple(c.code for c in wrong), criteria, elapsed)


def check_file(path: Path, finder: FaceFinder, clock: Clock) -> PhotoReport:
    """Judge a picture file; what cannot be read is a report with `error`, never an exception."""
    started = clock()
    try:
        image, source = read_picture(path)
    except UnreadableError as fault:
        elapsed = (clock() - started) * 1000
        return PhotoReport(False, (), (), elapsed, error=fault.code)
    return report(assess(image, finder.find(image), "adult", source), started, clock)


class UnreadableError(Exception):
    """A file is no picture that can be judged; `code` is one of the codes above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_picture(path: Path) -> tuple[Image, Source]:
    """Read a picture file as BGR with what the file says about itself; raises UnreadableError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableError("PHO-002")
        data = path.read_bytes()
    except (OSError, ValueError) as cause:  # ValueError: a name with a null byte
        raise UnreadableError("PHO-001") from cause
    return decode_picture(data)


def decode_picture(data: bytes) -> tuple[Image, Source]:
    """Decode a picture from memory; raises UnreadableError."""
    try:
        with Pillow.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise UnreadableError("PHO-002")
            tables = getattr(opened, "quantization", None)
            source = Source(opened.mode, float(np.mean(tables[0])) if tables else None)
            rgb = np.asarray(ImageOps.exif_transpose(opened).convert("RGB"))
    except (UnidentifiedImageError, Pillow.DecompressionBombError) as cause:
        raise UnreadableError("PHO-001") from cause
    except (OSError, SyntaxError, ValueError, EOFError) as cause:
        raise UnreadableError("PHO-003") from cause
    return np.ascontiguousarray(rgb[..., ::-1]), source
