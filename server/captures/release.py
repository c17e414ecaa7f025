"""Takes a capture over into a case: production pictures, one transaction, the sealed copy goes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from server import audit, cases
from server.audit import Event
from server.captures.ending import finish
from server.captures.opening import OpenCapture
from server.captures.review import held, missing
from server.cases import DocumentKind
from server.contract.captures import CaptureState
from server.contract.catalogue import Catalogue
from server.contract.desk import CaseFields, FingerCheck
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
class Readiness:
    """What producing the documents needs to know of a capture that may be released."""

    service: str
    use_prints: bool  # prints that are taken again at the counter are not used


def readiness(
    session: Session, staff: Staff, capture_id: str, fields: CaseFields
) -> Readiness | Refused:
    """Tell whether this clerk may release the capture under these fields."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    if lacks := missing(capture):
        return No.NOT_READY.because(f"still missing: {', '.join(lacks)}")
    if not _birthday_fits(capture, fields.birth_date):
        return No.OTHER_BIRTHDAY.because("the birth date has another day or month")
    return Readiness(capture.service, capture.finger_check == FingerCheck.VERIFIED.value)


def produce(opened: OpenCapture, ready: Readiness, catalogue: Catalogue) -> Documents | Refused:
    """Make the production documents; takes some 100 ms and touches no database."""
    service = next((one for one in catalogue.services if one.id == ready.service), None)
    if service is None:
        return No.NO_SERVICE.because(f"the service {ready.service} is not in the catalogue")
    keep = _AS_THEY_ARE | (_PRINTS if ready.use_prints else {})
    documents = {keep[part]: opened.part(part) or b"" for part in opened.kinds if part in keep}
    try:
        documents[DocumentKind.PHOTO] = pictures.production_photo(
            opened.part(PartKind.PHOTO) or b""
        )
        if strokes := opened.part(PartKind.SIGNATURE):
            size = service.signature_pixels
            documents[DocumentKind.SIGNATURE] = pictures.signature_jpeg(strokes, size)
    except PictureError as fault:
        return No.BAD_PICTURE.because(str(fault))
    return documents


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
    fields: CaseFields,
    documents: Documents,
    key: OfficePublicKey,
) -> str | Refused:
    """Open the case and end the capture in one transaction; returns the case number."""
    ready = readiness(session, staff, capture_id, fields)
    if isinstance(ready, Refused):
        return ready
    capture = session.get_one(Capture, capture_id)
    number = cases.open_case(session, now, staff.login, capture, fields, documents, key)
    capture.case_number = number
    actor, subject = f"staff:{staff.login}", f"capture:{capture_id}"
    audit.record(session, now, Event.CAPTURE_RELEASED, actor, subject, case=number)
    finish(session, now, capture, CaptureState.RELEASED, actor)
    return number


def _birthday_fits(capture: Capture, birth_date: str) -> bool:
    """Compare with what the citizen typed; XX stands for an unknown part (TR-03123-2)."""
    year, month, day = birth_date.split("-")
    known = (month, f"{capture.birth_month:02d}"), (day, f"{capture.birth_day:02d}")
    if any(typed not in ("XX", stored) for typed, stored in known):
        return False
    try:
        date(int(year), int(month.replace("XX", "01")), int(day.replace("XX", "01")))
    except ValueError:
        return False
    return True
