"""Cases: what a released capture becomes; documents stay sealed, apart from the names."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.contract.captures import (
    AgeBand,
    CaptureRecord,
    FeeLine,
    FingerReports,
    QualityReport,
)
from server.contract.desk import CaseFields
from server.contract.sealing import OfficePrivateKey, OfficePublicKey
from server.refusals import No, Refused
from server.tables import Capture, Case, CaseCounter, CaseDocument, Staff


class DocumentKind(StrEnum):
    """What a case keeps of a capture."""

    RECORD = "record"  # CaptureRecord as JSON
    PHOTO_REPORT = "photo_report"  # QualityReport as JSON
    FINGER_REPORT = "finger_report"  # FingerReports as JSON
    PHOTO = "photo"  # JPEG 2000 lossless, 622x800
    FINGER_RIGHT = "finger_right"  # WSQ
    FINGER_LEFT = "finger_left"  # WSQ
    SIGNATURE = "signature"  # JPEG of the service's size


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case is opened with: typed and decided at the counter, documents in the clear."""

    fields: CaseFields
    age_band: AgeBand
    answers: dict[str, str] = field(repr=False)  # to the counter's own questions
    fees: tuple[FeeLine, ...]
    documents: dict[DocumentKind, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case with its documents in the clear, for one export."""

    number: str
    service: str
    opened_at: datetime
    opened_by: str
    fields: CaseFields
    age_band: AgeBand
    answers: dict[str, str] = field(repr=False)  # to the counter's own questions
    fees: tuple[FeeLine, ...]
    veto_kind: str | None
    veto_reason: str | None = field(repr=False)
    finger_check: str | None
    documents: dict[DocumentKind, bytes] = field(repr=False)
    finger_comparison: str | None = None
    counter_signature: str | None = None  # "drawn", or why there is none
    clerk: str = ""  # the name behind `opened_by`, "" once there is no such account

    def record(self) -> CaptureRecord:
        return CaptureRecord.model_validate_json(self.documents[DocumentKind.RECORD])

    def photo_report(self) -> QualityReport | None:
        text = self.documents.get(DocumentKind.PHOTO_REPORT)
        return QualityReport.model_validate_json(text) if text else None

    def finger_reports(self) -> FingerReports | None:
        text = self.documents.get(DocumentKind.FINGER_REPORT)
        return FingerReports.model_validate_json(text) if text else None


def open_case(
    session: Session,
    now: datetime,
    login: str,
    capture: Capture,
    case: NewCase,
    key: OfficePublicKey,
) -> str:
    """Make a case of a capture; every document is sealed under the case's number."""
    number = _next_number(session, now.year)
    session.add(
        Case(
            number=number,
            capture_id=capture.id,
            service=capture.service,
            opened_by=login,
            opened_at=now,
            fields=case.fields.model_dump(),
            age_band=case.age_band.value,
            answers=case.answers,
            fees=[line.model_dump() for line in case.fees],
        )
    )
    session.flush()
    for kind, plain in case.documents.items():
        sealed = key.seal(plain, _context(number, kind))
        session.add(CaseDocument(case_number=number, kind=kind.value, sealed=sealed))
    return number


def read_case(session: Session, number: str, key: OfficePrivateKey) -> OpenCase | Refused:
    """Open a case and all its documents; raises NotOpenedError if the office key changed."""
    case = session.get(Case, number)
    if case is None:
        return No.NO_CASE.because("no such case")
    capture = session.get_one(Capture, case.capture_id)
    rows = session.scalars(select(CaseDocument).where(CaseDocument.case_number == number))
    kinds = ((DocumentKind(row.kind), row.sealed) for row in rows)
    return OpenCase(
        number=number,
        service=case.service,
        opened_at=case.opened_at,
        opened_by=case.opened_by,
        fields=CaseFields.model_validate(case.fields),
        age_band=AgeBand(case.age_band),
        answers=case.answers,
        fees=tuple(FeeLine.model_validate(line) for line in case.fees),
        veto_kind=capture.veto_kind,
        veto_reason=capture.veto_reason,
        finger_check=capture.finger_check,
        finger_comparison=capture.finger_comparison,
        counter_signature=capture.counter_signature,
        documents={kind: key.open(sealed, _context(number, kind)) for kind, sealed in kinds},
        clerk=session.scalar(select(Staff.name).where(Staff.login == case.opened_by)) or "",
    )


def _next_number(session: Session, year: int) -> str:
    counter = session.get(CaseCounter, year, with_for_update=True)
    if counter is None:
        counter = CaseCounter(year=year, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return f"{year}-{counter.last:06d}"


def _context(number: str, kind: DocumentKind) -> bytes:
    return f"amtsnah case {number} {kind.value}".encode()
