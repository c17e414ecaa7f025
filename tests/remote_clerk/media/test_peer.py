"""Two real WebRTC ends in one process: the terminal's peer and a plain aiortc browser stand-in."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from aiortc import (
    AudioStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from remote_clerk.media.peer import Peer
from remote_clerk.media.pictures import Newest, Yuv, black
from remote_clerk.media.sound import MicrophoneTrack, Silence
from remote_clerk.media.tracks import CameraTrack
from remote_clerk.messages import Candidate

PATIENCE = 10


class Browser:
    """Answers like a desk would; keeps what it receives."""

    def __init__(self, codecs: tuple[str, ...] = ()) -> None:
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.pictures: list[tuple[int, int, int]] = []
        self.saw, self.heard = asyncio.Event(), asyncio.Event()
        self.readers: list[asyncio.Task[None]] = []
        self.pc.on(
            "track", lambda track: self.readers.append(asyncio.create_task(self.read(track)))
        )

    async def read(self, track: MediaStreamTrack) -> None:
        try:
            while True:
                frame = await track.recv()
                if track.kind == "audio":
                    self.heard.set()
                    continue
                middle = int(frame.to_ndarray()[frame.height // 2, frame.width // 2])
                self.pictures.append((frame.width, frame.height, middle))
                self.saw.set()
        except MediaStreamError:
            return

    async def answer(self, sdp: str) -> str:
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        self.pc.addTrack(VideoStreamTrack())
        self.pc.addTrack(AudioStreamTrack())
        await self.pc.setLocalDescription(await self.pc.createAnswer())
        return self.pc.localDescription.sdp

    async def close(self) -> None:
        await self.pc.close()
        await asyncio.gather(*self.readers)


@dataclass
class Meeting:
    """One call between the two ends."""

    peer: Peer
    camera: CameraTrack
    browser: Browser
    source: Newest
    saw: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    sizes: list[tuple[int, int]] = field(default_factory=list)

    async def feed(self, picture: Yuv) -> None:
        while True:
            self.source.put(picture)
            await asyncio.sleep(1 / 30)


def meet(play: Callable[[Meeting], Awaitable[None]]) -> None:
    async def run() -> None:
        source = Newest(asyncio.get_running_loop())
        camera = CameraTrack(source, time.monotonic)
        microphone = MicrophoneTrack(Silence(time.monotonic))
        saw, heard, sizes = asyncio.Event(), asyncio.Event(), []

        def see(frame) -> None:
            sizes.append((frame.width, frame.height))
            saw.set()

        peer = Peer((), (camera, microphone), see, lambda frame: heard.set(), time.monotonic)
        meeting = Meeting(peer, camera, Browser(), source, saw, heard, sizes)
        feeding = asyncio.create_task(meeting.feed(grey(360, 480, 200)))
        try:
            async with asyncio.timeout(PATIENCE):
                await play(meeting)
        finally:
            feeding.cancel()
            await peer.close()
            await meeting.browser.close()

    asyncio.run(run())


def grey(width: int, height: int, shade: int) -> Yuv:
    data = black(width, height).data
    data[:height] = shade
    return Yuv(data)


async def connected(m: Meeting) -> None:
    await m.peer.answer(await m.browser.answer(await m.peer.offer()))
    await m.peer.connected.wait()


def test_a_close_whose_caller_is_cancelled_is_still_done() -> None:
    async def play(m: Meeting) -> None:
        await connected(m)
        await m.saw.wait()
        given_up = asyncio.create_task(m.peer.close())
        await asyncio.sleep(0)  # it has begun
        given_up.cancel()
        await m.peer.close()
        assert m.peer.failed.is_set()

    meet(play)


def test_both_sides_see_and_hear_each_other() -> None:
    async def play(m: Meeting) -> None:
        await connected(m)
        await m.saw.wait()
        await m.heard.wait()
        await m.browser.saw.wait()
        await m.browser.heard.wait()
        assert m.sizes[0] == (640, 480)
        width, height, middle = m.browser.pictures[0]
        assert (width, height) == (360, 480)
        assert abs(middle - 200) < 6
        assert m.peer.silent_seconds() < 1
        assert await m.peer.loss() == 0.0

    meet(play)


def test_a_camera_that_is_switched_off_shows_black() -> None:
    async def play(m: Meeting) -> None:
        await connected(m)
        await m.browser.saw.wait()
        m.camera.shown = False
        while m.browser.pictures[-1][2] > 30:
            m.browser.saw.clear()
            await m.browser.saw.wait()

    meet(play)


def test_the_offer_prefers_h264_then_vp8_and_carries_its_candidates() -> None:
    async def play(m: Meeting) -> None:
        sdp = await m.peer.offer()
        video = sdp[sdp.index("m=video") : sdp.index("m=audio")]
        numbers = video.split("\r\n")[0].split()[3:]
        names = [
            next(line for line in video.splitlines() if line.startswith(f"a=rtpmap:{number} "))
            for number in numbers
        ]
        order = [name.split()[1] for name in names]
        assert order.index("H264/90000") == 0
        assert order.index("VP8/90000") > order.index("H264/90000")
        assert "a=candidate:" in video
        assert sdp.index("m=video") < sdp.index("m=audio")
        assert "stun" not in sdp

    meet(play)


def test_candidates_may_trickle_in_after_an_answer_without_any() -> None:
    async def play(m: Meeting) -> None:
        lines = (await m.browser.answer(await m.peer.offer())).splitlines()
        found = [line.removeprefix("a=") for line in lines if line.startswith("a=candidate")]
        bare = [line for line in lines if not line.startswith(("a=candidate", "a=end-of"))]
        async with asyncio.TaskGroup() as together:
            together.create_task(m.peer.answer("\r\n".join(bare) + "\r\n"))
            for candidate in [*found, None]:
                message = Candidate(call="0" * 32, session=1, candidate=candidate, mid="0")
                together.create_task(m.peer.add(message))
        await m.saw.wait()

    meet(play)


def test_a_candidate_that_is_none_is_refused() -> None:
    async def play(m: Meeting) -> None:
        await connected(m)
        wrong = Candidate(call="0" * 32, session=1, candidate="candidate:nonsense", mid="0")
        with pytest.raises(ValueError, match="candidate"):
            await m.peer.add(wrong)

    meet(play)


@pytest.mark.parametrize("sdp", ["nonsense", "", "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 97\r\n"])
def test_an_answer_that_is_none_is_refused(sdp: str) -> None:
    async def play(m: Meeting) -> None:
        await m.peer.offer()
        with pytest.raises(ValueError, match="answer"):
            await m.peer.answer(sdp)

    meet(play)


def test_silence_is_noticed_when_the_other_end_goes() -> None:
    async def play(m: Meeting) -> None:
        await connected(m)
        await m.heard.wait()
        await m.browser.pc.close()
        await m.peer.failed.wait()

    meet(play)


def test_ten_calls_leave_no_task_behind() -> None:
    async def one() -> None:
        source = Newest(asyncio.get_running_loop())
        peer = Peer(
            (),
            (CameraTrack(source, time.monotonic),),
            lambda f: None,
            lambda f: None,
            time.monotonic,
        )
        await peer.offer()
        await peer.close()

    async def run() -> None:
        for _ in range(10):
            await one()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


def test_pictures_are_black_before_the_first_one_comes() -> None:
    async def run() -> np.ndarray:
        track = CameraTrack(Newest(asyncio.get_running_loop()), time.monotonic)
        return (await track.recv()).to_ndarray()[:480]

    assert set(asyncio.run(run()).flat) == {16}
