"""Microphone and speaker of a real sound card, by PortAudio."""

import asyncio
import threading
from typing import Any

import numpy as np

from remote_clerk.media.sound import BLOCK, FRAME, RATE, EchoCanceller, NoSoundDeviceError, Samples

TARGET = RATE * 60 // 1000  # samples to have before playing starts
LIMIT = RATE * 200 // 1000  # more than this is delay that nobody needs
_QUEUE_BLOCKS = 20  # 200 ms; a call that cannot keep up loses old sound, not new


class Playback:
    """Filled by the call, emptied by the sound card's thread.

    The card's clock and the sender's differ a little: a buffer that has run empty plays silence
    until it holds 60 ms again, one that has grown over 200 ms is cut to 60 ms.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Samples = np.zeros(0, np.int16)
        self._playing = False

    def put(self, samples: Samples) -> None:
        """Append samples; never waits for the card."""
        with self._lock:
            waiting = np.concatenate((self._waiting, samples))
            self._waiting = waiting if waiting.size <= LIMIT else waiting[-TARGET:]

    def take(self, count: int) -> Samples:
        """Return exactly `count` samples, silence where there are none."""
        with self._lock:
            self._playing = self._waiting.size >= (count if self._playing else TARGET)
            if not self._playing:
                return np.zeros(count, np.int16)
            head, self._waiting = self._waiting[:count], self._waiting[count:]
            return head


def _portaudio() -> Any:
    try:
        import sounddevice
    except OSError as cause:
        raise NoSoundDeviceError(str(cause)) from cause
    return sounddevice


class CardSpeaker:
    """Plays through a card; what it plays is told to the echo canceller."""

    def __init__(self, name: str, echo: EchoCanceller | None = None) -> None:
        """Open the device (empty name: the system's choice). Raises NoSoundDeviceError."""
        self.echo = echo
        self._playback = Playback()
        self._stream = _opened("RawOutputStream", name, self._wanted)

    def play(self, samples: Samples) -> None:
        self._playback.put(samples)

    def close(self) -> None:
        self._stream.close()

    @property
    def latency_ms(self) -> int:
        return int(self._stream.latency * 1000)

    def _wanted(self, out: Any, frames: int, time: object, status: object) -> None:
        block = self._playback.take(frames)
        if self.echo and frames == BLOCK:
            self.echo.far(block)
        out[:] = block.tobytes()


class CardMicrophone:
    """Listens to a card, without the speaker's echo when there is a canceller."""

    def __init__(
        self, name: str, loop: asyncio.AbstractEventLoop, echo: EchoCanceller | None = None
    ) -> None:
        """Open the device (empty name: the system's choice). Raises NoSoundDeviceError."""
        self.echo = echo
        self._loop = loop
        self._blocks: asyncio.Queue[Samples] = asyncio.Queue()
        self._stream = _opened("RawInputStream", name, self._came)

    async def read(self) -> Samples:
        return np.concatenate([await self._blocks.get() for _ in range(FRAME // BLOCK)])

    def close(self) -> None:
        self._stream.close()

    @property
    def latency_ms(self) -> int:
        return int(self._stream.latency * 1000)

    def _came(self, heard: Any, frames: int, time: object, status: object) -> None:
        block = np.frombuffer(bytes(heard), np.int16)
        if self.echo and frames == BLOCK:
            block = self.echo.near(block)
        self._loop.call_soon_threadsafe(self._keep, block)

    def _keep(self, block: Samples) -> None:
        if self._blocks.qsize() >= _QUEUE_BLOCKS:
            self._blocks.get_nowait()
        self._blocks.put_nowait(block)


def cancel_echo(microphone: CardMicrophone, speaker: CardSpeaker) -> None:
    """Put one echo canceller between the two, told how long the way between them is."""
    from remote_clerk.media.echo import WebRtcEcho  # a large library: only where there is echo

    microphone.echo = speaker.echo = WebRtcEcho(microphone.latency_ms + speaker.latency_ms)


def _opened(kind: str, name: str, callback: Any) -> Any:
    sounddevice = _portaudio()
    device = int(name) if name.isdigit() else name or None
    try:
        stream = getattr(sounddevice, kind)(
            samplerate=RATE,
            blocksize=BLOCK,
            device=device,
            channels=1,
            dtype="int16",
            latency="low",
            callback=callback,
        )
        stream.start()
    except (sounddevice.PortAudioError, ValueError) as cause:
        raise NoSoundDeviceError(str(cause)) from cause
    return stream
