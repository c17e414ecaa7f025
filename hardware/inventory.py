"""Which devices a terminal should have, by its configuration, and which the machine offers."""

import importlib
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from serial.tools import list_ports

from assets.toml_lines import TomlLines
from hardware.errors import ConfigError
from hardware.registry import check_url
from hardware.types import DeviceKind

CONFIG_VARIABLE = "AMTSNAH_TERMINAL_CONFIG"
DEFAULT_CONFIG = Path("var/terminal/terminal.toml")
TERMINAL = "kiosk.config:faults_of"
"""What reads the whole file where a terminal is installed: by name, as drivers are, because devices
are also listed and checked without one."""


@dataclass(frozen=True, slots=True)
class Configured:
    """One device of the configuration."""

    kind: DeviceKind
    url: str
    simulated: bool

    @property
    def driver(self) -> str:
        """The scheme of the URL, which names the driver; ? if there is none."""
        return self.url.partition(":")[0] if ":" in self.url else "?"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a configuration says of devices, and every fault of the file in the order of its lines.

    `usable` tells whether the table `[devices]` itself is right.
    """

    devices: tuple[Configured, ...]
    faults: tuple[str, ...] = ()
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """Something plugged in that may serve as a device, with the URL to configure."""

    kind: DeviceKind
    url: str
    name: str


def config_path(argument: Path | None) -> Path:
    """Return the configuration to use: the argument, else the environment, else the default."""
    return argument or Path(os.environ.get(CONFIG_VARIABLE) or DEFAULT_CONFIG)


def read_inventory(path: Path) -> Inventory:
    """Read a terminal's configuration as far as devices go; a fault of one hides no other device.

    Raises ConfigError when the file cannot be read at all.
    """
    text, document = _read(path)
    table = document.get("devices", {})
    own = [f"{path}:{fault}" for fault in _faults(table, TomlLines(text))]
    simulated = document.get("simulated")
    marked = simulated if isinstance(simulated, list) else []
    devices = [
        Configured(kind, url, str(kind) in marked)
        for kind in DeviceKind
        if isinstance(table, dict) and isinstance(url := table.get(kind), str) and url
    ]
    return Inventory(tuple(devices), _all_faults(path) or tuple(own), not own)


def _read(path: Path) -> tuple[str, dict[str, object]]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except FileNotFoundError as missing:
        raise ConfigError(f"there is no configuration at {path}") from missing
    except (OSError, ValueError) as reason:
        raise ConfigError(f"{path} cannot be read: {reason}") from reason


def _all_faults(path: Path) -> tuple[str, ...]:
    module, _, function = TERMINAL.partition(":")
    try:
        found: tuple[str, ...] = getattr(importlib.import_module(module), function)(path)
    except ModuleNotFoundError:
        return ()
    return found


def offers() -> list[Offer]:
    """Return cameras and serial ports of this machine, by names that survive a restart."""
    return [*_cameras(Path("/dev")), *_serial_ports()]


def _faults(table: object, lines: TomlLines) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{lines.of(['devices'])}: devices: expected a table"
        return
    for key, url in table.items():
        fault = _fault(key, url)
        if fault:
            yield f"{lines.of(['devices', key])}: devices.{key}: {fault}"


def _fault(key: str, url: object) -> str:
    if key not in set(DeviceKind):
        return f"is not a known key, known are {', '.join(DeviceKind)}"
    if not isinstance(url, str):
        return "expected a text in quotes"
    try:
        if url:
            check_url(DeviceKind(key), url)
    except ConfigError as fault:
        return fault.cause
    return ""


def _cameras(dev: Path) -> list[Offer]:
    """Stable names first; the plain ones only where udev made none."""
    named = sorted(dev.glob("v4l/by-id/*-video-index0"))
    found = named or sorted(dev.glob("video*"))
    return [Offer(DeviceKind.CAMERA, f"v4l2://{path}", path.name) for path in found]


def _serial_ports() -> list[Offer]:
    """Serial ports on USB; built-in ones that nothing is known of are left out."""
    ports = [port for port in list_ports.comports() if port.vid is not None]
    return [
        Offer(DeviceKind.FINGERPRINT, f"zfm://{_stable(port.device)}?baud=115200", port.description)
        for port in sorted(ports)
    ]


def _stable(device: str, by_id: Path = Path("/dev/serial/by-id")) -> str:
    real = Path(device).resolve()
    links = by_id.iterdir() if by_id.is_dir() else ()
    return next((str(link) for link in links if link.resolve() == real), device)
