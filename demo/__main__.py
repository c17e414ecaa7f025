"""Entry point: `python -m demo run` shows the product, `python -m demo visit` plays one visit."""

import argparse
import sys
from pathlib import Path

VAR = Path("var")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start server and terminal, say where to look")
    visit = commands.add_parser("visit", help="play one visit against a fresh instance")
    visit.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    if arguments.command == "run":
        from demo.run import run

        return run(VAR.absolute())
    from demo.report import play_and_report

    return play_and_report(as_json=arguments.json)


if __name__ == "__main__":
    sys.exit(main())
