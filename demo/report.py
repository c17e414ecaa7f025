"""`make visit`: plays one visit against a fresh instance and prints its table or JSON."""

import json
import tempfile
from pathlib import Path

from demo.instance import open_or_create, remove
from demo.office import say
from demo.result import Result, Step
from demo.visit import play


def play_and_report(*, as_json: bool) -> int:
    """Return 0 only if every step went well and the capture was released."""
    root = Path(tempfile.mkdtemp(prefix="amtsnah-visit-"))
    try:
        instance, _ = open_or_create(root, free_ports=True)
        if not as_json:
            print_heading()
        result = play(instance, root / "visit", _silent if as_json else print_step)
    finally:
        remove(root)
    if as_json:
        say(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        print_outcome(result)
    return 0 if result.released and not result.failed else 1


def print_heading() -> None:
    say(f"{'step':<34} {'machine ms':>11} {'wire ms':>9}")


def print_step(step: Step) -> None:
    """Print a step, its machine time and its time on the serial line, as soon as it is done."""
    say(f"{step.name:<34} {step.machine_ms:>11.1f} {step.wire_ms:>9.0f}")


def _silent(step: Step) -> None:
    """JSON is one object: nothing is said before the end."""


def print_outcome(result: Result) -> None:
    """Print the totals and what became of the capture."""
    say(f"{'total':<34} {result.total_machine_ms:>11.1f} {result.wire_ms:>9.0f}")
    say(f"\nhelp to the clerk's picture: {_amount(result.help_to_picture_ms, 'ms')}")
    say(f"terminal's start to its first frame: {_amount(result.first_frame_ms, 'ms')}")
    say(f"all processes of the terminal in the call: {_amount(result.memory_in_call_mib, 'MiB')}")
    say(f"pickup number: {result.pickup_number or '-'}    capture: {result.capture_id or '-'}")
    say("released into the case" if result.released else "NOT released")
    if result.failed:
        say(f"failed: {result.failed}")


def _amount(value: float | None, unit: str) -> str:
    return "-" if value is None else f"{value:.0f} {unit}"
