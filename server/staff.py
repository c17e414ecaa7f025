"""Staff accounts and their sessions, as plain functions of a database session."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server import attempts, audit
from server.refusals import No, Refused
from server.tables import Staff as StaffRow
from server.tables import StaffSession

SHORTEST_PASSWORD = 8
LOGIN = r"[\w.@+-]{1,60}"
LOGIN_TRIES = 5
ADDRESS_TRIES = 30
LOGIN_WINDOW = timedelta(minutes=15)
_TOUCH_AFTER = timedelta(seconds=60)
_TOO_OFTEN = No.TOO_OFTEN.because("too many failed logins")


class Role(StrEnum):
    """What somebody is at the office."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is signed in, with the CSRF token of their session."""

    login: str
    name: str
    role: Role
    csrf: str = field(repr=False)
    session_sha256: str


@dataclass(frozen=True, slots=True)
class SessionSecrets:
    """Fresh secrets of a new session: cookie token and CSRF token."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)


def is_csrf(staff: Staff, told: str) -> bool:
    """Tell whether this is the session's CSRF token, in the same time for every answer."""
    return hmac.compare_digest(told.encode(), staff.csrf.encode())


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def add(session: Session, now: datetime, login: str, name: str, role: Role, hashed: str) -> None:
    """Make an account, or give an existing one this name, role and password."""
    row = _by_login(session, login)
    if row is None:
        row = StaffRow(login=login)
        session.add(row)
    row.name, row.role, row.password_hash = name, role.value, hashed
    audit.record(session, now, audit.Event.STAFF_ADDED, "console", f"staff:{login}", role=role)


def everybody(session: Session) -> list[StaffRow]:
    return list(session.scalars(select(StaffRow).order_by(StaffRow.login)))


def password_hash(session: Session, login: str) -> str | None:
    row = _by_login(session, login)
    return row.password_hash if row else None


def may_try(session: Session, now: datetime, login: str, address: str) -> Refused | None:
    """Refuse a login that failed too often; an unknown one also by where it comes from.

    One address may be a whole office: what others got wrong there never keeps an account out.
    """
    often = attempts.misses(session, _login_key(login), now) >= LOGIN_TRIES
    if _by_login(session, login) is None:
        often |= attempts.misses(session, _address_key(address), now) >= ADDRESS_TRIES
    return _TOO_OFTEN if often else None


def refuse_login(session: Session, now: datetime, login: str, address: str) -> Refused:
    """Count a failed login and put it on the trail; an unknown login is not written down."""
    known = _by_login(session, login) is not None
    tries = attempts.count_miss(session, _login_key(login), now, LOGIN_WINDOW)
    here = attempts.count_miss(session, _address_key(address), now, LOGIN_WINDOW)
    event = audit.Event.LOGIN_LOCKED if tries == LOGIN_TRIES else audit.Event.LOGIN_REFUSED
    who = f"staff:{login}" if known else "staff:(unknown)"
    audit.record(session, now, event, "anonymous", who, attempts=tries)
    if tries > LOGIN_TRIES or here > ADDRESS_TRIES:  # one answer for all, so that none is found out
        return _TOO_OFTEN
    return No.WRONG_LOGIN.because("login or password is wrong")


def open_session(
    session: Session, now: datetime, login: str, secrets: SessionSecrets
) -> Staff | Refused:
    """Start a session for an account whose password was right.

    `may_try` lets tries through that come at the same time; what they got wrong counts here.
    """
    if attempts.misses(session, _login_key(login), now) >= LOGIN_TRIES:
        return _TOO_OFTEN
    row = session.scalars(select(StaffRow).where(StaffRow.login == login)).one()
    hashed = digest(secrets.token)
    session.add(
        StaffSession(
            token_sha256=hashed,
            staff_id=row.id,
            csrf=secrets.csrf,
            created_at=now,
            last_seen_at=now,
        )
    )
    attempts.forget(session, _login_key(login))
    audit.record(session, now, audit.Event.STAFF_SIGNED_IN, f"staff:{login}", role=row.role)
    return Staff(row.login, row.name, Role(row.role), secrets.csrf, hashed)


def close_session(session: Session, now: datetime, staff: Staff) -> None:
    session.execute(delete(StaffSession).where(StaffSession.token_sha256 == staff.session_sha256))
    audit.record(session, now, audit.Event.STAFF_SIGNED_OUT, f"staff:{staff.login}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A valid session; `stale` asks for `touch`."""

    staff: Staff
    stale: bool


def whose(session: Session, now: datetime, token: str, idle: timedelta) -> Seen | None:
    """Return who this cookie belongs to, None when unknown or idle for too long."""
    hashed = digest(token)
    found = session.execute(
        select(StaffSession, StaffRow)
        .join(StaffRow, StaffRow.id == StaffSession.staff_id)
        .where(StaffSession.token_sha256 == hashed)
    ).first()
    if found is None or found[0].last_seen_at + idle < now:
        return None
    kept, row = found
    staff = Staff(row.login, row.name, Role(row.role), kept.csrf, hashed)
    return Seen(staff, now - kept.last_seen_at > min(_TOUCH_AFTER, idle / 4))


def touch(session: Session, now: datetime, staff: Staff) -> None:
    kept = session.get(StaffSession, staff.session_sha256)
    if kept is not None:
        kept.last_seen_at = now


def forget_idle(session: Session, now: datetime, idle: timedelta) -> None:
    session.execute(delete(StaffSession).where(StaffSession.last_seen_at < now - idle))


def _by_login(session: Session, login: str) -> StaffRow | None:
    return session.scalars(select(StaffRow).where(StaffRow.login == login)).first()


def _login_key(login: str) -> str:
    return f"login:{digest(login)[:32]}"


def _address_key(address: str) -> str:
    return f"address:{digest(address)[:32]}"
