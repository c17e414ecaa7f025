"""`python -m hardware fingerprint FILE...`: judges print files and says what is wrong with them."""

import argparse
import dataclasses
import json
import time
from pathlib import Path
from typing import Any

from hardware.cli_photo import expand, refusal
from hardware.fingerprint.files import read_print
from hardware.fingerprint.quality import QUALITY_NAME, check_fingerprint
from hardware.types import Fault


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the sub command `fingerprint`."""
    parser = commands.add_parser("fingerprint", help="judge fingerprint files (500 ppi)")
    parser.add_argument("files", nargs="+", metavar="FILE", help="picture, or folder of pictures")
    parser.add_argument("--json", action="store_true", help="one JSON array, reports in order")


def run(args: argparse.Namespace) -> int:
    """Print one report per file; exit status 0 when every file could be judged, else 1."""
    reports = [report_on(file) for file in expand(args.files)]
    if args.json:
        print(json.dumps(reports, indent=1))
    else:
        print("\n".join(_line(report) for report in reports))
    return 1 if any("error" in report for report in reports) else 0


def report_on(file: Path) -> dict[str, Any]:
    """Return the report of one file as JSON values."""
    started = time.perf_counter()
    print_ = read_print(file)
    if isinstance(print_, Fault):
        return _refused(file, print_, (time.perf_counter() - started) * 1000)
    report = check_fingerprint(print_)
    return {
        "file": str(file),
        "accepted": report.accepted,
        "reasons": list(report.reasons),
        "quality": report.quality,
        "quality_name": QUALITY_NAME,
        "criteria": [_rounded(dataclasses.asdict(each)) for each in report.criteria],
        "elapsed_ms": round(report.elapsed_ms, 1),
    }


def _refused(file: Path, fault: Fault, elapsed_ms: float) -> dict[str, Any]:
    return {
        "file": str(file),
        "accepted": False,
        "reasons": [],
        "quality": None,
        "quality_name": QUALITY_NAME,
        "criteria": [],
        "elapsed_ms": round(elapsed_ms, 1),
        **refusal(fault),
    }


def _rounded(criterion: dict[str, Any]) -> dict[str, Any]:
    value = criterion["value"]
    return criterion | {"value": None if value is None else round(value, 4)}


def _line(report: dict[str, Any]) -> str:
    if "error" in report:
        why = f"{report['error']} {report['error_cause']}. {report['error_advice']}"
        return f"{report['file']}: {why}"
    verdict = "accepted" if report["accepted"] else "rejected: " + ", ".join(report["reasons"])
    return f"{report['file']}: {QUALITY_NAME} {report['quality']}, {verdict}"
