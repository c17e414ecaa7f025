"""One whole visit, played: a citizen at the terminal's real window, a clerk in a real browser."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError

from demo import display, memory, office
from demo.citizen import BIRTH, REACTION_SECONDS, Citizen
from demo.clerk import Clerk, NoBrowserError
from demo.instance import STAFF, Instance
from demo.programs import NotStartedError, Programs, run_once
from demo.result import Result, Step
from demo.screen import ScreenError, TerminalScreen

BIRTH_DATE = f"{BIRTH[0]:02d}.{BIRTH[1]:02d}.1990"
CALL_SET_UP = "help_to_picture"  # the clerk's reaction is in it, so it is no machine time
SIDES = ("server", "terminal")
LOOK_SECONDS = 0.4  # until a picture is really on the glass, and its live parts with it
TALK_SECONDS = 1.5
WATCH_SECONDS = 5.0  # into the photo and the first finger, to show them at work
GONE_SECONDS = 40  # for both sealed copies to go after the release


class Stage:
    """Everything that takes part, and the notes of what it cost."""

    def __init__(
        self,
        instance: Instance,
        shown: str,
        terminal: int,
        clerk: Clerk,
        pictures: Path,
        tell: Callable[[Step], None],
    ) -> None:
        self.instance = instance
        self.display = shown
        self.terminal = terminal
        self.clerk = clerk
        self.pictures = pictures
        self._tell = tell
        self.screen = TerminalScreen(instance.automation, display.Touch(shown))
        self.citizen = Citizen(self.screen)
        self.result = Result()
        self._seen = 0
        self._count = 0

    def photograph(self, name: str) -> Path:
        """Keep a picture of the terminal's screen, numbered in the order of the visit."""
        self._count += 1
        time.sleep(LOOK_SECONDS)
        return display.picture(self.display, self.pictures / f"{self._count:02d}-{name}.png")

    def step(self, name: str, act: Callable[[], object], *, picture: str = "") -> None:
        """Do one step and note what the terminal says it cost; then keep a picture."""
        act()
        entries = self.screen.diary()
        fresh, self._seen = entries[self._seen :], len(entries)
        work = [e for e in fresh if e["name"] != CALL_SET_UP and not e["name"].startswith("show_")]
        machine = sum(entry["machine_ms"] for entry in work) + self._painted()
        wire = sum(entry["wire_ms"] for entry in fresh)
        self._done(Step(name, machine, wire))
        if picture:
            self.photograph(picture)

    def _painted(self) -> float:
        """From the last touch to its picture on the screen, wall time."""
        painted = self.screen.describe().get("painted_ms") or {}
        return float(painted.get("wall", 0.0))

    def timed(self, name: str, act: Callable[[], object]) -> None:
        """Do one step of the clerk and note how long desk and server took."""
        started = time.perf_counter()
        act()
        self._done(Step(name, (time.perf_counter() - started) * 1000))

    def _done(self, step: Step) -> None:
        self.result.steps.append(step)
        self._tell(step)


def play(
    instance: Instance, pictures: Path, tell: Callable[[Step], None] = lambda step: None
) -> Result:
    """Play one visit on a virtual display and `tell` each step when it is done.

    Pictures of every screen go to `pictures`.
    """
    virtual = display.VirtualDisplay()
    try:
        with Programs(office.logs(instance)) as programs:
            login, _, _ = STAFF[0]
            with (
                _opened(programs, instance, virtual.name) as terminal,
                Clerk(instance.url, login, instance.password) as clerk,
            ):
                return _played(Stage(instance, virtual.name, terminal, clerk, pictures, tell))
    except (NotStartedError, NoBrowserError) as fault:
        return Result(failed=str(fault))
    finally:
        virtual.stop()


@contextmanager
def _opened(programs: Programs, instance: Instance, shown: str) -> Iterator[int]:
    """Open the office; yields the process id of the terminal, which starts alone to be timed."""
    office.start_devices(programs, instance)
    office.start_server(programs, instance)
    office.wait_for_devices(programs, instance)
    office.wait_for_server(programs, instance)
    terminal = office.start_terminal(programs, instance, shown)
    office.wait_for_terminal(programs, instance)
    yield terminal.pid


def _played(stage: Stage) -> Result:
    try:
        stage.clerk.sign_in()
        _at_the_terminal(stage)
        _at_the_desk(stage)
    except (ScreenError, BrowserError, AssertionError) as fault:
        stage.result.failed = f"{type(fault).__name__}: {fault}"
        stage.photograph("failed-terminal")
        stage.clerk.picture(stage.pictures / "failed-desk.png")
    return stage.result


