"""A signature at the counter: drawn on the desk's pad, or why there can be none."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from server.audit import Event
from server.captures.review import DRAWN, decided, held, signature_of
from server.contract import envelope
from server.contract.catalogue import Service
from server.contract.desk import NoSignature, Signing
from server.contract.envelope import PartKind
from server.contract.sealing import OfficePrivateKey, OfficePublicKey
from server.exports import pictures
from server.refusals import No, Refused
from server.staff import Staff
from server.tables import Capture, CounterPart

_KIND = PartKind.SIGNATURE.value


@dataclass(frozen=True, slots=True)
class AtCounter:
    """What was said at the counter: a drawing as PNG, a reason, or nothing."""

    png: bytes | None = field(default=None, repr=False)
    impossible: NoSignature | None = None


def drawing(said: Signing, service: Service) -> AtCounter | Refused:
    """Draw the strokes in the service's size; refuses both at once, and too little ink."""
    if said.strokes and said.impossible:
        return No.NOT_UNDERSTOOD.because("body.impossible: there is a drawing too")
    if not said.strokes:
        return AtCounter(impossible=said.impossible)
    png = pictures.signature_png(said.strokes, service.signature_pixels)
    if png is None:
        return No.NOT_UNDERSTOOD.because("body.strokes: too short to be a signature")
    return AtCounter(png)


def sign(
    session: Session,
    now: datetime,
    staff: Staff,
    capture_id: str,
    given: AtCounter,
    key: OfficePublicKey,
) -> Capture | Refused:
    """Keep what was given, sealed, in place of what was given before; the newest counts."""
    capture = held(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    if (before := session.get(CounterPart, (capture_id, _KIND))) is not None:
        session.delete(before)
        session.flush()
    if given.png is not None:
        sealed = key.seal(given.png, _context(capture_id))
        session.add(CounterPart(capture_id=capture_id, kind=_KIND, sealed=sealed))
    capture.counter_signature = _word(given)
    kind = DRAWN if given.png else "impossible" if given.impossible else "taken_back"
    decided(session, now, staff, capture, Event.SIGNATURE_AT_COUNTER, kind=kind)
    return capture


def at_counter(session: Session, capture: Capture, key: OfficePrivateKey) -> AtCounter:
    """Return what was given at the counter; raises NotOpenedError if the disk changed it."""
    part = session.get(CounterPart, (capture.id, _KIND))
    if part is not None:
        return AtCounter(key.open(part.sealed, _context(capture.id)))
    said = signature_of(capture)
    return AtCounter(impossible=said.impossible if said else None)


def _word(given: AtCounter) -> str | None:
    return DRAWN if given.png else given.impossible and given.impossible.value


def _context(capture_id: str) -> bytes:
    return envelope.context(capture_id, PartKind.SIGNATURE) + b" at the counter"
