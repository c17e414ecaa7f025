"""What terminals call: token, catalogue, office key, captures."""

import asyncio
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.exceptions import HTTPException

from server import terminals
from server.access import require_terminal
from server.captures import ending, intake
from server.captures.intake import Sender, Taken
from server.contract.captures import Receipt, Refusal, Standings
from server.contract.catalogue import Catalogue
from server.contract.envelope import MAX_BYTES
from server.office import Office, office_of
from server.refusals import No, Refused, unwrap
from server.tables import Terminal
from server.terminals import TokenAnswer, TokenRequest

CaptureId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Caller = Annotated[Terminal, Depends(require_terminal)]
_IDS = Query(pattern=r"^[0-9a-f]{32}(,[0-9a-f]{32}){0,499}$")

router = APIRouter(
    prefix="/api/terminals",
    tags=["terminals"],
    responses={code: {"model": Refusal} for code in (401, 403, 409, 413, 422)},
)


@router.post("/token")
async def token(request: Request, asked: TokenRequest) -> TokenAnswer:
    """Give a terminal a token for a signature; public, the signature is the proof."""
    office, fresh = office_of(request), office_of(request).new_secret()
    granted = await office.db.run(lambda s: terminals.grant(s, office.clock(), asked, fresh))
    life = int(terminals.TOKEN_LIFE.total_seconds())
    return TokenAnswer(token=unwrap(granted), expires_in=life)


@router.get("/catalogue", response_model=Catalogue)
async def catalogue(request: Request, caller: Caller) -> Response:
    """Return all services, 304 if the terminal has this version."""
    held = office_of(request).catalogue
    tag = f'"{held.version}"'
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    body = held.model_dump_json()
    return Response(body, media_type="application/json", headers={"ETag": tag})


@router.get(
    "/office-key",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
async def office_key(request: Request, caller: Caller) -> Response:
    """Return the office's public key, 1216 raw bytes."""
    raw = office_of(request).key.public().raw
    return Response(raw, media_type="application/octet-stream")


@router.put(
    "/captures/{capture_id}",
    responses={201: {"model": Receipt}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def put_capture(
    request: Request, response: Response, capture_id: CaptureId, caller: Caller
) -> Receipt:
    """Take an envelope exactly once: 201 new, 200 the same again."""
    office, sender = office_of(request), Sender.of(caller, capture_id)
    data = await _body(request)
    taken = unwrap(await _take(office, sender, data))
    response.status_code = 201 if taken.new else 200
    office.exchange.captures_changed()
    return taken.receipt


@router.get("/captures")
async def where_they_stand(
    request: Request, caller: Caller, ids: Annotated[str, _IDS]
) -> Standings:
    """Answer where captures stand; a finished one may be deleted at the terminal."""
    asked = ids.split(",")
    return await office_of(request).db.read(lambda s: ending.standings(s, caller.id, asked))


@router.post("/captures/{capture_id}/deleted", status_code=204, response_class=Response)
async def deleted(request: Request, capture_id: CaptureId, caller: Caller) -> None:
    """Note on the trail that the terminal's sealed copy is gone."""
    office = office_of(request)
    now = office.clock()
    await office.db.run(lambda s: ending.terminal_deleted(s, now, caller.id, capture_id))
    office.exchange.captures_changed()


async def _body(request: Request) -> bytes:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_BYTES:
            raise HTTPException(413, f"an envelope has at most {MAX_BYTES} bytes")
    return bytes(data)


async def _take(office: Office, sender: Sender, data: bytes) -> Taken | Refused:
    now, to = office.clock(), office.config.supervisor_mail
    life = timedelta(hours=office.config.capture_hours)
    examined = await asyncio.to_thread(intake.examine, data, sender, office.key)
    if isinstance(examined, Refused):
        refused = examined
        return await office.db.run(lambda s: intake.refuse(s, now, sender, refused, to))
    proper = examined
    if office.catalogue.service(proper.record.service) is None:
        stranger = No.BAD_RECORD.because("record: the service is not in the catalogue")
        return await office.db.run(lambda s: intake.refuse(s, now, sender, stranger, to))
    return await office.db.run(lambda s: intake.store(s, now, sender, proper, life, to))
