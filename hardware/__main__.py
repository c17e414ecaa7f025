"""The technician's commands: `python -m hardware list|check|photo|fingerprint`."""

import argparse
import importlib
import importlib.util
import io
import os
import sys

_COMMANDS = {
    "list": "hardware.cli_devices",
    "check": "hardware.cli_devices",
    "photo": "hardware.cli_photo",
    "fingerprint": "hardware.cli_fingerprint",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command the arguments ask for and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m hardware", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    # Every module names its own arguments; the heavy libraries wait until a command runs.
    for name in dict.fromkeys(_COMMANDS.values()):
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).add_parser(commands)
    args = parser.parse_args(arguments)
    return int(importlib.import_module(_COMMANDS[args.command]).run(args))


def _quietly() -> int:
    """Run `main` for people: Ctrl-C and a closed pipe end it, odd file names are spelled out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return main()
    except KeyboardInterrupt:
        return 130  # as shells have it: 128 and the signal's number
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(_quietly())
