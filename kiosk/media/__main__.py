"""`python -m kiosk.media --config terminal.toml --socket PATH`: started by the UI process."""

import argparse
import asyncio
import ctypes
import logging
import sys
from pathlib import Path

from hardware.registry import open_camera
from kiosk import config
from kiosk.media.main import run
from kiosk.media.photo import load_models

_M_ARENA_MAX = -8  # malloc.h


def main() -> int:
    """Serve until the UI goes away; status 1 and one line when the configuration is wrong."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.media", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="terminal.toml")
    parser.add_argument("--socket", type=Path, required=True, help="where the UI listens")
    arguments = parser.parse_args()
    _share_memory_pools()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for library in ("aioice", "aiortc"):  # they name the addresses of both people
        logging.getLogger(library).setLevel(logging.WARNING)
    try:
        asyncio.run(run(config.load(arguments.config), arguments.socket, open_camera, load_models))
    except (config.ConfigError, ConnectionError, FileNotFoundError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


def _share_memory_pools() -> None:
    """Let all threads share two of glibc's memory pools: saves some 45 MiB after a few calls."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)


if __name__ == "__main__":
    sys.exit(main())
