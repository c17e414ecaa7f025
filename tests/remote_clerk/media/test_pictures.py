"""I420 arrays: planes, sizes, and the place where only the newest picture waits."""

import asyncio
import threading

import av
import numpy as np
import pytest

from remote_clerk.media.pictures import Newest, Yuv, black, planes_of, planes_of_frame


def test_planes_are_views_of_the_picture() -> None:
    picture = black(32, 16)
    y, u, v = planes_of(picture)
    assert (y.shape, u.shape, v.shape) == ((16, 32), (8, 16), (8, 16))
    u[:] = 7
    assert (picture.data == 7).sum() == u.size


@pytest.mark.parametrize(
    ("width", "height", "format", "expected"),
    [
        (640, 480, "yuv420p", (640, 480)),
        (642, 482, "yuv420p", (640, 480)),
        (1920, 1080, "yuv420p", (1280, 720)),
        (1080, 1920, "yuv420p", (720, 1280)),
        (320, 180, "rgb24", (320, 176)),
        (4096, 2160, "yuv420p", (1280, 672)),
    ],
)
def test_received_frames_fit_the_slots(
    width: int, height: int, format: str, expected: tuple[int, int]
) -> None:
    y, u, v = planes_of_frame(av.VideoFrame(width, height, format))
    assert (y.shape[1], y.shape[0]) == expected
    assert u.shape == v.shape == (expected[1] // 2, expected[0] // 2)


def test_planes_of_a_frame_are_its_pixels() -> None:
    data = np.random.default_rng(1).integers(0, 255, (72, 48), np.uint8)
    frame = av.VideoFrame.from_ndarray(data, format="yuv420p")
    for ours, theirs in zip(planes_of(Yuv(data)), planes_of_frame(frame), strict=True):
        assert np.array_equal(ours, theirs)


def test_only_the_newest_picture_waits() -> None:
    async def run() -> None:
        newest = Newest(asyncio.get_running_loop())
        thread = threading.Thread(
            target=lambda: [newest.put(black(8, height)) for height in (8, 16, 24)]
        )
        thread.start()
        thread.join()
        picture = await newest.next(1)
        assert picture is not None
        assert picture.height == 24
        assert await newest.next(0.01) is None

    asyncio.run(run())
