"""Composition root: builds the terminal from the configuration, the light parts first."""

import logging
import os
import secrets
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from hardware.types import Fault
from kiosk.config import TerminalConfig
from kiosk.core import events
from kiosk.media import protocol
from kiosk.media.protocol import ToUi
from kiosk.runtime import cache, texts
from kiosk.runtime.keeping.sitting import SittingStore, new_sitting
from kiosk.runtime.terminal import Terminal
from kiosk.runtime.workers.media import MediaLink
from server.contract import pickup

log = logging.getLogger(__name__)
_PAINT_SECONDS = 2.0  # the parts are built after the first picture, at the latest then


class Running:
    """A terminal with everything around it; `start`, `painted`, `stop`."""

    def __init__(self, config: TerminalConfig, config_file: Path) -> None:
        """Read texts and catalogue, so that the first view is there at once."""
        self.config = config
        memory = config.memory_dir
        self._store = SittingStore(memory, config.journal_file)
        self.terminal = Terminal(
            config,
            texts.load(),
            cache.read(config.catalogue_cache),
            self._store,
            lambda: new_sitting(lambda: pickup.draw(secrets.randbelow), os.urandom),
        )
        command = [sys.executable, "-m", "kiosk.media", "--config", str(config_file)]
        self.media = MediaLink(command, memory / "media.sock", self._heard, self._media_gone)
        self._painted = threading.Event()
        self._set_up: float | None = None
        self._camera_code = ""
        self._closing: list[Callable[[], None]] = []
        self._builder = threading.Thread(target=self._build, name="assembly", daemon=True)

    def start(self) -> None:
        """Show the first view; the rest follows when it is painted."""
        self.terminal.start()
        self._builder.start()

    def painted(self) -> None:
        """Tell that the first picture is on the screen."""
        self._painted.set()

    def stop(self) -> None:
        """End everything in order; what is queued is still written."""
        self._painted.set()
        self._builder.join(timeout=10)
        self.terminal.stop()
        for close in self._closing:
            close()
        self._store.leave()

    # --- the heavy parts ----------------------------------------------------------------------

    def _build(self) -> None:
        self._painted.wait(_PAINT_SECONDS)
        self.media.start()
        self._closing.append(self.media.stop)
        from kiosk.runtime import heavy  # SQLAlchemy and the device libraries load here

        try:
            parts, closing = heavy.build(self.config, self._store, self.terminal, self.media.say)
        except heavy.CannotServeError as fault:
            log.error("%s the terminal stays closed: %s", fault.code, fault)
            self.terminal.out_of_order(fault.code)
            return
        self._closing = [*closing, *self._closing]
        self.terminal.attach(parts)

    # --- news of the media process ------------------------------------------------------------

    def _heard(self, message: ToUi) -> None:
        match message:
            case protocol.Ready():
                self.terminal.pictures = message
                self.terminal.dispatch(events.CameraChanged(None))
            case protocol.CameraState():
                self._log_camera(message.code, message.state)
                self._dispatch(message)
            case protocol.MediaFault():
                log.warning("%s %s", message.code, message.cause)
            case protocol.CallState():
                self._note_set_up(message.help_to_picture_ms)
                self.terminal.dispatch(events.CallChanged(message))
            case _:
                self._dispatch(message)

    def _dispatch(self, message: ToUi) -> None:
        for event in as_events(message):
            self.terminal.dispatch(event)

    def _log_camera(self, code: str, state: str) -> None:
        """Log what is new about the camera: between two tries it is neither lost nor back."""
        if code and code != self._camera_code:
            log.warning("%s camera: %s", code, state)
        if self._camera_code and state in ("ready", "busy"):
            log.info("camera is back after %s", self._camera_code)
        self._camera_code = code or ("" if state in ("ready", "busy") else self._camera_code)

    def _note_set_up(self, spent: float | None) -> None:
        """Note once per call how long the clerk's picture took; later states repeat the figure."""
        if spent is not None and spent != self._set_up:
            self.terminal.times.note("help_to_picture", spent)
        self._set_up = spent

    def _media_gone(self) -> None:
        """A dead media process costs the call and the photo at work, never the visit."""
        self._log_camera(_GONE.code, _GONE.cause)
        self.terminal.dispatch(events.CameraChanged(_GONE))
        ended = protocol.CallState(state="ended", reason="media_lost")
        self.terminal.dispatch(events.CallChanged(ended))


_GONE = Fault("MED-001", "the media process ended", "It is started again by itself; see its log.")


def as_events(message: ToUi) -> tuple[events.Event, ...]:
    """Return what a message of the media process means to the visit."""
    match message:
        case protocol.CameraState(state=state, code=code) if code:
            return (events.CameraChanged(Fault(code, f"camera {state}", "")),)
        case protocol.CameraState(state="ready" | "busy"):
            return (events.CameraChanged(None),)
        case protocol.Guidance():
            return (events.Guided(message),)
        case protocol.PhotoTaken():
            return (events.PhotoCame(message),)
        case protocol.PhotoTimeout():
            return (events.PhotoTimedOut(),)
        case protocol.CallState():
            return (events.CallChanged(message),)
        case _:
            return ()
