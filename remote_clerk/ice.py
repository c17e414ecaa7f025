"""Which relays a call may use, with passwords that are good for an hour (pure).

Nothing is preset: without configured relays the list is empty and media flow between the two ends
only. A public STUN server is never asked; it would learn who calls whom, and TURN finds the same.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from remote_clerk.messages import IceServer

LIFETIME_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Relays:
    """Our own coturn: its `turn:` / `turns:` URLs and its `static-auth-secret`."""

    urls: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        wrong = [url for url in self.urls if not url.startswith(("turn:", "turns:"))]
        if wrong:
            raise ValueError(f"not a TURN URL: {', '.join(wrong)}")
        if self.urls and not self.secret:
            raise ValueError("TURN URLs need the relay's secret")


def ice_servers(relays: Relays, who: str, now: float) -> tuple[IceServer, ...]:
    """Return the relays with a credential for `who` (a pseudonym), `now` in Unix seconds.

    The scheme is coturn's `use-auth-secret` (draft-uberti-behave-turn-rest-00): user name is
    expiry:who, password is base64(HMAC-SHA1(secret, user name)).
    """
    if not relays.urls:
        return ()
    username = f"{int(now) + LIFETIME_SECONDS}:{who}"
    mac = hmac.new(relays.secret.encode(), username.encode(), hashlib.sha1)
    credential = base64.b64encode(mac.digest()).decode()
    return (IceServer(urls=relays.urls, username=username, credential=credential),)
