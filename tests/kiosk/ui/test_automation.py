"""The automation socket: describes, waits, watches, and can touch nothing."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.view import Screen
from kiosk.ui.automation import Automation
from kiosk.ui.describe import describe
from kiosk.ui.meter import Painted
from tests.kiosk.ui import views
from tests.kiosk.ui.driver import Driver


@pytest.fixture
def automation(tmp_path: Path) -> Iterator[Automation]:
    served = Automation(tmp_path / "auto.sock", lambda: [("show_birth", 2.0, 0.5)])
    yield served
    served.close()


class Asker:
    """One connection to the socket."""

    def __init__(self, path: Path) -> None:
        self._link = socket.socket(socket.AF_UNIX)
        self._link.settimeout(5)
        self._link.connect(str(path))
        self._lines = self._link.makefile()

    def say(self, **wish: object) -> None:
        self._link.sendall(json.dumps(wish).encode() + b"\n")

    def hear(self) -> dict[str, Any]:
        return json.loads(self._lines.readline())  # type: ignore[no-any-return]

    def close(self) -> None:
        self._lines.close()
        self._link.close()


@pytest.fixture
def asker(automation: Automation, tmp_path: Path) -> Iterator[Asker]:
    one = Asker(tmp_path / "auto.sock")
    yield one
    one.close()


def on(screen: str) -> dict[str, Any]:
    return {"screen": screen, "targets": [], "painted_ms": {"wall": 1.0, "cpu": 1.0}}


def test_it_tells_what_is_painted(automation: Automation, asker: Asker) -> None:
    automation.publish(on("birth"))
    asker.say(do="describe")
    assert asker.hear()["screen"] == "birth"


def test_waiting_ends_when_the_screen_is_painted(automation: Automation, asker: Asker) -> None:
    asker.say(do="wait", screens=["done"], timeout=5)
    automation.publish(on("storing"))
    automation.publish(on("done"))
    assert asker.hear()["screen"] == "done"


def test_waiting_in_vain_tells_where_one_is(automation: Automation, asker: Asker) -> None:
    automation.publish(on("birth"))
    asker.say(do="wait", screen="done", timeout=0.05)
    assert asker.hear()["screen"] == "birth"


def test_watchers_hear_each_change_of_screen(automation: Automation, asker: Asker) -> None:
    automation.publish(on("attract"))
    asker.say(do="watch")
    assert asker.hear()["screen"] == "attract"
    automation.publish(on("services"))
    assert asker.hear() == {"screen": "services", "painted_ms": {"wall": 1.0, "cpu": 1.0}}


def test_the_diary_is_told(automation: Automation, asker: Asker) -> None:
    asker.say(do="diary")
    assert asker.hear() == {"diary": [{"name": "show_birth", "machine_ms": 2.0, "wire_ms": 0.5}]}


@pytest.mark.parametrize("wish", [{"do": "touch", "id": "next"}, {"please": "touch"}])
def test_it_can_touch_nothing(automation: Automation, asker: Asker, wish: dict) -> None:
    asker.say(**wish)
    assert "error" in asker.hear()


def test_only_the_terminals_own_user_may_ask(automation: Automation, tmp_path: Path) -> None:
    assert (tmp_path / "auto.sock").stat().st_mode & 0o777 == 0o600


def test_a_description_names_targets_but_no_answers(screen: Driver) -> None:
    view = views.view(Screen.SUMMARY)
    screen.show(view)
    told = describe(view, screen.stage.reachable(), screen.stage.pad, Painted(1.0, 1.0))
    assert {"revise:birth", "next", "back"} <= {one["id"] for one in told["targets"]}
    assert "172" not in json.dumps(told)
    assert "August" not in json.dumps(told)


def test_the_pad_is_told_while_one_signs(screen: Driver) -> None:
    view = views.view(Screen.SIGNATURE)
    screen.show(view)
    told = describe(view, screen.stage.reachable(), screen.stage.pad, None)
    assert "pad" in {one["id"] for one in told["targets"]}
