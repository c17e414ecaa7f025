"""What the desk does with one retrieved capture: see it, decide on it, take it over."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, Path, Request, Response
from sqlalchemy.orm import Session

from server.access import Right, requires
from server.captures import counter, opening, release, review, signing
from server.captures.opening import OpenCapture
from server.captures.signing import AtCounter
from server.contract.captures import Refusal
from server.contract.desk import (
    Assessment,
    CaptureDetail,
    CounterFacts,
    Reject,
    Rejected,
    Release,
    Released,
    Signing,
    Verify,
    Veto,
)
from server.contract.envelope import PartKind
from server.exports.pictures import PictureError, print_png
from server.office import Office, office_of
from server.refusals import No, Refused, unwrap
from server.staff import Staff
from server.tables import Capture
from server.web.templating import language_of

T = TypeVar("T")
CaptureId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Clerk = Annotated[Staff, Depends(requires(Right.CAPTURES))]
Decision = Callable[[Session], Capture | Refused]

PICTURES: dict[str, tuple[PartKind, str]] = {
    "photo.jpg": (PartKind.PHOTO, "image/jpeg"),
    "finger_right.png": (PartKind.FINGER_RIGHT, "image/png"),
    "finger_left.png": (PartKind.FINGER_LEFT, "image/png"),
    "signature.png": (PartKind.SIGNATURE, "image/png"),
}
_PRINTS = frozenset({PartKind.FINGER_RIGHT, PartKind.FINGER_LEFT})

router = APIRouter(
    prefix="/desk/api/captures/{capture_id}",
    tags=["desk"],
    responses={code: {"model": Refusal} for code in (401, 403, 404, 409, 422)},
)


@router.get("")
async def detail(request: Request, capture_id: CaptureId, staff: Clerk) -> CaptureDetail:
    """Return record and reports; reading is on the trail."""
    office = office_of(request)
    found = unwrap(await _detail(office, staff, capture_id))
    now = office.clock()
    await office.db.run(lambda s: review.note_viewed(s, now, staff, capture_id, "record"))
    return found


@router.get(
    "/{picture}",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}, "image/png": {}}}},
)
async def picture(request: Request, capture_id: CaptureId, picture: str, staff: Clerk) -> Response:
    """Return one picture: photo.jpg, finger_right.png, finger_left.png or signature.png."""
    if picture not in PICTURES:
        raise No.NO_PART.error("no picture has this name")
    office, (kind, media_type) = office_of(request), PICTURES[picture]
    opened, signed = unwrap(await office.db.read(lambda s: _whole(s, office, staff, capture_id)))
    data = unwrap(await asyncio.to_thread(_picture, opened, signed, kind))
    now = office.clock()
    await office.db.run(lambda s: review.note_viewed(s, now, staff, capture_id, kind.value))
    return Response(data, media_type=media_type)


@router.post("/veto")
async def veto(request: Request, capture_id: CaptureId, said: Veto, staff: Clerk) -> CaptureDetail:
    """Overrule the photo check, with a reason."""
    now = office_of(request).clock()
    return await _decide(
        request, staff, capture_id, lambda s: review.veto(s, now, staff, capture_id, said)
    )


@router.delete("/veto")
async def withdraw_veto(request: Request, capture_id: CaptureId, staff: Clerk) -> CaptureDetail:
    """Take the own verdict back."""
    now = office_of(request).clock()
    return await _decide(
        request, staff, capture_id, lambda s: review.withdraw_veto(s, now, staff, capture_id)
    )


@router.delete("/verify")
async def withdraw_verify(request: Request, capture_id: CaptureId, staff: Clerk) -> CaptureDetail:
    """Take the comparison of prints back."""
    now = office_of(request).clock()
    return await _decide(
        request, staff, capture_id, lambda s: review.withdraw_verify(s, now, staff, capture_id)
    )


@router.post("/verify")
async def verify(
    request: Request, capture_id: CaptureId, said: Verify, staff: Clerk
) -> CaptureDetail:
    """Say what comparing the prints with the person gave."""
    now = office_of(request).clock()
    return await _decide(
        request, staff, capture_id, lambda s: review.verify(s, now, staff, capture_id, said.fingers)
    )


@router.post("/signature")
async def sign(
    request: Request, capture_id: CaptureId, said: Signing, staff: Clerk
) -> CaptureDetail:
    """Keep a signature drawn at the counter, or why there can be none; an empty body undoes it."""
    office = office_of(request)
    now, key = office.clock(), office.key.public()
    opened, _ = unwrap(await office.db.read(lambda s: _whole(s, office, staff, capture_id)))
    service = office.service(opened.record().service)
    given = unwrap(await asyncio.to_thread(signing.drawing, said, service))
    return await _decide(
        request, staff, capture_id, lambda s: signing.sign(s, now, staff, capture_id, given, key)
    )


@router.post("/reject")
async def reject(request: Request, capture_id: CaptureId, said: Reject, staff: Clerk) -> Rejected:
    """Do not take the capture over; its sealed copies go."""
    office = office_of(request)
    now = office.clock()
    unwrap(await office.db.run(lambda s: review.reject(s, now, staff, capture_id, said.reason)))
    office.exchange.captures_changed()
    return Rejected(capture_id=capture_id, reason=said.reason)


@router.post("/fees")
async def reckon(
    request: Request,
    capture_id: CaptureId,
    facts: CounterFacts,
    staff: Clerk,
    lang: Literal["de", "en"] | None = None,
) -> Assessment:
    """Say what birth date and answers make of age and fee, in the desk's language."""
    office = office_of(request)
    opened, signed = unwrap(await office.db.read(lambda s: _whole(s, office, staff, capture_id)))
    service = office.service(opened.record().service)
    capture = release.application(opened, service, signed)
    return unwrap(counter.assess(capture, facts, lang or language_of(request)))


