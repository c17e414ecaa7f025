"""`python -m hardware list` and `check`: which devices there are and whether they work."""

import argparse
import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import Any

from hardware.checks import Finding, check_all
from hardware.errors import ConfigError
from hardware.inventory import (
    CONFIG_VARIABLE,
    Inventory,
    Offer,
    config_path,
    offers,
    read_inventory,
)

_ADVICE = f"Name the terminal's configuration by --config or {CONFIG_VARIABLE}, or correct it."
_HEADINGS = ("device", "driver", "port", "state", "error")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the sub commands `list` and `check`."""
    for name, what in (
        ("list", "devices of the configuration and of this machine, with their state"),
        ("check", "round trip to every configured device; status 1 if one is not ready"),
    ):
        parser = commands.add_parser(name, help=what)
        parser.add_argument("--config", type=Path, help=f"terminal.toml (else ${CONFIG_VARIABLE})")
        parser.add_argument("--json", action="store_true", help="one JSON array")


def run(args: argparse.Namespace) -> int:
    """List or check, and return the exit status."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # quiet: the findings say it better
    listing = args.command == "list"
    path = config_path(args.config)
    try:
        known = read_inventory(path)
    except ConfigError as fault:
        print(f"{fault.code}: {fault.cause}. {_ADVICE}", file=sys.stderr)
        known = Inventory((), usable=listing and args.config is None)
    if known.faults:
        print("The terminal's configuration has faults:", *known.faults, sep="\n", file=sys.stderr)
    findings = check_all(known.devices)
    found = offers() if listing else []
    if args.json:
        print(json.dumps(_as_json(findings, found), indent=1, ensure_ascii=False))
    else:
        print(_as_text(path, findings, found, listing))
    ready = bool(findings) and all(each.ready for each in findings)
    return 0 if known.usable and (listing or ready) else 1


def _as_json(findings: list[Finding], found: list[Offer]) -> list[dict[str, Any]]:
    return [*(_finding(each) for each in findings), *(_offer(each) for each in found)]


def _finding(finding: Finding) -> dict[str, Any]:
    fault = finding.health.fault
    return {
        **dataclasses.asdict(finding.facts),
        "configured": True,
        "simulated": finding.simulated,
        "state": finding.health.state,
        "error": dataclasses.asdict(fault) if fault else None,
        "measured": finding.measured,
        "round_trip_ms": round(finding.round_trip_ms, 1),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "kind": offer.kind,
        "driver": offer.url.partition(":")[0],
        "port": offer.url.partition("://")[2].partition("?")[0],
        "configured": False,
        "url": offer.url,
        "name": offer.name,
    }


def _as_text(path: Path, findings: list[Finding], found: list[Offer], listing: bool) -> str:
    lines = _table([_HEADINGS, *(_row(each) for each in findings)]) if findings else []
    if not findings:
        lines.append(f"No device is configured in {path}.")
    for finding in findings:
        lines += _details(finding, listing)
    if listing:
        lines += ["", "This machine offers:"]
        lines += [f"  {each.kind}: {each.url}  ({each.name})" for each in found] or ["  nothing"]
    return "\n".join(lines)


def _row(finding: Finding) -> tuple[str, ...]:
    facts, fault = finding.facts, finding.health.fault
    state = f"{finding.health.state}{' (simulated)' if finding.simulated else ''}"
    return (facts.kind, facts.driver, facts.port, state, fault.code if fault else "-")


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _details(finding: Finding, listing: bool) -> list[str]:
    kind, fault = finding.facts.kind, finding.health.fault
    if fault is not None:
        return ["", f"{kind}: {fault.cause}.", f"{' ' * len(kind)}  {fault.advice}"]
    if listing:
        return []
    words = ", ".join(f"{name} {value}" for name, value in finding.measured.items())
    return [f"{kind}: {words or 'answered'} ({finding.round_trip_ms:.0f} ms)"]
