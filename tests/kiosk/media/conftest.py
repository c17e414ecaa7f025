"""Everything around the media process: a UI, an office with a clerk, and a camera."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from aiortc import (
    AudioStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from aiortc.mediastreams import MediaStreamError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

from hardware.photo.live import Live, Shot
from hardware.photo.report import Hint, PhotoReport
from hardware.types import DeviceFacts, DeviceKind, Fault, Frame, Health, State
from kiosk.config import Audio, Devices, TerminalConfig
from kiosk.media import protocol
from kiosk.media.main import run
from remote_clerk import messages as said

PATIENCE = 15


class Film:
    """A camera of 30 pictures a second in one shade, 360 x 480."""

    def __init__(self, shade: int = 200) -> None:
        self._turn = threading.Condition()
        self._frame: Frame | None = None
        self._shade = shade
        self.closed = threading.Event()
        self.fault: Fault | None = None
        threading.Thread(target=self._roll, daemon=True).start()

    def _roll(self) -> None:
        number = 0
        while not self.closed.wait(1 / 30):
            image = np.full((480, 360, 3), self._shade, np.uint8)
            with self._turn:
                self._frame = Frame(image, time.monotonic(), number)
                self._turn.notify_all()
            number += 1

    def latest(self) -> Frame | None:
        return self._frame

    def wait(self, after: int, timeout: float) -> Frame | None:
        with self._turn:
            self._turn.wait_for(lambda: self._frame and self._frame.number > after, timeout)
            return self._frame if self._frame and self._frame.number > after else None

    def facts(self) -> DeviceFacts:
        return DeviceFacts(DeviceKind.CAMERA, "film", "test")

    def health(self) -> Health:
        return Health(State.FAILED, self.fault) if self.fault else Health(State.READY)

    def close(self) -> None:
        self.closed.set()


class Searching:
    """A photo check that finds nobody."""

    def see(self, frame: Frame) -> Live:
        return Live(Hint.SEARCHING_FACE, False, None, PhotoReport(False, (), (), 0.0))

    def best(self, n: int = 3) -> tuple[Shot, ...]:
        return ()


def no_models() -> Callable[[str], Searching]:
    return lambda template: Searching()


class Clerk:
    """A browser stand-in that answers offers, sends pictures and counts what it sees."""

    def __init__(self) -> None:
        self.saw = asyncio.Event()
        self.middle = -1
        self._pcs: list[RTCPeerConnection] = []
        self._readers: list[asyncio.Task[None]] = []

    async def answer(self, offer: said.Description) -> said.Description:
        pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._pcs.append(pc)
        pc.on("track", lambda track: self._readers.append(asyncio.create_task(self._read(track))))
        await pc.setRemoteDescription(RTCSessionDescription(offer.sdp, "offer"))
        pc.addTrack(VideoStreamTrack())
        pc.addTrack(AudioStreamTrack())
        await pc.setLocalDescription(await pc.createAnswer())
        return offer.model_copy(update={"kind": "answer", "sdp": pc.localDescription.sdp})

    async def _read(self, track: Any) -> None:
        try:
            while True:
                frame = await track.recv()
                if track.kind == "video":
                    self.middle = int(frame.to_ndarray()[frame.height // 2, frame.width // 2])
                    self.saw.set()
        except MediaStreamError:
            return

    async def close(self) -> None:
        for pc in self._pcs:
            await pc.close()
        await asyncio.gather(*self._readers)


class Office:
    """A server with one clerk who takes every call at once."""

    def __init__(self) -> None:
        self.clerk = Clerk()
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        self.sockets: list[WebSocket] = []
        self.url = ""
        self.answers = True

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/api/terminals/token")
        def token() -> dict[str, Any]:
            return {"token": "t", "expires_in": 600}

        @app.websocket("/api/terminals/call")
        async def call(socket: WebSocket) -> None:
            assert socket.headers["Authorization"] == "Bearer t"
            await socket.accept()
            self.sockets.append(socket)
            pinging = asyncio.create_task(self._ping(socket))
            try:
                while True:
                    await self._hear(socket, await socket.receive_text())
            except WebSocketDisconnect:
                pinging.cancel()

        return app

    async def _ping(self, socket: WebSocket) -> None:
        while True:
            await asyncio.sleep(0.5)
            await self._say(socket, said.Ping())

    async def _hear(self, socket: WebSocket, text: str) -> None:
        message = said.FROM_TERMINAL.validate_json(text)
        if isinstance(message, said.Ping):
            return
        self.heard.put_nowait(message)
        if isinstance(message, said.Ask) and self.answers:
            call = message.call
            await self._say(
                socket,
                said.Waiting(call=call, position=1, estimate_seconds=None, clerks_online=1),
            )
            await self._say(socket, said.Accepted(call=call, clerk="Frau Muster", ice=()))
        elif isinstance(message, said.Description):
            await self._say(socket, await self.clerk.answer(message))

    async def _say(self, socket: WebSocket, message: Any) -> None:
        await socket.send_text(message.model_dump_json())

    async def hears(self, kind: type) -> Any:
        while not isinstance(message := await self.heard.get(), kind):
            pass
        return message

    async def hang_up(self, call: str) -> None:
        await self._say(self.sockets[-1], said.Ended(call=call, reason=said.EndReason.HUNG_UP))

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Office"]:
        options = uvicorn.Config(
            self.app(), port=0, log_level="error", lifespan="off", ws="websockets-sansio"
        )
        server = uvicorn.Server(options)
        serving = asyncio.create_task(server._serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.stop = lambda: (
            setattr(server, "force_exit", True) or setattr(server, "should_exit", True)
        )
        yield self
        await self.clerk.close()
        self.stop()
        await serving


class Ui:
    """The screens' end of the socket."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, message: Any) -> None:
        self._writer.write(message.model_dump_json().encode() + b"\n")

    async def hears(self, kind: type, **facts: Any) -> Any:
        """Return the next message of this kind with these facts."""
        while line := await self._reader.readline():
            message = protocol.TO_UI.validate_json(line)
            if isinstance(message, kind) and facts.items() <= message.model_dump().items():
                return message
        raise AssertionError(f"the media process ended before {kind.__name__} {facts}")

    async def close(self) -> None:
        self._writer.close()


