"""Measures the fingerprint path: print check, WSQ, same-finger check, scanner against its line."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import assets
from hardware.fingerprint.files import read_print
from hardware.fingerprint.quality import check_fingerprint
from hardware.fingerprint.same_finger import same_finger
from hardware.fingerprint.wsq import LIMIT, encode_wsq
from hardware.fingerprint.zfm import ZfmScanner, open_zfm
from hardware.types import Fingerprint

PRINTS = Path(__file__).parent.parent / "tests" / "data" / "fingers"
QA_BAR_MS = 300.0  # BSI TR-03121-3 Vol. GID, P-FP: quality check
CAPTURES = 3


def run() -> list[dict[str, Any]]:
    """Measure; the scanner's ratio compares with the time the bits need on the line."""
    return [*_judging(), *_reading()]


def _judging() -> list[dict[str, Any]]:
    prints = [_print(file) for file in sorted(PRINTS.rglob("*.png"))]
    good = [each for each in prints if check_fingerprint(each).accepted]
    checks = _ms(check_fingerprint, prints)
    codes = [len(encode_wsq(each)) for each in good]
    median = statistics.median(checks)
    return [
        row("print check, median of 42 prints", median, "ms", QA_BAR_MS, median / QA_BAR_MS),
        row("print check, slowest", max(checks), "ms", QA_BAR_MS, max(checks) / QA_BAR_MS),
        row("WSQ of an accepted print, median", statistics.median(_ms(encode_wsq, good)), "ms"),
        row("WSQ of an accepted print, longest", max(codes), "bytes", LIMIT, max(codes) / LIMIT),
        row("same finger twice, two prints compared", _same(good), "ms"),
    ]


def _same(prints: list[Fingerprint]) -> float:
    return statistics.median(_ms(lambda each: same_finger(each, prints[0]), prints[:6]))


def _reading() -> list[dict[str, Any]]:
    rows = []
    for what, pace in (("115200 baud", 1.0), ("a line without delay", 0.0)):
        with (
            tempfile.TemporaryDirectory() as folder,
            _Sim(Path(folder), pace) as url,
            closing(open_zfm(url)) as scanner,
        ):
            spans = [_capture_ms(scanner) for _ in range(CAPTURES)]
            wire = scanner.wire_seconds() * 1000
        ratio = statistics.median(spans) / wire
        bar = round(wire, 1) if pace else None
        rows.append(row(f"capture at {what}", statistics.median(spans), "ms", bar, ratio))
    return rows


def _capture_ms(scanner: ZfmScanner) -> float:
    while not scanner.finger_present():
        pass
    started = time.perf_counter()
    if scanner.capture(lambda print_, share: None, lambda: False) is None:
        raise RuntimeError("the simulated finger was lifted")
    return (time.perf_counter() - started) * 1000


class _Sim:
    """The simulated scanner in a process of its own, a finger on the sensor."""

    def __init__(self, folder: Path, pace: float) -> None:
        self._folder = folder
        self._pace = pace

    def __enter__(self) -> str:
        fingers = assets.path("demo", "fingers")
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "hardware.sim", "fingerprint", "--auto",
                "--link", str(self._folder / "port"), "--pace", str(self._pace),
                "--right", str(fingers / "right.png"), "--left", str(fingers / "left.png"),
            ],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if self._process.stdout is None:
            raise RuntimeError("no output to read")
        return self._process.stdout.readline().split()[-1] + "?baud=115200"

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate()


def _print(file: Path) -> Fingerprint:
    print_ = read_print(file)
    if not isinstance(print_, Fingerprint):
        raise TypeError(f"{file}: {print_.cause}")
    return print_


def _ms(work: Callable[[Fingerprint], object], prints: Iterable[Fingerprint]) -> list[float]:
    spans = []
    for each in prints:
        started = time.perf_counter()
        work(each)
        spans.append((time.perf_counter() - started) * 1000)
    return spans


def row(
    name: str, value: float, unit: str, bar: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": bar, "ratio": ratio}
