"""A whole visit with nothing but keys: whoever cannot touch the screen gets everything done."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from demo.clerk import Clerk
from demo.instance import STAFF
from demo.screen import TerminalScreen
from tests.journeys.branch import PATIENCE, Branch, branch_office

pytestmark = [pytest.mark.window, pytest.mark.browser]

MOST_PRESSES = 130  # for the whole visit, help and repeated number included
_TRIES = 25  # presses on the way to one target
_AROUND = 16  # pixels beside a target in which its ring lies


@dataclass
class Keys:
    """Somebody with a keyboard: looks where the ring is and presses until it is where it should."""

    branch: Branch
    presses: int = 0

    @property
    def screen(self) -> TerminalScreen:
        return self.branch.screen

    def press(self, key: str) -> None:
        self.presses += 1
        self.screen.touch.key(key)

    def to(self, name: str) -> None:
        """Walk the ring to a target as one does who sees where it is."""
        for _ in range(_TRIES):
            shown = self.screen.describe()
            if shown["focus"] == name:
                return
            self.press(_towards(name, shown))
            self.screen.wait_for(lambda now, was=shown: now["focus"] != was["focus"], PATIENCE)
        raise AssertionError(f"{name} is not reached in {_TRIES} presses")

    def choose(self, name: str) -> None:
        self.to(name)
        self.press("Return")

    def go(self, name: str, screen: str) -> dict[str, Any]:
        """See the ring around a target, and press it to come to another screen."""
        self.to(name)
        self.branch.until(lambda: self._ring(name), f"the ring around {name}")
        self.press("Return")
        return self.arrive(screen)

    def _ring(self, name: str) -> bool:
        """Tell whether the ring's colour stands on both sides of the target on the glass."""
        place = self.screen.target(name)
        glass = Image.open(self.branch.picture("ring"))
        y = round(place.y + place.height / 2)
        sides = (range(-_AROUND, 0), range(round(place.width), round(place.width) + _AROUND))
        return all(any(_amber(glass, place.x + x, y) for x in side) for side in sides)

    def arrive(self, screen: str) -> dict[str, Any]:
        self.screen.wait(screen, seconds=PATIENCE)
        return self.screen.describe()

    def sees(self, name: str) -> None:
        """Wait until the ring has come by itself to where one goes on."""
        self.screen.wait_for(lambda now: now["focus"] == name, PATIENCE)

    def calls(self, state: str | None) -> None:
        self.screen.wait_for(lambda now: (now["call"] or {}).get("state") == state, PATIENCE)


def _amber(glass: Image.Image, x: float, y: int) -> bool:
    if not 0 <= x < glass.width:
        return False
    red, green, blue = glass.getpixel((round(x), y))  # type: ignore[misc]
    return red > 220 and 140 < green < 190 and blue < 90


def _towards(name: str, shown: dict[str, Any]) -> str:
    """Return the key that leads nearer, by what the eye sees."""
    places = {one["id"]: one["rect"] for one in shown["targets"]}
    if shown["focus"] not in places or name not in places:
        return "Tab"
    (x, y, _, high), (to_x, to_y, _, to_high) = places[shown["focus"]], places[name]
    middle, to_middle = y + high / 2, to_y + to_high / 2
    if abs(to_middle - middle) > max(high, to_high) / 2:
        return "Down" if to_middle > middle else "Up"
    return "Right" if to_x > x else "Left"


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    with branch_office(tmp_path_factory.mktemp("branch")) as branch:
        branch.configure()
        branch.start_devices()
        branch.start_server()
        branch.start_terminal()
        yield branch


@pytest.fixture
def clerk(branch: Branch) -> Iterator[Clerk]:
    with Clerk(branch.instance.url, STAFF[0][0], branch.instance.password) as clerk:
        clerk.sign_in()
        yield clerk


def test_a_whole_visit_needs_no_finger_on_the_screen(branch: Branch, clerk: Clerk):
    began = time.monotonic()
    keys = Keys(branch)
    keys.arrive("attract")
    keys.press("Return")  # the first one only shows where one is
    keys.sees("begin")
    keys.go("language:en", "services")
    keys.go("service:id-card", "privacy")
    keys.go("agree", "birth")
    for part in ("day:12", "month:8", "band:24_plus"):
        keys.choose(part)
    keys.go("next", "details")

    keys.choose("field:reason=first")
    _ask_a_person(keys, clerk)
    keys.choose("field:german=yes")
    keys.choose("field:main_residence_here=yes")
    keys.sees("field:height")  # the number pad is open, the keyboard types
    for key in ("1", "7", "3", "BackSpace", "2", "Return"):
        keys.press(key)
    keys.sees("field:eye_colour=brown")
    keys.choose("field:eye_colour=green")
    keys.sees("next")
    keys.press("Return")

    keys.arrive("photo")
    keys.arrive("photo_choice")
    keys.choose("photo:1")
    keys.go("next", "fingers")
    keys.screen.wait_for(_may_go_on, PATIENCE)
    keys.go("next", "signature")
    keys.go("cannot_sign", "summary")
    keys.go("next", "done")

    for _ in range(2):
        keys.choose("speak")
    keys.choose("print")
    branch.until(lambda: branch.receipts() == 2, "the second receipt")
    keys.go("finish", "attract")
    branch.until(lambda: branch.received() == 1, "the capture at the office")
    print(f"{keys.presses} keys in {time.monotonic() - began:.1f} s")
    assert keys.presses <= MOST_PRESSES


def _ask_a_person(keys: Keys, clerk: Clerk) -> None:
    """Help, talk, hang up: the ring goes along and comes back."""
    keys.choose("help")
    clerk.answer()
    keys.calls("talking")
    keys.sees("hang_up")
    keys.press("Return")
    keys.calls(None)
    keys.sees("help")


def _may_go_on(shown: dict[str, Any]) -> bool:
    return any(one["id"] == "next" and one["enabled"] for one in shown["targets"])
