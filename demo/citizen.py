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
    "height": "172",
    "eye_colour": "brown",
    "delivery": "pick_up",
}
REACTION_SECONDS = 0.6  # a person reads before touching; the terminal ignores faster touches
_TURNS = 12


class Citizen:
    """Goes through the screens one by one; each method ends on the next screen."""

    def __init__(
        self, screen: TerminalScreen, language: str = "de", reaction: float = REACTION_SECONDS
    ) -> None:
        self.screen = screen
        self._language, self._reaction = language, reaction

    def begin(self) -> None:
        self.screen.wait("attract", seconds=30)
        self._go(f"language:{self._language}", "services")

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
            if value.isdigit():
                self._type(field, value)
            else:
                self._reach(f"field:{field}={value}", opener=f"open:{field}")
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
        time.sleep(self._reaction)
        self._reach(name)
        self.screen.wait(*screens)

    def _reach(self, name: str, opener: str = "") -> None:
        """Unfold or scroll until the target can be touched, then touch it."""
        for _ in range(_TURNS):
            targets = self.screen.targets()
            way = next((way for way in (name, opener, "scroll:down") if way in targets), "")
            if not way or not targets[way].enabled:
                break
            self.screen.touch.tap(*targets[way].centre)
            self.screen.wait_for_change(targets)
            if way == name:
                return
        raise ScreenError(f"{name!r} cannot be reached; there are {', '.join(sorted(targets))}")

    def _type(self, field: str, text: str) -> None:
        self._reach(f"field:{field}", opener=f"open:{field}")
        for letter in text:
            self.screen.tap(f"key:{letter}")
        self._reach("key:done")


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
