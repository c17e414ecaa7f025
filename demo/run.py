"""`make run`: the whole office on this machine, with a table that says where to look."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo import display, office
from demo.instance import STAFF, Instance, open_or_create, taken_ports
from demo.office import say
from demo.programs import NotStartedError, Programs
from demo.tending import TERMINAL, Tending

PORTS_TAKEN = (
    "Another program holds TCP port {ports} of this instance. End that program, or take\n"
    "`make clean-instance`: the next `make run` makes a new instance on free ports."
)


def run(root: Path) -> int:
    """Start everything and stay until the terminal is closed or Ctrl-C; returns an exit status."""
    started = time.monotonic()
    try:
        if not display.exists():
            return _without_display(root)
        with _alone(root):
            instance, fresh = open_or_create(root)
            say("A new instance lies under var/." if fresh else "Using the instance under var/.")
            if taken := taken_ports(instance):
                say(PORTS_TAKEN.format(ports=", ".join(map(str, taken))))
                return 1
            with Programs(office.logs(instance)) as programs:
                return _show(programs, instance, started)
    except BlockingIOError:
        say("The office is running already; its window is open. Ctrl-C there ends it.")
        return 1
    except NotStartedError as fault:
        say(f"{fault}\n\nThe logs lie under var/log/.")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The instance stays; `make clean-instance` forgets it.")
        return 0


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the instance for this run; raises BlockingIOError while another one has it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _show(programs: Programs, instance: Instance, started: float) -> int:
    office.start_terminal(programs, instance, os.environ["DISPLAY"])
    office.start_server(programs, instance)
    office.start_devices(programs, instance)
    office.wait_for_terminal(programs, instance)
    shown = time.monotonic() - started
    office.wait_for_devices(programs, instance)
    office.wait_for_server(programs, instance)
    say(table(instance))
    say(f"The terminal's first picture was there after {shown:.1f} s. Ctrl-C ends everything.")
    return _tend(programs)


def _tend(programs: Programs) -> int:
    """Start again what ends, until the terminal's window is closed or a program keeps ending."""
    tending = Tending()
    while (ended := programs.ended()).get(TERMINAL) != 0:
        for line in tending.note(ended, time.monotonic()):
            say(line)
        if (name := tending.given_up()) is not None:
            say(f"{name} keeps ending:\n{programs.tail(name)}\n\nThe logs lie under var/log/.")
            return 1
        for name in tending.due(time.monotonic()):
            programs.start_again(name)
            say(f"{name} runs again.")
        time.sleep(0.2)  # the end of a process of another group has no signal to wait on
    return 0


def _without_display(root: Path) -> int:
    from demo import report
    from demo.visit import play

    say("There is no display here: a virtual one is started and one visit plays by itself,")
    say("at the pace of a person: about a minute.\n")
    report.print_heading()
    pictures = root / "visit"
    with _alone(root):
        instance, _ = open_or_create(root)
        result = play(instance, pictures, report.print_step)
    report.print_outcome(result)
    say(f"\nThe pictures of every screen lie under {pictures.relative_to(root.parent)}/ .")
    return 0 if result.released else 1


def table(instance: Instance) -> str:
    """Return the friendly table of places and logins."""
    places = [
        ("Desk for clerks", f"{instance.url}/desk"),
        ("Home page", f"{instance.url}/"),
        ("Mail sink", f"{instance.url}/outbox-of-mail"),
        ("Status", f"{instance.url}/status"),
        ("Receipts printed", str(instance.devices / "receipts")),
    ]
    logins = [
        (f"{role.capitalize()} login", f"{login} / {instance.password}") for login, _, role in STAFF
    ]
    rows = [*places, *logins]
    width = max(len(left) for left, _ in rows)
    body = "\n".join(f"  {left:<{width}}  {right}" for left, right in rows)
    rule = "─" * (max(len(right) for _, right in rows) + width + 4)
    return (
        f"\n{rule}\n{body}\n{rule}\n"
        "All devices are simulated; nothing here is certified (BSI-K-TR-0000-0000).\n"
    )
