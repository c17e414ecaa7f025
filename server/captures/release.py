"""Takes a capture over into a case: production pictures, one transaction, the sealed copy goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from server import audit, cases
from server.audit import Event, Fact
from server.captures import case_fields, counter, signing
from server.captures.counter import Application
from server.captures.ending import finish
from server.captures.opening import OpenCapture
from server.captures.review import held, missing
from server.captures.signing import AtCounter
from server.cases import DocumentKind, NewCase
from server.contract import fees
from server.contract.captures import CaptureState
from server.contract.catalogue import Service
from server.contract.desk import (
    Assessment,
    CaseFields,
    CounterFacts,
    FingerCheck,
    Follow,
    Release,
)
from server.contract.envelope import PartKind
from server.contract.sealing import OfficePrivateKey, OfficePublicKey
from server.exports import pictures
from server.exports.pictures import PictureError
from server.refusals import No, Refused
from server.staff import Staff
from server.tables import Capture

Documents = dict[DocumentKind, bytes]

_AS_THEY_ARE = {
    PartKind.RECORD: DocumentKind.RECORD,
    PartKind.PHOTO_REPORT: DocumentKind.PHOTO_REPORT,
    PartKind.FINGER_REPORT: DocumentKind.FINGER_REPORT,
}
_PRINTS = {
    PartKind.FINGER_RIGHT: DocumentKind.FINGER_RIGHT,
    PartKind.FINGER_LEFT: DocumentKind.FINGER_LEFT,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided at the counter, and how many decisions led there."""

    decisions: int
    finger_check: FingerCheck | None = None
    signature: AtCounter = field(default_factory=AtCounter)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case ready to be opened, and how many decisions it rests on."""

    case: NewCase
    decisions: int


def ready(
    session: Session, staff: Staff, capture_id: str, key: OfficePrivateKey
) -> Decided | Refused:
    """Return what was decided; refuses what this clerk may not release yet."""
    capture = _releasable(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    check = FingerCheck(capture.finger_check) if capture.finger_check else None
    return Decided(capture.decisions, check, signing.at_counter(session, capture, key))


def _releasable(session: Session, staff: Staff, capture_id: str) -> Capture | Refused:
    capture = held(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    if lacks := missing(capture):
        return No.NOT_READY.because(f"still missing: {', '.join(lacks)}")
    return capture


def prepare(
    opened: OpenCapture, service: Service, decided: Decided, said: Release
) -> Prepared | Refused:
    """Check what the clerk typed and make the documents; some 100 ms, touches no database."""
    if wrong := case_fields.objection(service, said):
        return wrong
    facts = CounterFacts(birth_date=said.birth_date, answers=said.answers)
    found = counter.assess(application(opened, service, decided.signature), facts)
    if isinstance(found, Refused):
        return found
    if no := counter.objection(said, found, decided.finger_check is FingerCheck.REENROL):
        return no
    documents = _documents(_parts(opened, decided, found), service)
    if isinstance(documents, Refused):
        return documents
    return Prepared(_case(said, found, documents), decided.decisions)


def application(opened: OpenCapture, service: Service, signature: AtCounter) -> Application:
    """Return a capture together with the signature of the counter."""
    here = {*opened.kinds, *([PartKind.SIGNATURE] if signature.png else [])}
    return Application(service, opened.record(), here, signature.impossible is not None)


def already(session: Session, staff: Staff, capture_id: str) -> str | None:
    """Return the case number if this clerk released the capture before (a lost answer)."""
    capture = session.get(Capture, capture_id)
    if capture is None or capture.state != CaptureState.RELEASED.value:
        return None
    return capture.case_number if capture.retrieved_by == staff.login else None


def release(
    session: Session,
    now: datetime,
    staff: Staff,
    capture_id: str,
    prepared: Prepared,
    key: OfficePublicKey,
) -> str | Refused:
    """Open the case and end the capture in one transaction; returns the case number."""
    capture = _releasable(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    if capture.decisions != prepared.decisions:
        return No.NOT_READY.because("a decision was changed meanwhile")
    number = cases.open_case(session, now, staff.login, capture, prepared.case, key)
    capture.case_number = number
    actor, subject = f"staff:{staff.login}", f"capture:{capture_id}"
    for event, facts in _said(capture, prepared.case, number):
        audit.record(session, now, event, actor, subject, **facts)
    finish(session, now, capture, CaptureState.RELEASED, actor)
    return number


def _parts(opened: OpenCapture, decided: Decided, found: Assessment) -> dict[PartKind, bytes]:
    """Return what goes into the case: no prints that are taken again or not due."""
    kept = {*_AS_THEY_ARE, PartKind.PHOTO}
    if (
        decided.finger_check is FingerCheck.VERIFIED
        and Follow.FINGERS_NOT_USED not in found.follows
    ):
        kept |= _PRINTS.keys()
    signature = decided.signature
    if Follow.SIGNATURE_NOT_USED not in found.follows and not signature.impossible:
        kept.add(PartKind.SIGNATURE)
    parts = {part: opened.part(part) or b"" for part in opened.kinds if part in kept}
    if signature.png and PartKind.SIGNATURE in kept:
        parts[PartKind.SIGNATURE] = signature.png
    return parts


def _documents(made: dict[PartKind, bytes], service: Service) -> Documents | Refused:
    plain = _AS_THEY_ARE | _PRINTS
    documents = {plain[part]: data for part, data in made.items() if part in plain}
    try:
        documents[DocumentKind.PHOTO] = pictures.production_photo(made.get(PartKind.PHOTO, b""))
        if strokes := made.get(PartKind.SIGNATURE):
            size = service.signature_pixels
            documents[DocumentKind.SIGNATURE] = pictures.signature_jpeg(strokes, size)
    except PictureError as fault:
        return No.BAD_PICTURE.because(str(fault))
    return documents


def _case(said: Release, found: Assessment, documents: Documents) -> NewCase:
    fields = CaseFields.model_validate(said.model_dump(include=set(CaseFields.model_fields)))
    return NewCase(fields, found.age_band, found.answers, found.fees, documents)


def _said(capture: Capture, case: NewCase, number: str) -> Iterator[tuple[Event, dict[str, Fact]]]:
    """Yield what goes on the trail about a release."""
    if case.age_band != capture.age_band:
        facts: dict[str, Fact] = {"told": capture.age_band, "age_band": case.age_band.value}
        yield Event.AGE_BAND_CORRECTED, facts
    yield Event.CAPTURE_RELEASED, {"case": number, "cents": fees.total(case.fees)}
