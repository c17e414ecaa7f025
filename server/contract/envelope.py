"""The sealed envelope of one capture: signed header, then sealed parts, each bound to its place.

Layout: `AMTE` | version 1 B | header length 4 B big-endian | header (canonical JSON) |
Ed25519 signature 64 B over everything before it | parts, in the header's order.
"""

import hashlib
import json
import struct
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, ValidationError

from server.contract.wire import Wire

MAGIC = b"AMTE\x01"
MAX_BYTES = 10 * 1024 * 1024
_LENGTH = struct.Struct(">I")
_SIGNATURE = 64


class PartKind(StrEnum):
    """What one sealed part holds; each kind occurs at most once."""

    RECORD = "record"  # CaptureRecord as JSON
    PHOTO = "photo"  # JPEG 1244x1600, highest quality
    PHOTO_REPORT = "photo_report"  # criteria as JSON
    FINGER_RIGHT = "finger_right"  # WSQ
    FINGER_LEFT = "finger_left"  # WSQ
    FINGER_REPORT = "finger_report"  # criteria as JSON
    SIGNATURE = "signature"  # PNG, strokes drawn black on white


class PartEntry(Wire):
    """One part as the header lists it."""

    kind: PartKind = Field(strict=False)
    length: Annotated[int, Field(ge=1, le=MAX_BYTES)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Header(Wire):
    """What the server may know without opening anything."""

    capture_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    terminal_id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    office_key_id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    created_at: str  # UTC, ISO 8601, seconds
    parts: tuple[PartEntry, ...] = Field(strict=False)


@dataclass(frozen=True, slots=True)
class SealedPart:
    """One part, already sealed."""

    kind: PartKind
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A parsed envelope whose lengths and hashes agree with its header."""

    header: Header
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    parts: tuple[SealedPart, ...]

    def signed_by(self, key: Ed25519PublicKey) -> bool:
        try:
            key.verify(self.signature, self.signed)
        except InvalidSignature:
            return False
        return True


class EnvelopeError(Exception):
    """Bytes that are no envelope; `code` is ENV-001 … ENV-005."""

    def __init__(self, code: str, cause: str) -> None:
        super().__init__(cause)
        self.code = code
        self.cause = cause


def context(capture_id: str, kind: PartKind) -> bytes:
    """Return the HPKE context of one part, so that no part can be moved to another capture."""
    return f"amtsnah capture {capture_id} {kind.value}".encode()


def key_id(public_raw: bytes) -> str:
    """Return the short id of an office key: first 16 hex digits of its SHA-256."""
    return hashlib.sha256(public_raw).hexdigest()[:16]


def entry(part: SealedPart) -> PartEntry:
    digest = hashlib.sha256(part.sealed).hexdigest()
    return PartEntry(kind=part.kind, length=len(part.sealed), sha256=digest)


def pack(header: Header, parts: tuple[SealedPart, ...], key: Ed25519PrivateKey) -> bytes:
    """Sign the header and join it with its parts (in the header's order)."""
    text = json.dumps(header.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    signed = MAGIC + _LENGTH.pack(len(text.encode())) + text.encode()
    return signed + key.sign(signed) + b"".join(part.sealed for part in parts)


def unpack(data: bytes) -> Envelope:
    """Parse and check lengths and hashes (not the signature); raises EnvelopeError."""
    start = len(MAGIC) + _LENGTH.size
    if len(data) > MAX_BYTES:
        raise EnvelopeError("ENV-001", f"larger than {MAX_BYTES} bytes")
    if len(data) < start or not data.startswith(MAGIC):
        raise EnvelopeError("ENV-002", "not an envelope of version 1")
    (length,) = _LENGTH.unpack_from(data, len(MAGIC))
    end = start + length
    if len(data) < end + _SIGNATURE:
        raise EnvelopeError("ENV-003", "truncated header")
    header = _header(data[start:end])
    return Envelope(
        header, data[:end], data[end : end + _SIGNATURE], _parts(header, data[end + _SIGNATURE :])
    )


def _header(text: bytes) -> Header:
    try:
        header = Header.model_validate_json(text)
    except ValidationError as cause:
        where = ".".join(str(step) for step in cause.errors()[0]["loc"])
        raise EnvelopeError("ENV-004", f"header field {where or '(whole)'} is wrong") from cause
    kinds = [part.kind for part in header.parts]
    if len(set(kinds)) != len(kinds):
        raise EnvelopeError("ENV-004", "a part is listed twice")
    return header


def _parts(header: Header, body: bytes) -> tuple[SealedPart, ...]:
    if sum(part.length for part in header.parts) != len(body):
        raise EnvelopeError("ENV-003", "truncated, or longer than its header says")
    parts, at = [], 0
    for listed in header.parts:
        sealed = body[at : at + listed.length]
        if hashlib.sha256(sealed).hexdigest() != listed.sha256:
            raise EnvelopeError("ENV-005", f"part {listed.kind.value} was changed on the way")
        parts.append(SealedPart(listed.kind, sealed))
        at += listed.length
    return tuple(parts)
