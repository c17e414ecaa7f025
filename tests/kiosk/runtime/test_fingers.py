"""The finger worker on the shipped driver and a simulated module: order, faults, privacy."""

from collections.abc import Callable
from dataclasses import replace
from queue import Empty, SimpleQueue

import pytest

import assets
from hardware.errors import DeviceError
from hardware.fingerprint.report import FingerprintReport
from hardware.fingerprint.zfm import open_zfm
from hardware.sim.fingerprint import FingerprintSim
from hardware.types import Fingerprint
from kiosk.core import events as e
from kiosk.core.events import Finger
from kiosk.runtime.diary import Diary
from kiosk.runtime.workers.fingers import Fingers, Order, PrintTools
from server.contract.captures import MissingFinger
from server.contract.envelope import PartKind

WAIT = 20.0
GOOD = FingerprintReport(True, (), 60, None, (), 1.0)
BAD = replace(GOOD, accepted=False, quality=10, reasons=("contrast",))


class World:
    def __init__(self, folder) -> None:
        fingers = assets.path("demo", "fingers")
        self.sim = FingerprintSim(
            folder / "port", fingers / "right.png", fingers / "left.png", baud=115200, pace=0
        )
        self.events: SimpleQueue[e.Event] = SimpleQueue()
        self.sealed: list[tuple[PartKind, bytes]] = []
        self.reports: list[FingerprintReport] = []
        self.judged: list[Fingerprint] = []
        self.same = False
        self.packed: bytes | None = b"wsq"
        self.diary = Diary()
        tools = PrintTools(self._judge, lambda a, b: self.same, lambda picture: self.packed)
        url = f"zfm://{folder / 'port'}?baud=115200"
        self.fingers = Fingers(lambda: open_zfm(url), tools, self.events.put, self.diary)
        self.fingers.start()

    def _judge(self, picture: Fingerprint) -> FingerprintReport:
        self.judged.append(picture)
        return self.reports.pop(0) if self.reports else GOOD

    def take(self, finger: Finger, attempt: int = 1, *, last: bool = False, who: str = "a") -> None:
        self.fingers.take(Order(finger, attempt, last, who, self._seal))

    def _seal(self, kind: PartKind, content: bytes) -> float:
        self.sealed.append((kind, content))
        return 1.0

    def wait_for(self, kind: type, truth: Callable[[object], bool] = lambda event: True):
        while True:
            event = self.events.get(timeout=WAIT)
            if isinstance(event, kind) and truth(event):
                return event

    def lift(self) -> None:
        """Take the finger away and wait until the worker, which waits for it, has seen that."""
        self.wait_for(e.FingerProgress, lambda event: event.hint == "SearchingFingers")
        self.sim.words["lift"]()
        self.wait_for(e.FingerProgress, lambda event: event.hint == "SearchingFingers")

    def close(self) -> None:
        self.fingers.stop()
        self.sim.close()


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.close()


def test_a_finger_is_read_judged_sealed_and_said(world) -> None:
    world.take(Finger.RIGHT)
    world.wait_for(e.FingerProgress, lambda event: event.hint == "SearchingFingers")
    world.sim.words["finger"]("right")
    live = world.wait_for(e.FingerProgress, lambda event: event.picture)
    assert live.width == 256
    came = world.wait_for(e.FingerCame)
    assert (came.finger, came.attempt, came.fact.position, came.fact.quality) == (
        Finger.RIGHT,
        1,
        2,
        60,
    )
    assert world.sealed == [(PartKind.FINGER_RIGHT, b"wsq")]
    (entry,) = world.diary.entries()
    assert entry.name == "finger_right"
    assert entry.wire_ms > 1000  # 4 bits per pixel at 115200 baud, whatever the simulator's pace


def test_the_finger_must_be_lifted_before_the_next_one(world) -> None:
    world.sim.words["finger"]("right")
    world.take(Finger.RIGHT)
    world.wait_for(e.FingerCame)
    world.take(Finger.LEFT)
    world.wait_for(e.FingerProgress, lambda event: event.finger is Finger.LEFT)
    with pytest.raises(Empty):
        world.events.get(timeout=0.3)
    world.sim.words["lift"]()
    world.wait_for(e.FingerProgress, lambda event: event.hint == "SearchingFingers")
    world.sim.words["finger"]("left")
    assert world.wait_for(e.FingerCame).finger is Finger.LEFT


def test_a_bad_print_is_not_sealed_before_the_last_attempt_and_then_the_best_is(world) -> None:
    world.reports = [replace(BAD, quality=20), replace(BAD, quality=30), replace(BAD, quality=25)]
    for attempt in (1, 2, 3):
        world.take(Finger.RIGHT, attempt, last=attempt == 3)
        if attempt > 1:
            world.lift()
        world.sim.words["finger"]("right")
        came = world.wait_for(e.FingerCame)
        assert not came.report.accepted
        assert len(world.sealed) == (attempt == 3)
    assert came.fact.quality == 30


def test_one_finger_of_both_hands_is_noticed(world) -> None:
    world.sim.words["finger"]("right")
    world.take(Finger.RIGHT)
    world.wait_for(e.FingerCame)
    world.take(Finger.LEFT)
    world.lift()
    world.same = True
    world.sim.words["finger"]("right")
    came = world.wait_for(e.FingerCame)
    assert came.report.reasons[0] == "same_finger"
    assert not came.report.accepted
    assert [kind for kind, _ in world.sealed] == [PartKind.FINGER_RIGHT]


def test_another_citizens_print_is_never_compared_with(world) -> None:
    world.sim.words["finger"]("right")
    world.take(Finger.RIGHT, who="a")
    world.wait_for(e.FingerCame)
    world.fingers.forget()
    world.same = True
    world.take(Finger.LEFT, who="b")
    world.lift()
    world.sim.words["finger"]("left")
    assert world.wait_for(e.FingerCame).report.accepted


def test_a_print_too_large_for_the_chip_is_missing_for_quality(world) -> None:
    world.packed = None
    world.sim.words["finger"]("right")
    world.take(Finger.RIGHT, 3, last=True)
    came = world.wait_for(e.FingerCame)
    assert came.report.reasons == ("wsq_too_large",)
    assert came.fact.missing is MissingFinger.QUALITY
    assert world.sealed == []


def test_a_cancelled_order_says_nothing_more(world) -> None:
    world.take(Finger.RIGHT)
    world.wait_for(e.FingerProgress)
    world.fingers.cancel()
    world.sim.words["finger"]("right")
    with pytest.raises(Empty):
        world.events.get(timeout=0.3)


def test_an_unplugged_scanner_is_said_with_its_code_and_found_again(world) -> None:
    world.take(Finger.RIGHT)
    world.wait_for(e.FingerProgress)
    world.sim.words["unplug"]()
    lost = world.wait_for(e.ScannerChanged)
    assert lost.fault.code in {error.code for error in DeviceError.__subclasses__()}
    world.sim.words["plug"]()
    assert world.wait_for(e.ScannerChanged, lambda event: event.fault is None)
    world.sim.words["finger"]("right")
    assert world.wait_for(e.FingerCame).finger is Finger.RIGHT


def test_a_silent_scanner_is_said(world) -> None:
    world.sim.words["fault"]("silent")
    world.take(Finger.RIGHT)
    assert world.wait_for(e.ScannerChanged).fault.code == "DEV-002"
