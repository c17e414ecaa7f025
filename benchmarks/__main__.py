"""Runs all benchmarks, or the named ones, one after the other and prints one table."""

import importlib
import sys
from pathlib import Path
from typing import Any


def names() -> list[str]:
    here = Path(__file__).parent
    return sorted(p.stem for p in here.glob("*.py") if not p.stem.startswith("_"))


def line(row: dict[str, Any]) -> str:
    bar = "" if row.get("bar") is None else str(row["bar"])
    ratio = "" if row.get("ratio") is None else f"{row['ratio']:.2f}"
    value = row["value"]
    shown = f"{value:,.1f}" if isinstance(value, float) else str(value)
    return f"{row['name']:<66} {shown:>12} {row['unit']:<10} {bar:>12} {ratio:>8}"


def main() -> int:
    print(f"{'what':<66} {'median':>12} {'unit':<10} {'bar':>12} {'ratio':>8}")
    for name in sys.argv[1:] or names():
        print(f"-- {name}")
        for row in importlib.import_module(f"benchmarks.{name}").run():
            print(line(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
