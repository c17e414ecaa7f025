"""The socket to the server: pings, silence, coming back, and saying goodbye."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from websockets.asyncio.server import ServerConnection, serve

from remote_clerk.media.exchange import Exchange
from remote_clerk.messages import FROM_TERMINAL, HangUp, Ping, Wrong

PATIENCE = 8
SILENCE = 1.5  # seconds; the server's messages come well within
Handler = Callable[[ServerConnection], Awaitable[None]]


class Terminal:
    """An exchange with a memory."""

    def __init__(self, url: str, tokens: list[str]) -> None:
        self.heard: asyncio.Queue[object] = asyncio.Queue()
        self.sockets: asyncio.Queue[bool] = asyncio.Queue()
        self.tokens = tokens
        self.exchange = Exchange(
            url, self.token, self.heard.put_nowait, self.sockets.put_nowait, SILENCE
        )

    async def token(self) -> str:
        if not self.tokens:
            raise ConnectionRefusedError
        return self.tokens.pop(0)


@asynccontextmanager
async def terminal(handler: Handler, *tokens: str) -> AsyncIterator[Terminal]:
    async with serve(handler, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        one = Terminal(f"ws://127.0.0.1:{port}/api/terminals/call", list(tokens))
        running = asyncio.create_task(one.exchange.run())
        try:
            async with asyncio.timeout(PATIENCE):
                yield one
        finally:
            running.cancel()
            await asyncio.wait([running])


def test_the_bearer_token_is_in_the_header_and_nowhere_else() -> None:
    async def run() -> None:
        asked: asyncio.Queue[tuple[str | None, str]] = asyncio.Queue()

        async def handler(socket: ServerConnection) -> None:
            assert socket.request is not None
            asked.put_nowait((socket.request.headers["Authorization"], socket.request.path))
            await socket.wait_closed()

        async with terminal(handler, "t1"):
            assert await asked.get() == ("Bearer t1", "/api/terminals/call")

    asyncio.run(run())


def test_it_pings_each_second_and_hears_messages() -> None:
    async def run() -> None:
        async def handler(socket: ServerConnection) -> None:
            assert FROM_TERMINAL.validate_json(await socket.recv()) == Ping()
            await socket.send("not a message")
            await socket.send(Wrong(code="X", cause="y").model_dump_json())
            await socket.wait_closed()

        async with terminal(handler, "t1") as one:
            assert await one.heard.get() == Wrong(code="X", cause="y")

    asyncio.run(run())


def test_a_silent_server_is_left_and_asked_again_with_a_new_token() -> None:
    async def run() -> None:
        async def handler(socket: ServerConnection) -> None:
            await socket.wait_closed()

        async with terminal(handler, "t1", "t2") as one:
            assert [await one.sockets.get() for _ in range(3)] == [True, False, True]
            assert one.tokens == []

    asyncio.run(run())


def test_without_a_token_it_keeps_trying() -> None:
    async def run() -> None:
        async def handler(socket: ServerConnection) -> None:
            await socket.wait_closed()

        async with terminal(handler) as one:
            assert not one.exchange.connected
            assert not one.exchange.say(Ping())
            one.tokens.append("t1")
            assert await one.sockets.get()

    asyncio.run(run())


def test_a_call_that_needs_the_socket_does_not_wait_for_the_long_pauses() -> None:
    async def run() -> None:
        asked: asyncio.Queue[None] = asyncio.Queue()

        async def refused() -> str:
            asked.put_nowait(None)
            raise ConnectionRefusedError

        exchange = Exchange("ws://127.0.0.1:1", refused, print, print)
        exchange.needed(by_call=True)
        running = asyncio.create_task(exchange.run())
        async with asyncio.timeout(5):  # without a call the sixth try comes after 7 s
            for _ in range(6):
                await asked.get()
        running.cancel()
        await asyncio.wait([running])

    asyncio.run(run())


def test_what_was_said_is_flushed_before_the_end() -> None:
    async def run() -> None:
        came: asyncio.Queue[object] = asyncio.Queue()

        async def handler(socket: ServerConnection) -> None:
            async for text in socket:
                came.put_nowait(FROM_TERMINAL.validate_json(text))

        async with terminal(handler, "t1") as one:
            await one.sockets.get()
            assert one.exchange.say(HangUp(call="0" * 32))
            await one.exchange.flush(1)
        assert came.get_nowait() == HangUp(call="0" * 32)

    asyncio.run(run())
