"""One WebRTC end at the terminal: always the offerer, one peer connection per session."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCIceCandidate,
    RTCIceServer,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCSessionDescription,
)
from aiortc.exceptions import InvalidStateError
from aiortc.sdp import candidate_from_sdp
from av import AudioFrame, VideoFrame

from remote_clerk.media.encoder import use_live_encoder
from remote_clerk.media.tracks import read_audio, read_video
from remote_clerk.messages import Candidate, IceServer

Clock = Callable[[], float]
VIDEO_ORDER = ("video/h264", "video/vp8")
# What aiortc's parser raises on text that is no SDP, and its states on SDP that does not fit.
_UNREADABLE = (AssertionError, ValueError, LookupError, TypeError, InvalidStateError)


class Peer:
    """A call's media with one browser; thrown away and made anew when the link is lost.

    aiortc has no rollback (so this end must offer), no ICE restart (so a lost link needs a new
    peer connection) and never reports silence (so `silent_seconds` counts what really arrives).
    """

    def __init__(
        self,
        relays: Sequence[IceServer],
        tracks: Iterable[MediaStreamTrack],
        see: Callable[[VideoFrame], None],
        hear: Callable[[AudioFrame], None],
        clock: Clock,
    ) -> None:
        """`tracks` are sent; `see` and `hear` get every received frame and must not block."""
        use_live_encoder()
        self.connected = asyncio.Event()
        self.failed = asyncio.Event()
        self._see, self._hear, self._clock = see, hear, clock
        self._heard_at = clock()
        self._counted = (0, 0)
        self._turn = asyncio.Lock()
        self._readers: set[asyncio.Task[None]] = set()
        self._closing: asyncio.Task[None] | None = None
        servers = [_server(relay) for relay in relays]
        self._pc = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._pc.on("track", self._on_track)
        self._pc.on("connectionstatechange", self._on_state)
        for track in tracks:
            self._send(track)

    async def offer(self) -> str:
        """Gather candidates and return the offer's SDP with all of them."""
        await self._pc.setLocalDescription(await self._pc.createOffer())
        return str(self._pc.localDescription.sdp)

    async def answer(self, sdp: str) -> None:
        """Take the browser's answer, once. Raises ValueError when it is none."""
        async with self._turn:
            if self._pc.signalingState != "have-local-offer":
                return
            try:
                await self._pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
            except _UNREADABLE as cause:
                raise ValueError(f"no answer: {type(cause).__name__} {cause}") from cause

    async def add(self, message: Candidate) -> None:
        """Take one trickled candidate or the end of them. Raises ValueError when it is neither."""
        async with self._turn:  # after the answer, which comes first but takes longer
            try:
                await self._pc.addIceCandidate(_candidate(message))
            except _UNREADABLE as cause:
                raise ValueError(f"no candidate: {type(cause).__name__} {cause}") from cause

    def silent_seconds(self) -> float:
        """Return how long nothing has been received; counts from the start before the first."""
        return self._clock() - self._heard_at

    async def loss(self) -> float:
        """Return the share of video packets lost since the last question, 0..1."""
        lost = received = 0
        for stats in (await self._pc.getStats()).values():
            if stats.type == "inbound-rtp" and stats.kind == "video":
                lost, received = lost + stats.packetsLost, received + stats.packetsReceived
        before, self._counted = self._counted, (lost, received)
        missed, got = max(0, lost - before[0]), max(0, received - before[1])
        return missed / (missed + got) if missed else 0.0

    async def close(self) -> None:
        """End the connection and all its tasks; begun once, it goes on when a caller is cancelled.

        aiortc would keep a half-closed connection for ever: a second `close` waits for the first.
        """
        self._closing = self._closing or asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        await self._pc.close()
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)

    def _send(self, track: MediaStreamTrack) -> None:
        transceiver = self._pc.addTransceiver(track, "sendrecv")
        if track.kind == "video":
            known = RTCRtpReceiver.getCapabilities("video")
            codecs = known.codecs if known else []
            wanted = [c for mime in VIDEO_ORDER for c in codecs if c.mimeType.lower() == mime]
            repeats = [c for c in codecs if c.mimeType.lower() == "video/rtx"]
            transceiver.setCodecPreferences(wanted + repeats)

    def _on_track(self, track: MediaStreamTrack) -> None:
        if track.kind == "video":
            reading = read_video(track, self._saw)
        else:
            reading = read_audio(track, self._heard)
        task = asyncio.create_task(reading)
        self._readers.add(task)

    def _on_state(self) -> None:
        if self._pc.connectionState == "connected":
            self._heard_at = self._clock()
            self.connected.set()
        elif self._pc.connectionState in ("failed", "closed"):
            self.failed.set()

    def _saw(self, frame: VideoFrame) -> None:
        self._heard_at = self._clock()
        self._see(frame)

    def _heard(self, frame: AudioFrame) -> None:
        self._heard_at = self._clock()
        self._hear(frame)


def _candidate(message: Candidate) -> RTCIceCandidate | None:
    if not message.candidate:
        return None
    candidate = candidate_from_sdp(message.candidate.removeprefix("candidate:"))
    candidate.sdpMid, candidate.sdpMLineIndex = message.mid, message.line
    return candidate


def _server(relay: IceServer) -> RTCIceServer:
    return RTCIceServer(urls=list(relay.urls), username=relay.username, credential=relay.credential)
