"""A whole branch office for a journey: server, devices, and the terminal in a real window."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import cv2

import assets
from demo import display, memory, office
from demo.citizen import Citizen
from demo.instance import Instance, open_or_create
from demo.programs import Programs, run_once
from demo.screen import ScreenError, TerminalScreen
from hardware.sim.control import tell
from kiosk import config

FILM = str(assets.path("demo", "visitor_d1.mp4"))
NOBODY = str(assets.path("demo", "empty.mp4"))
PATIENCE = 20.0
_LOOK_SECONDS = 0.02  # files of another process give no signal
_BEGINNINGS = {
    "a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a PNG": b"\x89PNG\r\n\x1a\n",
    "a WSQ": b"\xff\xa0\xff\xa8",
}


class Branch:
    """One office; the terminal may be started, killed and started again."""

    def __init__(self, instance: Instance, shown: str, programs: Programs) -> None:
        self.instance, self.display, self.programs = instance, shown, programs
        self.screen = TerminalScreen(instance.automation, display.Touch(shown))
        self.citizen = Citizen(self.screen, reaction=0.0)
        self.folder = instance.terminal_config.parent
        self._toml = instance.terminal_config.read_text()
        self.standing = _standing_still(instance.root / "standing")
        self.serving = False
        self._terminal: subprocess.Popen[bytes] | None = None
        self._read()

    # --- programs -----------------------------------------------------------------------------

    def configure(self, *, film: str = "", settings: str = "double_touch = 0.0") -> None:
        """Set what the camera plays and the timeouts of the next start."""
        text = self._toml.replace(FILM, film or str(self.standing))
        self.instance.terminal_config.write_text(f"{text}\n[timeouts]\n{settings}\n")
        self._read()

    def _read(self) -> None:
        self.config = config.load(self.instance.terminal_config)
        self.memory = self.config.memory_dir

    def start_server(self) -> None:
        office.start_server(self.programs, self.instance)
        office.wait_for_server(self.programs, self.instance)
        self.serving = True

    def stop_server(self) -> None:
        self.programs.stop_one("server")
        self.serving = False

    def start_devices(self, *, auto: bool = True, pace: float = 0.0) -> None:
        office.start_devices(self.programs, self.instance, auto=auto, pace=pace)
        office.wait_for_devices(self.programs, self.instance)

    def start_terminal(self) -> dict[str, Any]:
        """Start it and wait for its first picture; return what that shows."""
        self._terminal = office.start_terminal(self.programs, self.instance, self.display)
        office.wait_for_terminal(self.programs, self.instance)
        return self.screen.wait_for(lambda shown: bool(shown["screen"]), PATIENCE)

    def kill_terminal(self) -> None:
        """End the window's process and its media process as a crash does: `kill -9`."""
        if self._terminal is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._terminal.pid, signal.SIGKILL)
        self.programs.stop_one("terminal")
        self._terminal = None

    def kill_media(self) -> None:
        """End the process that owns camera and call as a crash does; the window goes on."""
        assert self._terminal is not None
        for pid in memory.family(self._terminal.pid):
            if b"kiosk.media" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)

    def cut_power(self) -> None:
        """Kill the terminal and forget what lay in memory."""
        self.kill_terminal()
        shutil.rmtree(self.memory, ignore_errors=True)

    def restart(self) -> dict[str, Any]:
        self.kill_terminal()
        return self.start_terminal()

    def fresh(self, *, film: str = "", settings: str = "double_touch = 0.0") -> Citizen:
        """Begin with a terminal that has just been switched on; return who stands before it."""
        self.cut_power()
        self.configure(film=film, settings=settings)
        self.start_terminal()
        self.screen.wait("attract", seconds=PATIENCE)
        return self.citizen

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Do something and wait until it is in the journal."""
        before = self.journal()
        yield
        self.until(lambda: self.journal() != before, "the journal")

    # --- devices ------------------------------------------------------------------------------

    def camera(self, words: str) -> None:
        """Steer the film camera; it has its socket only while it is looked through."""
        control = self.instance.devices / "camera.sock"
        self.until(lambda: _obeys(control, words), f"the camera to {words}")

    def scanner(self, words: str) -> None:
        assert tell(self.instance.devices / "fingerprint.sock", words) == "ok"

    def printer(self, words: str) -> None:
        assert tell(self.instance.devices / "printer.sock", words) == "ok"

    # --- what can be seen ---------------------------------------------------------------------

    def watch(self) -> "Watch":
        """Begin to note which screens are painted, one after the other."""
        return Watch(self.instance.automation)

    def picture(self, name: str) -> Path:
        return display.picture(self.display, self.instance.root / "pictures" / f"{name}.png")

    def number(self) -> str:
        """Read the pickup number off the glass."""
        found: list[str] = []

        def seen() -> bool:
            with suppress(ScreenError):
                found.append(self.citizen.read_number(self.picture("number")))
            return bool(found)

        self.until(seen, "a pickup number on the screen")
        return found[-1]

    def sees(self, name: str, seconds: float = PATIENCE) -> dict[str, Any]:
        """Wait until something of this kind is said; return the whole screen."""
        return self.screen.wait_for(lambda shown: bool(shown["said"][name]), seconds)

    def audit(self) -> list[str]:
        """Return the audit trail's events, oldest first."""
        lines = run_once("-m", "server", "audit", "show", "--config", self._server_toml)
        return [line.split("\t")[2] for line in lines.splitlines()]

    def received(self) -> int:
        """Return how many captures the server has received, and that none was refused."""
        trail = self.audit()
        assert "capture_refused" not in trail
        assert "capture_alarm" not in trail
        return trail.count("capture_received")

    def receipts(self) -> int:
        return len(list((self.instance.devices / "receipts").glob("*.bin")))

    @property
    def _server_toml(self) -> str:
        return str(self.instance.server_config)

    def outbox(self, query: str) -> list[tuple[Any, ...]]:
        """Look into the terminal's outbox, from outside."""
        with closing(sqlite3.connect(self.config.outbox_file)) as base:
            return base.execute(query).fetchall()

    def states(self) -> list[str]:
        """Return the states of the envelopes the terminal still knows of."""
        return [state for (state,) in self.outbox("select state from items order by created_at")]

    def drafts(self) -> set[str]:
        return {kind for (kind,) in self.outbox("select kind from drafts")}

    def journal(self) -> int:
        """Return a number that changes whenever the journal is written; 0 without one."""
        try:
            return self.config.journal_file.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def until(self, true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Wait for something that another process does and that gives no signal."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what} in vain"
            threading.Event().wait(_LOOK_SECONDS)


def readable(instance: Instance, *words: str) -> list[str]:
    """Return what can be read in the terminal's files and log that nobody may read there.

    The simulated devices keep what came out of them, such as printed receipts, in a folder of
    their own.
    """
    secrets = {**_BEGINNINGS, **{word: word.encode() for word in words}}
    folder = instance.terminal_config.parent
    files = [path for path in folder.rglob("*") if instance.devices not in path.parents]
    files += office.logs(instance).glob("terminal.log")
    return [
        f"{what} in {path.name}"
        for path in files
        if path.is_file()
        for what, secret in secrets.items()
        if secret in path.read_bytes()
    ]


class Watch:
    """Every screen that was painted since, in order; ends with the terminal."""

    def __init__(self, automation: Path) -> None:
        self.screens: list[str] = []
        self._turn = threading.Condition()
        self._link = socket.socket(socket.AF_UNIX)
        self._link.connect(str(automation))
        self._link.sendall(b'{"do": "watch"}\n')
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait(self, screen: str) -> None:
        """Return as soon as this screen was painted."""
        with self._turn:
            assert self._turn.wait_for(lambda: screen in self.screens, PATIENCE), self.screens

    def end(self) -> list[str]:
        with suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE)
        self._link.close()
        return self.screens

    def _listen(self) -> None:
        with suppress(OSError), self._link.makefile() as lines:
            for line in lines:
                with self._turn:
                    self.screens.append(json.loads(line)["screen"])
                    self._turn.notify_all()


@contextmanager
def branch_office(root: Path) -> Iterator[Branch]:
    """Make an instance and a display; nothing is started yet, everything is ended afterwards."""
    instance, _ = open_or_create(root, free_ports=True)
    virtual = display.VirtualDisplay()
    try:
        with Programs(office.logs(instance)) as programs:
            branch = Branch(instance, virtual.name, programs)
            try:
                yield branch
            finally:
                branch.cut_power()
    finally:
        virtual.stop()


def _standing_still(folder: Path) -> Path:
    """Return a film of one picture: the demo's visitor as they stand there at the end."""
    folder.mkdir(exist_ok=True)
    film = cv2.VideoCapture(FILM)
    film.set(cv2.CAP_PROP_POS_FRAMES, film.get(cv2.CAP_PROP_FRAME_COUNT) - 1)
    _, picture = film.read()
    film.release()
    cv2.imwrite(str(folder / "standing.png"), picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return folder


def _obeys(control: Path, words: str) -> bool:
    try:
        return tell(control, words) == "ok"
    except OSError:
        return False
