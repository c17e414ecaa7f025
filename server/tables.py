"""The tables; biometrics (sealed) never share a row with a name."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC in Python, naive UTC in the database (SQLite knows no zones)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Terminal(Base):
    """An enrolled terminal and its Ed25519 public key (32 bytes)."""

    __tablename__ = "terminals"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[str] = mapped_column(String(120))
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    enrolled_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]


class TerminalToken(Base):
    """A token handed to a terminal; its request's nonce is used up as long as the row lives."""

    __tablename__ = "terminal_tokens"
    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.id"))
    nonce: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Staff(Base):
    """An account of somebody who works here."""

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))


class StaffSession(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "staff_sessions"
    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Attempts(Base):
    """Misses counted per key within a window: logins, pickup numbers, lookups of one clerk."""

    __tablename__ = "attempts"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    misses: Mapped[int]
    window_ends_at: Mapped[datetime] = mapped_column(index=True)


class Capture(Base):
    """One capture, pseudonymous; pickup number and birthday are emptied when it is finished.

    Live captures never share number and birthday together: both are needed to find one.
    """

    __tablename__ = "captures"
    __table_args__ = (UniqueConstraint("pickup_number", "birth_day", "birth_month"),)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    terminal_id: Mapped[str] = mapped_column(ForeignKey("terminals.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), index=True)
    service: Mapped[str] = mapped_column(String(41))
    age_band: Mapped[str] = mapped_column(String(12))
    pickup_number: Mapped[str | None] = mapped_column(String(9))
    birth_day: Mapped[int | None]
    birth_month: Mapped[int | None]
    photo_accepted: Mapped[bool]
    fingers_expected: Mapped[bool]
    received_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    retrieved_by: Mapped[str | None] = mapped_column(String(60))
    retrieved_at: Mapped[datetime | None]
    veto_kind: Mapped[str | None] = mapped_column(String(12))
    veto_reason: Mapped[str | None] = mapped_column(String(300))
    finger_check: Mapped[str | None] = mapped_column(String(12))
    finger_comparison: Mapped[str | None] = mapped_column(String(12))
    counter_signature: Mapped[str | None] = mapped_column(String(20))
    decisions: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    terminal_deleted_at: Mapped[datetime | None]
    case_number: Mapped[str | None] = mapped_column(String(20))


class CaptureBlob(Base):
    """The sealed envelope of a live capture."""

    __tablename__ = "capture_blobs"
    capture_id: Mapped[str] = mapped_column(ForeignKey("captures.id"), primary_key=True)
    envelope: Mapped[bytes] = mapped_column(LargeBinary)


class CounterPart(Base):
    """What was taken at the counter for a live capture, sealed to the office key."""

    __tablename__ = "counter_parts"
    capture_id: Mapped[str] = mapped_column(ForeignKey("captures.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseCounter(Base):
    """The last running number of each year."""

    __tablename__ = "case_counters"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Case(Base):
    """A case with what the clerk typed and what the papers made of the fee; no biometrics here."""

    __tablename__ = "cases"
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    capture_id: Mapped[str] = mapped_column(ForeignKey("captures.id"), unique=True)
    service: Mapped[str] = mapped_column(String(41))
    opened_by: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]
    fields: Mapped[dict[str, Any]]
    age_band: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]]
    fees: Mapped[list[Any]]


class CaseDocument(Base):
    """One document of a case, sealed to the office key under the case's number."""

    __tablename__ = "case_documents"
    case_number: Mapped[str] = mapped_column(ForeignKey("cases.number"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class AuditEntry(Base):
    """One link of the audit chain."""

    __tablename__ = "audit_entries"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(20))
    event: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    facts: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class OutgoingMail(Base):
    """A mail that was decided in a transaction and goes out after it."""

    __tablename__ = "outgoing_mails"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    to: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(String(4000))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
