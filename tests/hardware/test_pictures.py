"""Whatever a file is, it is a picture or a sentence; nothing hangs, grows or runs."""

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from hardware.pictures import PictureFileError, Trouble, decode, eight_bits, read_bytes
from tests.hardware.conftest import RIGHT

MOST = 60_000_000


def trouble_of(path: Path) -> Trouble:
    with pytest.raises(PictureFileError) as refused:
        decode(read_bytes(path), MOST)
    assert refused.value.cause
    return refused.value.trouble


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size its data do not have."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


FILES = {
    "empty.jpg": (b"", Trouble.NO_PICTURE),
    "text.jpg": (b"hello", Trouble.NO_PICTURE),
    "bomb.png": (png(60_000, 60_000), Trouble.TOO_LARGE),
    "warned.png": (png(10_000, 10_000), Trouble.TOO_LARGE),
    "large.png": (png(9_000, 9_000), Trouble.TOO_LARGE),
    "liar.png": (png(3_000, 3_000), Trouble.DAMAGED),
    "program.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", Trouble.NO_PICTURE),
    "half.png": (RIGHT.read_bytes()[: RIGHT.stat().st_size // 2], Trouble.DAMAGED),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_gives_no_picture_says_why(name: str, tmp_path: Path) -> None:
    data, trouble = FILES[name]
    (tmp_path / name).write_bytes(data)
    assert trouble_of(tmp_path / name) is trouble


def test_a_file_of_many_bytes_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "big.jpg").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert trouble_of(tmp_path / "big.jpg") is Trouble.TOO_LARGE


def test_what_is_no_plain_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop.jpg").symlink_to("loop.jpg")
    for path in (tmp_path / "pipe.jpg", Path("/dev/zero"), tmp_path, tmp_path / "loop.jpg"):
        assert trouble_of(path) is Trouble.NO_PICTURE
    assert trouble_of(Path("a\0b")) is Trouble.NO_PICTURE


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bits_are_brought_to_eight(suffix: str, tmp_path: Path) -> None:
    grey = np.arange(256, dtype=np.uint16).reshape(16, 16)
    Pillow.fromarray(grey * 257).save(tmp_path / f"deep.{suffix}")
    found = eight_bits(decode((tmp_path / f"deep.{suffix}").read_bytes(), MOST))
    assert np.array_equal(np.asarray(found), grey)


@given(st.integers(0, RIGHT.stat().st_size - 1), st.integers(1, 255))
def test_a_flipped_byte_is_a_picture_or_a_sentence(place: int, change: int) -> None:
    data = bytearray(RIGHT.read_bytes())
    data[place] ^= change
    try:
        decode(bytes(data), MOST)
    except PictureFileError as refused:
        assert isinstance(refused.trouble, Trouble)  # noqa: PT017  either outcome is right
