"""A local socket through which a test or a person steers a simulator, one line per command."""

import errno
import os
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

Words = Mapping[str, Callable[..., None]]


def obey(line: str, words: Words) -> str:
    """Do one line such as `fault silent` and return `ok` or `error: reason`."""
    name, *arguments = line.strip().split(maxsplit=1) or [""]
    if name not in words:
        return f"error: unknown word {name!r}; known are {', '.join(sorted(words))}"
    try:
        words[name](*arguments)
    except (ValueError, TypeError, OSError) as reason:
        return f"error: {reason}"
    return "ok"


class ControlSocket:
    """Listens on a unix socket; each line is answered by one line.

    Raises OSError: EADDRINUSE when a living program listens there already.
    """

    def __init__(self, path: Path, words: Words) -> None:
        if _somebody_listens(path):
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE), str(path))
        path.unlink(missing_ok=True)
        self._path = path
        self._words = words
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(path))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, name="control", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and remove the socket file."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return  # closed
            with peer, peer.makefile("rw", encoding="utf-8") as lines:
                for line in lines:
                    print(obey(line, self._words), file=lines, flush=True)


def _somebody_listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as peer:
        try:
            peer.connect(str(path))
        except OSError:
            return False
    return True


def tell(path: Path, line: str, timeout: float = 5.0) -> str:
    """Send one line to a simulator's control socket and return its answer."""
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(timeout)
        peer.connect(str(path))
        peer.sendall(line.encode() + b"\n")
        with peer.makefile(encoding="utf-8") as answers:
            return answers.readline().strip()
