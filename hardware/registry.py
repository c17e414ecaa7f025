"""Finds the driver for a device URL; drivers are imported when they are first asked for."""

import importlib
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any, cast

from hardware.devices import Camera, Device, FingerprintScanner, ReceiptPrinter
from hardware.errors import ConfigError
from hardware.types import DeviceKind

DRIVERS: dict[DeviceKind, dict[str, str]] = {
    DeviceKind.CAMERA: {
        "v4l2": "hardware.camera:open_camera",
        "file": "hardware.camera:open_camera",
        "http": "hardware.camera:open_camera",
        "https": "hardware.camera:open_camera",
    },
    DeviceKind.FINGERPRINT: {
        "zfm": "hardware.fingerprint.zfm:open_zfm",
    },
    DeviceKind.PRINTER: {
        "escpos+tcp": "hardware.printer.escpos_tcp:open_escpos_tcp",
    },
}
"""Kind -> URL scheme -> "module:function"; the function takes the URL and returns the device."""

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


def opener(kind: DeviceKind, url: str) -> Opener:
    """Return the function that opens the URL.

    Raises ConfigError for an unknown scheme and for a driver whose library is not installed.
    """
    scheme, colon, _ = url.partition(":")
    known = DRIVERS[kind] | _third_parties(kind)
    if not colon or scheme not in known:
        raise ConfigError(f"no {kind} driver for {url!r}; known are {', '.join(sorted(known))}")
    return _imported(known[scheme])


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
