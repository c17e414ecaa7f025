"""`python -m kiosk --config terminal.toml` runs a terminal; `python -m kiosk enrol` makes its key."""

import sys


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["enrol"]:
        from kiosk import enrol

        return enrol.run(arguments[1:])
    from kiosk import app

    return app.run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
