"""What a clerk sees of captures and says about them before release."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server import audit
from server.audit import Event
from server.captures.ending import LIVE, finish
from server.captures.opening import open_capture
from server.clock import local_midnight, to_text
from server.contract.captures import CaptureState
from server.contract.desk import (
    CaptureDetail,
    CaptureList,
    CaptureSummary,
    CounterSignature,
    FingerCheck,
    Missing,
    NoSignature,
    RejectReason,
    Veto,
    VetoKind,
)
from server.contract.letters import TEXT_RULE, is_text
from server.contract.sealing import OfficePrivateKey
from server.refusals import No, Refused
from server.staff import Staff
from server.tables import Capture, Terminal
from server.tables import Staff as StaffRow

DRAWN = "drawn"  # in `Capture.counter_signature`, where else stands why there is none
_FAILED = frozenset({FingerCheck.NO_MATCH.value, FingerCheck.NOT_COMPARED.value})


def todays(session: Session, now: datetime) -> CaptureList:
    """Return open captures and those finished since the office's midnight, newest first."""
    midnight = local_midnight(now)
    states = [state.value for state in LIVE]
    rows = session.execute(
        select(Capture, Terminal.place, StaffRow.name)
        .join(Terminal, Terminal.id == Capture.terminal_id)
        .outerjoin(StaffRow, StaffRow.login == Capture.retrieved_by)
        .where(or_(Capture.state.in_(states), Capture.finished_at >= midnight))
        .order_by(Capture.received_at.desc())
    )
    return CaptureList(captures=tuple(_summary(*row) for row in rows))


def held(session: Session, staff: Staff, capture_id: str) -> Capture | Refused:
    """Return a capture that this clerk has retrieved and nobody has finished."""
    capture = session.get(Capture, capture_id)
    if capture is None:
        return No.NO_CAPTURE.because("no such capture")
    if CaptureState(capture.state) not in LIVE:
        return No.FINISHED.because(f"the capture is {capture.state}")
    if capture.retrieved_by != staff.login:
        return No.NOT_RETRIEVED.because("this clerk has not looked the capture up")
    return capture


def detail(
    session: Session, staff: Staff, capture_id: str, key: OfficePrivateKey
) -> CaptureDetail | Refused:
    """Return record and reports of a capture that this clerk holds."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    opened = open_capture(session, capture_id, key)
    if isinstance(opened, Refused):
        return opened
    terminal = session.get_one(Terminal, capture.terminal_id)
    return CaptureDetail(
        summary=_summary(capture, terminal.place, staff.name),
        record=opened.record(),
        photo_report=opened.photo_report(),
        finger_reports=opened.finger_reports(),
        parts=opened.kinds,
        veto=veto_of(capture),
        fingers=FingerCheck(capture.finger_check) if capture.finger_check else None,
        comparison=FingerCheck(capture.finger_comparison) if capture.finger_comparison else None,
        fingers_expected=capture.fingers_expected,
        counter_signature=signature_of(capture),
        missing=missing(capture),
    )


def missing(capture: Capture) -> tuple[Missing, ...]:
    """Return what still stands between a capture and its release; empty when nothing does."""
    lacks = []
    if not _photo_ok(capture):
        lacks.append(Missing.PHOTO_VERDICT)
    if capture.finger_check in _FAILED:
        lacks.append(Missing.FINGERS_AGAIN)
    elif capture.fingers_expected and capture.finger_check is None:
        lacks.append(Missing.FINGER_CHECK)
    return tuple(lacks)


def veto_of(capture: Capture) -> Veto | None:
    if capture.veto_kind is None:
        return None
    return Veto(kind=VetoKind(capture.veto_kind), reason=capture.veto_reason or "")


def signature_of(capture: Capture) -> CounterSignature | None:
    """Return what was said at the counter about the signature, None if nothing."""
    word = capture.counter_signature
    if word is None:
        return None
    drawn = word == DRAWN
    return CounterSignature(drawn=drawn, impossible=None if drawn else NoSignature(word))


def veto(
    session: Session, now: datetime, staff: Staff, capture_id: str, said: Veto
) -> Capture | Refused:
    """Overrule the photo check; the newest veto counts."""
    if not is_text(said.reason.replace("\n", " ")):
        return No.NOT_UNDERSTOOD.because(f"body.reason: {TEXT_RULE}")
    capture = held(session, staff, capture_id)
    if isinstance(capture, Capture):
        capture.veto_kind, capture.veto_reason = said.kind.value, said.reason
        decided(session, now, staff, capture, Event.PHOTO_VETOED, kind=said.kind.value)
    return capture


def verify(
    session: Session, now: datetime, staff: Staff, capture_id: str, check: FingerCheck
) -> Capture | Refused:
    """Note what comparing the prints at the counter gave; prints taken again keep it beside.

    Prints that are taken again without a word on the comparison were not compared.
    """
    capture = held(session, staff, capture_id)
    if isinstance(capture, Capture):
        capture.finger_check = check.value
        if check is not FingerCheck.REENROL:
            capture.finger_comparison = check.value
        elif capture.finger_comparison is None:
            capture.finger_comparison = FingerCheck.NOT_COMPARED.value
        decided(session, now, staff, capture, Event.FINGERS_CHECKED, check=check.value)
    return capture


def withdraw_veto(
    session: Session, now: datetime, staff: Staff, capture_id: str
) -> Capture | Refused:
    """Take the own verdict back: the photo check's holds again."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Capture) and capture.veto_kind is not None:
        capture.veto_kind = capture.veto_reason = None
        decided(session, now, staff, capture, Event.DECISION_WITHDRAWN, kind="veto")
    return capture


