"""Relay credentials are short-lived and as coturn computes them; nothing public is ever asked."""

import base64
import hashlib
import hmac

import pytest

from remote_clerk.ice import Relays, ice_servers

OURS = Relays(("turn:relay.example:3478?transport=udp", "turns:relay.example:443"), "s3cret")


def test_without_relays_nobody_is_asked() -> None:
    assert ice_servers(Relays(), "terminal-1", 1000.0) == ()


def test_a_credential_expires_after_an_hour_and_carries_its_user() -> None:
    (server,) = ice_servers(OURS, "terminal-1", 1000.9)
    assert server.username == "4600:terminal-1"
    assert server.urls == OURS.urls


def test_the_credential_is_coturns() -> None:
    (server,) = ice_servers(OURS, "terminal-1", 1000.0)
    expected = hmac.digest(b"s3cret", b"4600:terminal-1", hashlib.sha1)
    assert base64.b64decode(server.credential) == expected


@pytest.mark.parametrize("url", ["stun:stun.example:19302", "https://relay.example", ""])
def test_only_relays_can_be_configured(url: str) -> None:
    with pytest.raises(ValueError, match="not a TURN URL"):
        Relays((url,), "s3cret")


def test_a_relay_needs_its_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        Relays(OURS.urls, "")
