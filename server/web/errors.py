"""The one place where errors become answers: always a Refusal with code, cause and advice."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from server.contract.envelope import EnvelopeError
from server.contract.sealing import NotOpenedError
from server.refusals import No, Refused, RefusedError

_BY_STATUS = {404: No.NOT_FOUND, 405: No.WRONG_METHOD, 413: No.TOO_LARGE}
_LONGEST_PLACE = 80  # a place may carry a key that somebody sent
_log = logging.getLogger("amtsnah.server")


def answer(refused: Refused) -> JSONResponse:
    return JSONResponse(refused.as_wire().model_dump(), refused.status)


def install(app: FastAPI) -> None:
    """Map every error that may leave a handler."""
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http)
    for kind in (NotOpenedError, EnvelopeError):
        app.add_exception_handler(kind, _not_readable)
    app.add_exception_handler(OperationalError, _no_database)


async def _refused(_: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RefusedError)
    return answer(fault.refused)


async def _not_understood(_: Request, fault: Exception) -> JSONResponse:
    """Name the field and what it should be; never echo what was sent."""
    assert isinstance(fault, RequestValidationError)
    first = fault.errors()[0]
    where = ".".join(str(step) for step in first["loc"])[:_LONGEST_PLACE]
    return answer(No.NOT_UNDERSTOOD.because(f"{where}: {first['msg']}"))


async def _not_readable(request: Request, fault: Exception) -> JSONResponse:
    """What intake took once does not open any more."""
    _log.error("sealed copy not readable in %s", request.url.path, exc_info=fault)
    return answer(No.NOT_READABLE.because("a sealed copy cannot be opened"))


async def _no_database(request: Request, fault: Exception) -> JSONResponse:
    """The disk is full, or somebody else keeps the database locked; nothing was written."""
    _log.error("database failing in %s", request.url.path, exc_info=fault)
    return answer(No.NO_DATABASE.because("the database did not take this, nothing was changed"))


async def _http(request: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, HTTPException)
    no = _BY_STATUS.get(fault.status_code, No.NOT_UNDERSTOOD)
    causes = {
        No.NOT_FOUND: "there is nothing at this address",
        No.WRONG_METHOD: f"this address does not take {request.method}",
    }
    refused = no.because(causes.get(no, str(fault.detail)))
    return JSONResponse(refused.as_wire().model_dump(), fault.status_code, fault.headers)
