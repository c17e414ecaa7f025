"""The bearer token: one for many requests, renewed in time, refused in words."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.runtime.token import NoTokenError, TokenSource, as_text


class Monotonic:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_one_token_serves_until_shortly_before_its_end(office, terminal_key) -> None:
    clock = Monotonic()
    tokens = TokenSource(office.url, "mitte-2", terminal_key, monotonic=clock)
    assert tokens.bearer() == tokens.bearer() == "token-0"
    clock.now = 571
    assert tokens.bearer() == "token-1"
    tokens.forget()
    assert tokens.bearer() == "token-2"


def test_a_key_that_is_not_enrolled_is_refused_in_words(office) -> None:
    tokens = TokenSource(office.url, "mitte-2", Ed25519PrivateKey.generate())
    with pytest.raises(NoTokenError, match="401"):
        tokens.bearer()


def test_no_server_is_an_oserror(nobody_there, terminal_key) -> None:
    with pytest.raises(OSError, match="Max retries"):
        TokenSource(nobody_there, "mitte-2", terminal_key).bearer()


def test_times_are_utc_in_seconds() -> None:
    assert as_text(datetime(2026, 11, 24, 10, 0, 0, 999, UTC)) == "2026-11-24T10:00:00Z"
