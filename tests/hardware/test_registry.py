"""Devices are found by their URL, and drivers are imported only then."""

import subprocess
import sys

import pytest

from hardware.errors import ConfigError
from hardware.registry import DRIVERS, open_device, open_printer, open_scanner, opener
from hardware.types import DeviceKind

EVERY = [(kind, scheme) for kind, schemes in DRIVERS.items() for scheme in schemes]


@pytest.mark.parametrize(("kind", "scheme"), EVERY)
def test_every_driver_in_the_table_is_there(kind: DeviceKind, scheme: str) -> None:
    assert callable(opener(kind, f"{scheme}:///x"))


def test_a_url_opens_the_device_it_names() -> None:
    assert open_scanner("zfm:///dev/ttyUSB0").facts().driver == "zfm"
    assert open_printer("escpos+tcp://10.0.0.9").facts().driver == "escpos+tcp"


@pytest.mark.parametrize("url", ["", "ttyUSB0", "sbi://127.0.0.1", "escpos+tcp://10.0.0.9"])
def test_an_unknown_scheme_names_the_known_ones(url: str) -> None:
    with pytest.raises(ConfigError, match="known are zfm"):
        open_device(DeviceKind.FINGERPRINT, url)


@pytest.mark.parametrize(
    ("target", "reason"),
    [("library_nobody_has:open", "needs the library"), ("hardware.types:open", "no driver at")],
)
def test_a_driver_that_is_not_there_is_a_fault_of_the_configuration(
    target: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DRIVERS[DeviceKind.FINGERPRINT], "other", target)
    with pytest.raises(ConfigError, match=reason):
        open_scanner("other:///dev/x")


def test_no_driver_is_imported_before_it_is_asked_for() -> None:
    heavy = "{'cv2', 'serial', 'escpos'} & set(sys.modules)"
    asked = f"import sys, hardware.registry; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", asked], timeout=60).returncode == 0
