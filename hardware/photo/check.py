"""Judges one picture or one file against all criteria of the photo.

PHO-001  the file is not there, cannot be read, or is no picture
PHO-002  the file is too large to be a photo
PHO-003  the file is damaged: it ends too early or does not decode
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import ImageOps

from hardware.criteria import Criterion, Verdict
from hardware.photo.face import FaceFinder, Faces
from hardware.photo.report import PhotoReport
from hardware.photo.rules.limits import Template
from hardware.photo.rules.table import faceless, judge
from hardware.photo.scene import CAMERA, Source, scene_of
from hardware.pictures import PictureFileError, Trouble, decode, eight_bits, read_bytes
from hardware.types import Fault, Image

MOST_PIXELS = 60_000_000
CODES = {
    Trouble.NO_PICTURE: "PHO-001",
    Trouble.TOO_LARGE: "PHO-002",
    Trouble.DAMAGED: "PHO-003",
}

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
    """Judge a picture file; what cannot be read is a report with `fault`, never an exception."""
    started = clock()
    try:
        image, source = read_picture(path)
    except PictureFileError as error:
        fault = Fault(CODES[error.trouble], error.cause, error.trouble.advice)
        return PhotoReport(False, (), (), (clock() - started) * 1000, fault)
    return report(assess(image, finder.find(image), "adult", source), started, clock)


def read_picture(path: Path) -> tuple[Image, Source]:
    """Read a picture file as BGR with what the file says about itself; raises PictureFileError."""
    return decode_picture(read_bytes(path))


def decode_picture(data: bytes) -> tuple[Image, Source]:
    """Decode a picture from memory; raises PictureFileError."""
    picture = decode(data, MOST_PIXELS)
    tables = getattr(picture, "quantization", None)
    source = Source(picture.mode, float(np.mean(tables[0])) if tables else None)
    rgb = np.asarray(ImageOps.exif_transpose(eight_bits(picture)).convert("RGB"))
    return np.ascontiguousarray(rgb[..., ::-1]), source
