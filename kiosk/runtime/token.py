"""The terminal's bearer token: fetched for a signature by its own key, renewed before it ends."""

import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, ValidationError

_TIMEOUT = (3.0, 10.0)  # seconds to connect, to answer
_RENEW_BEFORE = 30.0  # seconds before its end a token is not used any more


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)

    token: str
    expires_in: int


class NoTokenError(OSError):
    """The server refused to give a token: not enrolled, wrong key, or a clock that is off."""

    code = "NET-002"


def utc_now() -> datetime:
    return datetime.now(UTC)


def as_text(moment: datetime) -> str:
    """Return a moment as UTC, ISO 8601, seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class TokenSource:
    """Gives a valid bearer token; safe to use from several threads."""

    def __init__(
        self,
        server_url: str,
        terminal_id: str,
        key: Ed25519PrivateKey,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        nonce: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self._url = f"{server_url}/api/terminals/token"
        self._terminal_id = terminal_id
        self._key = key
        self._now, self._monotonic, self._nonce = now, monotonic, nonce
        self._held: tuple[str, float] | None = None
        self._lock = threading.Lock()

    def bearer(self) -> str:
        """Return a token; raises OSError: no answer, or NoTokenError when it is refused."""
        with self._lock:
            if self._held is None or self._held[1] <= self._monotonic():
                self._held = self._fetched()
            return self._held[0]

    def forget(self) -> None:
        """Drop the token: the server did not accept it."""
        with self._lock:
            self._held = None

    def _fetched(self) -> tuple[str, float]:
        answer = requests.post(self._url, json=self._request(), timeout=_TIMEOUT)
        if answer.status_code in (401, 403, 422):
            raise NoTokenError(f"token refused with {answer.status_code}")
        answer.raise_for_status()
        try:
            given = _Answer.model_validate_json(answer.content)
        except ValidationError as cause:
            raise NoTokenError("token answer not understood") from cause
        return given.token, self._monotonic() + given.expires_in - _RENEW_BEFORE

    def _request(self) -> dict[str, str]:
        nonce, at = self._nonce(), as_text(self._now())
        signature = self._key.sign(f"amtsnah token {self._terminal_id} {nonce} {at}".encode())
        return {
            "terminal_id": self._terminal_id,
            "nonce": nonce,
            "at": at,
            "signature": signature.hex(),
        }
