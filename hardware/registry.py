"""Finds the driver for a device URL; drivers are imported when they are first asked for."""

import importlib
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any, cast

from hardware.devices import Camera, Device, FingerprintScanner, ReceiptPrinter
from hardware.errors import ConfigError
from hardware.types import DeviceKind
from hardware.urls import public, split

DRIVERS: dict[DeviceKind, dict[str, str]] = {
    DeviceKind.CAMERA: {
        "v4l2": "hardware.camera.driver:open_camera",
        "file": "hardware.camera.driver:open_camera",
        "http": "hardware.camera.driver:open_camera",
        "https": "hardware.camera.driver:open_camera",
    },
    DeviceKind.FINGERPRINT: {
        "zfm": "hardware.fingerprint.zfm:open_zfm",
    },
    DeviceKind.PRINTER: {
        "escpos+tcp": "hardware.printer.escpos_tcp:open_escpos_tcp",
    },
}
"""Kind -> URL scheme -> "module:function"; the function takes the URL and returns the device."""

READERS = {
    "v4l2": "hardware.camera.address:read_address",
    "file": "hardware.camera.address:read_address",
    "http": "hardware.camera.address:read_address",
    "https": "hardware.camera.address:read_address",
    "zfm": "hardware.fingerprint.address:read_zfm",
    "escpos+tcp": "hardware.printer.address:read_escpos_tcp",
}
"""URL scheme -> what reads such a URL without opening anything and without heavy libraries."""

ENTRY_POINTS = "amtsnah.hardware"
"""Group in which other packages offer drivers, named `kind.scheme`, such as `camera.gige`."""

Opener = Callable[[str], Device]


def open_camera(url: str) -> Camera:
    """Return the camera behind a URL; raises ConfigError and what the driver raises."""
    return cast(Camera, opener(DeviceKind.CAMERA, url)(url))


def open_scanner(url: str) -> FingerprintScanner:
    """Return the fingerprint scanner behind a URL; raises ConfigError."""
    return cast(FingerprintScanner, opener(DeviceKind.FINGERPRINT, url)(url))


def open_printer(url: str) -> ReceiptPrinter:
    """Return the receipt printer behind a URL; raises ConfigError."""
    return cast(ReceiptPrinter, opener(DeviceKind.PRINTER, url)(url))


def open_device(kind: DeviceKind, url: str) -> Device:
    """Return a device of any kind; raises ConfigError."""
    return opener(kind, url)(url)


def check_url(kind: DeviceKind, url: str) -> None:
    """Read a device URL without opening the device; raises ConfigError when it cannot be used."""
    scheme = split(url).scheme
    if scheme in DRIVERS[kind]:
        _imported(READERS[scheme])(url)
    else:
        _target(kind, url)


def opener(kind: DeviceKind, url: str) -> Opener:
    """Return the function that opens the URL.

    Raises ConfigError for an unknown scheme and for a driver whose library is not installed.
    """
    return _imported(_target(kind, url))


def _target(kind: DeviceKind, url: str) -> str:
    scheme = url.partition(":")[0] if ":" in url else ""
    known = DRIVERS[kind]
    if scheme not in known:
        known = known | _third_parties(kind)
    if scheme not in known:
        names = ", ".join(sorted(known))
        raise ConfigError(f"no {kind} driver for {public(url)!r}; known are {names}")
    return known[scheme]


def _imported(target: str) -> Opener:
    module, _, function = target.partition(":")
    try:
        found: Any = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as missing:
        raise ConfigError(f"{target} needs the library {missing.name}") from missing
    except AttributeError as missing:
        raise ConfigError(f"there is no driver at {target}") from missing
    return cast(Opener, found)


def _third_parties(kind: DeviceKind) -> dict[str, str]:
    prefix = f"{kind}."
    return {
        entry.name.removeprefix(prefix): entry.value
        for entry in entry_points(group=ENTRY_POINTS)
        if entry.name.startswith(prefix)
    }
