"""H.264 for live pictures: x264 superfast, and a rate that changes without a key frame.

aiortc 1.16 encodes with x264's medium preset and starts a new encoder (with a key frame) at each
tenth of change in rate. Our subclass takes its place where the sender looks encoders up.
"""

import fractions
from collections.abc import Iterator
from typing import Any

import aiortc.rtcrtpsender
from aiortc import RTCRtpCodecParameters
from aiortc.codecs import get_encoder
from aiortc.codecs.base import Encoder
from aiortc.codecs.h264 import H264Encoder
from av import CodecContext, VideoFrame
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

START_RATE = 800_000  # bit/s
TOP_RATE = 2_500_000  # the rate can be lowered and raised again, but never above this
FRAME_RATE = 30


class LiveH264Encoder(H264Encoder):
    """aiortc's packetizing around an encoder made for calls."""

    def __init__(self) -> None:
        super().__init__()
        self.target_bitrate = START_RATE

    def _encode_frame(self, frame: VideoFrame, force_keyframe: bool) -> Iterator[bytes]:
        frame.pict_type = PictureType.I if force_keyframe else PictureType.NONE
        codec = self._codec_for(frame)
        codec.bit_rate = min(self.target_bitrate, TOP_RATE)
        data = b"".join(bytes(packet) for packet in codec.encode(frame))
        return self._split_bitstream(data)

    def _codec_for(self, frame: VideoFrame) -> VideoCodecContext:
        size = (frame.width, frame.height)
        if self.codec is None or (self.codec.width, self.codec.height) != size:
            self.codec = _opened(*size)
        return self.codec


def _opened(width: int, height: int) -> VideoCodecContext:
    codec: VideoCodecContext = CodecContext.create("libx264", "w")
    codec.width, codec.height = width, height
    codec.pix_fmt = "yuv420p"
    codec.framerate = fractions.Fraction(FRAME_RATE, 1)
    codec.time_base = fractions.Fraction(1, FRAME_RATE)
    codec.bit_rate = TOP_RATE
    codec.thread_count = 1
    # x264 follows later changes of rate only when it begins as constant rate: maxrate = bit rate.
    codec.options = {
        "preset": "superfast",
        "tune": "zerolatency",
        "level": "31",
        "maxrate": str(TOP_RATE),
        "bufsize": str(TOP_RATE // 5),
        "g": "3000",
    }
    codec.profile = "Baseline"
    codec.open()
    return codec


def use_live_encoder() -> None:
    """Make aiortc's senders use this encoder for H.264; doing it twice is harmless."""
    lookup: Any = aiortc.rtcrtpsender
    lookup.get_encoder = _encoder_for


def _encoder_for(codec: RTCRtpCodecParameters) -> Encoder:
    live = codec.mimeType.lower() == "video/h264"
    return LiveH264Encoder() if live else get_encoder(codec)
