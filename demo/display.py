"""A virtual X display, its pictures, and touches as real X events."""

import os
import subprocess
from pathlib import Path

from PIL import Image, ImageGrab

SIZE = (1080, 1920)


class VirtualDisplay:
    """Xvfb on a free display number, 1080x1920 like the terminal's screen."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24",
             "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as pipe:
            self.name = f":{pipe.readline().strip()}"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


def exists() -> bool:
    """Tell whether this machine has a display that a window can open on."""
    return bool(os.environ.get("DISPLAY"))


def picture(display: str, path: Path) -> Path:
    """Save what the display shows as PNG."""
    shot: Image.Image = ImageGrab.grab(xdisplay=display)
    path.parent.mkdir(parents=True, exist_ok=True)
    shot.convert("RGB").save(path, compress_level=1)
    return path


class Touch:
    """Presses on the screen, by the X server's own test extension."""

    def __init__(self, display: str) -> None:
        self._env = {**os.environ, "DISPLAY": display}

    def tap(self, x: float, y: float) -> None:
        self._do("mousemove", str(round(x)), str(round(y)), "mousedown", "1", "mouseup", "1")

    def burst(self, x: float, y: float, times: int = 10) -> None:
        """Tap again and again, as fast as an impatient finger can."""
        repeated = ("click", "--repeat", str(times), "--delay", "15", "1")
        self._do("mousemove", str(round(x)), str(round(y)), *repeated)

    def draw(self, points: list[tuple[float, float]]) -> None:
        """Press at the first point, move through the others, lift."""
        (x, y), *rest = points
        moves = [word for point in rest for word in _moved(point)]
        self._do(
            "mousemove", str(round(x)), str(round(y)), "mousedown", "1", *moves, "mouseup", "1"
        )

    def key(self, name: str) -> None:
        self._do("key", name)

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env, check=True, stdout=subprocess.DEVNULL)


def _moved(point: tuple[float, float]) -> tuple[str, ...]:
    """Move at the pace of a hand: a touch panel reports about a hundred places a second."""
    x, y = point
    return ("mousemove", str(round(x)), str(round(y)), "sleep", "0.01")
