"""A terminal needs no library of the server, and the server none of a terminal."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"assets", "demo", "hardware", "kiosk", "remote_clerk", "server"}
CODE = {
    "kiosk": ("kiosk/**/*.py", "hardware/**/*.py", "remote_clerk/**/*.py", "server/contract/*.py"),
    "server": ("server/**/*.py", "remote_clerk/*.py"),
}
"""Lock file -> what runs where only its libraries are; the server never carries media."""
FOREIGN = {
    "kiosk": {"fastapi", "uvicorn", "alembic", "argon2-cffi", "jinja2", "typst", "playwright"},
    "server": {
        "kivy",
        "mediapipe",
        "opencv-python-headless",
        "aiortc",
        "av",
        "livekit",
        "pyserial",
    },
}


def locked(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text()
    return set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def needed(name: str) -> set[str]:
    """Return what the code imports that is neither ours nor Python's."""
    files = {file for pattern in CODE[name] for file in ROOT.glob(pattern)}
    return {word for file in files for word in imported(file)} - OURS - set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", CODE)
def test_every_library_that_is_imported_is_in_the_lean_lock(name: str) -> None:
    known, lock = packages_distributions(), locked(name)
    brought = {
        word: {re.sub(r"[-_.]+", "-", each).lower() for each in known.get(word, [])}
        for word in needed(name)
    }
    assert {word for word, packages in brought.items() if not packages & lock} == set()


@pytest.mark.parametrize("name", CODE)
def test_the_lean_lock_brings_nothing_of_the_other_side(name: str) -> None:
    assert locked(name) & FOREIGN[name] == set()


@pytest.mark.parametrize("name", CODE)
def test_the_lean_locks_pin_what_is_tested(name: str) -> None:
    pins = [
        set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{lock}.lock").read_text(), re.M))
        for lock in (name, "dev")
    ]
    assert pins[0] <= pins[1]
