"""The one place where errors become answers: always a Refusal with code, cause and advice."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from server.refusals import No, Refused, RefusedError

_BY_STATUS = {404: No.NOT_FOUND, 405: No.WRONG_METHOD, 413: No.TOO_LARGE}


def answer(refused: Refused) -> JSONResponse:
    return JSONResponse(refused.as_wire().model_dump(), refused.status)


def install(app: FastAPI) -> None:
    """Map every error that may leave a handler."""
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http)


async def _refused(_: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RefusedError)
    return answer(fault.refused)


async def _not_understood(_: Request, fault: Exception) -> JSONResponse:
    """Name the field and what it should be; never echo what was sent."""
    assert isinstance(fault, RequestValidationError)
    first = fault.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    return answer(No.NOT_UNDERSTOOD.because(f"{where}: {first['msg']}"))


async def _http(_: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, HTTPException)
    no = _BY_STATUS.get(fault.status_code, No.NOT_UNDERSTOOD)
    refused = no.because(str(fault.detail))
    return JSONResponse(refused.as_wire().model_dump(), fault.status_code, fault.headers)
