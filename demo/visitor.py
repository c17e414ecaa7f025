"""The simulated visitor: walks in front of the camera whenever the terminal asks for a photo."""

import json
import socket
import threading
from contextlib import suppress
from pathlib import Path


class Visitor:
    """Watches the terminal's screen and rewinds the camera's film when the photo step begins."""

    def __init__(self, automation: Path, camera: Path) -> None:
        self._automation = automation
        self._camera = camera
        self._link: socket.socket | None = None
        self._thread = threading.Thread(target=self._watch, daemon=True, name="visitor")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        if self._link is not None:
            self._link.shutdown(socket.SHUT_RDWR)
        self._thread.join(timeout=5)

    def _watch(self) -> None:
        with socket.socket(socket.AF_UNIX) as self._link:
            self._link.connect(str(self._automation))
            self._link.sendall(b'{"do":"watch"}\n')
            before = ""
            with self._link.makefile() as lines:
                for line in lines:
                    screen = json.loads(line).get("screen", before)
                    if screen == "photo" and before != "photo":
                        with suppress(FileNotFoundError, ConnectionRefusedError):
                            # while nobody looks the camera is closed; opened, it starts anew
                            command(self._camera, "rewind")
                            command(self._camera, "play")
                    before = screen


def command(control: Path, *words: str) -> str:
    """Say one line to a simulator's control socket and return its answer."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(5)
        link.connect(str(control))
        link.sendall(" ".join(words).encode() + b"\n")
        with link.makefile() as lines:
            return lines.readline().strip()
