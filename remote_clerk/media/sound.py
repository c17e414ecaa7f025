"""What a microphone and a speaker are to a call, and the ones that need no sound card."""

import asyncio
import fractions
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, AudioResampler
from numpy.typing import NDArray

RATE = 48_000  # samples a second, mono, signed 16 bit everywhere
BLOCK = RATE // 100  # 10 ms: what echo cancelling works on
FRAME = 2 * BLOCK  # 20 ms: what Opus works on

Samples = NDArray[np.int16]
Clock = Callable[[], float]


class Microphone(Protocol):
    """A source of sound in real time."""

    async def read(self) -> Samples:
        """Wait for and return the next 20 ms (960 samples)."""

    def close(self) -> None: ...


class Speaker(Protocol):
    """A sink of sound."""

    def play(self, samples: Samples) -> None:
        """Take samples of any length; never waits."""

    def close(self) -> None: ...


class EchoCanceller(Protocol):
    """Works on blocks of 10 ms (480 samples); `far` and `near` may come from two threads."""

    def far(self, block: Samples) -> None:
        """Tell what the speaker plays now."""

    def near(self, block: Samples) -> Samples:
        """Return what the microphone heard, without the speaker's part."""


class NoSoundDeviceError(OSError):
    """The machine has no such sound device, no PortAudio library, or the file is no sound."""


class Silence:
    """A microphone for machines without one: 20 ms of silence each 20 ms."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._due = clock()

    async def read(self) -> Samples:
        self._due = max(self._due + FRAME / RATE, self._clock() - 1.0)  # no rush after a pause
        await asyncio.sleep(self._due - self._clock())
        return np.zeros(FRAME, np.int16)

    def close(self) -> None:
        """Nothing to give back."""


class Recording:
    """A sound file played for ever in real time, for demonstrations and tests."""

    def __init__(self, file: Path, clock: Clock) -> None:
        """Read the whole file. Raises NoSoundDeviceError when it cannot be read as sound."""
        sound = read_sound(file)
        self._frames = [sound[at : at + FRAME] for at in range(0, len(sound) - FRAME, FRAME)]
        self._pace = Silence(clock)
        self._at = 0

    async def read(self) -> Samples:
        silence = await self._pace.read()
        if not self._frames:
            return silence
        self._at = (self._at + 1) % len(self._frames)
        return self._frames[self._at]

    def close(self) -> None:
        """Nothing to give back."""


class NoSpeaker:
    """A speaker for machines without one."""

    def play(self, samples: Samples) -> None:
        """Drop the samples."""

    def close(self) -> None:
        """Nothing to give back."""


class ToFile:
    """A speaker that writes a WAV file, for tests."""

    def __init__(self, file: Path) -> None:
        self._wave = wave.open(str(file), "wb")  # noqa: SIM115  closed in close()
        self._wave.setparams((1, 2, RATE, 0, "NONE", ""))

    def play(self, samples: Samples) -> None:
        self._wave.writeframes(samples.astype("<i2").tobytes())

    def close(self) -> None:
        self._wave.close()


class MicrophoneTrack(MediaStreamTrack):
    """The citizen's voice as aiortc sends it; silence while muted."""

    kind = "audio"

    def __init__(self, microphone: Microphone) -> None:
        super().__init__()
        self.heard = True  # whether the citizen wants to be heard
        self._microphone = microphone
        self._sent = 0

    async def recv(self) -> AudioFrame:
        if self.readyState != "live":
            raise MediaStreamError
        samples = await self._microphone.read()
        if not self.heard:
            samples = np.zeros_like(samples)
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, self._sent
        frame.time_base = fractions.Fraction(1, RATE)
        self._sent += samples.size
        return frame


class Unpacker:
    """Turns received frames of any rate and layout into our samples."""

    def __init__(self) -> None:
        self._resampler = AudioResampler(format="s16", layout="mono", rate=RATE)

    def samples(self, frame: AudioFrame) -> Samples:
        parts = [part.to_ndarray().reshape(-1) for part in self._resampler.resample(frame)]
        return np.concatenate(parts).astype(np.int16) if parts else np.zeros(0, np.int16)


def read_sound(file: Path) -> Samples:
    """Return a whole sound file as our samples. Raises NoSoundDeviceError when it is none."""
    unpacker = Unpacker()
    try:
        with av.open(str(file)) as container:
            return np.concatenate([unpacker.samples(f) for f in container.decode(audio=0)])
    except (av.FFmpegError, IndexError) as cause:
        raise NoSoundDeviceError(f"{file.name} cannot be read as sound") from cause
