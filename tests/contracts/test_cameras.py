"""What every camera promises, asked of films, network cameras and real devices alike."""

import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.camera.driver import open_camera
from hardware.devices import Camera
from hardware.sim.camera import CameraSimulator
from hardware.types import DeviceKind, State
from tests.contracts.conftest import real_devices

PATIENCE = 10.0
RATE = 25.0


@pytest.fixture(params=["file", "http", "real"])
def camera(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Camera]:
    folder = numbered_pictures(tmp_path)
    if request.param == "file":
        opened = open_camera(f"file://{folder}?fps={RATE:g}")
        yield opened
        opened.close()
    elif request.param == "http":
        pictures = [path.read_bytes() for path in sorted(folder.iterdir())]
        with CameraSimulator(pictures, RATE) as simulator:
            opened = open_camera(simulator.url)
            yield opened
            opened.close()
    else:
        urls = real_devices(request.config, "v4l2", "http")
        if not urls:
            pytest.skip("needs --hardware --device v4l2:///dev/v4l/by-id/…")
        opened = open_camera(urls[0])
        yield opened
        opened.close()


def numbered_pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for grey in range(10):
        picture = np.full((120, 90, 3), grey * 20, np.uint8)
        cv2.imwrite(str(folder / f"{grey:03d}.jpg"), picture)
    return folder


def test_a_camera_becomes_ready_with_its_first_frame(camera: Camera) -> None:
    frame = camera.wait(0, PATIENCE)
    assert frame is not None
    assert frame.image.dtype == np.uint8
    assert frame.image.ndim == 3
    assert frame.image.shape[2] == 3
    assert camera.health().state is State.READY


def test_frame_numbers_grow_and_times_never_go_back(camera: Camera) -> None:
    seen = []
    number = 0
    for _ in range(5):
        frame = camera.wait(number, PATIENCE)
        assert frame is not None
        seen.append(frame)
        number = frame.number
    assert [f.number for f in seen] == sorted({f.number for f in seen})
    assert [f.captured_at for f in seen] == sorted(f.captured_at for f in seen)
    assert seen[-1].captured_at <= time.monotonic()


def test_latest_is_the_newest_frame(camera: Camera) -> None:
    first = camera.wait(0, PATIENCE)
    assert first is not None
    later = camera.wait(first.number, PATIENCE)
    newest = camera.latest()
    assert later is not None
    assert newest is not None
    assert newest.number >= later.number


def test_waiting_for_the_far_future_times_out(camera: Camera) -> None:
    assert camera.wait(10**9, 0.05) is None


def test_facts_name_kind_driver_and_port(camera: Camera) -> None:
    camera.wait(0, PATIENCE)
    facts = camera.facts()
    assert facts.kind is DeviceKind.CAMERA
    assert facts.driver == "opencv"
    assert facts.port
    assert "x" in facts.detail["size"]


def test_closing_ends_every_wait(camera: Camera) -> None:
    camera.wait(0, PATIENCE)
    started = time.monotonic()
    camera.close()
    assert camera.wait(10**9, PATIENCE) is None
    assert time.monotonic() - started < PATIENCE / 2
