"""The photo thread: newest frame only, changes told once, orders that can be given up."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from hardware.criteria import Criterion, Verdict
from hardware.photo.live import Live, Shot
from hardware.photo.report import Hint, PhotoReport
from hardware.types import Frame
from kiosk.media.photo import Photographer
from kiosk.media.protocol import Guidance, PhotoTaken, PhotoTimeout

PATIENCE = 5
BLURRED = Criterion("6.1", "6.1_sharp", "sharpness", 1.0, "", 2.0, None, True, Verdict.NOT_OK)
REPORT = PhotoReport(False, ("6.1_sharp",), (BLURRED,), 1.0)


class Script:
    """A photo check that says what it is told, one line per frame, and waits for the next."""

    def __init__(self) -> None:
        self.lines: queue.Queue[Live] = queue.Queue()
        self.seen: list[int] = []
        self.looks: queue.Queue[int] = queue.Queue()  # a frame's number, when it is looked at
        self.templates: list[str] = []
        self.shots: tuple[Shot, ...] = ()

    def load(self) -> Callable[[str], "Script"]:
        return self.session

    def session(self, template: str) -> "Script":
        self.templates.append(template)
        return self

    def see(self, frame: Frame) -> Live:
        self.seen.append(frame.number)
        self.looks.put(frame.number)
        return self.lines.get(timeout=PATIENCE)

    def best(self, n: int = 3) -> tuple[Shot, ...]:
        return self.shots[:n]

    def says(self, hint: Hint, good: bool = False, face: Any = None) -> None:
        self.lines.put(Live(hint, good, face, REPORT))


class Studio:
    """A photographer with its script, its frames and its mailbox."""

    def __init__(self) -> None:
        self.script = Script()
        self.said: queue.Queue[Any] = queue.Queue()
        self.done = threading.Event()
        self.photographer = Photographer(self.script.load, self.said.put, self.done.set)
        self.number = 0

    def frame(self) -> None:
        self.number += 1
        image = np.zeros((8, 8, 3), np.uint8)
        self.photographer.put(Frame(image, time.monotonic(), self.number))

    def hears(self) -> Any:
        return self.said.get(timeout=PATIENCE)


@pytest.fixture
def studio() -> Iterator[Studio]:
    one = Studio()
    one.photographer.start()
    yield one
    one.photographer.end()
    assert not one.photographer.is_alive()


def shot() -> Shot:
    return Shot(b"jpeg", REPORT, time.monotonic())


def shown(studio: Studio, hint: Hint, face: Any = None) -> None:
    studio.script.says(hint, face=face)
    studio.frame()
    studio.script.looks.get(timeout=PATIENCE)


def test_guidance_is_told_on_change_only(studio: Studio) -> None:
    studio.photographer.begin("adult", 10)
    for hint in (Hint.STEP_BACK, Hint.STEP_BACK, Hint.MOVE_UP):
        shown(studio, hint)
    assert [studio.hears().hint for _ in range(2)] == ["StepBack", "MoveUp"]
    assert studio.said.empty()


def test_a_moving_face_is_told_and_a_trembling_one_is_not(studio: Studio) -> None:
    studio.photographer.begin("adult", 10)
    shown(studio, Hint.STEP_BACK, (0.3, 0.3, 0.2, 0.2))
    shown(studio, Hint.STEP_BACK, (0.31, 0.3, 0.2, 0.2))
    shown(studio, Hint.STEP_BACK, (0.4, 0.3, 0.2, 0.2))
    assert [studio.hears().face[0] for _ in range(2)] == [0.3, 0.4]
    assert studio.said.empty()


def test_only_the_newest_frame_is_judged(studio: Studio) -> None:
    studio.photographer.begin("adult", 10)
    studio.frame()
    studio.script.looks.get(timeout=PATIENCE)
    for _ in range(5):  # while the first one is being judged
        studio.frame()
    studio.script.says(Hint.STEP_BACK)
    studio.script.says(Hint.MOVE_UP)
    assert [studio.hears().hint for _ in range(2)] == ["StepBack", "MoveUp"]
    assert studio.script.seen == [1, 6]


def test_good_frames_become_photos_best_first(studio: Studio) -> None:
    studio.script.shots = (shot(), shot())
    studio.photographer.begin("child", 10)
    studio.script.says(Hint.CAPTURING, good=True)
    studio.frame()
    assert isinstance(studio.hears(), Guidance)
    photos = [studio.hears() for _ in range(2)]
    assert [(photo.index, photo.of) for photo in photos] == [(0, 2), (1, 2)]
    assert isinstance(photos[0], PhotoTaken)
    assert photos[0].criteria[0].verdict == "not_ok"
    assert photos[0].reasons == ("6.1_sharp",)
    assert photos[0].machine_ms < 5000
    assert studio.done.is_set()
    assert studio.script.templates == ["child"]


def test_time_over_gives_the_best_there_is(studio: Studio) -> None:
    studio.script.shots = (shot(),)
    studio.photographer.begin("adult", 0.1)
    assert isinstance(studio.hears(), PhotoTaken)


def test_time_over_without_a_face_is_said(studio: Studio) -> None:
    studio.photographer.begin("adult", 0.1)
    assert isinstance(studio.hears(), PhotoTimeout)


def test_an_order_given_up_says_nothing_more_and_the_next_one_starts_fresh(studio: Studio) -> None:
    studio.script.shots = (shot(),)
    studio.photographer.begin("adult", 10)
    studio.frame()
    studio.script.looks.get(timeout=PATIENCE)
    studio.photographer.stop()
    studio.script.says(Hint.STEP_BACK)
    studio.photographer.begin("child", 0.1)
    assert isinstance(studio.hears(), PhotoTaken)
    assert studio.said.empty()
    assert studio.script.templates == ["adult", "child"]
