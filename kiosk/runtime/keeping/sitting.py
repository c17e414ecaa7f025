"""One sitting of a citizen: its ids, and its state kept encrypted under a key that lives in memory.

The key lies in a memory-backed folder, the ciphertext beside the outbox: a crashed program goes on
where it was, a pulled plug leaves nothing readable.
"""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY = "session.key"
_NONCE = 12
_MEMORY = ("tmpfs", "ramfs")


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who this visit is to the outbox; the numbers are drawn before anything is known."""

    capture_id: str
    pickup_number: str = field(repr=False)
    key: bytes = field(repr=False)  # AES-256, of this sitting only


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a crashed program left: the sitting, the journal's text, the photos to choose from."""

    sitting: Sitting
    text: str
    pictures: tuple[bytes, ...] = field(repr=False)


class SittingStore:
    """Writes, reads and forgets the state of the running sitting."""

    def __init__(self, memory_dir: Path, journal_file: Path) -> None:
        """`memory_dir` is made (0700) when it is not there; raises OSError."""
        memory_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        memory_dir.chmod(0o700)
        self._memory = memory_dir
        self._journal = journal_file

    def save(self, sitting: Sitting, text: str) -> None:
        """Replace the journal; a crash in between leaves the former one whole."""
        key_file = self._memory / _KEY
        if not key_file.exists() or key_file.read_bytes() != sitting.key:
            _replace(key_file, sitting.key)
        whole = {"capture_id": sitting.capture_id, "pickup": sitting.pickup_number, "text": text}
        _replace(self._journal, _locked(sitting.key, json.dumps(whole).encode(), b"journal"))

    def keep_pictures(self, sitting: Sitting, pictures: tuple[bytes, ...]) -> None:
        """Keep the photos to choose from, encrypted and only in memory."""
        for at, jpeg in enumerate(pictures):
            _replace(self._picture(at), _locked(sitting.key, jpeg, b"picture %d" % at))
        self._drop_pictures(len(pictures))

    def forget(self) -> None:
        """Delete key, journal and pictures; the key first, so that the rest is noise at once."""
        (self._memory / _KEY).unlink(missing_ok=True)
        self._journal.unlink(missing_ok=True)
        self._drop_pictures(0)

    def leave(self) -> None:
        """Take the folder away as well, unless a visit is still kept there."""
        with contextlib.suppress(OSError):
            self._memory.rmdir()

    def resume(self) -> Resumed | None:
        """Return what the last program left, or None; what cannot be read is forgotten."""
        try:
            key = (self._memory / _KEY).read_bytes()
            whole = json.loads(_opened(key, self._journal.read_bytes(), b"journal"))
            sitting = Sitting(whole["capture_id"], whole["pickup"], key)
            return Resumed(sitting, whole["text"], self._pictures(key))
        except (OSError, InvalidTag, ValueError, KeyError):
            self.forget()
            return None

    def _pictures(self, key: bytes) -> tuple[bytes, ...]:
        found: list[bytes] = []
        while self._picture(len(found)).exists():
            at = len(found)
            found.append(_opened(key, self._picture(at).read_bytes(), b"picture %d" % at))
        return tuple(found)

    def _picture(self, at: int) -> Path:
        return self._memory / f"picture-{at}.sealed"

    def _drop_pictures(self, first: int) -> None:
        at = first
        while self._picture(at).exists():
            self._picture(at).unlink()
            at += 1


def new_sitting(draw_pickup: Callable[[], str], random: Callable[[int], bytes]) -> Sitting:
    """Draw the numbers and the key of a sitting; `random(n)` gives n secret bytes."""
    return Sitting(random(16).hex(), draw_pickup(), random(32))


def is_memory_backed(folder: Path) -> bool:
    """Tell whether a folder lives in memory and is gone with the power (Linux, /proc/mounts)."""
    real = folder.resolve()
    best, kind = -1, ""
    for line in Path("/proc/mounts").read_text().splitlines():
        _, point, found, *_ = line.split(" ")
        if real.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), found
    return kind in _MEMORY


def _locked(key: bytes, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def _opened(key: bytes, data: bytes, place: bytes) -> bytes:
    return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], place)


def _replace(file: Path, data: bytes) -> None:
    """Write beside, then rename; no fsync: after a power cut nobody could read it anyway."""
    beside = file.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sink:
        sink.write(data)
    beside.replace(file)
