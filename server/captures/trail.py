"""What the audit trail says about one capture, for whoever worked on it and for supervisors."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.contract.desk import CaptureTrail, TrailEntry
from server.refusals import No, Refused
from server.tables import AuditEntry, Capture, Staff

_NEWEST = 200


def of_capture(
    session: Session, login: str, sees_all: bool, capture_id: str
) -> CaptureTrail | Refused:
    """Return every entry about a capture and its case, oldest first."""
    capture = session.get(Capture, capture_id)
    if capture is None:
        return No.NO_CAPTURE.because("no such capture")
    if not sees_all and capture.retrieved_by != login:
        return No.NOT_RETRIEVED.because("this clerk has not looked the capture up")
    subjects = [f"capture:{capture_id}", f"case:{capture.case_number}"]
    about = select(AuditEntry).where(AuditEntry.subject.in_(subjects)).order_by(AuditEntry.seq)
    return CaptureTrail(entries=tuple(_shown(session, session.scalars(about))))


def newest(session: Session) -> tuple[list[TrailEntry], bool]:
    """Return the newest entries, newest first, and whether they hang together unchanged."""
    rows = audit.entries(session, _NEWEST)
    return list(_shown(session, rows))[::-1], audit.hangs_together(rows)


def _shown(session: Session, rows: Iterable[AuditEntry]) -> Iterable[TrailEntry]:
    names = dict(session.execute(select(Staff.login, Staff.name)).all())
    for row in rows:
        kind, _, who = row.actor.partition(":")
        shown = names.get(who, who) if kind == "staff" else who or kind
        yield TrailEntry(
            seq=row.seq,
            at=row.at,
            event=row.event,
            who=shown,
            subject=row.subject,
            facts=row.facts,
        )
