"""The clerk does not hear themselves: the canceller on a made-up room."""

from pathlib import Path

import numpy as np
import pytest

from remote_clerk.media.echo import WebRtcEcho
from remote_clerk.media.sound import BLOCK, RATE, Samples, read_sound

VOICE = Path(__file__).parents[3] / "assets" / "demo" / "voice.ogg"
ROOM_SECONDS = 0.25
DELAY = RATE * 40 // 1000


def echo_of(far: Samples) -> Samples:
    """Return what the microphone hears of `far`: 40 ms later, 6 dB down, with the room's tail."""
    random = np.random.default_rng(7)
    tail = np.arange(int(ROOM_SECONDS * RATE))
    room = random.normal(size=tail.size) * np.exp(-tail / (RATE * 0.03)) * 0.05
    room[0] = 1.0
    size = far.size + tail.size
    wet = np.fft.irfft(np.fft.rfft(far, size) * np.fft.rfft(room, size), size)[: far.size]
    late = np.concatenate((np.zeros(DELAY), wet))[: far.size] * 0.5
    return np.clip(late, -32768, 32767).astype(np.int16)


def level(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-3))


@pytest.fixture(scope="module")
def far() -> Samples:
    voice = read_sound(VOICE)
    return voice[: voice.size // BLOCK * BLOCK]


def test_the_speakers_voice_is_30_db_down_after_the_first_second(far: Samples) -> None:
    echo, canceller, cleaned = echo_of(far), WebRtcEcho(delay_ms=40), []
    for at in range(0, far.size, BLOCK):
        canceller.far(far[at : at + BLOCK])
        cleaned.append(canceller.near(echo[at : at + BLOCK]))
    after = slice(RATE, None)
    erle = level(echo[after]) - level(np.concatenate(cleaned)[after])
    assert erle >= 30, f"{erle:.1f} dB"


def test_a_voice_in_the_room_passes_when_the_speaker_is_silent(far: Samples) -> None:
    canceller, cleaned = WebRtcEcho(delay_ms=40), []
    for at in range(0, far.size, BLOCK):
        canceller.far(np.zeros(BLOCK, np.int16))
        cleaned.append(canceller.near(far[at : at + BLOCK]))
    loss = level(far[RATE:]) - level(np.concatenate(cleaned)[RATE:])
    assert abs(loss) < 3
