"""Sound without a sound card, and a playback buffer that neither starves nor grows."""

import asyncio
import time
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remote_clerk.media.audio import open_sound
from remote_clerk.media.sound import FRAME, RATE, MicrophoneTrack, Recording, Silence, read_sound
from remote_clerk.media.soundcard import LIMIT, TARGET, Playback

VOICE = Path(__file__).parents[3] / "assets" / "demo" / "voice.ogg"


def opened(microphone: str, speaker: str):
    async def run():
        return open_sound(microphone, speaker, time.monotonic, asyncio.get_running_loop())

    return asyncio.run(run())


def test_a_machine_told_to_be_silent_is_silent_without_complaint() -> None:
    assert opened("none:", "none:").missing == ()


def test_a_device_that_is_not_there_is_named_and_replaced_by_silence() -> None:
    sound = opened("no such microphone", "no such speaker")
    assert [text.split(":")[0] for text in sound.missing] == ["no microphone", "no speaker"]
    assert isinstance(sound.microphone, Silence)


def test_a_file_that_is_no_sound_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(b"no sound")
    sound = opened((tmp_path / "x.wav").as_uri(), "none:")
    assert sound.missing == ("no microphone: x.wav cannot be read as sound",)


def test_a_recording_is_read_at_our_rate() -> None:
    samples = read_sound(VOICE)
    assert 5 * RATE < samples.size < 12 * RATE
    assert np.abs(samples).max() > 3000


def test_a_recording_sounds_and_a_muted_microphone_does_not() -> None:
    async def run() -> tuple[int, int]:
        track = MicrophoneTrack(Recording(VOICE, time.monotonic))
        loud = max([int(np.abs((await track.recv()).to_ndarray()).max()) for _ in range(20)])
        track.heard = False
        return loud, int(np.abs((await track.recv()).to_ndarray()).max())

    loud, muted = asyncio.run(run())
    assert loud > 100
    assert muted == 0


def test_silence_comes_in_real_time() -> None:
    async def run() -> float:
        silence, began = Silence(time.monotonic), time.monotonic()
        for _ in range(10):
            assert (await silence.read()).size == FRAME
        return time.monotonic() - began

    assert asyncio.run(run()) >= 0.19


def test_a_speaker_file_holds_what_was_played(tmp_path: Path) -> None:
    sound = opened("none:", (tmp_path / "out.wav").as_uri())
    sound.speaker.play(np.arange(FRAME, dtype=np.int16))
    sound.close()
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (RATE, 1, FRAME)


def ramp(count: int) -> np.ndarray:
    return np.arange(1, count + 1, dtype=np.int16)


def test_playback_waits_for_its_target_before_it_starts() -> None:
    playback = Playback()
    playback.put(ramp(TARGET - 1))
    assert not playback.take(480).any()
    playback.put(ramp(1))
    assert list(playback.take(3)) == [1, 2, 3]


def test_playback_that_ran_dry_gathers_again() -> None:
    playback = Playback()
    playback.put(ramp(TARGET))
    playback.take(TARGET)
    assert not playback.take(480).any()
    playback.put(ramp(480))
    assert not playback.take(480).any()


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 2000)), max_size=200))
def test_playback_never_holds_more_than_its_limit(steps: list[tuple[bool, int]]) -> None:
    playback = Playback()
    for put, count in steps:
        if put:
            playback.put(ramp(count))
        else:
            assert playback.take(count).size == count
    held = 0
    while playback.take(480).any():
        held += 480
    assert held <= LIMIT


@pytest.mark.parametrize("text", ["none:", ""])
def test_opening_and_closing_is_clean(text: str) -> None:
    opened(text, text).close()
