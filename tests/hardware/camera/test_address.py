"""Camera URLs say what they mean, and faults in them are named."""

from pathlib import Path

import pytest

from hardware.camera.address import read_address
from hardware.errors import ConfigError


def test_a_device_is_named_by_its_stable_path() -> None:
    url = "v4l2:///dev/v4l/by-id/usb-Cam%20One-index0?width=2160&height=3840&fps=15&fourcc=MJPG"
    address = read_address(url)
    assert address.path == Path("/dev/v4l/by-id/usb-Cam One-index0")
    assert (address.width, address.height, address.fps) == (2160, 3840, 15.0)
    assert address.fourcc == "MJPG"


def test_a_film_loops_unless_told_otherwise() -> None:
    assert read_address("file:///film.mp4").loop
    assert not read_address("file:///film.mp4?loop=0").loop


def test_the_query_of_a_network_camera_belongs_to_the_camera() -> None:
    address = read_address("http://camera.local/stream.mjpg?profile=2&fps=none")
    assert address.url.endswith("?profile=2&fps=none")
    assert address.port == "http://camera.local/stream.mjpg"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("usb:///dev/video0", "v4l2"),
        ("v4l2://dev/video0", "absolute"),
        ("v4l2:///dev/video0?width=wide", "width"),
        ("v4l2:///dev/video0?height=0", "height"),
        ("v4l2:///dev/video0?fourcc=H264", "fourcc"),
        ("file:///film.mp4?fps=0", "fps"),
        ("file:///film.mp4?fps=fast", "fast"),
        ("file:///film.mp4?rotate=45", "rotate"),
        ("file:///film.mp4?speed=2", "speed"),
    ],
)
def test_a_fault_is_named(url: str, word: str) -> None:
    with pytest.raises(ConfigError, match=word):
        read_address(url)
