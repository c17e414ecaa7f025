"""Lets tests look at the screen over a Unix socket; it describes and can touch nothing.

One JSON object per line. `{"do": "describe"}` answers what is painted now; `{"do": "wait",
"screens": […], "timeout": s}` answers as soon as one of them is painted; `{"do": "watch"}` sends
one line for each screen that is painted; `{"do": "diary"}` answers the machine times. Off unless
the configuration names a socket.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Description = dict[str, Any]
Diary = Callable[[], list[tuple[str, float, float]]]


class Automation:
    """Serves the newest description; `publish` is called by the UI after each painted picture."""

    def __init__(self, path: Path, diary: Diary = list) -> None:
        self._path, self._diary = path, diary
        self._changed = threading.Condition()
        self._now: Description = {"screen": "", "targets": []}
        self._number = 0  # of painted screens, for those who watch
        self._open = True
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        path.chmod(0o600)
        self._listener.listen()
        threading.Thread(target=self._accept, name="automation", daemon=True).start()

    def publish(self, description: Description) -> None:
        """Tell what has just been painted."""
        with self._changed:
            if description["screen"] != self._now["screen"]:
                self._number += 1
            self._now = description
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._open = False
            self._changed.notify_all()
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        with link, link.makefile("r") as lines:
            try:
                for line in lines:
                    for answer in self._answers(line):
                        link.sendall(json.dumps(answer).encode() + b"\n")
            except OSError:
                return  # the asker went away

    def _answers(self, line: str) -> Iterator[Description]:
        try:
            asked = json.loads(line)
            wish = asked["do"]
        except (ValueError, KeyError, TypeError):
            yield {"error": "expected a JSON object with do"}
            return
        match wish:
            case "describe":
                yield self._now
            case "wait":
                yield self._wait(asked)
            case "watch":
                yield from self._watch()
            case "diary":
                yield {"diary": [_entry(*one) for one in self._diary()]}
            case _:
                yield {"error": f"unknown: {wish}"}

    def _wait(self, asked: dict[str, Any]) -> Description:
        wanted = asked.get("screens") or [asked.get("screen")]
        with self._changed:
            self._changed.wait_for(
                lambda: self._now["screen"] in wanted or not self._open,
                float(asked.get("timeout", 10)),
            )
            return self._now

    def _watch(self) -> Iterator[Description]:
        seen = -1
        while (found := self._next(seen)) is not None:
            seen, now = found
            yield {name: now.get(name) for name in ("screen", "painted_ms")}

    def _next(self, seen: int) -> tuple[int, Description] | None:
        """Block until another screen than number `seen` is painted; None when all is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != seen or not self._open)
            return (self._number, self._now) if self._open else None


def _entry(name: str, machine_ms: float, wire_ms: float) -> dict[str, Any]:
    return {"name": name, "machine_ms": machine_ms, "wire_ms": wire_ms}
