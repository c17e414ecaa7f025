"""A clerk finds a capture by pickup number and birthday; guessing is counted, locked and told."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import attempts, audit
from server.audit import Event
from server.captures import alarms
from server.contract import pickup
from server.contract.captures import CaptureState
from server.contract.desk import Lookup
from server.refusals import No, Refused
from server.staff import Staff
from server.tables import Capture
from server.tables import Staff as Row

MISSES_LOCK = 5
MISSES_SCANNING = 15
_UNKNOWN = "pickup:(unknown)"
_LOCK_LASTS = timedelta(hours=96)
_SCAN_WINDOW = timedelta(minutes=15)


def look_up(session: Session, now: datetime, staff: Staff, asked: Lookup, to: str) -> str | Refused:
    """Return the id of the capture, which is thereby retrieved by this clerk.

    A number that exists with another birthday and a number that does not exist look the same.
    """
    if not pickup.is_valid(asked.pickup_number):
        return No.TYPING_ERROR.because("the check digit does not fit the number")
    if attempts.misses(session, _clerk_key(staff), now) >= MISSES_SCANNING:
        return No.TOO_OFTEN.because("too many lookups found nothing")
    if attempts.misses(session, _number_key(asked.pickup_number), now) >= MISSES_LOCK:
        return No.LOCKED.because("the number is locked after five misses")
    capture = _matching(session, now, asked)
    if capture is None:
        return _missed(session, now, staff, asked.pickup_number, to)
    attempts.forget(session, _number_key(asked.pickup_number))
    if capture.retrieved_by not in (None, staff.login) and not asked.take_over:
        holder = session.scalar(select(Row.name).where(Row.login == capture.retrieved_by))
        return No.WITH_COLLEAGUE.because(f"works on it: {holder or capture.retrieved_by}")
    return _retrieved(session, now, staff, capture)


def unlock(session: Session, now: datetime, staff: Staff, number: str) -> None:
    """Open a locked number again."""
    attempts.forget(session, _number_key(number))
    actor, subject = f"staff:{staff.login}", _subject(session, number)
    audit.record(session, now, Event.PICKUP_UNLOCKED, actor, subject)


def _matching(session: Session, now: datetime, asked: Lookup) -> Capture | None:
    return session.scalars(
        select(Capture).where(
            Capture.pickup_number == asked.pickup_number,
            Capture.birth_day == asked.birth_day,
            Capture.birth_month == asked.birth_month,
            Capture.expires_at > now,
        )
    ).first()


def _retrieved(session: Session, now: datetime, staff: Staff, capture: Capture) -> str:
    capture.state = CaptureState.RETRIEVED.value
    capture.retrieved_by, capture.retrieved_at = staff.login, now
    actor, subject = f"staff:{staff.login}", f"capture:{capture.id}"
    audit.record(session, now, Event.CAPTURE_RETRIEVED, actor, subject)
    return capture.id


def _missed(session: Session, now: datetime, staff: Staff, number: str, to: str) -> Refused:
    misses = attempts.count_miss(session, _number_key(number), now, _LOCK_LASTS)
    by_clerk = attempts.count_miss(session, _clerk_key(staff), now, _SCAN_WINDOW)
    actor, subject = f"staff:{staff.login}", _subject(session, number)
    why = "no_number" if subject == _UNKNOWN else "birthday"
    audit.record(session, now, Event.LOOKUP_MISSED, actor, subject, attempts=misses, reason=why)
    if misses == MISSES_LOCK:
        alarms.raise_alarm(session, now, to, alarms.pickup_locked(staff.login, subject))
    if by_clerk == MISSES_SCANNING:
        alarms.raise_alarm(session, now, to, alarms.scanning(staff.login))
    if misses >= MISSES_LOCK:
        return No.LOCKED.because("this was the fifth miss: the number is locked now")
    return No.NO_SUCH_PICKUP.because(f"no capture has this; tries left: {MISSES_LOCK - misses}")


def _subject(session: Session, number: str) -> str:
    owner = session.scalars(select(Capture.id).where(Capture.pickup_number == number)).first()
    return f"capture:{owner}" if owner else _UNKNOWN


def _number_key(number: str) -> str:
    return f"pickup:{number}"


def _clerk_key(staff: Staff) -> str:
    return f"lookup:{staff.login}"
