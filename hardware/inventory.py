"""Which devices a terminal should have, by its configuration, and which the machine offers."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from serial.tools import list_ports

from hardware.errors import ConfigError
from hardware.types import DeviceKind

CONFIG_VARIABLE = "AMTSNAH_TERMINAL_CONFIG"
DEFAULT_CONFIG = Path("var/terminal/terminal.toml")


@dataclass(frozen=True, slots=True)
class Configured:
    """One device of the configuration."""

    kind: DeviceKind
    url: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Something plugged in that may serve as a device, with the URL to configure."""

    kind: DeviceKind
    url: str
    name: str


def config_path(argument: Path | None) -> Path:
    """Return the configuration to use: the argument, else the environment, else the default."""
    return argument or Path(os.environ.get(CONFIG_VARIABLE) or DEFAULT_CONFIG)


def read_devices(path: Path) -> list[Configured]:
    """Read the table `[devices]` of a terminal's configuration.

    Raises ConfigError that names all faults of the table at once.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise ConfigError(f"there is no configuration at {path}") from missing
    except (OSError, ValueError) as reason:
        raise ConfigError(f"{path} cannot be read: {reason}") from reason
    table = document.get("devices", {})
    if faults := _faults(table):
        raise ConfigError(f"{path}: " + "; ".join(faults))
    simulated = document.get("simulated", ())
    return [
        Configured(kind, table[kind], kind in simulated) for kind in DeviceKind if table.get(kind)
    ]


def offers() -> list[Offer]:
    """Return cameras and serial ports of this machine, by names that survive a restart."""
    return [*_cameras(Path("/dev")), *_serial_ports()]


def _faults(table: object) -> list[str]:
    if not isinstance(table, dict):
        return ["[devices] is no table"]
    words = ", ".join(DeviceKind)
    unknown = [
        f"unknown device {key!r}, known are {words}" for key in table.keys() - set(DeviceKind)
    ]
    wrong = [f"{key} is no text" for key, url in table.items() if not isinstance(url, str)]
    return sorted(unknown) + wrong


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
