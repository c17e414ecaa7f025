"""What a program and its children hold in memory, as the kernel counts it."""

from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def resident_mib(pid: int) -> float:
    """Return the memory of the process `pid` and all its descendants in MiB.

    Proportional set size (man 5 proc, smaps_rollup): a page shared by several processes counts
    once, so the sum is what the machine really gives. A process that ends meanwhile counts 0.
    """
    return sum(_proportional_kib(each) for each in family(pid)) / 1024


def family(pid: int) -> Iterator[int]:
    """Yield `pid` and its descendants, parents first."""
    yield pid
    for task in (PROC / str(pid) / "task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # the thread, or its whole process, has just ended
            continue
        for child in children:
            yield from family(int(child))


def _proportional_kib(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
