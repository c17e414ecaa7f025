"""Reads a printer URL: `escpos+tcp://host:9100?columns=42`."""

from urllib.parse import parse_qs

from hardware.errors import ConfigError
from hardware.urls import public, split

DEFAULT_PORT = 9100
COLUMNS = 42  # characters of font A on 80 mm paper
_LONGEST_NAME = 253  # characters of a host's name, RFC 1035, 2.3.4


def read_escpos_tcp(url: str) -> tuple[str, int, int]:
    """Return host, TCP port and columns of the paper; raises ConfigError."""
    parts = split(url)
    options = parse_qs(parts.query, keep_blank_values=True)
    columns = options.pop("columns", [str(COLUMNS)])[0]
    host = parts.hostname
    if not host or parts.username or parts.path.strip("/") or options or not _is_name(host):
        raise ConfigError(f"{public(url)} is not of the form escpos+tcp://host:{DEFAULT_PORT}")
    if not columns.isdecimal() or not 16 <= int(columns) <= 80:
        raise ConfigError(f"{public(url)}: columns must be 16 to 80")
    return host, parts.port or DEFAULT_PORT, int(columns)


def _is_name(host: str) -> bool:
    """Tell whether a resolver can be asked for this: labels of 1 to 63 characters, no blanks."""
    try:
        return " " not in host and 0 < len(host.encode("idna")) <= _LONGEST_NAME
    except UnicodeError:
        return False
