"""Writes the tables of docs/catalogue.md from the models, so that they never lag behind.

`.venv/bin/python -m scripts.catalogue_tables` writes them; a test compares.
"""

import types
import typing
from enum import StrEnum
from pathlib import Path

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from server.contract.catalogue import (
    Channels,
    Check,
    Condition,
    DocumentRule,
    FeeRow,
    FormField,
    Option,
    Rules,
    Service,
    Text,
)

MODELS: tuple[type[BaseModel], ...] = (
    Service,
    Text,
    Channels,
    Rules,
    FormField,
    Option,
    DocumentRule,
    FeeRow,
    Check,
    Condition,
)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "catalogue.md"
MARK = "<!-- from the models: scripts/catalogue_tables.py -->\n"
_PLAIN: dict[object, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    type(None): "null",
}


def tables() -> str:
    """Return one Markdown table per model."""
    return "\n\n".join(_table(model) for model in MODELS) + "\n"


def _table(model: type[BaseModel]) -> str:
    head = f"### {model.__name__}\n\n{(model.__doc__ or '').strip().splitlines()[0]}\n"
    rows = [_row(name, info) for name, info in model.model_fields.items()]
    return "\n".join([head, "| key | kind | must, or default |", "|---|---|---|", *rows])


def _row(name: str, info: FieldInfo) -> str:
    kind = _kind(info.annotation) + _limits(info.metadata)
    return f"| `{name}` | {kind} | {'yes' if info.is_required() else _default(info)} |"


def _default(info: FieldInfo) -> str:
    value = info.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`" if value else "no"
    return "no" if value in (None, "", {}) or isinstance(value, BaseModel) else f"`{value}`".lower()


def _kind(annotation: object) -> str:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _kind(inner[0]) + _limits(inner[1:])
    if origin is tuple:
        return _list(inner)
    if origin is dict:
        return f"{_kind(inner[0])} → {_kind(inner[1])}"
    if origin in (types.UnionType, typing.Union):
        return " or ".join(_kind(one) for one in inner)
    return _named(annotation)


def _list(inner: tuple[object, ...]) -> str:
    if inner[-1] is Ellipsis:
        return f"list of {_kind(inner[0])}"
    return f"list of {len(inner)} {_kind(inner[0])}s"


def _named(annotation: object) -> str:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " \\| ".join(f"`{word}`" for word in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return getattr(annotation, "__name__", str(annotation))


def _limits(metadata: typing.Iterable[object]) -> str:
    said = [words for one in _flat(metadata) if (words := _limit(one))]
    return f" ({', '.join(said)})" if said else ""


def _flat(metadata: typing.Iterable[object]) -> typing.Iterator[object]:
    for one in metadata:
        yield from one.metadata if isinstance(one, FieldInfo) else (one,)


def _limit(one: object) -> str:
    limits = ((Ge, "ge", "at least"), (Le, "le", "at most"), (MaxLen, "max_length", "up to"))
    for kind, attribute, words in limits:
        if isinstance(one, kind):
            return f"{words} {getattr(one, attribute)}"
    if isinstance(one, MinLen):
        return "not empty"
    pattern = getattr(one, "pattern", None)
    return f"`{pattern}`" if isinstance(pattern, str) else ""


def page(text: str) -> str:
    """Return the page with fresh tables behind the mark."""
    return text.split(MARK)[0] + MARK + "\n" + tables()


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
