"""The link to the media process: starts it, talks to it, starts it again when it dies."""

import logging
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from kiosk.media.protocol import TO_UI, Quit, ToMedia, ToUi

log = logging.getLogger(__name__)
_ACCEPT_SECONDS = 20.0  # the process loads its face models first
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0
_QUIT_SECONDS = 3.0


class MediaLink:
    """One media process after another, and one socket that it connects to."""

    def __init__(
        self,
        command: Sequence[str],
        path: Path,
        heard: Callable[[ToUi], None],
        gone: Callable[[], None],
    ) -> None:
        """`heard` gets every message, `gone` every loss; both run on the link's own thread."""
        self._command, self._path = [*command, "--socket", str(path)], path
        self._heard, self._gone = heard, gone
        self._lock = threading.Lock()
        self._connection: socket.socket | None = None
        self._waiting: list[ToMedia] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="media-link", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def say(self, message: ToMedia) -> None:
        """Send a message now, or as soon as the process is there."""
        with self._lock:
            if self._connection is None:
                self._waiting.append(message)
                return
            try:
                self._connection.sendall(_line(message))
            except OSError:
                self._waiting.append(message)  # the reader notices the loss, too

    def stop(self) -> None:
        """Ask the process to end, and wait for it."""
        self._stopped.set()
        self.say(Quit())
        self._thread.join(timeout=2 * _QUIT_SECONDS)

    def _supervise(self) -> None:
        pause = _FIRST_PAUSE
        with _listening(self._path) as listener:
            while not self._stopped.is_set():
                if self._one_life(listener):
                    pause = _FIRST_PAUSE
                if self._stopped.is_set():
                    return
                self._gone()
                self._stopped.wait(pause)
                pause = min(_LONGEST_PAUSE, pause * 2)

    def _one_life(self, listener: socket.socket) -> bool:
        """Run the process until it is gone; tell whether it ever connected."""
        with subprocess.Popen(self._command, stdin=subprocess.DEVNULL) as process:
            try:
                connection = _accepted(listener, process, self._stopped)
                if connection is not None:
                    with connection:
                        self._talk(connection)
                return connection is not None
            finally:
                _end(process)

    def _talk(self, connection: socket.socket) -> None:
        with self._lock:
            for message in self._waiting:
                connection.sendall(_line(message))
            self._waiting.clear()
            self._connection = connection
        try:
            with connection.makefile("rb") as lines:
                for line in lines:
                    self._hear(line)
        except OSError as cause:
            log.warning("media link lost: %s", type(cause).__name__)
        finally:
            with self._lock:
                self._connection = None

    def _hear(self, line: bytes) -> None:
        try:
            message = TO_UI.validate_json(line)
        except ValidationError as cause:
            log.error("MED-002 message not understood: %s", cause.errors()[0]["type"])
            return
        self._heard(message)


def _line(message: ToMedia) -> bytes:
    return message.model_dump_json().encode() + b"\n"


@contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(1)
        yield listener
    path.unlink(missing_ok=True)


def _accepted(
    listener: socket.socket, process: subprocess.Popen[bytes], stopped: threading.Event
) -> socket.socket | None:
    """Wait for the process to connect; None when it ends first or takes too long."""
    listener.settimeout(0.25)
    for _ in range(int(_ACCEPT_SECONDS / 0.25)):
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            if process.poll() is not None or stopped.is_set():
                return None
            continue
        connection.settimeout(None)
        return connection
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Give the process a moment to end by itself: it has cameras and calls to close."""
    try:
        process.wait(timeout=_QUIT_SECONDS)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(timeout=_QUIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
