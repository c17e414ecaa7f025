"""Takes the clerk's voice out of what the microphone hears, before it is sent back to them."""

import threading

import numpy as np
from livekit.rtc import AudioFrame, AudioProcessingModule

from remote_clerk.media.sound import BLOCK, RATE, Samples


class WebRtcEcho:
    """WebRTC's own canceller (AEC3), with its noise suppression, by livekit's library."""

    def __init__(self, delay_ms: int) -> None:
        """`delay_ms` is the way from speaker to microphone as the sound card tells it."""
        self._module = AudioProcessingModule(
            echo_cancellation=True, noise_suppression=True, high_pass_filter=True
        )
        self._delay_ms = delay_ms
        self._lock = threading.Lock()

    def far(self, block: Samples) -> None:
        with self._lock:
            self._module.process_reverse_stream(_frame(block))

    def near(self, block: Samples) -> Samples:
        frame = _frame(block)
        with self._lock:
            self._module.set_stream_delay_ms(self._delay_ms)
            self._module.process_stream(frame)
        return np.frombuffer(bytes(frame.data.cast("b")), np.int16)


def _frame(block: Samples) -> AudioFrame:
    return AudioFrame(bytearray(block.tobytes()), RATE, 1, BLOCK)
