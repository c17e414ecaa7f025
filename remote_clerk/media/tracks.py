"""Between plain pictures and aiortc's video tracks, in both directions."""

import fractions
from collections.abc import Callable

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from remote_clerk.media.pictures import FrameSource, Yuv, black

CLOCK_RATE = 90_000
_TIME_BASE = fractions.Fraction(1, CLOCK_RATE)
SHORTEST_GAP = 1 / 34  # seconds: 30 pictures a second with the jitter of real cameras
PATIENCE = 0.5  # without a new picture the last one goes out again, so that the link stays alive
_DARK = black(480, 640)

Clock = Callable[[], float]


class CameraTrack(MediaStreamTrack):
    """The citizen's picture: the newest the source has, at most 30 a second, black when off."""

    kind = "video"

    def __init__(self, source: FrameSource, clock: Clock) -> None:
        """`clock` is in seconds and never goes back; it stamps the pictures."""
        super().__init__()
        self.shown = True  # whether the citizen wants to be seen
        self._source = source
        self._clock = clock
        self._began = clock()
        self._sent_at = float("-inf")
        self._last = _DARK

    async def recv(self) -> VideoFrame:
        picture = await self._next()
        self._sent_at = self._clock()
        frame = VideoFrame.from_ndarray(picture.data, format="yuv420p")
        frame.pts = int((self._sent_at - self._began) * CLOCK_RATE)
        frame.time_base = _TIME_BASE
        return frame

    async def _next(self) -> Yuv:
        if self.readyState != "live":
            raise MediaStreamError
        while picture := await self._source.next(PATIENCE):
            if self._clock() - self._sent_at >= (SHORTEST_GAP if self.shown else PATIENCE):
                self._last = picture
                break
        if not self.shown:
            self._last = black(self._last.width, self._last.height)
        return self._last


async def read_video(track: MediaStreamTrack, give: Callable[[VideoFrame], None]) -> None:
    """Read a received video track until it ends, so that nothing ever queues up in aiortc."""
    while (frame := await _received(track)) is not None:
        if isinstance(frame, VideoFrame):
            give(frame)


async def read_audio(track: MediaStreamTrack, give: Callable[[AudioFrame], None]) -> None:
    """Read a received audio track until it ends."""
    while (frame := await _received(track)) is not None:
        if isinstance(frame, AudioFrame):
            give(frame)


async def _received(track: MediaStreamTrack) -> object | None:
    try:
        return await track.recv()
    except MediaStreamError:
        return None
