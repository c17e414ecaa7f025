"""Received sound on its way to the sound card: a short buffer that neither starves nor grows."""

import threading

import numpy as np

from remote_clerk.media.sound import RATE, Samples

TARGET = RATE * 60 // 1000  # samples to have before playing starts
LIMIT = RATE * 200 // 1000  # more than this is delay that nobody needs


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
