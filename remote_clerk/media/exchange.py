"""The terminal's socket to the server: always open, a ping each second, back by itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from remote_clerk.messages import TO_TERMINAL, FromTerminal, Ping, ToTerminal

log = logging.getLogger(__name__)

PING_SECONDS = 1.0
SILENCE_SECONDS = 3.0
OPEN_SECONDS = 3.0
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 5.0
LARGEST_MESSAGE = 256 * 1024
_QUEUE = 256  # messages that wait for a slow line; more than this and the line is as good as dead

NewToken = Callable[[], Awaitable[str]]
"""Fetch a fresh bearer token; raises OSError when the server does not answer or refuses."""


class Exchange:
    """Keeps the socket and hands on what is said; owns no state of the call."""

    def __init__(
        self,
        url: str,
        new_token: NewToken,
        heard: Callable[[ToTerminal], None],
        connected: Callable[[bool], None],
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        """`url` is `ws(s)://server/api/terminals/call`; the callbacks run on the loop."""
        self._url = url
        self._new_token = new_token
        self._heard = heard
        self._changed = connected
        self._silence_seconds = silence_seconds
        self._outbound: asyncio.Queue[FromTerminal] | None = None
        self._needed = asyncio.Event()

    @property
    def connected(self) -> bool:
        return self._outbound is not None

    def say(self, message: FromTerminal) -> bool:
        """Send a message; False when there is no socket to send it on."""
        if self._outbound is None or self._outbound.full():
            return False
        self._outbound.put_nowait(message)
        return True

    def needed(self, by_call: bool) -> None:
        """Say whether a call is under way: then a broken socket is tried again at once."""
        if by_call:
            self._needed.set()
        else:
            self._needed.clear()

    async def flush(self, seconds: float) -> None:
        """Wait until all that was said is on its way, at most this long."""
        if self._outbound is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._outbound.join()

    async def run(self) -> None:
        """Connect, talk, and come back after each loss, until cancelled."""
        pause = FIRST_PAUSE
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._visit()
            except* (OSError, TimeoutError, WebSocketException) as causes:
                log.info("no call exchange: %s", type(causes.exceptions[0]).__name__)
            if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
                pause = FIRST_PAUSE
            await self._rest(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _rest(self, seconds: float) -> None:
        """Wait before the next try; a call that needs the socket, or begins to, cuts it short."""
        await asyncio.sleep(FIRST_PAUSE)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds - FIRST_PAUSE):
                await self._needed.wait()

    async def _visit(self) -> None:
        token = await self._new_token()
        async with await self._socket(token) as socket:
            self._outbound = asyncio.Queue(_QUEUE)
            self._changed(True)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._listen(socket))
                    both.create_task(self._speak(socket, self._outbound))
            finally:
                self._outbound = None
                self._changed(False)

    async def _socket(self, token: str) -> ClientConnection:
        return await connect(
            self._url,
            additional_headers={"Authorization": f"Bearer {token}"},
            compression=None,
            open_timeout=OPEN_SECONDS,
            close_timeout=0.5,
            ping_interval=None,  # our own pings travel the whole way, through every proxy
            max_size=LARGEST_MESSAGE,
            proxy=None,
        )

    async def _listen(self, socket: ClientConnection) -> None:
        while True:
            async with asyncio.timeout(self._silence_seconds):
                text = await socket.recv()
            try:
                message = TO_TERMINAL.validate_json(text)
            except ValidationError as cause:
                log.warning("message not understood: %s", cause.errors()[0]["type"])
                continue
            if not isinstance(message, Ping):
                self._heard(message)

    async def _speak(self, socket: ClientConnection, outbound: asyncio.Queue[FromTerminal]) -> None:
        while True:
            try:
                async with asyncio.timeout(PING_SECONDS):
                    message = await outbound.get()
            except TimeoutError:
                await socket.send(Ping().model_dump_json())
                continue
            await socket.send(message.model_dump_json())
            outbound.task_done()
