"""Kivy's window with the stage in it, joined to the runtime: views in, events out."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from kivy.base import runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glFinish

from kiosk.config import TerminalConfig
from kiosk.core.view import View
from kiosk.runtime import texts
from kiosk.runtime.assembly import Running
from kiosk.ui import window
from kiosk.ui.automation import Automation
from kiosk.ui.describe import describe
from kiosk.ui.draw import letters
from kiosk.ui.draw.theme import density_of
from kiosk.ui.meter import Meter
from kiosk.ui.parts.camera_view import CameraView
from kiosk.ui.shared_pictures import SharedPictures
from kiosk.ui.stage import Stage, Surroundings


class Shell:
    """Runs until `stop`; the newest view wins when several come between two frames."""

    def __init__(self, config: TerminalConfig, file: Path, first_frame: Callable[[], None]) -> None:
        self._config, self._first_frame = config, first_frame
        self._running = Running(config, file)
        self._terminal = self._running.terminal
        self._newest: View | None = None
        self._dirty = self._shown = self._stopping = False
        self._meter = Meter()
        letters.register()
        window.shut(Window)
        self.stage = Stage(self._surroundings())
        self.stage.touched = self._meter.touched
        self.stage.answered = self._repainted
        self._trigger = Clock.create_trigger(self._show)
        self._automation = self._opened_automation()

    def run(self) -> None:
        """Show the first view at once; the runtime's heavy parts follow when it is painted."""
        self._terminal.on_view = self._came
        Window.bind(on_flip=self._flipped)
        self._newest = self._terminal.view
        self._show(0)
        self._running.start()
        Clock.schedule_once(self._minute, _to_next_minute())
        Clock.schedule_interval(self._look_for_end, 0.25)
        runTouchApp(self.stage)
        self._running.stop()
        if self._automation:
            self._automation.close()

    def stop(self) -> None:
        """End the program; may be called by a signal handler."""
        self._stopping = True

    # --- views --------------------------------------------------------------------------------

    def _came(self, view: View) -> None:
        """Take a view on the runtime's thread; it is painted on Kivy's."""
        self._newest = view
        self._trigger()

    def _show(self, _: float) -> None:
        if self._newest is not None:
            self.stage.show(self._newest)
            self._repainted()

    def _repainted(self) -> None:
        self._dirty = True

    def _flipped(self, *_: Any) -> None:
        """A picture is drawn: measure, tell the tests. Must not return anything true."""
        if not self._dirty:
            return
        self._dirty = False
        if not self._shown:
            self._shown = True
            glFinish()
            self._first_frame()
            self._running.painted()
        if self._automation is not None:
            self._publish(self._automation)

    def _publish(self, automation: Automation) -> None:
        if self._meter.running:
            glFinish()  # what is only queued is not yet painted
        painted, view = self._meter.painted() or self._meter.last, self.stage.view
        if view is not None:
            stage = self.stage
            automation.publish(describe(view, stage.reachable(), stage.pad, painted, stage.focused))

    # --- surroundings -------------------------------------------------------------------------

    def _surroundings(self) -> Surroundings:
        terminal, panel = self._terminal, self._config.window
        preview = SharedPictures(lambda: terminal.pictures, lambda ready: ready.preview)
        remote = SharedPictures(lambda: terminal.pictures, lambda ready: ready.remote)
        return Surroundings(
            texts=texts.load(),
            send=terminal.dispatch,
            say=terminal.say,
            now=lambda: datetime.now().astimezone(),
            live={
                "camera": CameraView(preview.newest, mirror=True),
                "mirror": CameraView(preview.newest, mirror=True),
                "clerk": CameraView(remote.newest, mirror=False),
            },
            density=density_of(Window.width, Window.height, panel.pixels_per_mm),
            private=self._config.audio.headphones,
        )

    def _opened_automation(self) -> Automation | None:
        path = self._config.automation.socket
        return Automation(path, self._terminal.diary) if path else None

    def _minute(self, _: float) -> None:
        self.stage.repaint()
        Clock.schedule_once(self._minute, _to_next_minute())

    def _look_for_end(self, _: float) -> None:
        if self._stopping:
            stopTouchApp()


def _to_next_minute() -> float:
    return 60.05 - time.time() % 60
