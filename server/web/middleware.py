"""What surrounds every handler: body limits, security headers, own access log, one site only."""

import logging
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.contract.envelope import MAX_BYTES
from server.refusals import No, Refused
from server.web.errors import answer

SMALL_BODY = 64 * 1024
CAPTURES = "/api/terminals/captures/"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})
_log = logging.getLogger("amtsnah.server")
_access = logging.getLogger("amtsnah.access")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}


class Precautions:
    """One ASGI layer; a pure one, so that it costs a socket or a stream nothing."""

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self._app = app
        self._headers = HEADERS | (
            {"Strict-Transport-Security": "max-age=31536000"} if https else {}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        noted = _Noted(scope, send, self._headers)
        objection = _objection(scope)
        if objection is not None:
            await answer(objection)(scope, receive, noted.send)
            return
        try:
            await self._app(scope, _limited(scope, receive), noted.send)
        except Exception:  # a supervisor: one request's bug is not the next one's
            _log.exception("bug in %s %s", scope["method"], scope["path"])
            if not noted.started:
                await answer(No.WENT_WRONG.because("a fault in the server"))(
                    scope, receive, noted.send
                )


class _Noted:
    """Adds the headers to an answer and writes one line about it: no query, no cookie, no body."""

    def __init__(self, scope: Scope, send: Send, headers: dict[str, str]) -> None:
        self._scope, self._send, self._headers = scope, send, headers
        self._asked, self.started = time.perf_counter(), False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            ours = self._scope["path"].startswith("/static/")  # asked again: never half an update
            headers.setdefault("Cache-Control", "no-cache" if ours else "no-store")
            took = (time.perf_counter() - self._asked) * 1000
            said = self._scope["method"], self._scope["path"], message["status"], took
            _access.info("%s %s %d %.1f ms", *said)
        await self._send(message)


def _objection(scope: Scope) -> Refused | None:
    headers = Headers(scope=scope)
    if scope["method"] not in _SAFE and headers.get("sec-fetch-site", "none") not in _OWN:
        return No.OTHER_SITE.because("the request comes from another site's page")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > _limit(scope):
        return No.TOO_LARGE.because(f"at most {_limit(scope)} bytes are taken here")
    return None


def _limited(scope: Scope, receive: Receive) -> Callable[[], Awaitable[Message]]:
    limit, taken = _limit(scope), 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, f"at most {limit} bytes are taken here")
        return message

    return limited


def _limit(scope: Scope) -> int:
    return MAX_BYTES if scope["path"].startswith(CAPTURES) else SMALL_BODY
