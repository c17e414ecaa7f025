"""Speech output: espeak-ng speaks, the machine's player plays; else there are captions only."""

import logging
import shutil
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path

log = logging.getLogger(__name__)
_VOICES = {"de": "de", "en": "en-gb"}
_WORDS_PER_MINUTE = "150"  # slower than espeak's own 175: heard standing, in a hall
_NO_CARDS = "--- no soundcards ---"


class Speech:
    """Says one text at a time; a new one or a touch cuts the one before."""

    def __init__(self, player: Sequence[str] | None) -> None:
        """`player` reads WAV on its standard input; None means this machine has no sound."""
        self._player = player
        self._lock = threading.Lock()
        self._running: tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]] | None = None
        self._failed = False

    @property
    def possible(self) -> bool:
        """Whether this machine has all that speech needs."""
        return self._player is not None and shutil.which("espeak-ng") is not None

    @property
    def heard(self) -> bool:
        """Whether what is said is heard: speech is possible, and the last sentence did not fail."""
        with self._lock:
            self._look()
            return self.possible and not self._failed

    def say(self, text: str, language: str) -> None:
        """Start saying a text; returns at once."""
        with self._lock:
            self._cut()
            if text and self.possible:
                self._running = self._started(text, language)

    def stop(self) -> None:
        with self._lock:
            self._cut()

    def _started(
        self, text: str, language: str
    ) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]] | None:
        """The text goes by standard input: arguments can be read by every user of the machine."""
        assert self._player is not None
        voice = ["espeak-ng", "-v", _VOICES.get(language, language), "-s", _WORDS_PER_MINUTE]
        pipe, silent = subprocess.PIPE, subprocess.DEVNULL
        try:
            speaking = subprocess.Popen(
                [*voice, "--stdin", "--stdout"], stdin=pipe, stdout=pipe, stderr=silent
            )
            playing = subprocess.Popen(
                self._player, stdin=speaking.stdout, stdout=silent, stderr=silent
            )
        except OSError as cause:
            self._fails(type(cause).__name__)
            return None
        assert speaking.stdin is not None
        assert speaking.stdout is not None
        speaking.stdout.close()
        speaking.stdin.write(text.encode())
        speaking.stdin.close()
        return speaking, playing

    def _look(self) -> None:
        """Notice whether the last sentence came out; one that is being said proves nothing."""
        if self._running is None:
            return
        codes = [process.poll() for process in self._running]
        if any(codes):
            self._fails(f"ended with {codes}")
        elif None not in codes:
            self._failed = False

    def _fails(self, cause: str) -> None:
        if not self._failed:
            log.warning("AUD-002 no speech: %s", cause)
        self._failed = True

    def _cut(self) -> None:
        self._look()
        for process in self._running or ():
            process.kill()
            process.wait()
        self._running = None


def find_player(speaker: str) -> list[str] | None:
    """Return the command that plays WAV here: PulseAudio or PipeWire, else ALSA, else none."""
    if shutil.which("paplay") and Path("/run/user").exists() and not _no_cards():
        return ["paplay", *([f"--device={speaker}"] if speaker else [])]
    if shutil.which("aplay") and not _no_cards():
        return ["aplay", "-q", *(["-D", speaker] if speaker else [])]
    return None


def _no_cards() -> bool:
    cards = Path("/proc/asound/cards")
    return not cards.exists() or _NO_CARDS in cards.read_text()
