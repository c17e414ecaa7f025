"""`python -m hardware photo FILE…`: judges photo files and prints a report per file."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hardware.criteria import Verdict
from hardware.photo.report import PhotoReport
from hardware.pictures import SUFFIXES
from hardware.types import Fault

LEGEND = (
    "M mandatory, O optional in TR-03121-3 Table 5.2; accepted: no fault found in either.\n"
    "-  not assessed: a person has to look."
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser of `python -m hardware`."""
    parser = subparsers.add_parser("photo", help="judge photo files by BSI TR-03121")
    parser.add_argument("files", nargs="+", metavar="FILE", help="picture, or folder of pictures")
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Judge the files in order; exit status 0 when every file could be judged, else 1."""
    from hardware.photo.check import check_file
    from hardware.photo.face import FaceFinder

    finder = FaceFinder()
    reports = [(path, check_file(path, finder, time.perf_counter)) for path in expand(args.files)]
    finder.close()
    if args.json:
        json.dump([as_json(path, report) for path, report in reports], sys.stdout, indent=1)
        print()
    else:
        print(*(as_table(path, report) for path, report in reports), LEGEND, sep="\n\n")
    return 1 if any(report.error for _, report in reports) else 0


def expand(names: list[str]) -> Iterator[Path]:
    """Give the files in the order named; a folder stands for its pictures, sorted by name.

    A folder without pictures stands for itself, so that it is not passed over in silence.
    """
    for name in names:
        yield from _pictures_in(Path(name)) or [Path(name)]


def _pictures_in(path: Path) -> list[Path]:
    try:
        return sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
    except (OSError, ValueError):  # no folder, or none that may be read: its report says so
        return []


def refusal(fault: Fault) -> dict[str, str]:
    """Return what a report says of a file that could not be judged."""
    return {"error": fault.code, "error_cause": fault.cause, "error_advice": fault.advice}


def as_json(path: Path, report: PhotoReport) -> dict[str, Any]:
    """One report as plain JSON values; `error` only when the file could not be judged."""
    shown: dict[str, Any] = {
        "file": str(path),
        "accepted": report.accepted,
        "reasons": list(report.reasons),
        "criteria": [asdict(criterion) for criterion in report.criteria],
        "elapsed_ms": round(report.elapsed_ms, 1),
    }
    return shown | (refusal(report.fault) if report.fault else {})


def as_table(path: Path, report: PhotoReport) -> str:
    """One report for people, one line per criterion."""
    outcome = "accepted" if report.accepted else "not accepted"
    if report.fault:
        outcome = f"{report.fault.code} {report.fault.cause}. {report.fault.advice}"
    lines = [f"{path}: {outcome} ({report.elapsed_ms:.0f} ms)"]
    words = {Verdict.OK: "OK", Verdict.NOT_OK: "NOT OK", Verdict.NOT_ASSESSED: "-"}
    for c in report.criteria:
        value = "" if c.value is None else _number(c.value)
        low, high = ("" if b is None else f"{b:g}" for b in (c.min, c.max))
        bounds = f"{low}..{high}" if low or high else ""
        kind, word = "M" if c.mandatory else "O", words[c.verdict]
        lines.append(f"  {kind} {c.code:22} {word:7} {value:>9} {bounds:>12}  {c.unit:28} {c.note}")
    return "\n".join(line.rstrip() for line in lines)


def _number(value: float) -> str:
    """Three digits that count, and never an exponent."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
