"""Loads the service catalogue from a folder of YAML files, and names all faults at once.

`python -m server.contract.catalogue_file assets/services` prints the faults, or that all is well.
"""

import hashlib
import json
import sys
from pathlib import Path

from pydantic import ValidationError

from server.contract import catalogue_links
from server.contract.catalogue import Catalogue, Service
from server.contract.catalogue_tree import Fault, Place, Tree, read

_SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this place",
}


class CatalogueError(Exception):
    """The catalogue cannot be used; `faults` are all of them, sorted by file and line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def load(directory: Path) -> Catalogue:
    """Load every `*.yaml` of a folder, in the order of their names; raises CatalogueError.

    The version is the first 16 hex digits of the SHA-256 over the content, so comments and
    layout do not change it.
    """
    files = sorted(directory.glob("*.yaml"))
    faults = [] if files else [Fault(str(directory), 0, "", "holds no service (*.yaml)")]
    services = []
    for file in files:
        service, found = load_service(file)
        faults += found
        services += [service] if service else []
    if faults:
        raise CatalogueError(tuple(sorted(faults)))
    return Catalogue(version=version_of(tuple(services)), services=tuple(services))


def load_service(file: Path) -> tuple[Service | None, list[Fault]]:
    """Load one service; None and the faults where something is wrong."""
    tree = read(file)
    if tree.data is None:
        if not tree.faults:
            tree.fault((), "is empty")
        return None, tree.faults
    service = _validated(tree)
    catalogue_links.check(tree)
    if service is not None and service.id != file.stem:
        tree.fault(("id",), f"{service.id!r} must be the name of the file")
    return (None if tree.faults else service), tree.faults


def version_of(services: tuple[Service, ...]) -> str:
    """Return the version of this content: 16 hex digits."""
    content = [service.model_dump(mode="json") for service in services]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _validated(tree: Tree) -> Service | None:
    try:
        return Service.model_validate_json(json.dumps(tree.data))
    except ValidationError as cause:
        for error in cause.errors(include_url=False, include_context=False):
            place: Place = tuple(step for step in error["loc"] if step != "[key]")
            tree.fault(place, _SAID.get(error["type"]) or _sentence(error["msg"]))
        return None


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return f"is wrong: {text[:1].lower()}{text[1:]}"


def main(arguments: list[str]) -> int:
    """Check a folder; returns the exit status."""
    if len(arguments) != 1:
        print("usage: python -m server.contract.catalogue_file FOLDER", file=sys.stderr)
        return 2
    try:
        catalogue = load(Path(arguments[0]))
    except CatalogueError as cause:
        print(cause, file=sys.stderr)
        print(f"{len(cause.faults)} fault(s)", file=sys.stderr)
        return 1
    names = ", ".join(service.id for service in catalogue.services)
    print(f"ok: {len(catalogue.services)} services ({names}), version {catalogue.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
