"""Both demo visitors are guided, and released by themselves once they keep still."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from hardware.photo.face import FaceFinder
from hardware.photo.hints import hint_for
from hardware.photo.live import APART, Live, LivePhoto, Shot
from hardware.photo.report import Hint
from hardware.types import Frame
from tests.hardware.photo.conftest import DEMO, VISITS

RATE = 10.0
STILL_FROM = {"d1": 59, "d2": 57}
"""Frame from which the visitor keeps still (truth.csv of the visits)."""
EXPECTED = {
    "d1": {2: Hint.SEARCHING_FACE, 12: Hint.STEP_FORWARD, 18: Hint.STEP_FORWARD}
    | {30: Hint.LOOK_STRAIGHT, 34: Hint.LOOK_STRAIGHT, 40: Hint.HEAD_UPRIGHT}
    | {44: Hint.OPEN_EYES, 49: Hint.NEUTRAL_FACE, 53: Hint.CLOSE_MOUTH, 65: Hint.CAPTURING},
    "d2": {2: Hint.SEARCHING_FACE, 8: Hint.STEP_FORWARD, 15: Hint.STEP_FORWARD}
    | {24: Hint.STEP_BACK, 30: Hint.HEAD_UPRIGHT, 37: Hint.LOOK_STRAIGHT}
    | {46: Hint.CLOSE_MOUTH, 52: Hint.NEUTRAL_FACE, 54: Hint.OPEN_EYES, 65: Hint.CAPTURING},
}


@dataclass
class Watched:
    name: str
    lives: list[Live]
    shots: tuple[Shot, ...]


def film(name: str) -> Iterator[Frame]:
    capture = cv2.VideoCapture(str(DEMO / f"visitor_{name}.mp4"))
    number = 0
    while (read := capture.read())[0]:
        yield Frame(np.asarray(read[1], np.uint8), number / RATE, number)
        number += 1
    capture.release()


@pytest.fixture(scope="module", params=["d1", "d2"])
def visit(request: pytest.FixtureRequest, finder: FaceFinder) -> Watched:
    now = [0.0]
    session, lives = LivePhoto(finder, "adult", lambda: now[0]), []
    for frame in film(request.param):
        now[0] = frame.captured_at
        lives.append(session.see(frame))
    return Watched(request.param, lives, session.best())


def test_each_phase_asks_for_the_right_thing(visit: Watched) -> None:
    asked = {
        frame: hint_for(visit.lives[frame].report.criteria, moving=False)
        for frame in EXPECTED[visit.name]
    }
    assert asked == EXPECTED[visit.name]


def test_the_release_comes_within_a_second_of_keeping_still(visit: Watched) -> None:
    good = [index for index, live in enumerate(visit.lives) if live.good]
    assert STILL_FROM[visit.name] <= good[0] + 2
    assert good[0] <= STILL_FROM[visit.name] + RATE
    assert good == list(range(good[0], len(visit.lives)))


def test_nothing_is_released_while_anything_is_wrong(visit: Watched) -> None:
    assert all(live.report.accepted for live in visit.lives if live.good)
    assert {live.hint for live in visit.lives if live.good} == {Hint.CAPTURING}


def test_a_sentence_stays_long_enough_to_be_read(visit: Watched) -> None:
    hints = [live.hint for live in visit.lives[: STILL_FROM[visit.name]]]
    changes = [i for i, (a, b) in enumerate(pairwise(hints)) if a != b]
    assert all(b - a >= 6 for a, b in pairwise(changes))


def test_the_head_box_follows_the_visitor(visit: Watched) -> None:
    assert visit.lives[1].face is None
    face = visit.lives[65].face
    assert face is not None
    x, y, w, h = face
    assert x + w / 2 == pytest.approx(0.5, abs=0.05)
    assert 0 < y < 0.2
    assert 0.6 < h < 0.75


def test_the_shots_are_equals_newest_first_and_register_photos(visit: Watched) -> None:
    assert len(visit.shots) == 3
    assert all(shot.report.accepted for shot in visit.shots)
    times = [shot.captured_at for shot in visit.shots]
    assert times[0] == (len(visit.lives) - 1) / RATE
    assert all(later - earlier >= APART for later, earlier in pairwise(times))
    assert times[-1] >= STILL_FROM[visit.name] / RATE - 1
    photo = Pillow.open(io.BytesIO(visit.shots[0].jpeg))
    assert (photo.size, photo.mode, photo.format) == ((1244, 1600), "RGB", "JPEG")
    assert max(photo.quantization[0]) == 1  # quality 100
    assert photo.layer[1][1:3] == (1, 1)  # 4:4:4
    profile = ImageCms.getProfileDescription(io.BytesIO(photo.info["icc_profile"]))
    assert profile.startswith("sRGB")


def test_when_nobody_comes_there_is_no_shot(finder: FaceFinder) -> None:
    session = LivePhoto(finder, "adult", lambda: 0.0)
    live = session.see(Frame(np.full((720, 540, 3), 200, np.uint8), 0.0, 1))
    assert (live.hint, live.good, live.face) == (Hint.SEARCHING_FACE, False, None)
    assert session.best() == ()


def test_when_nothing_is_sufficient_the_best_is_offered(finder: FaceFinder) -> None:
    session = LivePhoto(finder, "adult", lambda: 0.0)
    for frame in list(film("d1"))[12:20]:
        session.see(frame)
    (shot, *_) = session.best()
    assert not shot.report.accepted
    assert "5.7_eye_distance" in shot.report.reasons


@pytest.mark.skipif(not VISITS.is_dir(), reason="../shared/data/faces is not here")
@pytest.mark.parametrize("name", ["d1", "d2"])
def test_the_frames_kept_still_are_those_of_the_truth(name: str) -> None:
    with (VISITS / name.upper() / "truth.csv").open(newline="") as table:
        still = [int(row["frame"]) for row in csv.DictReader(table) if row["phase"] == "still"]
    assert still[0] == STILL_FROM[name]
