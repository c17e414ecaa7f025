"""The commands as a technician types them: JSON on stdout, nothing else anywhere, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hardware.conftest import FINGERS

FACE = FINGERS.parent / "faces" / "stills" / "ok_D1.jpg"
PRINT = FINGERS / "arch_good.png"


def typed(*arguments: str | bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "hardware", *arguments], capture_output=True, timeout=60
    )


@pytest.mark.parametrize(("command", "good"), [("photo", FACE), ("fingerprint", PRINT)])
def test_stdout_is_json_and_nothing_else_is_said(command: str, good: Path, tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/odd\xff.jpg"
    done = typed(command, str(good), odd, "--json")
    assert (done.returncode, done.stderr) == (1, b"")
    first, second = json.loads(done.stdout)
    assert (first["accepted"], second["accepted"]) == (True, False)
    assert second["error_cause"] == "cannot be read: no such file or directory"


@pytest.mark.parametrize("command", ["photo", "fingerprint"])
def test_an_odd_file_name_is_spelled_out_for_people(command: str, tmp_path: Path) -> None:
    done = typed(command, os.fsencode(tmp_path) + b"/odd\xff.jpg")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"odd\\udcff.jpg: " in done.stdout


def test_a_reader_that_leaves_early_is_no_fault_of_the_program() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "hardware", "fingerprint", "--json", *[str(PRINT)] * 40],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
