"""Sealing to the office: HPKE (RFC 9180), ML-KEM-768 + X25519, HKDF-SHA256, AES-256-GCM."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_MLKEM_PUBLIC = 1184
_MLKEM_SEED = 64
_X25519 = 32


class NotOpenedError(Exception):
    """A sealed part does not open: other key, other context, or changed bytes."""


class OfficePublicKey:
    """The key a terminal seals to; can lock, never unlock."""

    def __init__(self, raw: bytes) -> None:
        """Take 1216 raw bytes: ML-KEM-768 public key, then X25519; raises ValueError."""
        if len(raw) != _MLKEM_PUBLIC + _X25519:
            raise ValueError(f"an office key has {_MLKEM_PUBLIC + _X25519} bytes, not {len(raw)}")
        self.raw = raw
        self._key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]),
        )

    def seal(self, plaintext: bytes, context: bytes) -> bytes:
        """Seal to this key; `context` binds the bytes to their place (RFC 9180 `info`)."""
        return SUITE.encrypt(plaintext, self._key, info=context)


class OfficePrivateKey:
    """The office's own key; opens what terminals sealed."""

    def __init__(self, raw: bytes) -> None:
        """Take 96 raw bytes: ML-KEM-768 seed, then X25519; raises ValueError."""
        if len(raw) != _MLKEM_SEED + _X25519:
            raise ValueError(f"an office key has {_MLKEM_SEED + _X25519} bytes, not {len(raw)}")
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM_SEED])
        self._x25519 = X25519PrivateKey.from_private_bytes(raw[_MLKEM_SEED:])
        self._key = MLKEM768X25519PrivateKey(self._mlkem, self._x25519)

    @classmethod
    def generate(cls) -> "OfficePrivateKey":
        mlkem = MLKEM768PrivateKey.generate().private_bytes_raw()
        return cls(mlkem + X25519PrivateKey.generate().private_bytes_raw())

    def raw(self) -> bytes:
        return self._mlkem.private_bytes_raw() + self._x25519.private_bytes_raw()

    def public(self) -> OfficePublicKey:
        return OfficePublicKey(
            self._mlkem.public_key().public_bytes_raw()
            + self._x25519.public_key().public_bytes_raw()
        )

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Open what was sealed with the same context; raises NotOpenedError."""
        try:
            return SUITE.decrypt(sealed, self._key, info=context)
        except (InvalidTag, ValueError) as cause:
            raise NotOpenedError("sealed part does not open") from cause
