"""Measures a call on loopback: help to first picture, CPU and memory of the media process."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import cv2
import numpy as np
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
from playwright.async_api import Error, async_playwright

import assets
from demo.clerk import find_browser
from kiosk.media import protocol as ui
from kiosk.media.slots import SlotReader
from remote_clerk import messages as said

CALLS = 20
TALK_SECONDS = 8.0
HELP_BAR_MS = 1000.0
PAGE = Path(__file__).with_name("call_clerk.js")


class AiortcClerk:
    """Answers in this process."""

    def __init__(self) -> None:
        self._pc: RTCPeerConnection | None = None
        self._readers: list[asyncio.Task[None]] = []

    async def answer(self, sdp: str) -> str:
        pc = self._pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        pc.on("track", lambda track: self._readers.append(asyncio.create_task(_drain(track))))
        await pc.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        pc.addTrack(VideoStreamTrack())
        pc.addTrack(AudioStreamTrack())
        await pc.setLocalDescription(await pc.createAnswer())
        return str(pc.localDescription.sdp)

    async def hang_up(self) -> None:
        if self._pc:
            await self._pc.close()
        await asyncio.gather(*self._readers)
        self._readers.clear()


async def _drain(track: Any) -> None:
    try:
        while True:
            await track.recv()
    except MediaStreamError:
        return


class ChromiumClerk:
    """Answers in a page of headless Chromium with its made-up camera."""

    def __init__(self, page: Any) -> None:
        self._page = page

    async def answer(self, sdp: str) -> str:
        return str(await self._page.evaluate("sdp => window.answer(sdp)", sdp))

    async def hang_up(self) -> None:
        with suppress(Error):  # after the last call the page may be gone already
            await self._page.evaluate("window.hangUp()")


@asynccontextmanager
async def chromium() -> AsyncIterator[Any]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(
            executable_path=find_browser(play.chromium.executable_path),
            args=[
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--no-sandbox",
            ],
        )
        page = await browser.new_page()
        await page.route("**/*", lambda route: route.fulfill(body="<body></body>"))
        await page.goto("http://localhost/")
        await page.add_script_tag(path=PAGE)
        await page.evaluate("window.openCamera()")
        yield page
        await browser.close()


class Office:
    """Tokens, and a clerk who takes every call at once."""

    def __init__(self) -> None:
        self.clerk: AiortcClerk | ChromiumClerk = AiortcClerk()
        self.here = asyncio.Event()

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/api/terminals/token")
        def token() -> dict[str, Any]:
            return {"token": "t", "expires_in": 600}

        @app.websocket("/api/terminals/call")
        async def call(socket: WebSocket) -> None:
            await socket.accept()
            self.here.set()
            pinging = asyncio.create_task(_ping(socket))
            try:
                while True:
                    await self._hear(
                        socket, said.FROM_TERMINAL.validate_json(await socket.receive_text())
                    )
            except WebSocketDisconnect:
                pinging.cancel()

        return app

    async def _hear(self, socket: WebSocket, message: Any) -> None:
        if isinstance(message, said.Ask):
            accepted = said.Accepted(call=message.call, clerk="Anna Weber", ice=())
            await socket.send_text(accepted.model_dump_json())
        elif isinstance(message, said.Description):
            answer = {"kind": "answer", "sdp": await self.clerk.answer(message.sdp)}
            await socket.send_text(message.model_copy(update=answer).model_dump_json())
        elif isinstance(message, said.HangUp):
            await self.clerk.hang_up()


async def _ping(socket: WebSocket) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            await asyncio.sleep(1)
            await socket.send_text(said.Ping().model_dump_json())


class Terminal:
    """A real media process and the screens' end of its socket."""

    def __init__(self, reader: Any, writer: Any, process: Any) -> None:
        self._reader, self._writer, self.process = reader, writer, process

    def say(self, message: Any) -> None:
        self._writer.write(message.model_dump_json().encode() + b"\n")

    async def hears(self, kind: type, **facts: Any) -> Any:
        while line := await self._reader.readline():
            message = ui.TO_UI.validate_json(line)
            if isinstance(message, kind) and facts.items() <= message.model_dump().items():
                return message
        raise RuntimeError("the media process has ended")

    async def call(self) -> tuple[float, float]:
        """Call, wait for the clerk's first picture, hang up; return both views of the time."""
        began = time.monotonic()
        self.say(ui.StartCall(language="de", service="id_card", step="photo"))
        while (state := await self.hears(ui.CallState)).help_to_picture_ms is None:
            pass
        seen = (time.monotonic() - began) * 1000
        self.say(ui.EndCall())
        await self.hears(ui.CallState, state="ended")
        return float(state.help_to_picture_ms), seen

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@asynccontextmanager
async def office() -> AsyncIterator[tuple[Office, int]]:
    one = Office()
    server = uvicorn.Server(uvicorn.Config(one.app(), port=0, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield one, server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = server.force_exit = True
    await serving


@asynccontextmanager
async def terminal(folder: Path, port: int) -> AsyncIterator[Terminal]:
    (folder / "terminal.key").write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
    config = folder / "terminal.toml"
    config.write_text(
        f'terminal_id = "t1"\nplace = "Test"\nname = "Test"\n'
        f'server_url = "http://127.0.0.1:{port}"\n'
        f'[devices]\ncamera = "{_film(folder)}"\n'
        f'[audio]\nmicrophone = "{assets.path("demo", "voice.ogg").as_uri()}"\nspeaker = "none:"\n'
    )
    arrived: asyncio.Queue[Any] = asyncio.Queue()

    async def came(reader: Any, writer: Any) -> None:
        arrived.put_nowait((reader, writer))

    socket = folder / "media.sock"
    async with await asyncio.start_unix_server(came, socket, limit=16 * 1024 * 1024):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kiosk.media", "--config", config, "--socket", socket
        )
        one = Terminal(*await arrived.get(), process)
        yield one
        one.say(ui.Quit())
        await process.wait()


def _film(folder: Path) -> str:
    """Make five seconds of 720 x 960 at 30 pictures a second, with grain and movement."""
    film = cv2.VideoWriter(
        str(folder / "film.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), 30, (720, 960)
    )
    random = np.random.default_rng(1)
    scene = cv2.resize(random.integers(40, 220, (60, 45, 3), np.uint8), (720, 960))
    for number in range(150):
        grain = random.integers(0, 12, scene.shape, np.uint8)
        film.write(cv2.add(np.roll(scene, 2 * number, axis=1), grain))
    film.release()
    return f"file://{folder / 'film.mp4'}?loop=0"


def run() -> list[dict[str, Any]]:
    """Measure; the ratio of a call's set-up is against Chromium to Chromium in one page."""
    return asyncio.run(_run())


async def _run() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with office() as (desk, port), terminal(folder, port) as kiosk:
            ready = await kiosk.hears(ui.Ready)
            await desk.here.wait()
            rows = await _set_up("aiortc", kiosk, None)
            async with chromium() as page:
                desk.clerk = ChromiumClerk(page)
                spans = [float(await page.evaluate("window.yardstick()")) for _ in range(CALLS)]
                rows += await _set_up("Chromium", kiosk, statistics.median(spans))
                rows += await _talk(kiosk, SlotReader(ready.preview), SlotReader(ready.remote))
            return rows


async def _set_up(who: str, kiosk: Terminal, yardstick: float | None) -> list[dict[str, Any]]:
    calls = [await kiosk.call() for _ in range(CALLS)]
    inside, seen = sorted(call[0] for call in calls), sorted(call[1] for call in calls)
    median, worst = statistics.median(inside), seen[round(0.95 * (CALLS - 1))]
    ratio = median / yardstick if yardstick else None
    return [
        _row(f"call: help to first picture, {who} clerk, median", median, "ms", None, ratio),
        _row("call: the same, 95 % of calls, seen by the screens", worst, "ms", HELP_BAR_MS),
    ]


async def _talk(kiosk: Terminal, preview: SlotReader, remote: SlotReader) -> list[dict[str, Any]]:
    kiosk.say(ui.ShowPreview(on=True))
    while not preview.newest():
        await asyncio.sleep(0.1)
    kiosk.say(ui.StartCall(language="de", service="id_card", step="photo"))
    await kiosk.hears(ui.CallState, state="talking")
    await asyncio.sleep(2)
    began, cpu = time.monotonic(), kiosk.cpu_seconds()
    before = remote.newest()
    await asyncio.sleep(TALK_SECONDS)
    span = time.monotonic() - began
    after, used = remote.newest(), kiosk.cpu_seconds() - cpu
    memory = kiosk.memory_mib()
    kiosk.say(ui.EndCall())
    await kiosk.hears(ui.CallState, state="ended")
    assert before is not None
    assert after is not None
    pictures = (after.sequence - before.sequence) / span
    return [
        _row("call: media process in a call with preview, of a core", 100 * used / span, "%", 60),
        _row("call: media process in a call, resident", memory, "MiB", None),
        _row("call: clerk's pictures a second", pictures, "1/s", None),
    ]


def _row(
    name: str, value: float, unit: str, bar: float | None, ratio: float | None = None
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "ratio": ratio}
