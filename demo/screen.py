"""What the terminal's screen offers, asked over its automation socket; touching is done by X."""

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.display import Touch


class ScreenError(Exception):
    """The terminal does not show what the visit expects."""


@dataclass(frozen=True, slots=True)
class Target:
    """One touchable thing in window pixels, origin top left."""

    id: str
    text: str
    x: float
    y: float
    width: float
    height: float
    enabled: bool
    chosen: bool

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


class TerminalScreen:
    """The terminal as a citizen meets it: looks, waits, touches."""

    def __init__(self, automation: Path, touch: Touch) -> None:
        self._path = automation
        self.touch = touch

    def describe(self) -> dict[str, Any]:
        return self._ask({"do": "describe"})

    def diary(self) -> list[dict[str, Any]]:
        """Return the terminal's machine times so far: name, machine_ms, wire_ms."""
        entries: list[dict[str, Any]] = self._ask({"do": "diary"})["diary"]
        return entries

    def wait(self, *screens: str, seconds: float = 10) -> str:
        """Block until one of the screens is painted; return its name."""
        answer = self._ask({"do": "wait", "screens": screens, "timeout": seconds}, seconds + 5)
        if answer.get("screen") not in screens:
            raise ScreenError(f"expected {' or '.join(screens)}, saw {answer.get('screen')}")
        return str(answer["screen"])

    def wait_for(self, seen: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
        """Look again and again until `seen` holds of the description."""
        deadline = time.monotonic() + seconds
        while not seen(shown := self.describe()):
            if time.monotonic() > deadline:
                raise ScreenError(f"not seen in {seconds} s on screen {shown.get('screen')}")
            time.sleep(0.1)
        return shown

    def wait_for_change(self, before: dict[str, Target], seconds: float = 1) -> None:
        """Look until something moved, as a person sees that the touch was taken; or give up."""
        deadline = time.monotonic() + seconds
        while self.targets() == before and time.monotonic() < deadline:
            time.sleep(0.05)

    def targets(self) -> dict[str, Target]:
        found = {}
        for each in self.describe()["targets"]:
            x, y, width, height = each["rect"]
            found[each["id"]] = Target(
                each["id"],
                each["text"],
                x,
                y,
                width,
                height,
                each["enabled"],
                each.get("chosen", False),
            )
        return found

    def target(self, name: str) -> Target:
        found = self.targets()
        if name not in found:
            raise ScreenError(f"no target {name!r}; there are {', '.join(sorted(found))}")
        return found[name]

    def tap(self, name: str) -> None:
        """Touch the middle of a target."""
        self.touch.tap(*self.target(name).centre)

    def _ask(self, question: dict[str, Any], seconds: float = 10) -> dict[str, Any]:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(seconds)
            link.connect(str(self._path))
            link.sendall(json.dumps(question).encode() + b"\n")
            with link.makefile() as lines:
                answer: dict[str, Any] = json.loads(lines.readline())
        return answer