def withdraw_verify(
    session: Session, now: datetime, staff: Staff, capture_id: str
) -> Capture | Refused:
    """Take the comparison back, as if the prints had not been compared yet."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Capture) and capture.finger_check is not None:
        capture.finger_check = capture.finger_comparison = None
        decided(session, now, staff, capture, Event.DECISION_WITHDRAWN, kind="fingers")
    return capture


def reject(
    session: Session, now: datetime, staff: Staff, capture_id: str, reason: RejectReason
) -> Capture | Refused:
    """Do not take the capture over; its sealed copy goes."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Capture):
        _note(session, now, staff, capture, Event.CAPTURE_REJECTED, reason=reason.value)
        finish(session, now, capture, CaptureState.REJECTED, f"staff:{staff.login}")
    return capture


def note_viewed(session: Session, now: datetime, staff: Staff, capture_id: str, part: str) -> None:
    """Reading is on the trail too: `part` is a part's kind, or "record" for record and reports."""
    event = Event.CAPTURE_VIEWED if part == "record" else Event.PICTURE_VIEWED
    actor, subject = f"staff:{staff.login}", f"capture:{capture_id}"
    audit.record(session, now, event, actor, subject, part=part)


def _photo_ok(capture: Capture) -> bool:
    if capture.veto_kind is not None:
        return capture.veto_kind != VetoKind.NOT_OK.value
    return capture.photo_accepted


def _note(
    session: Session, now: datetime, staff: Staff, capture: Capture, event: Event, **facts: str
) -> None:
    actor, subject = f"staff:{staff.login}", f"capture:{capture.id}"
    audit.record(session, now, event, actor, subject, **facts)


def decided(
    session: Session, now: datetime, staff: Staff, capture: Capture, event: Event, **facts: str
) -> None:
    """Count a decision, so that other windows notice, and put it on the trail."""
    capture.decisions += 1
    _note(session, now, staff, capture, event, **facts)


def _summary(capture: Capture, place: str, holder: str | None) -> CaptureSummary:
    return CaptureSummary(
        capture_id=capture.id,
        service=capture.service,
        terminal_id=capture.terminal_id,
        place=place,
        age_band=capture.age_band,
        state=CaptureState(capture.state),
        received_at=to_text(capture.received_at),
        expires_at=to_text(capture.expires_at),
        retrieved_by=capture.retrieved_by,
        retrieved_by_name=holder,
        case_number=capture.case_number,
        decisions=capture.decisions,
        finished_at=_said(capture.finished_at),
        terminal_deleted_at=_said(capture.terminal_deleted_at),
    )


def _said(at: datetime | None) -> str | None:
    return to_text(at) if at else None