@router.post("/release")
async def take_over(
    request: Request, capture_id: CaptureId, said: Release, staff: Clerk
) -> Released:
    """Take the capture over into a case; a repeat after a lost answer gives the same case."""
    office = office_of(request)
    number = await office.db.read(lambda s: release.already(s, staff, capture_id))
    if number is None:
        number = unwrap(await _released(office, staff, capture_id, said))
        office.exchange.captures_changed()
    here = f"/desk/api/cases/{number}"
    return Released(
        case_number=number, summary_url=f"{here}/summary.pdf", xhd_url=f"{here}/xhd-draft.xml"
    )


async def _released(office: Office, staff: Staff, capture_id: str, said: Release) -> str | Refused:
    db, now = office.db, office.clock()
    decided = unwrap(await db.read(lambda s: release.ready(s, staff, capture_id, office.key)))
    opened, _ = unwrap(await db.read(lambda s: _whole(s, office, staff, capture_id)))
    service = office.service(opened.record().service)
    prepared = unwrap(await asyncio.to_thread(release.prepare, opened, service, decided, said))
    key = office.key.public()
    return await db.run(lambda s: release.release(s, now, staff, capture_id, prepared, key))


async def _decide(
    request: Request, staff: Staff, capture_id: str, decision: Decision
) -> CaptureDetail:
    office = office_of(request)
    unwrap(await office.db.run(decision))
    office.exchange.captures_changed()
    return unwrap(await _detail(office, staff, capture_id))


async def _detail(office: Office, staff: Staff, capture_id: str) -> CaptureDetail | Refused:
    return await office.db.read(lambda s: review.detail(s, staff, capture_id, office.key))


def _whole(
    session: Session, office: Office, staff: Staff, capture_id: str
) -> tuple[OpenCapture, AtCounter] | Refused:
    """Return a held capture ready to be opened, and the signature of the counter."""
    capture = review.held(session, staff, capture_id)
    if isinstance(capture, Refused):
        return capture
    opened = opening.open_capture(session, capture_id, office.key)
    if isinstance(opened, Refused):
        return opened
    return opened, signing.at_counter(session, capture, office.key)


def _picture(opened: OpenCapture, signed: AtCounter, kind: PartKind) -> bytes | Refused:
    data = opened.part(kind)
    if kind is PartKind.SIGNATURE:
        data = None if signed.impossible else signed.png or data
    if data is None:
        return No.NO_PART.because(f"this capture has no {kind.value}")
    try:
        return print_png(data) if kind in _PRINTS else data
    except PictureError as fault:
        return No.BAD_PICTURE.because(str(fault))
