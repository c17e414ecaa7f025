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

    @property
    def heard(self) -> bool:
        """Whether anything can be heard at all."""
        return self._player is not None and shutil.which("espeak-ng") is not None

    def say(self, text: str, language: str) -> None:
        """Start saying a text; returns at once."""
        with self._lock:
            self._cut()
            if text and self.heard:
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
            log.warning("AUD-002 no speech: %s", type(cause).__name__)
            return None
        assert speaking.stdin is not None
        assert speaking.stdout is not None
        speaking.stdout.close()
        speaking.stdin.write(text.encode())
        speaking.stdin.close()
        return speaking, playing

    def _cut(self) -> None:
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
