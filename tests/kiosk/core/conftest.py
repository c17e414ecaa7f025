"""A citizen who acts on the pure core: touches buttons, lets time pass, and keeps the diary."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

import assets
from kiosk.config import Timeouts
from kiosk.core import events as e
from kiosk.core.context import Context
from kiosk.core.effects import Effect
from kiosk.core.render import render
from kiosk.core.touch import event_of
from kiosk.core.update import update
from kiosk.core.view import Screen, View
from kiosk.core.visit import Visit
from kiosk.media.protocol import PhotoTaken
from kiosk.runtime import texts
from server.contract import catalogue_file
from server.contract.captures import AgeBand, FingerFact, QualityReport

CATALOGUE = catalogue_file.load(assets.path("services"))
TEXTS = texts.load()
JPEG = base64.b64encode(b"\xff\xd8 a face").decode()
ANSWERS = {
    "reason": "expired",
    "german": "yes",
    "main_residence_here": "yes",
    "height": "180",
    "eye_colour": "blue",
}


def photo(index: int = 0, of: int = 1, *, accepted: bool = True) -> PhotoTaken:
    return PhotoTaken(
        index=index, of=of, jpeg=JPEG, accepted=accepted, reasons=(), criteria=(), machine_ms=1.0
    )


def finger(
    hand: e.Finger, *, accepted: bool = True, attempt: int = 1, same: bool = False
) -> e.FingerCame:
    reasons = ("same_finger",) if same else ()
    report = QualityReport(accepted=accepted, reasons=reasons, quality=55, criteria=())
    position = 2 if hand is e.Finger.RIGHT else 7
    return e.FingerCame(hand, report, FingerFact(position=position, quality=55), attempt)


@dataclass
class Citizen:
    context: Context
    visit: Visit = field(default_factory=Visit)
    now: float = 0.0
    diary: list[Effect] = field(default_factory=list)

    def do(self, *happened: e.Event) -> "Citizen":
        for event in happened:
            self.visit, effects = update(self.visit, event, self.context)
            self.diary.extend(effects)
        return self

    def wait(self, seconds: float) -> "Citizen":
        """Let time pass in half seconds, as the runtime does."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 0.5)
            self.do(e.Tick(self.now))
        return self

    def press(self, *buttons: str) -> "Citizen":
        """Touch buttons, one after another, at a human's pace."""
        for button in buttons:
            self.wait(1)
            event = event_of(button, self.view)
            assert event is not None, button
            self.do(event)
        return self

    def forget_diary(self) -> "Citizen":
        self.diary.clear()
        return self

    def done(self) -> list[str]:
        """The names of the effects so far, without the journal's."""
        return [name for name in self.done_with_journal() if name != "SaveJournal"]

    def done_with_journal(self) -> list[str]:
        return [type(effect).__name__ for effect in self.diary]

    @property
    def view(self) -> View:
        return render(self.visit, self.context)

    @property
    def screen(self) -> Screen:
        return self.visit.screen

    # --- the way through a visit ---------------------------------------------------------------

    def to(
        self, screen: Screen, band: AgeBand = AgeBand.FROM_24, service: str = "id-card"
    ) -> "Citizen":
        """Go the ordinary way as far as this screen."""
        for _ in range(20):
            if self.screen is screen:
                return self
            self.step(band, service)
        raise AssertionError(f"{screen} not reached from {self.screen}")

    def step(self, band: AgeBand, service: str) -> None:
        """Do what this screen asks for, in the ordinary way."""
        ways: dict[Screen, Callable[[], object]] = {
            Screen.ATTRACT: lambda: self.press("begin"),
            Screen.SERVICES: lambda: self.press(f"service:{service}"),
            Screen.PRIVACY: lambda: self.press("agree"),
            Screen.BIRTH: lambda: self.do(e.SetBirth(3, 8, band)).press("next"),
            Screen.DETAILS: lambda: self.answer().press("next"),
            Screen.PHOTO: lambda: self.do(e.PhotoCame(photo())),
            Screen.PHOTO_CHOICE: lambda: self.press("next"),
            Screen.FINGERS: lambda: self.give_fingers().press("next"),
            Screen.SIGNATURE: lambda: self.do(e.Signed(b"ink")).press("next"),
            Screen.SUMMARY: lambda: self.press("next"),
            Screen.STORING: lambda: self.do(e.Stored("123456784")),
            Screen.DONE: lambda: self.press("finish"),
        }
        ways[self.screen]()

    def answer(self) -> "Citizen":
        """Answer every question that is asked, the first option where there is no better."""
        for _ in range(2):
            for one in self.view.body.fields:  # type: ignore[union-attr]
                options = [value for value, _ in one.options] or ["180"]
                self.do(e.Answer(one.id, ANSWERS.get(one.id, options[0])))
        return self

    def give_fingers(self) -> "Citizen":
        return self.do(finger(e.Finger.RIGHT), finger(e.Finger.LEFT))


@pytest.fixture
def context() -> Context:
    return Context(
        catalogue=CATALOGUE,
        texts=TEXTS,
        today=date(2026, 11, 24),
        place="Bürgeramt Mitte",
        terminal="Terminal 2",
        timeouts=Timeouts(),
    )


@pytest.fixture
def citizen(context: Context) -> Citizen:
    return Citizen(context)


@pytest.fixture
def listener(context: Context) -> Citizen:
    """A citizen who has the screens read aloud."""
    return Citizen(replace(context, headphones=False)).do(e.ToggleSpeech()).forget_diary()


@pytest.fixture
def make_photo() -> Callable[..., PhotoTaken]:
    return photo


@pytest.fixture
def make_finger() -> Callable[..., e.FingerCame]:
    return finger
