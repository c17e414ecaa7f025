"""`python -m kiosk outbox`: show the technician what waits, why, and send an item again."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from kiosk import config
from kiosk.runtime.keeping.outbox import Item, Outbox, OutboxError


def run(arguments: list[str]) -> int:
    """Print one line per item; `--retry ID` queues a refused item once more."""
    parser = argparse.ArgumentParser(prog="python -m kiosk outbox", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="terminal.toml")
    parser.add_argument("--retry", metavar="ID", help="capture id, or its first letters")
    options = parser.parse_args(arguments)
    try:
        outbox = Outbox(config.load(options.config).outbox_file, time.time)
    except (config.ConfigError, OutboxError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    try:
        return _retry(outbox, options.retry) if options.retry else _list(outbox)
    finally:
        outbox.close()


def _list(outbox: Outbox) -> int:
    items = outbox.items()
    for item in items:
        sys.stdout.write(_line(item) + "\n")
    if not items:
        sys.stdout.write("the outbox is empty\n")
    return 0


def _line(item: Item) -> str:
    at = datetime.fromtimestamp(item.created_at, UTC).isoformat(timespec="seconds")
    reason = f"  {item.code} {item.cause}".rstrip()
    return f"{item.capture_id}  {item.state:<9} since {at}  tries {item.tries}{reason}"


def _retry(outbox: Outbox, prefix: str) -> int:
    found = [item for item in outbox.items() if item.capture_id.startswith(prefix)]
    if len(found) != 1:
        sys.stderr.write(f"{len(found)} items begin with {prefix!r}\n")
        return 1
    outbox.retry(found[0].capture_id)
    sys.stdout.write(f"{found[0].capture_id} is sent again\n")
    return 0
