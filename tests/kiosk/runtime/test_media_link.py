"""The link to the media process: lines both ways, started again, ended together."""

import sys
from queue import SimpleQueue

import pytest

from kiosk.media import protocol
from kiosk.runtime.assembly import as_events
from kiosk.runtime.workers.media import MediaLink

# Says ready, then tells what it heard as faults; "end" of a call makes it die.
PROCESS = """
import json, socket, sys
link = socket.socket(socket.AF_UNIX)
link.connect(sys.argv[-1])
lines = link.makefile("rw")
def say(**message):
    print(json.dumps(message), file=lines, flush=True)
say(type="ready", preview="p", remote="r")
for line in lines:
    heard = json.loads(line)["type"]
    if heard == "quit":
        sys.exit(0)
    if heard == "end_call":
        sys.exit(3)
    if heard == "tell_step":
        print("no json", file=lines, flush=True)
    say(type="fault", code="HEARD", cause=heard)
"""


class World:
    def __init__(self, memory, code: str = PROCESS) -> None:
        self.heard: SimpleQueue[protocol.ToUi] = SimpleQueue()
        self.gone: SimpleQueue[bool] = SimpleQueue()
        command = [sys.executable, "-c", code]
        self.link = MediaLink(
            command, memory / "media.sock", self.heard.put, lambda: self.gone.put(True)
        )

    def hear(self) -> protocol.ToUi:
        return self.heard.get(timeout=20)


@pytest.fixture
def world(memory):
    made = World(memory)
    yield made
    made.link.stop()


def said(message: protocol.ToUi) -> str:
    assert isinstance(message, protocol.MediaFault)
    return message.cause


def test_what_is_said_early_waits_for_the_process(world) -> None:
    world.link.say(protocol.StopPhoto())
    world.link.start()
    assert world.hear() == protocol.Ready(preview="p", remote="r")
    assert said(world.hear()) == "stop_photo"
    world.link.say(protocol.ShowPreview(on=True))
    assert said(world.hear()) == "preview"


def test_a_dead_process_is_noticed_and_started_again(world) -> None:
    world.link.start()
    world.hear()
    world.link.say(protocol.EndCall())
    assert world.gone.get(timeout=20)
    assert isinstance(world.hear(), protocol.Ready)
    world.link.say(protocol.StopPhoto())
    assert said(world.hear()) == "stop_photo"


def test_a_line_that_is_not_understood_does_not_end_the_link(world) -> None:
    world.link.start()
    world.hear()
    world.link.say(protocol.TellStep(step="photo", view={}))
    assert said(world.hear()) == "tell_step"


def test_a_process_that_never_connects_is_gone(memory) -> None:
    world = World(memory, "import sys; sys.exit(1)")
    world.link.start()
    assert world.gone.get(timeout=20)
    world.link.stop()


def test_only_the_terminals_user_can_connect(world, memory) -> None:
    world.link.start()
    world.hear()
    assert (memory / "media.sock").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("message", "names"),
    [
        (protocol.CameraState(state="failed", code="DEV-004"), ["CameraChanged"]),
        (protocol.CameraState(state="ready"), ["CameraChanged"]),
        (protocol.CameraState(state="starting"), []),
        (protocol.Guidance(hint="StepBack", frames_per_second=12.0), ["Guided"]),
        (protocol.PhotoTimeout(), ["PhotoTimedOut"]),
        (protocol.CallState(state="talking"), ["CallChanged"]),
    ],
)
def test_messages_become_events(message, names) -> None:
    assert [type(event).__name__ for event in as_events(message)] == names


def test_the_process_ends_with_the_program(world) -> None:
    world.link.start()
    world.hear()
    world.link.stop()
    assert not world.link._thread.is_alive()
