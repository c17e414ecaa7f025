"""Memory of a family of processes, held against blocks of a known size."""

import subprocess
import sys

import pytest

from demo import memory

HOLD = "held = b'x' * (64 << 20); print('ready', flush=True); input()"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])"


@pytest.mark.parametrize("program", [HOLD, PARENT])
def test_a_block_counts_wherever_in_the_family_it_is_held(program: str):
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        held = memory.resident_mib(process.pid)
        process.communicate(b"\n")
    assert 64 <= held < 110


def test_a_process_that_is_gone_holds_nothing():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert memory.resident_mib(ended.pid) == 0
