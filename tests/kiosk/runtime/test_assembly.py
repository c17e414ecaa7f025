"""What the running program notes down about its media process."""

import logging

import pytest

from kiosk.config import TerminalConfig
from kiosk.media.protocol import CameraState
from kiosk.runtime.assembly import Running


@pytest.fixture
def running(tmp_path):
    config = TerminalConfig(
        terminal_id="mitte-2", place="Mitte", name="2", server_url="http://127.0.0.1:1",
        run_dir=tmp_path,
    )  # fmt: skip
    return Running(config, tmp_path / "kiosk.toml")


def test_a_lost_camera_is_logged_once_and_its_return_too(running, caplog) -> None:
    caplog.set_level(logging.INFO)
    lost = CameraState(state="failed", code="DEV-004")
    for state in (lost, CameraState(state="starting"), lost, CameraState(state="ready")):
        running._heard(state)
    assert caplog.messages == ["DEV-004 camera: failed", "camera is back after DEV-004"]


def test_a_dead_media_process_is_logged_as_a_camera_that_is_gone(running, caplog) -> None:
    running._media_gone()
    assert caplog.messages == ["MED-001 camera: the media process ended"]
