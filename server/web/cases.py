"""Documents of a case for the clerk: the summary as PDF, the XhD draft as XML."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response

from server import audit, cases
from server.access import Right, requires
from server.audit import Event
from server.cases import OpenCase
from server.contract.captures import Refusal
from server.contract.catalogue import Service
from server.exports import summary, xhd
from server.exports.pictures import PictureError
from server.exports.summary import DocumentError
from server.office import Office, office_of
from server.refusals import No, unwrap
from server.staff import Staff

CaseNumber = Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{6,10}$")]
Clerk = Annotated[Staff, Depends(requires(Right.CAPTURES))]

router = APIRouter(
    prefix="/desk/api/cases/{number}",
    tags=["desk"],
    responses={code: {"model": Refusal} for code in (401, 403, 404, 409, 422)},
)


@router.get(
    "/summary.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def summary_pdf(
    request: Request, number: CaseNumber, staff: Clerk, lang: Literal["de", "en"] = "de"
) -> Response:
    """Return the accessible summary of a case."""
    office, folder = office_of(request), office_of(request).documents
    name = office.config.office_name
    pdf = await _export(
        office,
        staff,
        number,
        "summary",
        lambda case, of: summary.render(case, of, name, lang, folder),
    )
    return _download(pdf, "application/pdf", f"{number}-summary.pdf")


@router.get(
    "/xhd-draft.xml",
    response_class=Response,
    responses={200: {"content": {"application/xml": {}}}},
)
async def xhd_draft(request: Request, number: CaseNumber, staff: Clerk) -> Response:
    """Return the XhD-shaped draft, marked uncertified; it is never sent."""
    office = office_of(request)
    draft = await _export(
        office, staff, number, "xhd", lambda case, of: xhd.draft(case, of.xhd_product)
    )
    return _download(draft, "application/xml", f"{number}-xhd-draft.xml")


async def _export(
    office: Office, staff: Staff, number: str, kind: str, make: Callable[[OpenCase, Service], bytes]
) -> bytes:
    case = unwrap(await office.db.read(lambda s: cases.read_case(s, number, office.key)))
    try:
        data = await asyncio.to_thread(make, case, office.service(case.service))
    except (DocumentError, PictureError):  # what they were made of is the citizen's: no trace
        raise No.NO_DOCUMENT.error(f"the {kind} of this case cannot be made") from None
    now = office.clock()
    actor, subject = f"staff:{staff.login}", f"case:{number}"
    await office.db.run(
        lambda s: audit.record(s, now, Event.DOCUMENT_EXPORTED, actor, subject, kind=kind)
    )
    return data


def _download(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)
