"""The technician learns which program holds a device."""

import subprocess
import sys
from pathlib import Path

from hardware.holders import in_use

HOLD = "import sys; f = open(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_another_program_is_named(tmp_path: Path) -> None:
    file = tmp_path / "device"
    file.touch()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert f"(process {other.pid})" in in_use(file)
        other.communicate()


def test_a_python_program_goes_by_its_module(tmp_path: Path) -> None:
    device, process = tmp_path / "device", tmp_path / "proc" / "42"
    (process / "fd").mkdir(parents=True)
    (process / "fd" / "3").symlink_to(device)
    (process / "cmdline").write_bytes(b"python\0-m\0kiosk.media\0--x\0")
    assert in_use(device, tmp_path / "proc") == f"{device} is in use by kiosk.media (process 42)"


def test_what_cannot_be_seen_is_another_program(tmp_path: Path) -> None:
    (tmp_path / "7").mkdir()
    assert in_use(Path("/dev/video0"), tmp_path) == "/dev/video0 is in use by another program"