def _at_the_terminal(stage: Stage) -> None:
    citizen, step = stage.citizen, stage.step
    stage.screen.wait("attract", seconds=30)
    stage.result.first_frame_ms = office.first_frame_ms(stage.instance)
    stage.photograph("attract")
    step("language", citizen.begin, picture="services")
    step("service", citizen.choose_service, picture="privacy")
    _almost_leave(stage)
    step("agreed", citizen.agree, picture="birth")
    step("birthday", citizen.give_birthday, picture="details")
    step("call a clerk", lambda: _call(stage))
    step("details", citizen.fill_in, picture="photo")
    step("photo", lambda: _photo(stage), picture="photo-choice")
    step("photo chosen", citizen.take_this_photo, picture="fingers")
    step("both index fingers", lambda: _fingers(stage), picture="signature")
    step("signature", citizen.sign, picture="summary")
    step("handed in, sealed, committed", citizen.hand_in)
    last = stage.photograph("done")
    stage.result.pickup_number = citizen.read_number(last)
    step("finished", citizen.finish)


def _almost_leave(stage: Stage) -> None:
    """Ask for the counter, then stay after all."""
    time.sleep(REACTION_SECONDS)
    stage.screen.tap("counter")
    stage.screen.wait_for(lambda shown: bool(shown["question"]), 5)
    stage.photograph("question-counter")
    stage.screen.tap("stay")
    stage.screen.wait_for(lambda shown: not shown["question"], 5)


def _photo(stage: Stage) -> None:
    time.sleep(WATCH_SECONDS)
    stage.photograph("photo-live")
    stage.citizen.have_photo_taken()


def _fingers(stage: Stage) -> None:
    time.sleep(WATCH_SECONDS / 2)
    stage.photograph("fingers-live")
    stage.citizen.give_fingers()


def _call(stage: Stage) -> None:
    """Help over the details screen; hanging up leaves the citizen there."""
    stage.screen.tap("help")
    stage.clerk.answer()
    stage.clerk.see_citizen()
    stage.screen.wait_for(lambda shown: _call_of(shown).get("state") == "talking", 10)
    time.sleep(TALK_SECONDS)
    stage.result.help_to_picture_ms = _call_set_up(stage)
    stage.result.memory_in_call_mib = round(memory.resident_mib(stage.terminal), 1)
    stage.photograph("call")
    stage.clerk.picture(stage.pictures / "desk-call.png")
    stage.screen.tap("hang_up")
    stage.clerk.wait_for_end()
    stage.screen.wait_for(lambda shown: shown["screen"] == "details" and not _call_of(shown), 10)


def _call_set_up(stage: Stage) -> float | None:
    times = [e["machine_ms"] for e in stage.screen.diary() if e["name"] == CALL_SET_UP]
    return times[-1] if times else None


def _call_of(shown: dict[str, Any]) -> dict[str, Any]:
    return shown.get("call") or {}


def _at_the_desk(stage: Stage) -> None:
    clerk, number = stage.clerk, stage.result.pickup_number
    stage.timed("desk: looked up", lambda: clerk.look_up(number, BIRTH[0], BIRTH[1]))
    clerk.picture(stage.pictures / "desk-capture.png")
    stage.timed("desk: fingers compared", clerk.compare_fingers)
    stage.timed("desk: released", lambda: clerk.release(BIRTH_DATE))
    clerk.picture(stage.pictures / "desk-released.png")
    stage.timed("desk: summary and draft", lambda: clerk.download(stage.pictures / "files"))
    stage.timed("all sealed copies gone", lambda: _gone(stage))
    stage.result.released = True


def _gone(stage: Stage) -> None:
    """Wait until the audit chain says that server and terminal deleted their sealed copies."""
    deadline = time.monotonic() + GONE_SECONDS
    while time.monotonic() < deadline:
        trail = run_once(
            "-m", "server", "audit", "show", "--last", "60",
            "--config", str(stage.instance.server_config),
        )  # fmt: skip
        gone = [line for line in trail.splitlines() if "_copy_deleted" in line]
        if all(any(f"{side}_copy_deleted" in line for line in gone) for side in SIDES):
            stage.result.capture_id = _capture_of(gone[-1])
            return
    raise ScreenError("a sealed copy is still there after the release")


def _capture_of(line: str) -> str:
    found = re.search(r"[0-9a-f]{32}", line)
    return found.group(0) if found else ""