@asynccontextmanager
async def listening(run_dir: Path) -> AsyncIterator[asyncio.Queue[Ui]]:
    arrived: asyncio.Queue[Ui] = asyncio.Queue()
    socket = run_dir / "media.sock"

    async def came(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        arrived.put_nowait(Ui(reader, writer))

    async with await asyncio.start_unix_server(came, socket, limit=16 * 1024 * 1024):
        yield arrived


class Scene:
    """UI, office, camera and media process together, in one loop."""

    def __init__(self, run_dir: Path, office: Office) -> None:
        self.run_dir, self.office = run_dir, office
        self.films: list[Film] = []
        self.ui: Ui
        self.media: asyncio.Task[None]

    def open_camera(self, url: str) -> Film:
        self.films.append(Film())
        return self.films[-1]

    def config(self) -> TerminalConfig:
        key = self.run_dir / "terminal.key"
        key.write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
        return TerminalConfig(
            terminal_id="t1",
            place="Testplatz",
            name="Terminal",
            server_url=self.office.url or "http://127.0.0.1:9",
            key_file=key,
            devices=Devices(camera="file:///film"),
            audio=Audio(microphone="none:", speaker="none:"),
        )


@pytest.fixture
def scene(tmp_path: Path) -> Callable[..., None]:
    """Play a scene: `scene(play, with_server=True)`; `play` gets the Scene."""

    async def played(play: Callable[[Scene], Any], load: Callable[[], Any]) -> None:
        async with asyncio.timeout(PATIENCE), Office().open() as office:
            one = Scene(tmp_path, office)
            async with listening(tmp_path) as arrived:
                one.media = asyncio.create_task(
                    run(one.config(), tmp_path / "media.sock", one.open_camera, load)
                )
                one.ui = await arrived.get()
                await play(one)
                await one.ui.close()
                await one.media

    return lambda play, load=no_models: asyncio.run(played(play, load))


@pytest.fixture
def film() -> Callable[[], Film]:
    return Film
