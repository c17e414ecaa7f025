"""Entry point: `python -m demo run` shows the product, `python -m demo visit` plays one visit."""

import argparse
import signal
import sys
from pathlib import Path

VAR = Path("var")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start server and terminal, say where to look")
    visit = commands.add_parser("visit", help="play one visit against a fresh instance")
    visit.add_argument("--json", action="store_true", help="print one JSON object")
    commands.add_parser("forget", help="forget the instance under var/")
    arguments = parser.parse_args()
    _end_in_order()
    if arguments.command == "forget":
        from demo.instance import forget

        return forget(VAR.absolute())
    if arguments.command == "run":
        from demo.run import run

        return run(VAR.absolute())
    from demo.report import play_and_report

    return play_and_report(as_json=arguments.json)


def _end_in_order() -> None:
    """Let every wish to end be a KeyboardInterrupt, so that no program outlives this one."""
    for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wish, signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main())
