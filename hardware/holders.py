"""Names the programs that hold a device file open, as far as this user may see them."""

import os
from collections.abc import Iterator
from pathlib import Path


def in_use(path: Path, proc: Path = Path("/proc")) -> str:
    """Return a sentence on who holds `path`: every other process with the file open (proc(5))."""
    named = ", ".join(_holders(path.resolve(), proc)) or "another program"
    return f"{path} is in use by {named}"


def _holders(target: Path, proc: Path) -> Iterator[str]:
    for process in sorted(proc.glob("[0-9]*"), key=lambda each: int(each.name)):
        if process.name != str(os.getpid()) and _holds(process, str(target)):
            yield f"{_name(process)} (process {process.name})"


def _holds(process: Path, target: str) -> bool:
    try:
        return any(str(link.readlink()) == target for link in (process / "fd").iterdir())
    except OSError:  # ended meanwhile, or another user's
        return False


def _name(process: Path) -> str:
    """Return the module that Python runs, else the program."""
    try:
        words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "a program"
    module = words.index("-m") + 1 if "-m" in words else 0
    return words[module] if module and module < len(words) else Path(words[0]).name
