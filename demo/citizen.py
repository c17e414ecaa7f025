"""The citizen of the played visit: reads the screen, touches it, draws a signature."""

import math
import re
import time
from pathlib import Path

import zxingcpp
from PIL import Image

from demo.screen import ScreenError, TerminalScreen

BIRTH = (12, 8, "24_plus")  # day, month, age band
ANSWERS = {
    "reason": "expired",
    "german": "yes",
    "main_residence_here": "yes",
    "eye_colour": "brown",
    "delivery": "pick_up",
}
HEIGHT_CM = "172"
REACTION_SECONDS = 0.6  # a person reads before touching; the terminal ignores faster touches
_SCROLLS = 12


class Citizen:
    """Goes through the screens one by one; each method ends on the next screen."""

    def __init__(self, screen: TerminalScreen) -> None:
        self.screen = screen

    def begin(self) -> None:
        self.screen.wait("attract", seconds=30)
        self._go("language:de", "services")

    def choose_service(self) -> None:
        self._go("service:id-card", "privacy")

    def agree(self) -> None:
        self._go("agree", "birth")

    def give_birthday(self) -> None:
        day, month, band = BIRTH
        for name in (f"day:{day}", f"month:{month}", f"band:{band}"):
            self._reach(name)
        self._go("next", "details")

    def fill_in(self) -> None:
        for field, value in ANSWERS.items():
            self._open(field, f"field:{field}={value}")
        self._open("height", "field:height")
        for letter in HEIGHT_CM:
            self.screen.tap(f"key:{letter}")
        self.screen.tap("key:done")
        self._go("next", "photo")

    def have_photo_taken(self, seconds: float = 60) -> None:
        self.screen.wait("photo_choice", seconds=seconds)

    def take_this_photo(self) -> None:
        self._go("next", "fingers")

    def give_fingers(self, seconds: float = 60) -> None:
        """Wait until both prints are there; the simulated finger lies down by itself."""
        self.screen.wait_for(lambda shown: _enabled(shown, "next"), seconds)
        self._go("next", "signature")

    def sign(self) -> None:
        pad = self.screen.target("pad")
        self.screen.touch.draw(_signature(pad.x, pad.y, pad.width, pad.height))
        self.screen.wait_for(lambda shown: _enabled(shown, "next"), 5)
        self._go("next", "summary")

    def hand_in(self) -> None:
        self._go("next", "done")

    def read_number(self, picture: Path) -> str:
        """Read the pickup number from the QR code on the screen, as a phone would."""
        for code in zxingcpp.read_barcodes(Image.open(picture)):
            if found := re.search(r"\d{9}", code.text.replace(" ", "")):
                return found.group(0)
        raise ScreenError("no QR code with a pickup number on the last screen")

    def finish(self) -> None:
        self._go("finish", "attract")

    def _go(self, name: str, *screens: str) -> None:
        time.sleep(REACTION_SECONDS)
        self._reach(name)
        self.screen.wait(*screens)

    def _reach(self, name: str) -> None:
        """Scroll until the target can be touched, then touch it."""
        for _ in range(_SCROLLS):
            targets = self.screen.targets()
            if name in targets:
                self.screen.touch.tap(*targets[name].centre)
                return
            if "scroll:down" not in targets or not targets["scroll:down"].enabled:
                break
            self.screen.tap("scroll:down")
        raise ScreenError(f"{name!r} cannot be reached; there are {', '.join(sorted(targets))}")

    def _open(self, field: str, wanted: str) -> None:
        """Open a question that is folded away, then touch what is wanted of it."""
        self.screen.wait_for(lambda shown: _there(shown, wanted, f"open:{field}"), 5)
        if wanted not in self.screen.targets():
            self.screen.tap(f"open:{field}")
            self.screen.wait_for(lambda shown: _there(shown, wanted), 5)
        self._reach(wanted)


def _there(shown: dict[str, object], *names: str) -> bool:
    targets = shown["targets"]
    assert isinstance(targets, list)
    return any(one["id"] in names for one in targets)


def _enabled(shown: dict[str, object], name: str) -> bool:
    targets = shown["targets"]
    assert isinstance(targets, list)
    return any(one["id"] == name and one["enabled"] for one in targets)


def _signature(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    """Return a flowing line with loops inside the pad."""
    points = []
    for step in range(60):
        along = step / 59
        swing = math.sin(along * 22) * (0.32 - 0.2 * along)
        back = math.cos(along * 22) * 0.02
        points.append((x + width * (0.1 + 0.8 * along + back), y + height * (0.5 + swing)))
    return points
