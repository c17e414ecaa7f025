"""A check ends in time and in words, whatever a driver does."""

import threading
from collections.abc import Iterator

import pytest

from hardware import registry
from hardware.checks import check_all
from hardware.inventory import Configured
from hardware.types import DeviceKind, State

END = threading.Event()


def hang(url: str) -> None:
    """A driver whose library waits for a name server or a bus."""
    END.wait()


def burst(url: str) -> None:
    raise RuntimeError("a bug of somebody else's")


@pytest.fixture
def drivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("hang", "burst"):
        monkeypatch.setitem(registry.DRIVERS[DeviceKind.PRINTER], name, f"{__name__}:{name}")
        monkeypatch.setattr(registry, "_imported", lambda target: globals()[target.split(":")[1]])
    END.clear()
    yield
    END.set()


@pytest.mark.usefixtures("drivers")
def test_a_device_that_hangs_holds_up_no_other() -> None:
    devices = [Configured(DeviceKind.PRINTER, f"{name}://x", False) for name in ("hang", "burst")]
    hung, burst_ = check_all(devices, patience=0.5)
    assert (hung.health.state, hung.health.fault and hung.health.fault.code) == (
        State.FAILED, "DEV-002",
    )  # fmt: skip
    assert burst_.health.fault is not None
    assert burst_.health.fault.code == "DEV-000"
    assert "somebody else's" in burst_.health.fault.cause
    assert (burst_.facts.driver, burst_.facts.port) == ("burst", "x")
