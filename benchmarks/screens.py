"""Measures the screens: first frame, a step change from touch to painted, and doing nothing."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import assets
from kiosk.config import Timeouts
from kiosk.core import events, update
from kiosk.core.context import Context
from kiosk.core.render import render
from kiosk.core.view import Look, Screen
from kiosk.core.visit import Visit
from kiosk.ui import window
from server.contract import catalogue_file
from server.contract.captures import AgeBand
from server.contract.sealing import OfficePrivateKey

STARTS, WALKS, IDLE_SECONDS = 5, 5, 6.0
OFFSCREEN = {**os.environ, "SDL_VIDEODRIVER": "offscreen"}
BARE = """
import os, time
from kiosk.ui import window
window.prepare(1080, 1920, fullscreen=False)
from kivy.base import runTouchApp, stopTouchApp
from kivy.core.window import Window
from kivy.uix.label import Label
from kiosk.app import _tell_first_frame
Window.bind(on_flip=lambda *_: _tell_first_frame() or os._exit(0))
runTouchApp(Label(text="one word"))
"""
WALK = (
    ("begin", events.Begin("de")),
    ("service", events.ChooseService("id-card")),
    ("agree", events.Agree()),
    ("day", events.SetBirth(day=12)),
    ("month", events.SetBirth(month=8)),
    ("band", events.SetBirth(band=AgeBand.FROM_24)),
    ("next", events.Next("birth")),
    ("answer", events.Answer("reason", "expired")),
    ("language", events.SetLanguage("en")),
    ("contrast", events.CycleContrast()),
    ("text size", events.CycleTextSize()),
    ("back", events.Back("details")),
    ("start again", events.StartAgain(confirmed=True)),
)


def run() -> list[dict[str, Any]]:
    """Measure; the ratio of the first frame is to a bare Kivy window with one word."""
    bare = statistics.median(_first_frame([sys.executable, "-c", BARE]) for _ in range(STARTS))
    with _terminal() as command:
        first = statistics.median(_first_frame(command) for _ in range(STARTS))
        idle = _idle(command)
    steps = _steps()
    slowest = max(steps, key=lambda name: steps[name])
    return [
        _row("screens: start of the process to the first frame", first, "ms", 1000, first / bare),
        _row("screens: the same of a bare Kivy window", bare, "ms"),
        _row("screens: touch to painted, CPU", statistics.median(steps.values()), "ms", 100),
        _row(f"screens: touch to painted, CPU, the slowest ({slowest})", steps[slowest], "ms", 100),
        _row("screens: UI process doing nothing", idle, "% core", 3),
    ]


def _row(
    name: str, value: float, unit: str, bar: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "ratio": ratio}


# --- whole processes ------------------------------------------------------------------------------


@contextmanager
def _terminal() -> Iterator[list[str]]:
    """Give the command of a terminal with its own folder, keys and no devices."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "terminal.toml"
        file.write_text(
            'terminal_id = "bench"\nplace = "Bürgeramt Mitte"\nname = "Terminal 2"\n'
            f'server_url = "http://127.0.0.1:9"\nrun_dir = "{folder}/run"\n'
            "[window]\nfullscreen = false\n"
        )
        (Path(folder) / "run").mkdir(mode=0o700)
        (Path(folder) / "office.pub").write_bytes(OfficePrivateKey.generate().public().raw)
        enrol = [sys.executable, "-m", "kiosk", "enrol", "--config", str(file)]
        subprocess.run(enrol, check=True, capture_output=True)
        yield [sys.executable, "-m", "kiosk", "--config", str(file)]


def _first_frame(command: list[str]) -> float:
    with _started(command) as (_, spent):
        return spent


@contextmanager
def _started(command: list[str]) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """Start a process and wait for its own word on the first frame."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=OFFSCREEN, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            line = next(line for line in process.stdout if line.startswith("first frame"))
            yield process, float(line.split()[3])
        finally:
            process.terminate()


def _idle(command: list[str]) -> float:
    """Return the share of a core, in percent, while nobody is there."""
    with _started(command) as (process, _):
        time.sleep(4)  # the heavy parts are built after the first frame
        before = _cpu_seconds(process.pid)
        time.sleep(IDLE_SECONDS)
        return (_cpu_seconds(process.pid) - before) / IDLE_SECONDS * 100


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# --- step changes, in a process of their own ------------------------------------------------------


def _steps() -> dict[str, float]:
    """Return the median CPU milliseconds of each step of a walk over the screens."""
    walk = subprocess.run(
        [sys.executable, "-m", "benchmarks.screens"],
        env=OFFSCREEN,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(walk.stdout.splitlines()[-1])
    return found


def _walk() -> dict[str, float]:
    paint = _painter()
    context = _context()
    spent: dict[str, list[float]] = {name: [] for name, _ in WALK}
    for _ in range(WALKS):
        visit = Visit(screen=Screen.ATTRACT, look=Look())
        paint(visit, context)
        for name, event in WALK:
            start = time.process_time()
            visit, _ = update.update(visit, event, context)
            paint(visit, context)
            spent[name].append((time.process_time() - start) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


def _painter() -> Callable[[Visit, Context], None]:
    """Open the window and return what renders a visit and waits until it is drawn."""
    window.prepare(1080, 1920, fullscreen=False)
    from kivy.base import EventLoop
    from kivy.core.window import Window
    from kivy.graphics.opengl import glFinish

    from kiosk.runtime import texts
    from kiosk.ui.draw import letters
    from kiosk.ui.stage import Stage, Surroundings

    letters.register()
    EventLoop.ensure_window()
    stage = Stage(Surroundings(texts.load(), lambda event: None, now=lambda: datetime.now(UTC)))
    Window.add_widget(stage)

    def paint(visit: Visit, context: Context) -> None:
        stage.show(render(visit, context))
        Window.dispatch("on_draw")
        Window.dispatch("on_flip")
        glFinish()

    return paint


def _context() -> Context:
    from kiosk.runtime import texts

    catalogue = catalogue_file.load(assets.path("services"))
    patient = Timeouts(double_touch=0)  # no guard against a trembling hand: we touch at once
    day = date(2026, 11, 24)
    return Context(catalogue, texts.load(), day, "Bürgeramt Mitte", "Terminal 2", patient)


if __name__ == "__main__":
    print(json.dumps(_walk()))
