"""Texts of the terminal by id and language, with named placeholders."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts: language -> id -> text."""

    languages: Mapping[str, Words]

    def say(self, language: str, name: str, **values: object) -> str:
        """Return one text, placeholders filled; raises KeyError for an unknown id."""
        return self.languages[language][name].format_map(values)

    def has(self, name: str) -> bool:
        return all(name in words for words in self.languages.values())


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def faults(languages: Mapping[str, Words]) -> tuple[str, ...]:
    """Return one line per text that a language lacks or fills differently, sorted."""
    every = {name for words in languages.values() for name in words}
    missing = [
        f"{language}: {name} is missing"
        for language, words in languages.items()
        for name in every - set(words)
    ]
    uneven = [
        f"{name}: placeholders differ"
        for name in every
        if len({frozenset(placeholders(w[name])) for w in languages.values() if name in w}) > 1
    ]
    return tuple(sorted(missing + uneven))
