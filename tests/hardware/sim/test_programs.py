"""The simulators as programs: started, steered, unplugged, ended."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.fingerprint.zfm import open_zfm
from hardware.printer.blocks import Text
from hardware.printer.escpos_tcp import open_escpos_tcp
from hardware.sim.control import tell
from tests.hardware.conftest import FINGERS, LEFT, RIGHT, never, nothing


@contextmanager
def program(*arguments: str) -> Iterator[str]:
    """Run a simulator, give the URL it announces, and end it as a service manager does."""
    with subprocess.Popen(
        [sys.executable, "-m", "hardware.sim", *arguments], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().split()[-1]
        running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0


def fingerprint(folder: Path, *more: str) -> tuple[str, ...]:
    return (
        "fingerprint", "--link", str(folder / "port"), "--control", str(folder / "control"),
        "--right", str(RIGHT), "--left", str(LEFT), "--pace", "0", *more,
    )  # fmt: skip


def test_a_scanner_that_is_told_what_to_do(tmp_path: Path) -> None:
    control = tmp_path / "control"
    with program(*fingerprint(tmp_path)) as url:
        scanner = open_zfm(url)
        assert not scanner.finger_present()
        assert tell(control, "finger left") == "ok"
        assert scanner.finger_present()
        assert tell(control, f"finger {FINGERS / 'whorl_good.png'}") == "ok"
        assert scanner.capture(nothing, never) is not None
        assert tell(control, "finger nobody.png").startswith("error: nobody.png")
        assert tell(control, "lift") == "ok"
        assert not scanner.finger_present()
        assert tell(control, "fault broken").startswith("error:")
        assert tell(control, "pace 0") == "ok"
        assert tell(control, "pace fast").startswith("error:")
        assert tell(control, "unplug") == "ok"
        assert not (tmp_path / "port").exists()
        assert tell(control, "plug") == "ok"
        assert not scanner.finger_present()
        scanner.close()
    assert not (tmp_path / "port").exists()
    assert not control.exists()


def test_a_citizen_who_needs_no_telling(tmp_path: Path) -> None:
    dry = str(FINGERS / "sensor" / "loop_right_dry_1.png")
    with program(*fingerprint(tmp_path, "--auto", "--bad-first", dry)) as url:
        scanner = open_zfm(url)
        taken = [scanner.capture(nothing, never) for _ in range(2)]
        while taken[-1] is None:
            taken.append(scanner.capture(nothing, never))
        assert taken[-1].image.mean() > 200  # the dry one
        scanner.close()


def test_a_printer_that_runs_out_of_paper(tmp_path: Path) -> None:
    control = tmp_path / "control"
    save = tmp_path / "receipts"
    with program("printer", "--port", "0", "--save", str(save), "--control", str(control)) as url:
        printer = open_escpos_tcp(url)
        printer.print_blocks([Text("Guten Tag")])
        assert [file.suffix for file in sorted(save.iterdir())] == [".bin", ".png", ".txt"]
        assert tell(control, "fault paper") == "ok"
        assert tell(control, "fault fire").startswith("error:")
