"""Takes device URLs apart, and shows them without what may be secret in them."""

import re
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from hardware.errors import ConfigError

_SECRETS = re.compile(r"(?<=://)[^/@?#]*@|\?.*")
_NEVER = re.compile(r"[\x00-\x1f\x7f]")


def split(url: str) -> SplitResult:
    """Take a URL apart (RFC 3986); raises ConfigError for what can be none."""
    if _NEVER.search(url):
        raise ConfigError(f"{public(url)!r} holds a control character")
    try:
        parts = urlsplit(url)
        parts.hostname, parts.port  # noqa: B018  # both are read, and refused, only when asked for
    except ValueError as reason:
        raise ConfigError(f"{public(url)}: {reason}") from reason
    return parts


def path_in(url: str) -> Path:
    """Return the absolute path of a URL without a host; raises ConfigError."""
    parts = split(url)
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("/") or _NEVER.search(path):
        raise ConfigError(f"{public(url)}: the path must be absolute, as in {parts.scheme}:///path")
    return Path(path)


def public(url: str) -> str:
    """Return the URL without name, password and options."""
    return _SECRETS.sub("", url)


def port_of(url: str) -> str:
    """Return where a URL leads, for people: host and path, or whatever stands there."""
    return public(url).rpartition("://")[2]
