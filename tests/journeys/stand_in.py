"""A terminal's end of calls without its window: the shipped caller, socket and media."""

import asyncio
import queue
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
from av import VideoFrame
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from remote_clerk.call import State
from remote_clerk.media.booth import Booth
from remote_clerk.media.caller import Caller
from remote_clerk.media.ends import CallNews
from remote_clerk.media.exchange import Exchange
from remote_clerk.media.peer import Peer
from remote_clerk.media.pictures import Yuv
from remote_clerk.messages import EndReason, IceServer
from server.clock import to_text, utc_now

PATIENCE = 15.0


class StillPicture:
    """A camera in front of which somebody keeps perfectly still."""

    def __init__(self, file: Path, size: tuple[int, int] = (480, 640)) -> None:
        rgb = np.asarray(Image.open(file).convert("RGB").resize(size))
        frame = VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p")
        self._picture = Yuv(frame.to_ndarray())

    async def next(self, timeout: float) -> Yuv | None:
        await asyncio.sleep(1 / 15)
        return self._picture


class KeptBooth(Booth):
    """A booth that remembers its peers, because pulling the plug must not leave their threads."""

    def connect(self, relays: Sequence[IceServer], first: Callable[[], None]) -> Peer:
        self.peers = [*getattr(self, "peers", []), super().connect(relays, first)]
        return self.peers[-1]

    async def pull_the_plug(self) -> None:
        for peer in getattr(self, "peers", []):
            await peer.close()
        self.close()


class StandIn:
    """Started, asked and stopped from a test's own thread."""

    def __init__(
        self,
        url: str,
        terminal: str,
        key: Ed25519PrivateKey,
        picture: Path,
        sound: tuple[str, str] = ("none:", "none:"),
    ) -> None:
        """`sound` names microphone and speaker as the terminal's configuration does."""
        self._url, self._terminal, self._key, self._picture = url, terminal, key, picture
        self._sound = sound
        self._loop = asyncio.new_event_loop()
        self._online, self.news = threading.Event(), queue.Queue[CallNews]()
        self.saw, self.pictures = threading.Event(), 0  # of the clerk
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "StandIn":
        self._thread.start()
        if not self._online.wait(PATIENCE):
            self.stop()
            raise TimeoutError("the terminal never reached the server")
        return self

    def stop(self) -> None:
        """Go away without a word, as a terminal whose plug is pulled."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._all.cancel)
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive(), "the stand-in's media do not end"

    def do(self, what: Callable[[Caller], None]) -> None:
        """Do something on the terminal's loop and wait until it is done."""
        done: Future[None] = Future()

        def now() -> None:
            what(self.caller)
            done.set_result(None)

        self._loop.call_soon_threadsafe(now)
        done.result(PATIENCE)

    def ask(self) -> None:
        self.do(lambda caller: caller.ask("de", "id-card", "photo"))

    def hang_up(self) -> None:
        self.do(lambda caller: caller.end(EndReason.HUNG_UP))

    def wait_for(self, state: State) -> CallNews:
        """Return the first news of this state."""
        return self.wait_until(lambda news: news.state is state)

    def wait_until(self, right: Callable[[CallNews], bool]) -> CallNews:
        """Return the next news that is right."""
        until = time.monotonic() + PATIENCE
        while True:
            news = self.news.get(timeout=max(0.0, until - time.monotonic()))
            if right(news):
                return news

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._all = self._loop.create_task(self._live())
        try:
            self._loop.run_until_complete(self._all)
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _live(self) -> None:
        picture = StillPicture(self._picture)
        booth = KeptBooth(picture, *self._sound, self._saw, time.monotonic)
        self.caller = Caller(
            lambda said: self.exchange.say(said), booth, self.news.put, time.monotonic,
            lambda: secrets.token_hex(16),
        )  # fmt: skip
        socket = self._url.replace("http", "ws", 1) + "/api/terminals/call"
        self.exchange = Exchange(socket, self._token, self.caller.heard, self._connected)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.exchange.run())
                tasks.create_task(self.caller.run())
        finally:
            await booth.pull_the_plug()

    def _saw(self, frame: Any) -> None:
        assert frame.width > 0
        self.pictures += 1
        self.saw.set()

    def _connected(self, connected: bool) -> None:
        self.caller.socket(connected)
        if connected:
            self._online.set()

    async def _token(self) -> str:
        nonce, at = secrets.token_hex(16), to_text(utc_now())
        signature = self._key.sign(f"amtsnah token {self._terminal} {nonce} {at}".encode()).hex()
        asked = {"terminal_id": self._terminal, "nonce": nonce, "at": at, "signature": signature}
        async with httpx2.AsyncClient() as client:
            answer = await client.post(f"{self._url}/api/terminals/token", json=asked)
        token: str = answer.json()["token"]
        return token
