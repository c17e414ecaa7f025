"""What the fields of a case may say, and how long: the service's counter fields (TR-03123-2)."""

from collections.abc import Iterator
from typing import Any

from server.contract.catalogue import Door, FieldType, FormField, Service
from server.contract.desk import CaseFields
from server.contract.letters import NAME_RULE, TEXT_RULE, is_name, is_text
from server.refusals import No, Refused

_NAMES = ("family_name", "given_names", "birth_name", "doctorate", "artist_name")
_TEXTS = ("birth_place", "eye_colour", "street", "town", "email")
_MUST = frozenset({"family_name", "given_names", "birth_place", "eye_colour", "street", "town"})
_SMALLEST_CM, _TALLEST_CM = 50, 250


def objection(service: Service, fields: CaseFields) -> Refused | None:
    """Return what is wrong with the first field that is not as its service wants it."""
    typed: dict[str, str] = fields.model_dump(include=set(CaseFields.model_fields))
    if wrong := next(_senseless(typed), None):
        return No.NOT_UNDERSTOOD.because(f"body.{wrong}")
    for field in _texts(service):
        if not field.accepts(typed[field.id]):
            what = f"takes {_at_least(field)} {field.max_length} printable characters"
            return No.NOT_UNDERSTOOD.because(f"body.{field.id}: {what}")
        length = sum(len(typed.get(name, "")) for name in (field.id, *field.together_with))
        if length > (field.max_length or 0):
            what = f"at most {field.max_length} characters with {', '.join(field.together_with)}"
            return No.NOT_UNDERSTOOD.because(f"body.{field.id}: takes {what}")
    return None


def schema(service: Service) -> dict[str, Any]:
    """Return the JSON schema of CaseFields with this service's lengths.

    `x-together` lists `{fields, maxLength}` for fields whose lengths count together.
    """
    made = CaseFields.model_json_schema()
    for field in _texts(service):
        made["properties"][field.id]["maxLength"] = field.max_length
    made["x-together"] = [
        {"fields": [field.id, *field.together_with], "maxLength": field.max_length}
        for field in _texts(service)
        if field.together_with
    ]
    return made


def _senseless(typed: dict[str, str]) -> Iterator[str]:
    """Yield each field that cannot be true or shown, with what it takes; never its value."""
    for name in (*_NAMES, *_TEXTS):
        if not typed[name] and name not in _MUST:
            continue
        if not is_text(typed[name]):
            yield f"{name}: {NAME_RULE if name in _NAMES else TEXT_RULE}"
        elif name in _NAMES and not is_name(typed[name]):
            yield f"{name}: {NAME_RULE}"
    height = typed["height_cm"]
    if height != "---" and not _SMALLEST_CM <= int(height) <= _TALLEST_CM:
        yield f"height_cm: takes {_SMALLEST_CM:03d} to {_TALLEST_CM} or ---"
    if typed["postcode"] == "00000":
        yield "postcode: there is no such postcode"


def _texts(service: Service) -> Iterator[FormField]:
    for field in service.fields:
        written = field.type is FieldType.TEXT and Door.COUNTER in field.asked_at
        if written and field.id in CaseFields.model_fields:
            yield field


def _at_least(field: FormField) -> str:
    return "1 to" if field.required else "at most"
