"""The devices of a configuration, with every fault named, and where the configuration is."""

from pathlib import Path

import pytest

from hardware.errors import ConfigError
from hardware.inventory import (
    CONFIG_VARIABLE,
    DEFAULT_CONFIG,
    Configured,
    config_path,
    offers,
    read_devices,
)
from hardware.types import DeviceKind


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "terminal.toml"


def test_configured_devices_are_read_in_order(config: Path) -> None:
    config.write_text(
        'simulated = ["printer"]\n[devices]\n'
        'printer = "escpos+tcp://a"\ncamera = "v4l2:///dev/video0"\nfingerprint = ""\n'
    )
    assert read_devices(config) == [
        Configured(DeviceKind.CAMERA, "v4l2:///dev/video0", simulated=False),
        Configured(DeviceKind.PRINTER, "escpos+tcp://a", simulated=True),
    ]


def test_all_faults_are_named_at_once(config: Path) -> None:
    config.write_text("[devices]\ncamera = 3\nprinter = true\nscaner = 'zfm:///x'\n")
    with pytest.raises(ConfigError) as caught:
        read_devices(config)
    for word in ("camera is no text", "printer is no text", "'scaner'"):
        assert word in caught.value.cause


@pytest.mark.parametrize(
    ("text", "reason"),
    [("devices = 1", "no table"), ("[devices", "cannot be read"), (None, "no configuration")],
)
def test_a_file_that_is_none_is_said_to_be_none(
    config: Path, text: str | None, reason: str
) -> None:
    if text is not None:
        config.write_text(text)
    with pytest.raises(ConfigError, match=reason):
        read_devices(config)


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
