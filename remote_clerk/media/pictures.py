"""I420 pictures as plain arrays, and the place where only the newest one waits."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Planes = tuple[Bytes, Bytes, Bytes]
LONGEST_SIDE = 1280


@dataclass(frozen=True, slots=True)
class Yuv:
    """One I420 picture: `data` is uint8 of shape (height * 3 / 2, width), both sides even."""

    data: Bytes

    @property
    def width(self) -> int:
        return int(self.data.shape[1])

    @property
    def height(self) -> int:
        return int(self.data.shape[0]) * 2 // 3


class FrameSource(Protocol):
    """Where a call's pictures come from; the same camera that the photo check looks through."""

    async def next(self, timeout: float) -> Yuv | None:
        """Wait for a picture newer than the last one returned; None after `timeout` seconds."""


class Newest:
    """A FrameSource that any thread may fill; what was not fetched in time is forgotten."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._arrived = asyncio.Event()
        self._picture: Yuv | None = None

    def put(self, picture: Yuv) -> None:
        """Give a picture from any thread; never waits."""
        self._picture = picture
        self._loop.call_soon_threadsafe(self._arrived.set)

    async def next(self, timeout: float) -> Yuv | None:
        try:
            async with asyncio.timeout(timeout):
                await self._arrived.wait()
        except TimeoutError:
            return None
        self._arrived.clear()
        return self._picture


def black(width: int, height: int) -> Yuv:
    """Return a black picture, for a camera that is off."""
    data = np.full((height * 3 // 2, width), 128, np.uint8)
    data[:height] = 16
    return Yuv(data)


def planes_of(picture: Yuv) -> Planes:
    """Return Y, U and V as views into the picture."""
    width, height = picture.width, picture.height
    flat = picture.data.reshape(-1)
    luma, half = width * height, (height // 2, width // 2)
    u, v = flat[luma : luma * 5 // 4], flat[luma * 5 // 4 :]
    return picture.data[:height], u.reshape(half), v.reshape(half)


def planes_of_frame(frame: VideoFrame) -> Planes:
    """Return Y, U and V of a received frame, at most 1280 long, sides cut to multiples of eight.

    Multiples of eight keep rows of all planes on four-byte borders, as textures want them.
    """
    scale = min(1.0, LONGEST_SIDE / max(frame.width, frame.height))
    if frame.format.name != "yuv420p" or scale < 1.0:
        width, height = (int(side * scale) // 2 * 2 for side in (frame.width, frame.height))
        frame = frame.reformat(width, height, "yuv420p")
    width, height = frame.width // 8 * 8, frame.height // 8 * 8
    sizes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    y, u, v = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:rows, :columns]
        for plane, (rows, columns) in zip(frame.planes, sizes, strict=True)
    )
    return y, u, v
