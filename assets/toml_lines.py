"""Tells on which line of a TOML text a key stands, which `tomllib` does not."""

import re
from collections.abc import Iterable

Place = tuple[str, ...]

_WORD = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAME = rf"{_WORD}(?:\s*\.\s*{_WORD})*"
_TABLE = re.compile(rf"\s*\[\[?\s*({_NAME})\s*\]")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_AT = re.compile(r"\(at line (\d+), column \d+\)")


class TomlLines:
    """The lines of one TOML text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Place, int] = {}
        table: Place = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := _TABLE.match(line):
                table = _steps(header[1])
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*table, *_steps(key[1])), number)

    def of(self, place: Iterable[object]) -> int:
        """Return the line of a key, or of the nearest table around it; 1 if that is the file."""
        steps = tuple(map(str, place))
        while steps and steps not in self._lines:
            steps = steps[:-1]
        return self._lines.get(steps, 1)


def line_in(message: str) -> int:
    """Return the line that a message of `tomllib` names, else 1."""
    found = _AT.search(message)
    return int(found[1]) if found else 1


def _steps(name: str) -> Place:
    return tuple(word.strip("\"'") for word in re.findall(_WORD, name))
