"""Reads a scanner URL: `zfm:///dev/serial/by-id/usb-…-if00-port0?baud=115200`."""

from urllib.parse import parse_qs

from hardware.errors import ConfigError
from hardware.fingerprint.packets import BAUDS
from hardware.urls import path_in, public, split

FASTEST_BAUD = 115200


def read_zfm(url: str) -> tuple[str, int]:
    """Return the port's path and the speed wanted on the line; raises ConfigError."""
    parts = split(url)
    options = parse_qs(parts.query, keep_blank_values=True)
    words = options.pop("baud", [str(FASTEST_BAUD)])
    if parts.netloc or len(parts.path) < 2 or not parts.path.startswith("/") or options:
        shape = f"zfm:///dev/ttyUSB0?baud={FASTEST_BAUD}"
        raise ConfigError(f"{public(url)} is not of the form {shape}")
    if not words[0].isdecimal() or int(words[0]) not in BAUDS:
        raise ConfigError(f"{public(url)}: baud must be one of {', '.join(map(str, BAUDS))}")
    return str(path_in(url)), int(words[0])
