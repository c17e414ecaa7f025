"""Takes a capture over into a case: production pictures, one transaction, the sealed copy goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from server import audit, cases
from server.audit import Event, Fact
from server.captures import case_fields, counter
from server.captures.counter import Application
from server.captures.ending import finish
from server.captures.opening import OpenCapture
from server.captures.review import held, missing
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
from server.contract.sealing import OfficePublicKey
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
class Prepared:
    """A case ready to be opened, and the comparison of prints that it rests on."""

    case: NewCase
    finger_check: FingerCheck | None


def ready(session: Session, staff: Staff, capture_id: str) -> FingerCheck | Refused | None:
    """Refuse what this clerk may not release yet; returns what comparing the prints gave."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    if lacks := missing(capture):
        return No.NOT_READY.because(f"still missing: {', '.join(lacks)}")
    return FingerCheck(capture.finger_check) if capture.finger_check else None


def prepare(
    opened: OpenCapture, service: Service, check: FingerCheck | None, said: Release
) -> Prepared | Refused:
    """Check what the clerk typed and make the documents; some 100 ms, touches no database."""
    if wrong := case_fields.objection(service, said):
        return wrong
    facts = CounterFacts(birth_date=said.birth_date, answers=said.answers)
    found = counter.assess(Application(service, opened.record(), opened.kinds), facts)
    if isinstance(found, Refused):
        return found
    if no := counter.objection(said, found, check is FingerCheck.REENROL):
        return no
    documents = _documents(opened, service, _kept(check, found))
    if isinstance(documents, Refused):
        return documents
    return Prepared(_case(said, found, documents), check)


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
    check = ready(session, staff, capture_id)
    if isinstance(check, Refused):
        return check
    if check is not prepared.finger_check:
        return No.NOT_READY.because("the comparison of prints was changed meanwhile")
    capture = session.get_one(Capture, capture_id)
    number = cases.open_case(session, now, staff.login, capture, prepared.case, key)
    capture.case_number = number
    actor, subject = f"staff:{staff.login}", f"capture:{capture_id}"
    for event, facts in _said(capture, prepared.case, number):
        audit.record(session, now, event, actor, subject, **facts)
    finish(session, now, capture, CaptureState.RELEASED, actor)
    return number


def _kept(check: FingerCheck | None, found: Assessment) -> frozenset[PartKind]:
    """Return which parts go into the case: no prints that are taken again or not due."""
    kept = {*_AS_THEY_ARE, PartKind.PHOTO}
    if check is FingerCheck.VERIFIED and Follow.FINGERS_NOT_USED not in found.follows:
        kept |= _PRINTS.keys()
    if Follow.SIGNATURE_NOT_USED not in found.follows:
        kept.add(PartKind.SIGNATURE)
    return frozenset(kept)


def _documents(
    opened: OpenCapture, service: Service, kept: frozenset[PartKind]
) -> Documents | Refused:
    made = {part: opened.part(part) or b"" for part in opened.kinds if part in kept}
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
