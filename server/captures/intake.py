"""Takes an envelope exactly once: an improper one is refused, a repeat changes nothing."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import audit
from server.captures import alarms, ending
from server.clock import from_text, to_text
from server.contract import envelope, pickup
from server.contract.captures import CaptureRecord, CaptureState, MissingFinger, Receipt
from server.contract.envelope import Envelope, EnvelopeError, PartKind
from server.contract.sealing import NotOpenedError, OfficePrivateKey
from server.refusals import No, Refused
from server.tables import Capture, CaptureBlob, Terminal

_STILL_TO_TAKE = frozenset({MissingFinger.TEMPORARY, MissingFinger.QUALITY})
_ALARMING = frozenset(no.code for no in (No.TAMPERED, No.BAD_SIGNATURE, No.NOT_OPENED))
_CLOCKS_DIFFER = timedelta(hours=24)  # more is no clock that is merely a little wrong
FINGER_PARTS = frozenset({PartKind.FINGER_RIGHT, PartKind.FINGER_LEFT})


@dataclass(frozen=True, slots=True)
class Sender:
    """The terminal as its token says; and the id in the address it put the envelope to."""

    terminal_id: str
    public_key: bytes
    capture_id: str

    @classmethod
    def of(cls, terminal: Terminal, capture_id: str) -> "Sender":
        return cls(terminal.id, terminal.public_key, capture_id)


@dataclass(frozen=True, slots=True)
class Examined:
    """An envelope that holds what it promises, with its record opened."""

    data: bytes = field(repr=False)
    sha256: str
    record: CaptureRecord
    captured_at: datetime
    fingers_expected: bool


class Taken(NamedTuple):
    """The receipt, and whether the capture is new here."""

    receipt: Receipt
    new: bool


def examine(data: bytes, sender: Sender, key: OfficePrivateKey) -> Examined | Refused:
    """Check an envelope against its sender and open its record; touches no database."""
    try:
        parsed = envelope.unpack(data)
    except EnvelopeError as fault:
        no = No.TAMPERED if fault.code == "ENV-005" else No.NO_ENVELOPE
        return no.because(f"{fault.code}: {fault.cause}")
    return _stranger(parsed, sender, key) or _opened(data, parsed, key)


def store(
    session: Session, now: datetime, sender: Sender, examined: Examined, life: timedelta, to: str
) -> Taken | Refused:
    """Store an examined envelope once; `to` gets the mail if other bytes came under its id."""
    known = session.get(Capture, examined.record.capture_id)
    if known is not None:
        return _repeat(session, now, known, sender, examined.sha256, to)
    if examined.captured_at > now + _CLOCKS_DIFFER:
        no = No.BAD_RECORD.because("record: captured_at lies in the future; check the clock")
        return refuse(session, now, sender, no, to)
    if _findable_twice(session, examined.record):
        alarm = alarms.pickup_taken(sender.terminal_id, sender.capture_id)
        alarms.raise_alarm(session, now, to, alarm)
        return No.PICKUP_TAKEN.because("another capture has this pickup number and birthday")
    return Taken(_receipt(_kept(session, now, examined, life)), new=True)


def refuse(session: Session, now: datetime, sender: Sender, refused: Refused, to: str) -> Refused:
    """Put the refusal of an envelope on the trail; a tampered one raises an alarm."""
    actor, subject = f"terminal:{sender.terminal_id}", f"capture:{sender.capture_id}"
    audit.record(session, now, audit.Event.CAPTURE_REFUSED, actor, subject, code=refused.code)
    if refused.code in _ALARMING:
        alarm = alarms.tampered(sender.terminal_id, sender.capture_id, refused.cause)
        alarms.raise_alarm(session, now, to, alarm)
    return refused


def _stranger(parsed: Envelope, sender: Sender, key: OfficePrivateKey) -> Refused | None:
    header = parsed.header
    if header.terminal_id != sender.terminal_id:
        return No.OTHER_TERMINAL.because("the envelope names another terminal")
    if header.capture_id != sender.capture_id:
        return No.NO_ENVELOPE.because("the envelope names another capture than its address")
    if not parsed.signed_by(Ed25519PublicKey.from_public_bytes(sender.public_key)):
        return No.BAD_SIGNATURE.because("the header was not signed by this terminal's key")
    if header.office_key_id != envelope.key_id(key.public().raw):
        return No.UNKNOWN_KEY.because(f"sealed to the office key {header.office_key_id}")
    return None


def _opened(data: bytes, parsed: Envelope, key: OfficePrivateKey) -> Examined | Refused:
    sealed = {part.kind: part.sealed for part in parsed.parts}
    if PartKind.RECORD not in sealed or PartKind.PHOTO not in sealed:
        return No.NO_ENVELOPE.because("a record and a photo are needed")
    where = envelope.context(parsed.header.capture_id, PartKind.RECORD)
    try:
        record = CaptureRecord.model_validate_json(key.open(sealed[PartKind.RECORD], where))
        captured_at = from_text(record.captured_at)
    except NotOpenedError:
        return No.NOT_OPENED.because("the record does not open with the office key")
    except ValidationError as fault:
        return No.BAD_RECORD.because(f"record: {fault.errors()[0]['loc']} is wrong")
    except ValueError:
        return No.BAD_RECORD.because("record: captured_at is no time")
    if (record.capture_id, record.terminal_id) != (
        parsed.header.capture_id,
        parsed.header.terminal_id,
    ):
        return No.BAD_RECORD.because("record and header name different captures or terminals")
    if not pickup.is_valid(record.pickup_number):
        return No.BAD_RECORD.because("record: pickup_number has a wrong check digit")
    digest = hashlib.sha256(data).hexdigest()
    return Examined(data, digest, record, captured_at, _fingers_expected(record, set(sealed)))


def _fingers_expected(record: CaptureRecord, kinds: set[PartKind]) -> bool:
    """Tell whether prints must be compared or taken at the counter (TR-03121, SSS)."""
    return bool(FINGER_PARTS & kinds) or any(f.missing in _STILL_TO_TAKE for f in record.fingers)


def _repeat(
    session: Session, now: datetime, known: Capture, sender: Sender, sha256: str, to: str
) -> Taken | Refused:
    if known.terminal_id == sender.terminal_id and known.sha256 == sha256:
        return Taken(_receipt(known), new=False)
    alarms.raise_alarm(session, now, to, alarms.other_bytes(sender.terminal_id, known.id))
    return No.OTHER_BYTES.because("other bytes are known under this id")


def _findable_twice(session: Session, record: CaptureRecord) -> bool:
    """Tell whether a lookup would find another live capture; finished ones have no number."""
    same = select(Capture.id).where(
        Capture.pickup_number == record.pickup_number,
        Capture.birth_day == record.birth_day,
        Capture.birth_month == record.birth_month,
    )
    return session.scalars(same).first() is not None


def _kept(session: Session, now: datetime, examined: Examined, life: timedelta) -> Capture:
    record = examined.record
    capture = Capture(
        id=record.capture_id,
        terminal_id=record.terminal_id,
        sha256=examined.sha256,
        state=CaptureState.STORED.value,
        service=record.service,
        age_band=record.age_band.value,
        pickup_number=record.pickup_number,
        birth_day=record.birth_day,
        birth_month=record.birth_month,
        photo_accepted=record.photo_accepted,
        fingers_expected=examined.fingers_expected,
        received_at=now,
        expires_at=min(examined.captured_at, now) + life,
    )
    session.add(capture)
    session.flush()
    session.add(CaptureBlob(capture_id=capture.id, envelope=examined.data))
    facts: dict[str, audit.Fact] = {"sha256": examined.sha256, "bytes": len(examined.data)}
    actor, subject = f"terminal:{record.terminal_id}", f"capture:{record.capture_id}"
    audit.record(session, now, audit.Event.CAPTURE_RECEIVED, actor, subject, **facts)
    if capture.expires_at <= now:
        ending.expire(session, now, capture)
    return capture


def _receipt(capture: Capture) -> Receipt:
    return Receipt(
        capture_id=capture.id,
        sha256=capture.sha256,
        received_at=to_text(capture.received_at),
        state=CaptureState(capture.state),
    )
