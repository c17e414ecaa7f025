"""The part of a visit that survives a crash, as text: never a picture, a print or a drawing."""

import json
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from kiosk.core.view import Look, Screen
from kiosk.core.visit import Birth, Fingers, Photo, Picture, Print, Visit

_VISIT: TypeAdapter[Visit] = TypeAdapter(Visit)
_KEPT = {
    "screen",
    "look",
    "service",
    "agreed",
    "birth",
    "answers",
    "photo",
    "fingers",
    "signature",
    "pickup_number",
    "patience",
    "revising",
    "prints",
    "printed",
    "at_counter",
    "note",
}

_CALL_CUT = "call.note_cut"

Kept = tuple[
    Screen,
    Look,
    str,
    bool,
    Birth,
    tuple[tuple[str, str], ...],
    tuple[Picture, ...],
    int,
    tuple[Print | None, Print | None, int, int],
    tuple[bool, bool],
    tuple[str, int, bool, int, bool],
    tuple[str, ...],
    str,
]


def kept(visit: Visit) -> Kept:
    """Return what the journal is made of, cheap to compare."""
    fingers = visit.fingers
    return (
        visit.screen,
        visit.look,
        visit.service,
        visit.agreed,
        visit.birth,
        visit.answers,
        visit.photo.pictures,
        visit.photo.chosen,
        (fingers.right, fingers.left, fingers.attempt, fingers.clashes),
        (visit.signature.sealed, visit.signature.at_counter),
        (visit.pickup_number, visit.patience, visit.revising, visit.prints, visit.printed),
        visit.at_counter,
        _note(visit),
    )


def to_text(visit: Visit) -> str:
    """Return the visit as JSON without pictures."""
    bare = tuple(replace(one, jpeg=b"") for one in visit.photo.pictures)
    quiet = replace(
        visit,
        photo=Photo(pictures=bare, chosen=visit.photo.chosen),
        fingers=_quiet(visit.fingers),
        signature=replace(visit.signature, png=None),
        note=_note(visit),
    )
    whole: dict[str, Any] = json.loads(_VISIT.dump_json(quiet))
    return json.dumps({name: whole[name] for name in sorted(_KEPT)}, separators=(",", ":"))


def from_text(text: str, pictures: tuple[bytes, ...]) -> Visit:
    """Return the visit of a journal, with the photos kept elsewhere; raises ValueError.

    There may be one more photo than the journal knows of: a photo is kept before it is noted. A
    visit that was choosing among photos which are gone takes a new one.
    """
    visit = _VISIT.validate_json(text)
    found = visit.photo.pictures
    if found and len(found) <= len(pictures):
        whole = tuple(replace(o, jpeg=j) for o, j in zip(found, pictures, strict=False))
        return replace(visit, photo=replace(visit.photo, pictures=whole))
    if visit.screen is Screen.PHOTO_CHOICE:
        return replace(visit, screen=Screen.PHOTO, photo=Photo())
    return visit


def _note(visit: Visit) -> str:
    """Return what a program that starts after a crash has to say: it took the call with it."""
    calling = visit.call is not None and not visit.call.offline
    return _CALL_CUT if calling or visit.note == _CALL_CUT else ""


def _quiet(fingers: Fingers) -> Fingers:
    return Fingers(
        right=fingers.right,
        left=fingers.left,
        attempt=fingers.attempt,
        clashes=fingers.clashes,
        message=fingers.message,
    )
