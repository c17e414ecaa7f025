"""`python -m kiosk.media` as the UI starts it: a real process, a camera from files, real photos."""

import base64
import io
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from kiosk.media import protocol as ui
from kiosk.media.slots import SlotReader

PATIENCE = 20.0
STILL = Path(__file__).parents[4] / "shared" / "data" / "faces" / "stills" / "ok_D1.jpg"
Start = Callable[[Path], "Process"]


class Process:
    """A media process and the UI's end of its socket."""

    def __init__(self, folder: Path, camera: Path) -> None:
        (folder / "terminal.key").write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())
        config = folder / "terminal.toml"
        config.write_text(
            'terminal_id = "t1"\nplace = "Test"\nname = "Test"\nserver_url = "http://127.0.0.1:9"\n'
            f'[devices]\ncamera = "file://{camera}?loop=0"\n'
            '[audio]\nmicrophone = "none:"\nspeaker = "none:"\n'
        )
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "media.sock"))
            listener.listen(1)
            listener.settimeout(PATIENCE)
            command = [sys.executable, "-m", "kiosk.media", "--config", str(config)]
            self.process = subprocess.Popen([*command, "--socket", str(folder / "media.sock")])
            self.socket, _ = listener.accept()
        self.socket.settimeout(PATIENCE)
        self._lines = self.socket.makefile("rb")

    def say(self, message: Any) -> None:
        self.socket.sendall(message.model_dump_json().encode() + b"\n")

    def hears(self, kind: type) -> Any:
        for line in self._lines:
            message = ui.TO_UI.validate_json(line)
            if isinstance(message, kind):
                return message
        raise AssertionError(f"the process ended before {kind.__name__}")

    def leave(self) -> None:
        self._lines.close()
        self.socket.close()

    def ends(self) -> int:
        return self.process.wait(PATIENCE)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started: list[Process] = []

    def one(camera: Path) -> Process:
        started.append(Process(tmp_path, camera))
        return started[-1]

    yield one
    for process in started:
        process.leave()
        process.ends()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    folder = tmp_path / "film"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.jpg"), np.full((480, 360, 3), 100, np.uint8))
    return folder


def test_it_serves_until_the_ui_goes_away(start: Start, film: Path, tmp_path: Path) -> None:
    process = start(film)
    reader = SlotReader(process.hears(ui.Ready).preview)
    process.say(ui.ShowPreview(on=True))
    assert process.hears(ui.CameraState).state in ("starting", "ready")
    while not reader.newest():
        pass
    process.leave()
    assert process.ends() == 0
    assert not list(tmp_path.glob("*.i420"))


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_a_polite_signal_ends_it_cleanly(
    start: Start, film: Path, tmp_path: Path, word: signal.Signals
) -> None:
    process = start(film)
    process.hears(ui.Ready)
    process.process.send_signal(word)
    assert process.ends() == 0
    assert not list(tmp_path.glob("*.i420"))


def test_a_wrong_configuration_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "terminal.toml").write_text('terminal_id = "t1"\n')
    command = [sys.executable, "-m", "kiosk.media", "--config", str(tmp_path / "terminal.toml")]
    answer = subprocess.run(
        [*command, "--socket", "nowhere"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "server_url: is missing" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.skipif(not STILL.exists(), reason="the rendered faces are not beside the project")
def test_a_visitor_who_stands_still_is_photographed(start: Start, tmp_path: Path) -> None:
    stand = tmp_path / "stand"
    stand.mkdir()
    (stand / "0.jpg").symlink_to(STILL)
    process = start(stand)
    process.say(ui.ShowPreview(on=True))
    process.say(ui.StartPhoto(template="adult", seconds=15))
    assert process.hears(ui.Guidance).face is not None
    photo = process.hears(ui.PhotoTaken)
    assert photo.accepted, photo.reasons
    assert photo.index == 0
    assert Image.open(io.BytesIO(base64.b64decode(photo.jpeg))).size == (1244, 1600)
    assert photo.machine_ms < 8000
