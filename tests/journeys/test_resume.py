"""The running visit survives `kill -9` at every step; a power cut leaves nothing to be read."""

import time
from collections.abc import Callable, Iterator

import pytest

from demo.citizen import BIRTH, Citizen
from tests.journeys.branch import PATIENCE, Branch, branch_office, readable

pytestmark = pytest.mark.window

RESUMED_WITHIN = 15.0  # seconds on a busy machine; the bar of 3 s is measured, not tested
DAY, MONTH, BAND = BIRTH


class NotedCitizen(Citizen):
    """A citizen who goes on only when the step before is in the terminal's journal."""

    def __init__(self, branch: Branch) -> None:
        super().__init__(branch.screen, "en", reaction=0.0)
        self._branch = branch

    def _go(self, name: str, *screens: str) -> None:
        with self._branch.noting():
            super()._go(name, *screens)

    def give_half_the_birthday(self) -> None:
        with self._branch.noting():
            self._reach(f"day:{DAY}")
        with self._branch.noting():
            self._reach(f"month:{MONTH}")

    def give_the_age(self) -> None:
        with self._branch.noting():
            self._reach(f"band:{BAND}")
        self._go("next", "details")

    def have_photo_taken(self, seconds: float = 60) -> None:
        with self._branch.noting():
            super().have_photo_taken(seconds)

    def give_right_finger(self) -> None:
        with self._branch.noting():
            self._branch.scanner("finger right")
        self._branch.scanner("lift")

    def give_left_finger(self) -> None:
        self._branch.scanner("finger left")
        self.give_fingers()
        self._branch.scanner("lift")

    def give_both_fingers(self) -> None:
        self._branch.scanner("auto")
        self.give_fingers()
        self._branch.scanner("manual")


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    with branch_office(tmp_path_factory.mktemp("branch")) as branch:
        branch.start_devices(auto=False)
        branch.start_server()
        yield branch


def crash(branch: Branch, *expected: str) -> float:
    """Kill window and media process, start again; return the seconds until the same screen."""
    branch.kill_terminal()
    began = time.monotonic()
    shown = branch.start_terminal()
    took = time.monotonic() - began
    print(f"killed on {expected[0]}: there again after {took:.2f} s")
    assert shown["screen"] in expected
    assert shown["look"]["language"] == "en"
    assert took < RESUMED_WITHIN
    return took


def until_fingers(citizen: NotedCitizen) -> tuple[tuple[Callable[[], object], str], ...]:
    """Return what is done, and the screen one is on when it is."""
    return (
        (citizen.begin, "services"),
        (citizen.choose_service, "privacy"),
        (citizen.agree, "birth"),
        (citizen.give_half_the_birthday, "birth"),
        (citizen.give_the_age, "details"),
        (citizen.fill_in, "photo"),
        (citizen.have_photo_taken, "photo_choice"),
        (citizen.take_this_photo, "fingers"),
    )


def test_the_visit_survives_kill_9_at_every_step(branch: Branch):
    branch.fresh()
    citizen, took = NotedCitizen(branch), []
    fingers_and_on = (
        (citizen.give_right_finger, "fingers"),
        (citizen.give_left_finger, "signature"),
        (citizen.sign, "summary"),
    )
    for act, screen in (*until_fingers(citizen), *fingers_and_on):
        act()
        took.append(crash(branch, screen))
    with branch.noting():
        branch.screen.tap("next")  # the journal speaks of the hand-over before it begins
    took.append(crash(branch, "storing", "done"))
    branch.screen.wait("done", seconds=PATIENCE)
    number = branch.number()
    took.append(crash(branch, "done"))
    assert branch.number() == number
    citizen.finish()
    branch.until(lambda: branch.states() == ["received"], "the server's receipt")
    assert branch.received() == 1
    assert branch.drafts() == set()
    print(f"resumed {len(took)} times, at the slowest after {max(took):.2f} s")


def test_a_power_cut_leaves_nothing_to_be_read(branch: Branch):
    branch.fresh()
    citizen = NotedCitizen(branch)
    for act, _ in until_fingers(citizen):
        act()
    citizen.give_both_fingers()
    citizen.sign()
    assert branch.journal()
    branch.cut_power()
    assert readable(branch.instance, 'eye_colour":', '"agreed":', '24_plus"') == []
    assert branch.start_terminal()["screen"] == "attract"
    branch.until(lambda: branch.drafts() == set(), "the drafts to be dropped")
    assert branch.journal() == 0
    assert branch.states() in ([], ["received"])
    assert branch.screen.describe()["look"]["language"] == "de"
