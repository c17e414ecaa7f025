"""A film plays like a camera: at its own rate, held at its end, steered by words."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.camera.address import read_address
from hardware.camera.player import Player
from hardware.errors import GarbledError, NotConnectedError, UnpluggedError
from hardware.sim.control import tell
from hardware.types import Image


class Clock:
    """Runs a whole second with every look, so that no picture is waited for."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def grey_of(image: Image) -> int:
    return round(float(image.mean()))


def play(folder: Path, options: str) -> Player:
    player = Player(read_address(f"file://{folder}?{options}"), Clock())
    player.open()
    return player


@pytest.fixture
def steered(pictures: Path, tmp_path: Path) -> Iterator[tuple[Player, Path]]:
    control = tmp_path / "camera.sock"
    player = play(pictures, f"loop=0&control={control}")
    yield player, control
    player.close()
    player.wake()


def test_a_loop_begins_again(pictures: Path) -> None:
    player = play(pictures, "loop=1")
    assert [grey_of(player.read()) for _ in range(6)] == [10, 20, 30, 40, 10, 20]


def test_without_loop_the_last_picture_stays(pictures: Path) -> None:
    player = play(pictures, "loop=0")
    assert [grey_of(player.read()) for _ in range(6)] == [10, 20, 30, 40, 40, 40]


def test_opening_again_starts_from_the_beginning(pictures: Path) -> None:
    player = play(pictures, "loop=0")
    player.read()
    player.close()
    player.open()
    assert grey_of(player.read()) == 10


def test_pictures_come_at_their_rate(pictures: Path) -> None:
    player = Player(read_address(f"file://{pictures}?fps=20"))
    player.open()
    player.read()
    started = player._clock()
    for _ in range(4):
        player.read()
    assert 0.15 <= player._clock() - started < 0.6


def test_a_video_file_plays(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (48, 64))
    for grey in (50, 100, 150):
        film.write(np.full((64, 48, 3), grey, np.uint8))
    film.release()
    player = play(path, "loop=1")
    greys = [grey_of(player.read()) for _ in range(4)]
    assert greys == pytest.approx([50, 100, 150, 50], abs=3)
    player.close()


def test_hold_and_play_and_rewind(steered: tuple[Player, Path]) -> None:
    player, control = steered
    assert grey_of(player.read()) == 10
    assert tell(control, "hold") == "ok"
    assert [grey_of(player.read()) for _ in range(3)] == [10, 10, 10]
    assert tell(control, "play") == "ok"
    assert [grey_of(player.read()) for _ in range(2)] == [20, 30]
    assert tell(control, "rewind") == "ok"
    assert grey_of(player.read()) == 10


def test_another_visitor_is_loaded(steered: tuple[Player, Path], tmp_path: Path) -> None:
    player, control = steered
    other = tmp_path / "other"
    other.mkdir()
    cv2.imwrite(str(other / "0.png"), np.full((64, 48, 3), 200, np.uint8))
    assert tell(control, f"load {other}") == "ok"
    assert grey_of(player.read()) == 200
    assert tell(control, "load /nowhere").startswith("error")


def test_a_pulled_cable_ends_reading_until_it_is_back(steered: tuple[Player, Path]) -> None:
    player, control = steered
    player.read()
    assert tell(control, "unplug") == "ok"
    with pytest.raises(UnpluggedError):
        player.read()
    player.close()
    with pytest.raises(NotConnectedError):
        player.open()
    assert tell(control, "plug") == "ok"
    player.open()
    assert grey_of(player.read()) == 10


def test_what_is_no_film_is_told_apart_from_what_is_missing(tmp_path: Path) -> None:
    text = tmp_path / "film.mp4"
    text.write_text("not a film")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotConnectedError):
        play(tmp_path / "missing.mp4", "")
    with pytest.raises(GarbledError):
        play(text, "")
    with pytest.raises(GarbledError):
        play(tmp_path / "empty", "")
