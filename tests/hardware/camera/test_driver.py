"""The camera driver survives cables and silence, and never shows an old picture as live."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.camera.address import read_address
from hardware.camera.driver import SILENCE, OpenCvCamera, open_camera
from hardware.sim.camera import CameraSimulator
from hardware.sim.control import tell
from hardware.types import Health, Image, State

PATIENCE = 10.0


def until(camera: OpenCvCamera, fits: Callable[[Health], bool]) -> Health:
    """Wait until the health fits; frames and losses wake the wait."""
    with camera._news:
        assert camera._news.wait_for(lambda: fits(camera.health()), PATIENCE), camera.health()
    return camera.health()


@pytest.fixture
def steered(pictures: Path, tmp_path: Path) -> Iterator[tuple[OpenCvCamera, Path]]:
    control = tmp_path / "camera.sock"
    camera = open_camera(f"file://{pictures}?fps=50&control={control}")
    yield camera, control
    camera.close()


def test_unplugged_in_mid_operation_it_says_so_and_comes_back(
    steered: tuple[OpenCvCamera, Path],
) -> None:
    camera, control = steered
    before = camera.wait(0, PATIENCE)
    assert before is not None
    tell(control, "unplug")
    lost = until(camera, lambda h: h.state is not State.READY)
    assert lost.fault is not None
    assert lost.fault.code in ("DEV-004", "DEV-001")
    assert camera.latest() is None
    tell(control, "plug")
    until(camera, lambda h: h.state is State.READY)
    after = camera.latest()
    assert after is not None
    assert after.number > before.number


def test_a_device_that_is_not_there_is_absent_not_an_error() -> None:
    camera = open_camera("v4l2:///dev/v4l/by-id/nothing-here")
    absent = until(camera, lambda h: h.state is State.ABSENT)
    assert absent.fault is not None
    assert absent.fault.code == "DEV-001"
    camera.close()


def test_a_film_that_appears_later_is_taken_up(tmp_path: Path, pictures: Path) -> None:
    late = tmp_path / "late"
    camera = open_camera(f"file://{late}?fps=50")
    until(camera, lambda h: h.state is State.ABSENT)
    pictures.rename(late)
    assert camera.wait(0, PATIENCE) is not None
    camera.close()


def test_rotated_frames_stand_upright(pictures: Path) -> None:
    camera = open_camera(f"file://{pictures}?rotate=90")
    frame = camera.wait(0, PATIENCE)
    assert frame is not None
    assert frame.image.shape == (48, 64, 3)
    camera.close()


class MuteSource:
    """Gives one picture and then nothing until it is closed."""

    def __init__(self, image: Image) -> None:
        self._images = [image]
        self._end = threading.Event()

    def open(self) -> None:
        pass

    def read(self) -> Image:
        if not self._images:
            self._end.wait()
            return self.last
        self.last = self._images.pop()
        return self.last

    def close(self) -> None:
        pass

    def wake(self) -> None:
        self._end.set()

    def detail(self) -> dict[str, str]:
        return {}


def test_silence_shows_in_the_health_while_a_read_hangs() -> None:
    now = [0.0]
    source = MuteSource(np.zeros((4, 3, 3), np.uint8))
    camera = OpenCvCamera(read_address("file:///x"), source, lambda: now[0])
    assert camera.wait(0, PATIENCE) is not None
    assert camera.health().state is State.READY
    now[0] = SILENCE + 0.1
    silent = camera.health()
    assert silent.state is State.DEGRADED
    assert silent.fault is not None
    assert silent.fault.code == "DEV-002"
    camera.close()


def test_a_dropped_network_stream_is_taken_up_again(pictures: Path) -> None:
    jpegs = [
        cv2.imencode(".jpg", cv2.imread(str(p)))[1].tobytes() for p in sorted(pictures.iterdir())
    ]
    with CameraSimulator(jpegs, 50) as simulator:
        camera = open_camera(simulator.url)
        assert camera.wait(0, PATIENCE) is not None
        simulator.set_fault("drop")
        until(camera, lambda h: h.state is State.FAILED)
        simulator.set_fault("none")
        until(camera, lambda h: h.state is State.READY)
        camera.close()


def test_the_simulator_knows_its_faults() -> None:
    with CameraSimulator([b""]) as simulator, pytest.raises(ValueError, match="tilt"):
        simulator.set_fault("tilt")
