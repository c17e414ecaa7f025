"""How long the fields of a case may be: the counter fields of its service say so (TR-03123-2)."""

from collections.abc import Iterator
from typing import Any

from server.contract.catalogue import Door, FieldType, FormField, Service
from server.contract.desk import CaseFields
from server.refusals import No, Refused


def objection(service: Service, fields: CaseFields) -> Refused | None:
    """Return what is wrong with the first field that is not as its service wants it."""
    typed: dict[str, str] = fields.model_dump(include=set(CaseFields.model_fields))
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


def _texts(service: Service) -> Iterator[FormField]:
    for field in service.fields:
        written = field.type is FieldType.TEXT and Door.COUNTER in field.asked_at
        if written and field.id in CaseFields.model_fields:
            yield field


def _at_least(field: FormField) -> str:
    return "1 to" if field.required else "at most"
