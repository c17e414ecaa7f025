"""Reads the texts: one folder per language under `assets/i18n`, TOML tables become dotted ids."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import assets
from kiosk.core.texts import Texts

DIRECTORY = assets.path("i18n")


def load(directory: Path = DIRECTORY) -> Texts:
    """Return all texts; German comes first, since it is the office's own language."""
    folders = sorted(one for one in directory.iterdir() if one.is_dir())
    return Texts({folder.name: _words(folder) for folder in folders})


def _words(folder: Path) -> dict[str, str]:
    words: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        words.update(_flat(tomllib.loads(file.read_text(encoding="utf-8")), ""))
    return words


def _flat(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
