"""Measures the photo check on one core: live guidance, a still, crop and encoding."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import cv2
import numpy as np

import assets
from hardware.photo.check import check_picture
from hardware.photo.crop import cut_out
from hardware.photo.face import FaceFinder
from hardware.photo.live import LivePhoto, encode
from hardware.photo.scene import scene_of
from hardware.types import Frame, Image

FILM = assets.path("demo") / "visitor_d1.mp4"
LIVE_BAR, STILL_BAR = 10.0, 300.0  # frames per second; milliseconds
CLASS_720P = (960, 1280)  # portrait picture with the lines of 720p and more than its pixels
ROUNDS = 20


def run() -> list[dict[str, Any]]:
    """Measure on one core; the ratio is value / bar."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    finder = FaceFinder()
    try:
        return [*_live(finder), *_photo(finder)]
    finally:
        finder.close()
        cv2.setNumThreads(threads)
        os.sched_setaffinity(0, allowed)


def _live(finder: FaceFinder) -> list[dict[str, Any]]:
    large = _still()
    small = np.asarray(cv2.resize(large, CLASS_720P, interpolation=cv2.INTER_AREA), np.uint8)
    rows = []
    for image in (small, large):
        session, number = LivePhoto(finder, "adult", time.monotonic), count()
        median = _median_ms(partial(_see, session, image, number))
        name = f"photo: live guidance at {image.shape[1]}x{image.shape[0]}, one core"
        rate = 1000 / median
        rows.append(_row(name, rate, "frames/s", f">= {LIVE_BAR:g}", rate / LIVE_BAR))
    return rows


def _photo(finder: FaceFinder) -> list[dict[str, Any]]:
    image = _still()
    faces = finder.find(image)
    assert faces.main is not None
    cut = scene_of(image, faces, faces.main).cut
    still = _median_ms(lambda: check_picture(image, finder, time.perf_counter))
    finish = _median_ms(lambda: encode(cut_out(image, cut)))
    return [
        _row("photo: a still judged", still, "ms", f"<= {STILL_BAR:g}", still / STILL_BAR),
        _row("photo: crop 1244x1600, JPEG quality 100", finish, "ms", None, None),
    ]


def _still() -> Image:
    """The last picture of the demo film: the visitor keeps still."""
    film, last = cv2.VideoCapture(str(FILM)), None
    while (read := film.read())[0]:
        last = read[1]
    assert last is not None, f"{FILM} shows nothing"
    return np.asarray(last, np.uint8)


def _see(session: LivePhoto, image: Image, number: Iterator[int]) -> None:
    session.see(Frame(image, time.monotonic(), next(number)))


def _median_ms(work: Callable[[], object]) -> float:
    work()
    spans = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        spans.append((time.perf_counter() - started) * 1000)
    return statistics.median(spans)


def _row(
    name: str, value: float, unit: str, bar: str | None, ratio: float | None
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "ratio": ratio}


if __name__ == "__main__":
    from benchmarks.__main__ import line

    for measured in run():
        print(line(measured))
