"""Entry point of a terminal: run it, `enrol` its key, list its `outbox`."""

import sys


def main(arguments: list[str]) -> int:
    command, rest = arguments[:1], arguments[1:]
    if command == ["enrol"]:
        from kiosk import enrol

        return enrol.run(rest)
    if command == ["outbox"]:
        from kiosk import outbox

        return outbox.run(rest)
    from kiosk import app

    return app.run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
