"""How a capture ends: the sealed copy is deleted, the terminal may delete, the trail says so."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server import audit
from server.audit import Event
from server.contract.captures import CaptureState, Standing, Standings
from server.tables import Capture, CaptureBlob, CounterPart

LIVE = frozenset({CaptureState.STORED, CaptureState.RETRIEVED})
_WATCHDOG = "watchdog"


def finish(
    session: Session, now: datetime, capture: Capture, state: CaptureState, actor: str
) -> None:
    """End a capture: forget how to find it and delete the sealed copy."""
    capture.state, capture.finished_at = state.value, now
    capture.pickup_number = capture.birth_day = capture.birth_month = None
    for sealed in (CaptureBlob, CounterPart):
        session.execute(delete(sealed).where(sealed.capture_id == capture.id))
    subject = f"capture:{capture.id}"
    audit.record(session, now, Event.SERVER_COPY_DELETED, actor, subject, state=state.value)


def expire(session: Session, now: datetime, capture: Capture) -> None:
    """End one capture that nobody took over in time."""
    subject = f"capture:{capture.id}"
    audit.record(session, now, Event.CAPTURE_EXPIRED, _WATCHDOG, subject)
    finish(session, now, capture, CaptureState.EXPIRED, _WATCHDOG)


def due(session: Session, now: datetime) -> list[Capture]:
    """Return the live captures whose time is over."""
    states = [state.value for state in LIVE]
    return list(
        session.scalars(select(Capture).where(Capture.state.in_(states), Capture.expires_at <= now))
    )


def expire_due(session: Session, now: datetime) -> int:
    """End every live capture whose time is over; returns how many."""
    captures = due(session, now)
    for capture in captures:
        expire(session, now, capture)
    return len(captures)


def standings(session: Session, terminal_id: str, ids: list[str]) -> Standings:
    """Answer where a terminal's captures stand; an unknown one is expired and finished."""
    rows = session.scalars(
        select(Capture).where(Capture.id.in_(ids), Capture.terminal_id == terminal_id)
    )
    states = {row.id: CaptureState(row.state) for row in rows}
    return Standings(captures=tuple(_standing(one, states.get(one)) for one in ids))


def terminal_deleted(session: Session, now: datetime, terminal_id: str, capture_id: str) -> None:
    """Note that the terminal's copy is gone; saying it again changes nothing."""
    capture = session.get(Capture, capture_id)
    here = capture is not None and capture.terminal_id == terminal_id
    if here and capture is not None:
        if capture.terminal_deleted_at is not None:
            return
        capture.terminal_deleted_at = now
    actor, subject = f"terminal:{terminal_id}", f"capture:{capture_id}"
    event = Event.TERMINAL_COPY_DELETED
    audit.record(session, now, event, actor, subject, unknown_here=not here)


def _standing(capture_id: str, state: CaptureState | None) -> Standing:
    known = state or CaptureState.EXPIRED
    return Standing(capture_id=capture_id, state=known, finished=known not in LIVE)
