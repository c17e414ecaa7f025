"""Pictures cross from one process to another, newest only, and can be taken away."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kiosk.media.slots import SlotReader, SlotWriter, picture_bytes


def planes(width: int, height: int, shade: int) -> list[np.ndarray]:
    return [
        np.full((height, width), shade, np.uint8),
        np.full((height // 2, width // 2), shade + 1, np.uint8),
        np.full((height // 2, width // 2), shade + 2, np.uint8),
    ]


@pytest.fixture
def writer(tmp_path: Path):
    one = SlotWriter(tmp_path / "preview", picture_bytes(64, 48))
    yield one
    one.close()


def test_a_reader_sees_nothing_before_the_first_picture(writer: SlotWriter) -> None:
    assert SlotReader(str(writer.path)).newest() is None


def test_a_reader_sees_the_newest_picture_only(writer: SlotWriter) -> None:
    reader = SlotReader(str(writer.path))
    for shade in range(10, 60, 10):
        writer.write(planes(64, 48, shade))
    picture = reader.newest()
    assert picture is not None
    assert (picture.width, picture.height, picture.sequence) == (64, 48, 5)
    assert set(picture.y) == {50}
    assert set(picture.u) == {51}
    assert set(picture.v) == {52}
    assert (len(picture.y), len(picture.u), len(picture.v)) == (64 * 48, 32 * 24, 32 * 24)


def test_two_more_pictures_leave_a_held_one_whole(writer: SlotWriter) -> None:
    reader = SlotReader(str(writer.path))
    writer.write(planes(64, 48, 10))
    held = reader.newest()
    writer.write(planes(64, 48, 20))
    writer.write(planes(64, 48, 30))
    assert held is not None
    assert set(held.y) == {10}


def test_the_size_may_change_from_picture_to_picture(writer: SlotWriter) -> None:
    reader = SlotReader(str(writer.path))
    writer.write(planes(64, 48, 10))
    writer.write(planes(32, 16, 20))
    picture = reader.newest()
    assert picture is not None
    assert (picture.width, picture.height, set(picture.v)) == (32, 16, {22})


def test_rows_with_padding_arrive_without_it(writer: SlotWriter) -> None:
    padded = [np.pad(plane, ((0, 0), (0, 7)), constant_values=255) for plane in planes(32, 16, 1)]
    cut = [plane[:, : plane.shape[1] - 7] for plane in padded]
    writer.write(cut)
    picture = SlotReader(str(writer.path)).newest()
    assert picture is not None
    assert set(picture.y) == {1}


@pytest.mark.parametrize(("width", "height"), [(66, 48), (33, 16), (32, 17)])
def test_what_does_not_fit_is_refused(writer: SlotWriter, width: int, height: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        writer.write(planes(width, height, 1))


def test_clearing_leaves_nothing_of_the_person(writer: SlotWriter) -> None:
    reader = SlotReader(str(writer.path))
    writer.write(planes(64, 48, 10))
    held = reader.newest()
    writer.clear()
    assert reader.newest() is None
    assert held is not None
    assert not any(held.y)


def test_the_block_is_private_and_goes_with_its_writer(tmp_path: Path) -> None:
    one = SlotWriter(tmp_path / "block", 600)
    assert (tmp_path / "block").stat().st_mode & 0o777 == 0o600
    one.close()
    assert not (tmp_path / "block").exists()


def test_a_new_writer_takes_a_dead_ones_place(tmp_path: Path) -> None:
    dead = SlotWriter(tmp_path / "block", 600)
    dead.write(planes(8, 8, 1))
    new = SlotWriter(tmp_path / "block", 600)
    assert SlotReader(str(new.path)).newest() is None
    new.close()


def test_a_second_process_reads_and_the_first_survives_its_end(writer: SlotWriter) -> None:
    writer.write(planes(64, 48, 77))
    code = (
        "import sys\nfrom kiosk.media.slots import SlotReader\n"
        "p = SlotReader(sys.argv[1]).newest()\nprint(p.width, p.height, p.y[0], p.u[0], p.v[0])"
    )
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(writer.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == ["64", "48", "77", "78", "79"]
    assert answer.stderr == ""
    assert SlotReader(str(writer.path)).newest() is not None
