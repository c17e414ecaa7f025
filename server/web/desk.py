"""What the page of the desk calls: signing in, and of captures the list, lookup, record, trail."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from server.access import Right, give_cookie, may, requires, sign_in, sign_out
from server.captures import lookup, review, trail
from server.contract.captures import Refusal
from server.contract.desk import (
    CaptureDetail,
    CaptureList,
    CaptureTrail,
    Login,
    Lookup,
    StaffInfo,
    Unlock,
)
from server.office import office_of
from server.refusals import unwrap
from server.staff import Staff

router = APIRouter(
    prefix="/desk/api",
    tags=["desk"],
    responses={code: {"model": Refusal} for code in (401, 403, 404, 409, 422, 423, 429)},
)
AtDesk = Annotated[Staff, Depends(requires(Right.DESK))]
Clerk = Annotated[Staff, Depends(requires(Right.CAPTURES))]
Supervisor = Annotated[Staff, Depends(requires(Right.UNLOCK))]


@router.post("/login")
async def login(request: Request, response: Response, given: Login) -> StaffInfo:
    """Sign in: sets the session's cookie and gives the token for X-CSRF; public."""
    signed_in = unwrap(await sign_in(request, given.login, given.password))
    give_cookie(request, response, signed_in)
    return _info(signed_in.staff)


@router.get("/me")
async def me(staff: AtDesk) -> StaffInfo:
    """Say who is signed in, with the token for X-CSRF."""
    return _info(staff)


@router.post("/logout", status_code=204, response_class=Response)
async def logout(request: Request, response: Response, staff: AtDesk) -> None:
    """End this session."""
    await sign_out(request, response, staff)


@router.get("/captures")
async def captures(request: Request, staff: AtDesk) -> CaptureList:
    """List open captures and those finished today; nothing here finds or names a person."""
    office = office_of(request)
    return await office.db.read(lambda s: review.todays(s, office.clock()))


@router.get("/captures/{capture_id}/trail")
async def trail_of(
    request: Request,
    capture_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")],
    staff: AtDesk,
) -> CaptureTrail:
    """Say what the audit trail says about a capture, to who looked it up or may read the trail."""
    login, sees_all = staff.login, may(staff, Right.TRAIL)
    read = office_of(request).db.read
    return unwrap(await read(lambda s: trail.of_capture(s, login, sees_all, capture_id)))


@router.post("/lookup")
async def look_up(request: Request, asked: Lookup, staff: Clerk) -> CaptureDetail:
    """Find a capture by pickup number and birthday and retrieve it."""
    office = office_of(request)
    now, to = office.clock(), office.config.supervisor_mail
    found = unwrap(await office.db.run(lambda s: lookup.look_up(s, now, staff, asked, to)))
    office.exchange.captures_changed()
    return unwrap(await office.db.read(lambda s: review.detail(s, staff, found, office.key)))


@router.post("/lookup/unlock", status_code=204, response_class=Response)
async def unlock(request: Request, asked: Unlock, staff: Supervisor) -> None:
    """Open a locked pickup number again."""
    office = office_of(request)
    number = asked.pickup_number
    await office.db.run(lambda s: lookup.unlock(s, office.clock(), staff, number))


def _info(staff: Staff) -> StaffInfo:
    return StaffInfo(login=staff.login, name=staff.name, role=staff.role.value, csrf=staff.csrf)
