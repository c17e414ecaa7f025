"""Reads one YAML file into plain data that remembers on which line everything stands."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]
_STRING = "tag:yaml.org,2002:str"
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a file: where, and what; line 0 means the file as a whole."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:" if self.line else f"{self.file}:"
        return " ".join(part for part in (where, self.field, self.message) if part)


@dataclass(slots=True)
class Tree:
    """Plain data of one file, the line of every place in it, and what is wrong with it so far."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest place around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(Fault(self.file, self.line(place), spelled(place), message))

    def mappings(self, section: str) -> list[tuple[Place, dict[str, Any]]]:
        """Return the mappings listed in a section with their places; anything else is left out."""
        return _mappings(self.data.get(section), (section,)) if isinstance(self.data, dict) else []


def _mappings(listed: Any, place: Place) -> list[tuple[Place, dict[str, Any]]]:
    items = enumerate(listed) if isinstance(listed, list) else ()
    return [((*place, at), item) for at, item in items if isinstance(item, dict)]


def spelled(place: Place) -> str:
    """Return a place as people write it: `fees[3].when.bands[0]`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


def read(file: Path) -> Tree:
    """Read a YAML file; what is wrong with it stands in the tree's faults.

    `yes`, `no` and dates stay words (YAML 1.2); tags and aliases are refused.
    """
    tree = Tree(file.name)
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, RecursionError) as cause:
        tree.fault((), f"cannot be read: {cause}")
    except yaml.MarkedYAMLError as cause:
        at = cause.problem_mark or cause.context_mark
        tree.faults.append(Fault(file.name, at.line + 1 if at else 1, "", f"{cause.problem}"))
    except yaml.YAMLError as cause:
        tree.fault((), f"cannot be read: {' '.join(str(cause).split())}")
    else:
        tree.data = None if root is None else _Walk(tree).value(root, ())
    return tree


class _Walk:
    """Turns nodes into data, each node once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        self._tree.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._tree.fault(place, "refers to another place; write it out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, at)) for at, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                name = spelled((*place, key))
                self._tree.faults.append(Fault(self._tree.file, line, name, "stands here twice"))
                continue
            self._tree.lines[(*place, key)] = line
            found[key] = self.value(value_node, (*place, key))
        return found

    def _scalar(self, node: yaml.ScalarNode, place: Place) -> Any:
        text = node.value
        if node.tag != _STRING:
            self._tree.fault(place, f"has the tag {node.tag}; tags are not allowed")
        if node.style is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _INTEGER.fullmatch(text) else text
