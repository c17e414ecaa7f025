"""Composition root of the terminal's UI process: configuration, window, screens, runtime."""

import argparse
import logging
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from kiosk import config
from kiosk.ui import window


def run(arguments: list[str]) -> int:
    """Run the terminal until it is told to end; 1 when the configuration cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m kiosk", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="terminal.toml")
    file = parser.parse_args(arguments).config
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    try:
        read = config.load(file)
    except config.ConfigError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    size = read.window
    window.prepare(size.width, size.height, fullscreen=size.fullscreen)
    from kiosk.ui.shell import Shell  # Kivy reads its settings when it is imported: only now

    shell = Shell(read, file.resolve(), first_frame=_tell_first_frame)
    _end_on_signals(shell)
    shell.run()
    return 0


def _tell_first_frame() -> None:
    print(f"first frame after {(time.time() - _process_start()) * 1000:.0f} ms", flush=True)


def _process_start() -> float:
    """Return when this process began (seconds since the epoch): field 22 of proc(5) stat."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    booted = time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)
    return booted + ticks / os.sysconf("SC_CLK_TCK")


def _end_on_signals(shell: Any) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: shell.stop())
