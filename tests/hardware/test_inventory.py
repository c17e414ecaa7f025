"""The devices of a configuration, with every fault named, and where the configuration is."""

from pathlib import Path

import pytest

from hardware import inventory
from hardware.errors import ConfigError
from hardware.inventory import (
    CONFIG_VARIABLE,
    DEFAULT_CONFIG,
    Configured,
    Inventory,
    config_path,
    offers,
    read_inventory,
)
from hardware.types import DeviceKind


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "terminal.toml"


def write(config: Path, devices: str, more: str = "") -> Inventory:
    head = 'terminal_id = "t"\nplace = "P"\nname = "N"\nserver_url = "http://s"\n'
    config.write_text(f"{head}{more}[devices]\n{devices}")
    return read_inventory(config)


def test_configured_devices_are_read_in_order(config: Path) -> None:
    found = write(
        config,
        'printer = "escpos+tcp://a"\ncamera = "v4l2:///dev/video0"\nfingerprint = ""\n',
        'simulated = ["printer"]\n',
    )
    assert found.devices == (
        Configured(DeviceKind.CAMERA, "v4l2:///dev/video0", simulated=False),
        Configured(DeviceKind.PRINTER, "escpos+tcp://a", simulated=True),
    )
    assert (found.faults, found.usable) == ((), True)


def test_all_faults_are_named_at_once_with_their_lines(config: Path) -> None:
    found = write(config, "camera = 3\nprinter = 'lp0'\nscaner = 'zfm:///x'\n")
    assert not found.usable
    assert [fault.split(": ")[:2] for fault in found.faults] == [
        [f"{config}:6", "devices.camera"],
        [f"{config}:7", "devices.printer"],
        [f"{config}:8", "devices.scaner"],
    ]


def test_one_report_names_what_is_wrong_besides_the_devices_too(config: Path) -> None:
    found = write(config, "printer = 'lp0'\n", 'capture_hours = 97\nlanguage = "fr"\n')
    keys = [fault.split(": ")[1] for fault in found.faults]
    assert keys == ["capture_hours", "language", "devices.printer"]


def test_a_fault_elsewhere_does_not_make_the_devices_unusable(config: Path) -> None:
    found = write(config, "printer = 'escpos+tcp://a'\n", "capture_hours = 97\n")
    assert found.usable
    assert [device.driver for device in found.devices] == ["escpos+tcp"]


def test_without_a_terminal_s_code_the_devices_faults_are_still_named(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inventory, "TERMINAL", "terminal_nobody_has:faults_of")
    config.write_text("[devices]\ncamera = 3\nprinter = 'lp0'\nscaner = 'zfm:///x'\n")
    faults = read_inventory(config).faults
    assert [fault.split(": ")[0] for fault in faults] == [f"{config}:{n}" for n in (2, 3, 4)]
    assert "expected a text in quotes" in faults[0]
    config.write_text("devices = 1\n")
    assert read_inventory(config).faults == (f"{config}:1: devices: expected a table",)


@pytest.mark.parametrize(
    ("text", "reason"), [("[devices", "cannot be read"), (None, "no configuration")]
)
def test_a_file_that_is_none_is_said_to_be_none(
    config: Path, text: str | None, reason: str
) -> None:
    if text is not None:
        config.write_text(text)
    with pytest.raises(ConfigError, match=reason):
        read_inventory(config)


def test_the_argument_goes_before_the_environment_and_that_before_the_default(
    monkeypatch: pytest.MonkeyPatch, config: Path
) -> None:
    monkeypatch.delenv(CONFIG_VARIABLE, raising=False)
    assert config_path(None) == DEFAULT_CONFIG
    monkeypatch.setenv(CONFIG_VARIABLE, "/etc/amtsnah/terminal.toml")
    assert config_path(None) == Path("/etc/amtsnah/terminal.toml")
    assert config_path(config) == config


def test_what_the_machine_offers_can_be_configured_as_it_is() -> None:
    for offer in offers():
        assert offer.url.startswith(("v4l2:///dev/", "zfm:///dev/"))
