"""Composition root of the media process: camera, photo check, call and the socket to the UI."""

import asyncio
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from hardware.devices import Camera
from hardware.types import Health
from kiosk.config import TerminalConfig
from kiosk.enrol import read as read_key
from kiosk.media import protocol as said
from kiosk.media.call import Call
from kiosk.media.camera import PREVIEW, CameraOwner, Look
from kiosk.media.line import Line
from kiosk.media.photo import NewSession, Photographer
from kiosk.media.slots import SlotWriter, picture_bytes
from kiosk.runtime.token import TokenSource
from remote_clerk.media.pictures import Newest, Yuv, planes_of

PREVIEW_BYTES = picture_bytes(*PREVIEW)
REMOTE_BYTES = picture_bytes(1280, 1280)

OpenCamera = Callable[[str], Camera]
LoadModels = Callable[[], NewSession]


async def run(
    config: TerminalConfig, socket: Path, open_camera: OpenCamera, load_models: LoadModels
) -> None:
    """Serve the UI that listens on `socket` until it goes away, says quit, or a signal comes."""
    line, broken = await Line.open(socket), _broken_thread()
    media = Media(config, socket.parent, line, open_camera, load_models)
    try:
        async with asyncio.TaskGroup() as parts:
            call = parts.create_task(media.call.run())
            obeying = parts.create_task(media.obey(line))
            for word in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(word, obeying.cancel)
            await _first_of(obeying, broken)
            await media.call.farewell()
            call.cancel()
    finally:
        media.close()
        line.close()


def _broken_thread() -> asyncio.Future[None]:
    """Return what fails when a thread dies of a bug: then this process ends and is started anew."""
    loop, broken = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def failed(died: threading.ExceptHookArgs) -> None:
        cause = RuntimeError(f"thread {died.thread.name if died.thread else '?'} died")
        cause.__cause__ = died.exc_value
        loop.call_soon_threadsafe(broken.set_exception, cause)

    threading.excepthook = failed
    return broken


async def _first_of(obeying: asyncio.Task[None], broken: asyncio.Future[None]) -> None:
    done, _ = await asyncio.wait([obeying, broken], return_when=asyncio.FIRST_COMPLETED)
    if broken in done:
        broken.result()


class Media:
    """All parts of the process; does what the UI says."""

    def __init__(
        self,
        config: TerminalConfig,
        run_dir: Path,
        line: Line,
        open_camera: OpenCamera,
        load_models: LoadModels,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._line = line
        self._turn = threading.Lock()
        self._preview_for: frozenset[Look] = frozenset()
        self._preview = SlotWriter(run_dir / "preview.i420", PREVIEW_BYTES)
        self._remote = SlotWriter(run_dir / "clerk.i420", REMOTE_BYTES)
        for_call = Newest(self._loop)
        self._photo = Photographer(load_models, self._say_from_thread, self._stop_photo)
        self._camera = CameraOwner(
            lambda: open_camera(config.devices.camera),
            preview=self._show,
            call=for_call.put,
            photo=self._photo.put,
            changed=self._camera_changed,
        )
        tokens = TokenSource(config.server_url, config.terminal_id, read_key(config.key_file))
        self.call = Call(config, tokens, for_call, self._remote, line.say, self._look_for_call)
        self._camera.start()
        self._photo.start()

    async def obey(self, line: Line) -> None:
        """Say that all is ready, then do what the UI wants until it goes away."""
        line.say(said.Ready(preview=str(self._preview.path), remote=str(self._remote.path)))
        async for message in line.messages():
            if isinstance(message, said.Quit):
                return
            self._do(message)

    def _do(self, message: said.ToMedia) -> None:
        match message:
            case said.ShowPreview(on=on):
                self._show_preview(Look.PREVIEW, on)
            case said.StartPhoto():
                self._photo.begin(message.template, message.seconds)
                self._camera.look(Look.PHOTO, True)
            case said.StopPhoto():
                self._photo.stop()
                self._stop_photo()
            case said.StartCall():
                self.call.start(message)
            case said.TellStep():
                self.call.tell_step(message)
            case said.SetDevices():
                self.call.switch(message.camera, message.microphone)
            case said.EndCall():
                self.call.end(message.reason)

    def close(self) -> None:
        """End the threads and take every picture away."""
        self._camera.end()
        self._photo.end()
        self._preview.close()
        self._remote.close()

    def _show_preview(self, who: Look, wanted: bool) -> None:
        """Let people see themselves while the screen asks for it or a clerk sees them."""
        with self._turn:
            before = self._preview_for
            self._preview_for = before | {who} if wanted else before - {who}
            if not self._preview_for:
                self._preview.clear()
        self._camera.look(Look.PREVIEW, bool(self._preview_for))

    def _show(self, picture: Yuv) -> None:
        with self._turn:  # nothing is written any more once the preview has been taken away
            if self._preview_for:
                self._preview.write(planes_of(picture))

    def _look_for_call(self, wanted: bool) -> None:
        self._camera.look(Look.CALL, wanted)
        self._show_preview(Look.CALL, wanted)

    def _stop_photo(self) -> None:
        self._camera.look(Look.PHOTO, False)

    def _camera_changed(self, health: Health) -> None:
        code = health.fault.code if health.fault else ""
        self._say_from_thread(said.CameraState(state=str(health.state), code=code))

    def _say_from_thread(self, message: said.ToUi) -> None:
        self._loop.call_soon_threadsafe(self._line.say, message)
