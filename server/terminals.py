"""Enrolled terminals and the short-lived tokens they get for a signature."""

import re
from datetime import datetime, timedelta
from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server import audit
from server.clock import from_text
from server.contract.wire import Wire
from server.refusals import No, Refused
from server.staff import digest
from server.tables import Terminal, TerminalToken

TERMINAL_ID = r"^[a-z0-9-]{1,40}$"
TOKEN_LIFE = timedelta(minutes=10)
_CLOCK_TOLERANCE = timedelta(seconds=60)
_SEEN_EVERY = timedelta(seconds=20)


class TokenRequest(Wire):
    """A terminal proves that it holds its key."""

    terminal_id: Annotated[str, Field(pattern=TERMINAL_ID)]
    nonce: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
    at: Annotated[str, Field(max_length=32)]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


class TokenAnswer(Wire):
    """The bearer token and its life in seconds."""

    token: str = Field(repr=False)
    expires_in: int


def enrol(session: Session, now: datetime, terminal_id: str, place: str, key: bytes) -> None:
    """Enrol a terminal, or replace its key; raises ValueError for what is no id or no key."""
    if not re.fullmatch(TERMINAL_ID, terminal_id):
        raise ValueError("an id has 1 to 40 of a-z, 0-9 and -")
    Ed25519PublicKey.from_public_bytes(key)
    row = session.get(Terminal, terminal_id)
    if row is None:
        row = Terminal(id=terminal_id)
        session.add(row)
    row.place, row.public_key, row.enrolled_at = place, key, now
    session.execute(delete(TerminalToken).where(TerminalToken.terminal_id == terminal_id))
    who = f"terminal:{terminal_id}"
    audit.record(session, now, audit.Event.TERMINAL_ENROLLED, "console", who)


def everyone(session: Session) -> list[Terminal]:
    return list(session.scalars(select(Terminal).order_by(Terminal.id)))


def grant(session: Session, now: datetime, request: TokenRequest, token: str) -> str | Refused:
    """Return the token if signature, time and nonce are right; the nonce is then used up."""
    cause = _objection(session, now, request)
    if cause is not None:
        known = session.get(Terminal, request.terminal_id) is not None
        who = f"terminal:{request.terminal_id if known else '(unknown)'}"
        event = audit.Event.TERMINAL_REFUSED
        audit.record(session, now, event, "anonymous", who, reason=cause)
        return No.BAD_TOKEN_REQUEST.because(cause)
    session.add(
        TerminalToken(
            token_sha256=digest(token),
            terminal_id=request.terminal_id,
            nonce=digest(f"{request.terminal_id} {request.nonce}"),
            expires_at=now + TOKEN_LIFE,
        )
    )
    return token


def whose(session: Session, now: datetime, token: str) -> Terminal | None:
    """Return the terminal this token was given to, None when unknown or too old."""
    row = session.get(TerminalToken, digest(token))
    if row is None or row.expires_at < now:
        return None
    return session.get(Terminal, row.terminal_id)


def is_news(terminal: Terminal, now: datetime) -> bool:
    """Tell whether the last sign of life on record is old enough to write a new one."""
    return terminal.last_seen_at is None or now - terminal.last_seen_at > _SEEN_EVERY


def touch(session: Session, now: datetime, terminal_id: str) -> None:
    row = session.get(Terminal, terminal_id)
    if row is not None:
        row.last_seen_at = now


def forget_old_tokens(session: Session, now: datetime) -> None:
    session.execute(delete(TerminalToken).where(TerminalToken.expires_at < now))


def _objection(session: Session, now: datetime, request: TokenRequest) -> str | None:
    terminal = session.get(Terminal, request.terminal_id)
    if terminal is None:
        return "terminal is not enrolled"
    if not _signed(terminal.public_key, request):
        return "signature does not fit the enrolled key"
    if not _timely(now, request.at):
        return "clock is more than 60 s off"
    nonce = digest(f"{request.terminal_id} {request.nonce}")
    if session.scalars(select(TerminalToken).where(TerminalToken.nonce == nonce)).first():
        return "nonce was used before"
    return None


def _signed(key: bytes, request: TokenRequest) -> bool:
    said = f"amtsnah token {request.terminal_id} {request.nonce} {request.at}"
    try:
        verify = Ed25519PublicKey.from_public_bytes(key).verify
        verify(bytes.fromhex(request.signature), said.encode())
    except InvalidSignature:
        return False
    return True


def _timely(now: datetime, at: str) -> bool:
    try:
        return abs(now - from_text(at)) <= _CLOCK_TOLERANCE
    except ValueError:
        return False
