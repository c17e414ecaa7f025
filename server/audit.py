"""The audit trail: a closed list of events on an append-only SHA-256 chain, never content."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.clock import to_text
from server.tables import AuditEntry

GENESIS = "0" * 64
Fact = str | int | bool

LOGGABLE = frozenset(
    {"age_band", "attempts", "bytes", "call", "case", "cents", "check", "code", "kind", "part"}
    | {"reason", "role", "service", "sha256", "state", "terminal", "told", "unknown_here"}
)


class Event(StrEnum):
    """What goes on the trail; each event with its sentence for the reader of the trail."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> "Event":
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    INSTANCE_MADE = "instance_made", "The server's instance was set up."
    STAFF_ADDED = "staff_added", "An account for a member of staff was made."
    STAFF_SIGNED_IN = "staff_signed_in", "A member of staff signed in."
    STAFF_SIGNED_OUT = "staff_signed_out", "A member of staff signed out."
    LOGIN_REFUSED = "login_refused", "A login was refused: wrong login or password."
    LOGIN_LOCKED = "login_locked", "A login was refused because it was tried too often."
    TERMINAL_ENROLLED = "terminal_enrolled", "A terminal's key was enrolled or replaced."
    TERMINAL_REFUSED = "terminal_refused", "A token request in a terminal's name was refused."
    CAPTURE_RECEIVED = "capture_received", "A sealed capture was received and stored."
    CAPTURE_REFUSED = "capture_refused", "An envelope was refused."
    CAPTURE_ALARM = (
        "capture_alarm",
        "An envelope was tampered with, or clashes with a known capture.",
    )
    LOOKUP_MISSED = "lookup_missed", "A lookup by pickup number found nothing."
    PICKUP_LOCKED = "pickup_locked", "A pickup number was locked after five misses."
    PICKUP_UNLOCKED = "pickup_unlocked", "A supervisor unlocked a pickup number."
    LOOKUP_SCANNING = "lookup_scanning", "One clerk missed many different pickup numbers."
    CAPTURE_RETRIEVED = "capture_retrieved", "A clerk looked a capture up."
    CAPTURE_VIEWED = "capture_viewed", "A clerk read the record and reports of a capture."
    PICTURE_VIEWED = "picture_viewed", "A clerk looked at a picture of a capture."
    PHOTO_VETOED = "photo_vetoed", "A clerk overruled the photo check."
    FINGERS_CHECKED = "fingers_checked", "A clerk compared the fingerprints with the person."
    DECISION_WITHDRAWN = (
        "decision_withdrawn",
        "A clerk took a verdict on the photo or a comparison of prints back.",
    )
    SIGNATURE_AT_COUNTER = (
        "signature_at_counter",
        "A signature was given at the counter, said to be impossible, or taken back.",
    )
    AGE_BAND_CORRECTED = (
        "age_band_corrected",
        "The papers showed another age band than the terminal was told; the fee follows it.",
    )
    CAPTURE_RELEASED = "capture_released", "A clerk took the capture over into a case."
    CAPTURE_REJECTED = "capture_rejected", "A clerk did not take the capture over."
    CAPTURE_EXPIRED = "capture_expired", "Nobody took the capture over in time."
    SERVER_COPY_DELETED = "server_copy_deleted", "The server's sealed copy of a capture is gone."
    TERMINAL_COPY_DELETED = "terminal_copy_deleted", "The terminal's sealed copy is gone."
    DOCUMENT_EXPORTED = "document_exported", "A document of a case was exported."
    CALL_ASKED = "call_asked", "A citizen at a terminal asked for a person."
    CALL_RUNG = "call_rung", "A call was offered to a clerk."
    CALL_DECLINED = "call_declined", "A clerk passed on a call."
    CALL_ANSWERED = "call_answered", "A clerk answered a call."
    CALL_REQUEUED = "call_requeued", "A clerk was lost; the call went back into the line."
    CALL_ENDED = "call_ended", "A call ended."


@dataclass(frozen=True, slots=True)
class Verification:
    """Outcome of walking the chain; `broken_at` is the first entry that does not hold."""

    entries: int
    head: str
    broken_at: int | None


def record(
    session: Session, now: datetime, event: Event, actor: str, subject: str = "", **facts: Fact
) -> None:
    """Append one event; raises ValueError for a fact that is not on the allow-list."""
    if unknown := facts.keys() - LOGGABLE:
        raise ValueError(f"not loggable: {', '.join(sorted(unknown))}")
    last = _last(session)
    entry = AuditEntry(
        seq=last.seq + 1 if last else 1,
        at=to_text(now),
        event=event.value,
        actor=actor,
        subject=subject,
        facts=dict(facts),
        previous=last.hash if last else GENESIS,
    )
    entry.hash = link_hash(entry)
    session.add(entry)
    session.flush()


def link_hash(entry: AuditEntry) -> str:
    """Return SHA-256 over everything an entry says and the hash of the one before it."""
    said = [entry.seq, entry.at, entry.event, entry.actor, entry.subject, entry.facts]
    text = json.dumps([*said, entry.previous], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def entries(session: Session, last: int | None = None) -> list[AuditEntry]:
    """Return all entries, or the newest `last`, oldest first."""
    newest_first = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(last)
    return list(session.scalars(newest_first))[::-1]


def verify_chain(chain: Iterable[AuditEntry]) -> Verification:
    """Walk the chain from its first entry; a missing, changed or reordered entry breaks it."""
    seq, head = 0, GENESIS
    for entry in chain:
        if entry.seq != seq + 1 or entry.previous != head or entry.hash != link_hash(entry):
            return Verification(seq, head, entry.seq)
        seq, head = entry.seq, entry.hash
    return Verification(seq, head, None)


def hangs_together(part: list[AuditEntry]) -> bool:
    """Tell whether successive entries, oldest first, are unchanged and follow each other."""
    if not part:
        return True
    if part[0].hash != link_hash(part[0]):
        return False
    pairs = pairwise(part)
    return all(
        (new.seq, new.previous, new.hash) == (old.seq + 1, old.hash, link_hash(new))
        for old, new in pairs
    )


def stream(session: Session) -> Iterable[AuditEntry]:
    """Yield the whole chain without holding it in memory."""
    return session.scalars(
        select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=500)
    )


def _last(session: Session) -> AuditEntry | None:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).first()
