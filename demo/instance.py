"""A small instance on this machine: server, demo staff and one enrolled terminal, made once."""

import json
import secrets
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

import assets
from demo.programs import run_once
from kiosk.config import load

STAFF = (
    ("anna", "Anna Weber", "clerk"),
    ("ben", "Ben Yıldız", "clerk"),
    ("carla", "Carla Roth", "supervisor"),
    ("dirk", "Dirk Nowak", "technician"),
)
TERMINAL_ID = "mitte-2"
PLACE = "Bürgeramt Mitte"
TERMINAL_NAME = "Terminal 2"
DEFAULT_PORT = 8460


@dataclass(frozen=True, slots=True)
class Ports:
    """TCP ports of one instance, all on loopback."""

    server: int
    printer: int


@dataclass(frozen=True, slots=True)
class Instance:
    """Where an instance lives and how to reach it."""

    root: Path
    ports: Ports
    password: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports.server}"

    @property
    def server_config(self) -> Path:
        return self.root / "server" / "server.toml"

    @property
    def terminal_config(self) -> Path:
        return self.root / "terminal" / "terminal.toml"

    @property
    def devices(self) -> Path:
        return self.root / "terminal" / "simulated"

    @property
    def automation(self) -> Path:
        return self.root / "terminal" / "automation.sock"


def open_or_create(root: Path, *, free_ports: bool = False) -> tuple[Instance, bool]:
    """Return the instance under `root`, and whether it was made just now."""
    note = root / "instance.json"
    if note.exists():
        known = json.loads(note.read_text())
        return Instance(root, Ports(**known["ports"]), known["password"]), False
    instance = Instance(root, _ports(free_ports), _password())
    _create(instance)
    known = {
        "ports": {"server": instance.ports.server, "printer": instance.ports.printer},
        "password": instance.password,
    }
    note.touch(mode=0o600)
    note.write_text(json.dumps(known))
    return instance, True


def remove(root: Path) -> None:
    """Delete the instance, and what its terminal keeps in memory to go on after a stop."""
    config = Instance(root, Ports(0, 0), "").terminal_config
    if config.exists():
        shutil.rmtree(load(config).memory_dir, ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)


def forget(root: Path) -> int:
    """Remove the instance under var/ and say so; returns an exit status."""
    remove(root)
    print("The instance under var/ is forgotten; make run makes a new one.")
    return 0


def _create(instance: Instance) -> None:
    server, config = instance.server_config.parent, str(instance.server_config)
    for half_made in (server, instance.terminal_config.parent):  # by a start that was broken off
        shutil.rmtree(half_made, ignore_errors=True)
    server.mkdir(parents=True, exist_ok=True)
    instance.devices.mkdir(parents=True, exist_ok=True)
    run_once(
        "-m", "server", "init", "--dir", str(server),
        "--port", str(instance.ports.server), "--name", PLACE,
    )  # fmt: skip
    for login, name, role in STAFF:
        run_once(
            "-m", "server", "staff", "add", "--config", config,
            "--login", login, "--name", name, "--role", role, "--password-stdin",
            text=instance.password,
        )  # fmt: skip
    instance.terminal_config.write_text(_terminal_toml(instance))
    key = run_once("-m", "kiosk", "enrol", "--config", str(instance.terminal_config)).split()[-1]
    run_once(
        "-m", "server", "terminal", "enrol", "--config", config,
        "--id", TERMINAL_ID, "--place", PLACE, "--public-key", key,
    )  # fmt: skip
    public = str(instance.terminal_config.parent / "office.pub")
    run_once("-m", "server", "office-key", "--config", config, "--out", public)


def _terminal_toml(instance: Instance) -> str:
    visitor = assets.path("demo", "visitor_d1.mp4")
    control = instance.devices / "camera.sock"
    voice = assets.path("demo", "voice.ogg")
    return f"""\
# The demo terminal: every device is simulated on its own wire protocol.
terminal_id = "{TERMINAL_ID}"
place = "{PLACE}"
name = "{TERMINAL_NAME}"
server_url = "{instance.url}"
simulated = ["camera", "fingerprint", "printer"]

[devices]
camera = "file://{visitor}?loop=0&control={control}"
fingerprint = "zfm://{instance.devices}/fingerprint?baud=115200"
printer = "escpos+tcp://127.0.0.1:{instance.ports.printer}"

[audio]
microphone = "file://{voice}"

[automation]
socket = "{instance.automation}"
"""


def taken_ports(instance: Instance) -> list[int]:
    """Return the instance's ports that another program holds already."""
    ports = (instance.ports.server, instance.ports.printer)
    return [port for port in ports if not _is_free(port)]


def _ports(free: bool) -> Ports:
    if not free and _is_free(DEFAULT_PORT):
        return Ports(DEFAULT_PORT, _free_port())
    return Ports(_free_port(), _free_port())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _password() -> str:
    """Draw a demo password that people can type: three groups of four letters."""
    letters = "abcdefghkmnpqrstuvwxyz"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
