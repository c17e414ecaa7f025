"""Our H.264: decodable, one key frame, and a rate that follows."""

import fractions

import av
import numpy as np

from remote_clerk.media.encoder import LiveH264Encoder

WIDTH, HEIGHT = 360, 480
GRAIN = np.random.default_rng(1)
STILL = (np.indices((HEIGHT * 3 // 2, WIDTH)).sum(axis=0) % 180 + 30).astype(np.uint8)


def picture(number: int) -> av.VideoFrame:
    data = np.roll(STILL, number * 3, axis=1) + GRAIN.integers(0, 24, STILL.shape, np.uint8)
    frame = av.VideoFrame.from_ndarray(data, format="yuv420p")
    frame.pts, frame.time_base = number * 3000, fractions.Fraction(1, 90_000)
    return frame


def is_key(payloads: list[bytes]) -> bool:
    kinds = {payload[0] & 31 for payload in payloads}
    return 24 in kinds and any(
        payload[0] & 31 == 24 and payload[3] & 31 == 7 for payload in payloads
    )


def encoded(encoder: LiveH264Encoder, numbers: range) -> list[list[bytes]]:
    return [encoder.encode(picture(number))[0] for number in numbers]


def bits(frames: list[list[bytes]]) -> float:
    return sum(len(payload) for frame in frames for payload in frame) * 8 * 30 / len(frames)


def test_the_rate_goes_down_and_up_without_a_key_frame() -> None:
    encoder = LiveH264Encoder()
    encoder.target_bitrate = 2_000_000
    high = encoded(encoder, range(60))
    encoder.target_bitrate = 500_000
    low = encoded(encoder, range(60, 150))
    encoder.target_bitrate = 2_000_000
    again = encoded(encoder, range(150, 240))
    assert bits(low[30:]) < 0.5 * bits(high[30:])
    assert bits(again[60:]) > 1.8 * bits(low[30:])
    assert [is_key(frame) for frame in high + low + again].count(True) == 1


def test_a_key_frame_comes_when_it_is_asked_for() -> None:
    encoder = LiveH264Encoder()
    encoded(encoder, range(3))
    assert is_key(encoder.encode(picture(3), force_keyframe=True)[0])


def test_a_camera_that_turns_gets_a_new_stream() -> None:
    encoder = LiveH264Encoder()
    encoded(encoder, range(2))
    turned = av.VideoFrame.from_ndarray(
        np.full((WIDTH * 3 // 2, HEIGHT), 100, np.uint8), format="yuv420p"
    )
    turned.pts, turned.time_base = 9000, fractions.Fraction(1, 90_000)
    assert is_key(encoder.encode(turned)[0])
