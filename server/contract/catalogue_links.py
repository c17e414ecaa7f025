"""Checks what no single row of a service can see: doubles, overlaps and references."""

from collections.abc import Container, Iterator
from datetime import date
from typing import Any

from server.contract.catalogue import YES_NO
from server.contract.catalogue_tree import Place, Tree, spelled

_SECTIONS = ("fields", "documents", "checks")
_CONDITIONAL = ("fields", "documents", "fees", "checks")
_FOREVER = date.max


def check(tree: Tree) -> None:
    """Add every fault between the rows of one service to the tree; malformed rows are left out."""
    for section in _SECTIONS:
        _no_doubles(tree, [(place, row.get("id")) for place, row in tree.mappings(section)])
    for place, row in tree.mappings("fields"):
        _options(tree, place, row)
    _no_overlaps(tree)
    _references(tree)


def _no_doubles(tree: Tree, ids: list[tuple[Place, Any]], key: str = "id") -> None:
    first: dict[str, Place] = {}
    for place, value in ids:
        if not isinstance(value, str):
            continue
        if value in first:
            tree.fault((*place, key), f"{value!r} is already {spelled(first[value])}")
        first.setdefault(value, place)


def _options(tree: Tree, place: Place, row: dict[str, Any]) -> None:
    options = row.get("options")
    if isinstance(options, list):
        values = [
            ((*place, "options", at), option.get("value"))
            for at, option in enumerate(options)
            if isinstance(option, dict)
        ]
        _no_doubles(tree, values, "value")
    default, allowed = row.get("default"), _answers(row)
    if isinstance(default, str) and allowed is not None and default not in allowed:
        tree.fault((*place, "default"), f"{default!r} is no answer of this field")


def _answers(row: dict[str, Any]) -> set[str] | None:
    """Return the answers a field may have; None where they cannot be listed."""
    if row.get("type") == "yes_no":
        return set(YES_NO)
    options = row.get("options")
    if row.get("type") != "choice" or not isinstance(options, list):
        return None
    return {option["value"] for option in options if isinstance(option, dict) and _named(option)}


def _named(option: dict[str, Any]) -> bool:
    return isinstance(option.get("value"), str)


def _no_overlaps(tree: Tree) -> None:
    spans: dict[str, list[tuple[date, date, Place]]] = {}
    for place, row in tree.mappings("fees"):
        first, last = _day(row.get("valid_from")), _day(row.get("valid_to")) or _FOREVER
        if first is not None and isinstance(row.get("code"), str):
            spans.setdefault(row["code"], []).append((first, last, place))
    for code, dated in spans.items():
        _, latest, holder = min(dated)
        for start, end, place in sorted(dated)[1:]:
            if start <= latest:
                said = f"{code} is already valid on {start} by {spelled(holder)}"
                tree.fault((*place, "valid_from"), said)
            if end > latest:
                latest, holder = end, place


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _references(tree: Tree) -> None:
    codes = {code for code, row in _by(tree, "fees", "code") if not row.get("multiplies")}
    for place, row in tree.mappings("fees"):
        for at, code in _listed(row.get("multiplies")):
            if code not in codes:
                tree.fault((*place, "multiplies", at), f"{code!r} is no fee with an amount here")
    answers = {name: _answers(row) for name, row in _by(tree, "fields", "id")}
    for place, row in tree.mappings("fields"):
        _together(tree, place, row, answers)
    for section in _CONDITIONAL:
        for place, row in tree.mappings(section):
            _condition(tree, (*place, "when", "answers"), row.get("when"), answers)


def _together(tree: Tree, place: Place, row: dict[str, Any], fields: Container[str]) -> None:
    for at, other in _listed(row.get("together_with")):
        if other not in fields:
            tree.fault((*place, "together_with", at), f"{other!r} is no field of this service")


def _by(tree: Tree, section: str, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = ((row.get(key), row) for _, row in tree.mappings(section))
    return ((name, row) for name, row in rows if isinstance(name, str))


def _listed(value: Any) -> Iterator[tuple[int, str]]:
    items = enumerate(value) if isinstance(value, list) else ()
    return ((at, item) for at, item in items if isinstance(item, str))


def _condition(tree: Tree, place: Place, when: Any, answers: dict[str, set[str] | None]) -> None:
    wanted = when.get("answers") if isinstance(when, dict) else None
    for field, values in wanted.items() if isinstance(wanted, dict) else ():
        if field not in answers:
            tree.fault((*place, field), "is no field of this service")
            continue
        allowed = answers[field]
        for at, value in _listed(values):
            if allowed is not None and value not in allowed:
                tree.fault((*place, field, at), f"{value!r} is no answer of this field")
