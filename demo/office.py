"""The running demo office: server, simulated devices and the terminal."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import requests

import assets
from demo.display import Touch
from demo.instance import Instance
from demo.programs import Programs, run_once
from demo.screen import TerminalScreen
from server.migrate import is_current

FINGERS = assets.path("demo", "fingers")


def start_server(programs: Programs, instance: Instance) -> None:
    """Start the server; an instance of an older version gets the tables of this one first."""
    if not is_current(instance.server_config.parent / "server.db"):
        run_once("-m", "server", "migrate", "--config", str(instance.server_config))
    programs.python("server", "-m", "server", "serve", "--config", str(instance.server_config))


def start_devices(
    programs: Programs, instance: Instance, *, auto: bool = True, pace: float = 1.0
) -> None:
    """Start the scanner on a pty and the printer on TCP; the camera is a file source.

    `auto` lets fingers lie down by themselves; `pace` 0 leaves out the serial line's own time.
    """
    folder = instance.devices
    programs.python(
        "fingerprint", "-m", "hardware.sim", "fingerprint",
        "--link", str(folder / "fingerprint"), "--control", str(folder / "fingerprint.sock"),
        "--right", str(FINGERS / "right.png"), "--left", str(FINGERS / "left.png"),
        "--pace", str(pace), *(["--auto"] if auto else []),
    )  # fmt: skip
    programs.python(
        "printer", "-m", "hardware.sim", "printer",
        "--port", str(instance.ports.printer), "--save", str(folder / "receipts"),
        "--control", str(folder / "printer.sock"),
    )  # fmt: skip


def start_terminal(programs: Programs, instance: Instance, display: str) -> subprocess.Popen[bytes]:
    instance.automation.unlink(missing_ok=True)
    return programs.python(
        "terminal", "-m", "kiosk", "--config", str(instance.terminal_config),
        env={"DISPLAY": display, "SDL_VIDEODRIVER": "x11"},  # not what the caller draws on
    )  # fmt: skip


def wait_for_server(programs: Programs, instance: Instance, seconds: float = 20) -> None:
    programs.wait_until("server", lambda: answers(f"{instance.url}/status"), seconds)


def wait_for_devices(programs: Programs, instance: Instance, seconds: float = 20) -> None:
    programs.wait_until("fingerprint", (instance.devices / "fingerprint").exists, seconds)
    programs.wait_until("printer", lambda: listens(instance.ports.printer), seconds)


def wait_for_terminal(programs: Programs, instance: Instance, seconds: float = 30) -> None:
    """Block until the terminal's first picture is painted."""
    screen = TerminalScreen(instance.automation, Touch(""))
    programs.wait_until("terminal", lambda: _painted(instance, screen), seconds)


def first_frame_ms(instance: Instance) -> float | None:
    """Return what the terminal said: from the start of its process to its first frame."""
    said = (logs(instance) / "terminal.log").read_text(errors="replace")
    found = re.search(r"first frame after (\d+) ms", said)
    return float(found.group(1)) if found else None


def _painted(instance: Instance, screen: TerminalScreen) -> bool:
    try:
        return instance.automation.exists() and bool(screen.describe()["screen"])
    except ConnectionError:
        return False


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=1).ok
    except (requests.ConnectionError, requests.Timeout):
        return False


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def logs(instance: Instance) -> Path:
    return instance.root / "log"


def say(text: str = "") -> None:
    """Tell the person at the command line something."""
    print(text, file=sys.stdout, flush=True)
