"""The sockets of calls: reads, limits and decodes what comes in; writes what the exchange says."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, WebSocket
from pydantic import TypeAdapter, ValidationError
from starlette.websockets import WebSocketDisconnect

from remote_clerk.messages import FROM_DESK, FROM_TERMINAL, ToDesk, ToTerminal, Wrong
from server.access import signed_in_staff, staff_of_socket, terminal_of_socket
from server.calls.exchange import Exchange
from server.office import Office, office_of
from server.refusals import No
from server.staff import Staff
from server.tables import Terminal
from server.terminals import touch
from server.web.errors import answer

MAX_MESSAGE = 96 * 1024
BURST, PER_SECOND = 200, 50.0
_TICK_SECONDS = 0.5
_SESSION_SECONDS = 3.0  # a session that idled out is noticed this soon, a sign-out at once
_SEEN_SECONDS = 30.0
_FULL = 500
NOBODY = "nobody who may take calls is signed in on this page"

_log = logging.getLogger("amtsnah.server")
router = APIRouter()


class SocketMailbox:
    """Messages for one socket, sent one after the other; a reader that is too slow is cut off."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[ToTerminal | ToDesk | int] = asyncio.Queue()
        self._closed = False

    def put(self, message: ToTerminal | ToDesk) -> None:
        if self._waiting.qsize() >= _FULL:
            self.close(1008)
        elif not self._closed:
            self._waiting.put_nowait(message)

    def close(self, code: int) -> None:
        """Take nothing more; what waits is still sent, then the socket is closed."""
        if not self._closed:
            self._closed = True
            self._waiting.put_nowait(code)

    async def deliver(self, socket: WebSocket) -> None:
        """Send until told to close, or until nobody is there any more."""
        with contextlib.suppress(WebSocketDisconnect):
            while not isinstance(message := await self._waiting.get(), int):
                await socket.send_text(message.model_dump_json())
            await socket.close(message)


class Allowance:
    """A token bucket: `BURST` messages at once, `PER_SECOND` in the long run."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic, self._at, self._left = monotonic, monotonic(), float(BURST)

    def takes_one(self) -> bool:
        now = self._monotonic()
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


@router.websocket("/api/terminals/call")
async def terminal_call(
    socket: WebSocket, terminal: Annotated[Terminal | None, Depends(terminal_of_socket)]
) -> None:
    """The terminal's line to the exchange, open all day."""
    if terminal is None:
        await socket.send_denial_response(answer(No.NO_TOKEN.because("no valid terminal token")))
        return
    exchange, mailbox = office_of(socket).exchange, SocketMailbox()
    await socket.accept()
    party = exchange.terminal_here(terminal.id, terminal.place, mailbox)
    seen = asyncio.create_task(_keep_seen(office_of(socket), terminal.id))
    try:
        await _talk(socket, mailbox, FROM_TERMINAL, lambda m: exchange.terminal_said(party, m))
    finally:
        seen.cancel()
        exchange.terminal_gone(party)


@router.websocket("/desk/api/call")
async def desk_call(
    socket: WebSocket, staff: Annotated[Staff | None, Depends(staff_of_socket)]
) -> None:
    """A clerk's line to the exchange, open as long as the desk is."""
    if staff is None:
        await socket.send_denial_response(answer(No.NOT_SIGNED_IN.because(NOBODY)))
        return
    exchange, mailbox = office_of(socket).exchange, SocketMailbox()
    await socket.accept()
    party = exchange.desk_here(staff.login, staff.name, mailbox, staff.session_sha256)
    guard = asyncio.create_task(_end_with_session(socket, staff))
    try:
        await _talk(socket, mailbox, FROM_DESK, lambda m: exchange.desk_said(party, m))
    finally:
        guard.cancel()
        exchange.desk_gone(party)


@contextlib.asynccontextmanager
async def ticking(exchange: Exchange) -> AsyncIterator[None]:
    """Let the exchange's time pass while the server runs."""
    task = asyncio.create_task(_tick(exchange))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _tick(exchange: Exchange) -> None:
    while True:
        exchange.ping()
        for _ in range(2):
            try:
                exchange.tick()
            except Exception:  # a supervisor: one call's bug is not the next one's
                _log.exception("the exchange's tick failed")
            await asyncio.sleep(_TICK_SECONDS)


async def _talk(
    socket: WebSocket, mailbox: SocketMailbox, said: TypeAdapter[Any], hear: Callable[[Any], None]
) -> None:
    """Serve one socket until either side closes it."""
    sending = asyncio.create_task(mailbox.deliver(socket))
    reading = asyncio.create_task(_hear(socket, mailbox, said, hear))
    try:
        done, _ = await asyncio.wait({sending, reading}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in (sending, reading):
            task.cancel()
        await asyncio.gather(sending, reading, return_exceptions=True)


async def _hear(
    socket: WebSocket, mailbox: SocketMailbox, said: TypeAdapter[Any], hear: Callable[[Any], None]
) -> None:
    allowance = Allowance(asyncio.get_running_loop().time)
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            text = await socket.receive_text()
            if not allowance.takes_one() or len(text) > MAX_MESSAGE:
                mailbox.put(Wrong(code="CALL-603", cause="too many messages, or one too large"))
                continue
            try:
                message = said.validate_json(text)
            except ValidationError as fault:
                mailbox.put(Wrong(code="CALL-601", cause=_cause(fault)))
                continue
            hear(message)


async def _end_with_session(socket: WebSocket, staff: Staff) -> None:
    """A socket lives no longer than its session; only a call keeps the session awake."""
    exchange = office_of(socket).exchange
    while await signed_in_staff(socket, keep_awake=exchange.is_talking(staff.login)) is not None:
        await asyncio.sleep(_SESSION_SECONDS)
    exchange.session_over(staff.session_sha256)


async def _keep_seen(office: Office, terminal_id: str) -> None:
    while True:
        await office.db.run(partial(touch, now=office.clock(), terminal_id=terminal_id))
        await asyncio.sleep(_SEEN_SECONDS)


def _cause(fault: ValidationError) -> str:
    """Name the field, never the value."""
    where = ".".join(str(step) for step in fault.errors()[0]["loc"])
    return f"{where or 'message'}: {fault.errors()[0]['msg']}"
