"""Rules about texts of values: no repr and no error message shows a picture, a secret or a person.

Whatever a value shows as text may end up in a log, a traceback or a technician's mail.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from remote_clerk.messages import HangUp
from server.contract.captures import CaptureRecord
from server.contract.desk import CaseFields, Login, Lookup, Release

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kiosk", "hardware", "remote_clerk", "server")
PICTURES = {"bytes", "Image", "NDArray", "Stroke"}
TELLING = {"answers", "credential", "csrf", "documents", "jpeg", "password", "pickup_number"} | {
    *("png", "secret", "token")
}
SILENT_BASES = {"Private", "CaseFields", "Base"}  # Base: tables, whose repr is SQLAlchemy's own
PUBLIC = {"Sender.public_key", "Condition.answers"}  # the latter: of the catalogue, of nobody


def value_classes() -> Iterator[ast.ClassDef]:
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and shows_its_fields(node):
                yield node


def shows_its_fields(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base) for base in node.bases}
    is_dataclass = any("dataclass" in ast.unparse(one) for one in node.decorator_list)
    return not bases & SILENT_BASES and (is_dataclass or bool(bases & {"Wire", "Message"}))


def fields_that_tell(node: ast.ClassDef) -> Iterator[str]:
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and "repr=False" not in ast.unparse(field):
            kinds = {one.id for one in ast.walk(field.annotation) if isinstance(one, ast.Name)}
            name = ast.unparse(field.target)
            picture = bool(kinds & PICTURES) and "Callable" not in kinds
            if picture or (name in TELLING and "str" in kinds):
                yield f"{node.name}.{name}"


def test_a_value_shows_no_picture_and_no_secret() -> None:
    shown = {field for node in value_classes() for field in fields_that_tell(node)}
    assert shown == PUBLIC, "give the others repr=False, or make their class Private"


@pytest.mark.parametrize("kind", [CaptureRecord, CaseFields, Release, Login, Lookup])
def test_a_message_about_a_person_shows_only_its_type(kind: type[CaptureRecord]) -> None:
    silent = kind.model_construct(given_names="Erika", password="secret", birth_day=12)
    assert repr(silent) == f"{kind.__name__}()"
    assert str(silent) == ""


@pytest.mark.parametrize("kind", [Lookup, HangUp])
def test_a_refused_message_is_not_quoted_in_the_error(kind: type[Lookup]) -> None:
    with pytest.raises(ValidationError) as caught:
        kind.model_validate_json('{"pickup_number": "Erika", "call": "Erika"}')
    assert "Erika" not in str(caught.value)
