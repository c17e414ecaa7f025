"""Opens the terminal's sound for one call by its configured names, honestly silent without any."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from remote_clerk.media.sound import (
    Clock,
    Microphone,
    NoSpeaker,
    Recording,
    Silence,
    Speaker,
    ToFile,
)
from remote_clerk.media.soundcard import CardMicrophone, CardSpeaker, cancel_echo

NONE = "none:"


@dataclass(frozen=True, slots=True)
class Sound:
    """An open microphone and speaker, and what is missing, one sentence each."""

    microphone: Microphone
    speaker: Speaker
    missing: tuple[str, ...] = ()

    def close(self) -> None:
        """Give both devices back."""
        self.microphone.close()
        self.speaker.close()


def open_sound(
    microphone: str, speaker: str, clock: Clock, loop: asyncio.AbstractEventLoop
) -> Sound:
    """Open both devices; may take some 100 ms, so call it in a thread.

    A name is empty (the system's choice), a device name or number as PortAudio lists it,
    `file:///sound.wav`, or `none:`. A device that is not there is replaced by silence and named in
    `missing`. With two real devices the echo between them is cancelled.
    """
    missing: list[str] = []
    ears: Microphone = Silence(clock)
    voice: Speaker = NoSpeaker()
    try:
        ears = _microphone(microphone, clock, loop) or ears
    except OSError as cause:
        missing.append(f"no microphone: {cause}")
    try:
        voice = _speaker(speaker) or voice
    except OSError as cause:
        missing.append(f"no speaker: {cause}")
    if isinstance(ears, CardMicrophone) and isinstance(voice, CardSpeaker):
        cancel_echo(ears, voice)
    return Sound(ears, voice, tuple(missing))


def _microphone(name: str, clock: Clock, loop: asyncio.AbstractEventLoop) -> Microphone | None:
    if name == NONE:
        return None
    return Recording(_path(name), clock) if _is_file(name) else CardMicrophone(name, loop)


def _speaker(name: str) -> Speaker | None:
    if name == NONE:
        return None
    return ToFile(_path(name)) if _is_file(name) else CardSpeaker(name)


def _is_file(name: str) -> bool:
    return name.startswith("file:")


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path))
