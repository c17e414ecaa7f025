"""The camera is open only while somebody looks, comes back by itself, and fits every picture."""

import queue
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import NotConnectedError
from hardware.types import Frame, Health, State
from kiosk.media.camera import CameraOwner, Look, as_yuv, fitted

PATIENCE = 5
LINGER = 0.3


class Lookers:
    """Everybody who may look, with what they got."""

    def __init__(self, film: Callable[[], Any]) -> None:
        self.film, self.films = film, []
        self.absent = 0
        self.got = {look: queue.Queue() for look in Look}
        self.health: queue.Queue[Health] = queue.Queue()
        self.owner = CameraOwner(
            self.open,
            self.got[Look.PREVIEW].put,
            self.got[Look.CALL].put,
            self.got[Look.PHOTO].put,
            self.health.put,
            linger_seconds=LINGER,
        )

    def open(self) -> Any:
        if self.absent:
            self.absent -= 1
            raise NotConnectedError("no camera there")
        self.films.append(self.film())
        return self.films[-1]


@pytest.fixture
def lookers(film: Callable[[], Any]) -> Iterator[Lookers]:
    one = Lookers(film)
    yield one
    one.owner.end()
    assert all(film.closed.is_set() for film in one.films)


@pytest.fixture
def open_lookers(lookers: Lookers) -> Lookers:
    """After the first try of the camera."""
    lookers.owner.start()
    assert lookers.health.get(timeout=PATIENCE).state is State.READY
    return lookers


def test_each_look_gets_its_pictures_and_nobody_else_does(open_lookers: Lookers) -> None:
    open_lookers.owner.look(Look.PHOTO, True)
    frame = open_lookers.got[Look.PHOTO].get(timeout=PATIENCE)
    assert frame.image.shape == (480, 360, 3)
    assert open_lookers.got[Look.PREVIEW].empty()
    assert open_lookers.got[Look.CALL].empty()


def test_preview_and_call_share_one_conversion_when_their_sizes_agree(
    open_lookers: Lookers,
) -> None:
    open_lookers.owner.look(Look.PREVIEW, True)
    open_lookers.owner.look(Look.CALL, True)
    shown = [open_lookers.got[Look.PREVIEW].get(timeout=PATIENCE) for _ in range(5)]
    sent = [open_lookers.got[Look.CALL].get(timeout=PATIENCE) for _ in range(3)]
    assert {id(picture) for picture in sent} & {id(picture) for picture in shown}


def test_the_first_try_gives_pictures_to_nobody_and_closes_the_device(
    open_lookers: Lookers,
) -> None:
    assert open_lookers.films[0].closed.wait(PATIENCE)
    assert all(pictures.empty() for pictures in open_lookers.got.values())


def test_the_device_is_closed_soon_after_the_last_look_and_opened_again(
    open_lookers: Lookers,
) -> None:
    open_lookers.owner.look(Look.PREVIEW, True)
    open_lookers.got[Look.PREVIEW].get(timeout=PATIENCE)
    open_lookers.owner.look(Look.PREVIEW, False)
    assert open_lookers.films[0].closed.wait(PATIENCE)
    open_lookers.owner.look(Look.PREVIEW, True)
    assert open_lookers.health.get(timeout=PATIENCE).state is State.READY


def test_a_camera_that_is_not_there_is_told_and_taken_when_it_comes(lookers: Lookers) -> None:
    lookers.absent = 1
    lookers.owner.start()
    missing = lookers.health.get(timeout=PATIENCE)
    assert missing.fault is not None
    assert (missing.state, missing.fault.code) == (State.FAILED, "DEV-001")
    assert lookers.health.get(timeout=PATIENCE).state is State.READY


def test_a_camera_unplugged_is_told_once_and_watched_until_it_is_back(
    open_lookers: Lookers,
) -> None:
    open_lookers.owner.look(Look.PREVIEW, True)
    open_lookers.got[Look.PREVIEW].get(timeout=PATIENCE)
    open_lookers.films[0].fault = NotConnectedError("unplugged").fault
    assert open_lookers.health.get(timeout=PATIENCE).state is State.FAILED
    open_lookers.owner.look(Look.PREVIEW, False)
    assert not open_lookers.films[0].closed.wait(3 * LINGER)
    open_lookers.films[0].fault = None
    assert open_lookers.health.get(timeout=PATIENCE).state is State.READY
    assert open_lookers.films[0].closed.wait(PATIENCE)
    assert open_lookers.health.empty()


@given(st.integers(16, 4000), st.integers(16, 4000))
def test_every_size_fits_keeps_its_shape_and_is_whole_eights(width: int, height: int) -> None:
    wide, high = fitted(width, height, 720, 960)
    assert wide <= 720
    assert high <= 960
    assert wide % 8 == high % 8 == 0
    if min(wide, high) >= 64:
        assert wide / high == pytest.approx(width / height, rel=0.15)


def test_colours_survive() -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    image[:] = (0, 0, 255)  # red in BGR
    picture = as_yuv(Frame(image, 0.0, 0), 32, 32)
    assert (picture.width, picture.height) == (32, 32)
    flat = picture.data.reshape(-1)
    assert abs(int(flat[0]) - 81) < 3  # ITU-R BT.601, video range
    assert abs(int(flat[32 * 32]) - 90) < 3
    assert abs(int(flat[32 * 32 * 5 // 4]) - 240) < 3
