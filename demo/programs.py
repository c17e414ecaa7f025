"""Child programs: started in their own group, watched for a sign of readiness, ended together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType


class NotStartedError(Exception):
    """A program ended, or stayed silent, before it was ready; the message shows its last lines."""


class Programs:
    """Starts programs and ends all of them, last started first."""

    def __init__(self, log_dir: Path) -> None:
        self._log_dir = log_dir
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._starts: dict[str, Callable[[], object]] = {}
        log_dir.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> "Programs":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(
        self, name: str, *command: str, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start `command`, its output in `<log_dir>/<name>.log`."""
        with (self._log_dir / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
                start_new_session=True,
            )
        self._running[name] = process
        self._starts[name] = lambda: self.start(name, *command, env=env)
        return process

    def start_again(self, name: str) -> None:
        """Start a program that has ended once more, with the same words."""
        self._starts[name]()

    def python(
        self, name: str, *arguments: str, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start one of our own programs with this interpreter."""
        return self.start(name, sys.executable, *arguments, env=env)

    def wait_until(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        """Block until `ready()`; raises NotStartedError with the program's last lines."""
        process = self._running[name]
        deadline = time.monotonic() + seconds
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise NotStartedError(f"{name} did not start:\n{self.tail(name)}")
            _pause()

    def tail(self, name: str) -> str:
        lines = (self._log_dir / f"{name}.log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-15:])

    def ended(self) -> dict[str, int]:
        """Return the programs that ended by themselves, with their exit status."""
        found = {name: process.poll() for name, process in self._running.items()}
        return {name: status for name, status in found.items() if status is not None}

    def stop_one(self, name: str) -> None:
        if name in self._running:
            _end(self._running.pop(name))

    def stop(self) -> None:
        while self._running:
            _end(self._running.popitem()[1])


def run_once(*arguments: str, text: str = "") -> str:
    """Run one of our own commands to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments], input=text, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        command = " ".join(arguments)
        raise NotStartedError(f"`python {command}` failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _pause() -> None:
    # Other programs' readiness has no signal to wait on; 20 ms keeps start-up times honest.
    threading.Event().wait(0.02)
