"""`python -m kiosk enrol`: make the terminal's own Ed25519 key and print its public half."""

import argparse
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk import config

_LENGTH = 32


def run(arguments: list[str]) -> int:
    """Make the key named in the configuration, or reuse it; print `public key: <hex>`."""
    parser = argparse.ArgumentParser(prog="python -m kiosk enrol", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="terminal.toml")
    try:
        key = open_or_create(config.load(parser.parse_args(arguments).config).key_file)
    except (config.ConfigError, KeyFileError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"public key: {key.public_key().public_bytes_raw().hex()}\n")
    return 0


class KeyFileError(Exception):
    """The key file is missing or is no key; run `python -m kiosk enrol`."""

    code = "CFG-002"


def open_or_create(file: Path) -> Ed25519PrivateKey:
    """Return the key in `file`, making it (0600) when there is none; raises KeyFileError."""
    if file.exists():
        return read(file)
    key = Ed25519PrivateKey.generate()
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        sink.write(key.private_bytes_raw())
        sink.flush()
        os.fsync(sink.fileno())
    return key


def read(file: Path) -> Ed25519PrivateKey:
    """Return the key in `file` (32 raw bytes); raises KeyFileError."""
    try:
        raw = file.read_bytes()
    except OSError as cause:
        raise KeyFileError(f"{file}: {cause.strerror}; run `python -m kiosk enrol`") from cause
    if len(raw) != _LENGTH:
        raise KeyFileError(f"{file}: a key has {_LENGTH} bytes, not {len(raw)}")
    return Ed25519PrivateKey.from_private_bytes(raw)
