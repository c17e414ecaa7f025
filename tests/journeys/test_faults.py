"""What goes wrong in an office, and what the citizen meets then: never a dead end."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import expect

import assets
from demo.citizen import Citizen
from demo.clerk import Clerk
from demo.instance import STAFF
from tests.journeys.branch import NOBODY, Branch, branch_office

pytestmark = pytest.mark.window

UNPLUGGED = {"DEV-001", "DEV-004"}
WAYS_ON = {"again", "counter", "help", "start_again"}
NOTICED_WITHIN = 5.0  # seconds, by the issue: the other side of a call learns what happened


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    with branch_office(tmp_path_factory.mktemp("branch")) as branch:
        branch.start_devices()
        yield branch


@pytest.fixture
def branch(office: Branch) -> Branch:
    """The office with its server, and fingers that lie down by themselves."""
    if not office.serving:
        office.start_server()
    office.scanner("auto")
    return office


@pytest.fixture
def cut_off(office: Branch) -> Branch:
    """The office when its server cannot be reached."""
    if office.serving:
        office.stop_server()
    office.scanner("auto")
    return office


def ways_on(shown: dict[str, Any]) -> set[str]:
    return {one["id"] for one in shown["targets"] if one["enabled"]}


def call_of(shown: dict[str, Any]) -> str:
    return str((shown["call"] or {}).get("state", ""))


def until_photo(citizen: Citizen) -> None:
    citizen.begin()
    citizen.choose_service()
    citizen.agree()
    citizen.give_birthday()
    citizen.fill_in()


def until_fingers(citizen: Citizen) -> None:
    until_photo(citizen)
    citizen.have_photo_taken()
    citizen.take_this_photo()


def until_summary(citizen: Citizen) -> None:
    until_fingers(citizen)
    citizen.give_fingers()
    citizen.sign()


# --- the server -----------------------------------------------------------------------------------


def test_the_very_first_start_without_a_server_offers_what_was_shipped(cut_off: Branch):
    cut_off.config.catalogue_cache.unlink(missing_ok=True)
    citizen = cut_off.fresh()
    citizen.begin()
    cut_off.sees("notice")
    assert {"service:id-card", "service:passport"} <= set(cut_off.screen.targets())


def test_a_visit_without_a_server_is_queued_and_sent_when_it_is_there(cut_off: Branch):
    before = cut_off.received()
    citizen = cut_off.fresh()
    until_summary(citizen)
    citizen.hand_in()
    assert cut_off.number()
    citizen.finish()
    assert cut_off.states()[-1] == "queued"
    cut_off.start_server()
    cut_off.until(lambda: cut_off.states()[-1] == "received", "the server's receipt")
    assert cut_off.received() == before + 1


def test_without_a_server_the_last_catalogue_is_used(branch: Branch):
    citizen = branch.fresh()
    branch.stop_server()
    offer(branch, "Ausweis von gestern")
    branch.start_server()
    branch.restart()
    branch.until(branch.config.catalogue_cache.exists, "the server's catalogue")
    branch.stop_server()
    citizen = branch.fresh()
    citizen.begin()
    branch.sees("notice")
    assert "Ausweis von gestern" in branch.screen.target("service:id-card").text


def offer(branch: Branch, name: str) -> None:
    """Let the office give the ID card another name than the shipped catalogue does."""
    folder = branch.instance.server_config.parent / "services"
    shutil.copytree(assets.path("services"), folder)
    card = folder / "id-card.yaml"
    card.write_text(card.read_text().replace("de: Personalausweis\n", f"de: {name}\n", 1))
    with branch.instance.server_config.open("r+") as config:
        text = config.read()
        config.seek(0)
        config.write('catalogue = "services"\n' + text)


# --- devices --------------------------------------------------------------------------------------


def test_a_camera_unplugged_in_mid_capture_goes_on_when_it_is_back(branch: Branch):
    citizen = branch.fresh(film=NOBODY)
    until_photo(citizen)
    branch.camera("unplug")
    shown = branch.sees("fault")
    assert shown["said"]["code"] in UNPLUGGED
    assert shown["screen"] == "photo"
    assert ways_on(shown) >= WAYS_ON
    branch.screen.tap("again")
    assert branch.sees("fault")["screen"] == "photo"
    branch.camera(f"load {branch.standing}")
    branch.camera("plug")
    branch.screen.wait("photo_choice", seconds=30)
    assert branch.screen.describe()["said"]["fault"] == ""


def test_a_scanner_unplugged_in_mid_capture_goes_on_when_it_is_back(branch: Branch):
    branch.scanner("manual")
    citizen = branch.fresh()
    until_fingers(citizen)
    branch.scanner("pace 1")
    branch.scanner("finger right")
    branch.screen.wait_for(lambda shown: shown["said"]["hint"] == "Capturing", 20)
    branch.scanner("unplug")
    shown = branch.sees("fault")
    assert shown["said"]["code"] in UNPLUGGED
    assert shown["screen"] == "fingers"
    assert ways_on(shown) >= WAYS_ON
    branch.scanner("pace 0")
    branch.scanner("auto")
    branch.scanner("plug")
    citizen.give_fingers()
    assert branch.drafts() >= {"finger_right", "finger_left"}


def test_a_printer_without_paper_keeps_nobody_from_their_number(branch: Branch):
    before = branch.received()
    citizen = branch.fresh()
    until_summary(citizen)
    branch.printer("fault paper")
    citizen.hand_in()
    branch.screen.wait_for(lambda shown: "DEV-008" in shown["said"]["printer"], 20)
    assert branch.number()
    branch.printer("fault none")
    citizen.finish()
    branch.until(lambda: branch.received() == before + 1, "the server's receipt")


# --- impatience -----------------------------------------------------------------------------------


class Impatient(Citizen):
    """Taps ten times where one touch would do."""

    def _go(self, name: str, *screens: str) -> None:
        time.sleep(self._reaction)
        while name not in (targets := self.screen.targets()):
            self.screen.tap("scroll:down")
            self.screen.wait_for_change(targets)
        self.screen.touch.burst(*targets[name].centre)
        self.screen.wait(*screens)


def test_fast_touches_skip_no_step_and_hand_in_once(branch: Branch):
    before, printed = branch.received(), branch.receipts()
    branch.fresh(settings="")
    watch = branch.watch()
    citizen = Impatient(branch.screen)
    until_summary(citizen)
    citizen.hand_in()
    branch.until(lambda: branch.receipts() > printed, "the receipt")
    citizen.finish()
    branch.until(lambda: branch.received() > before, "the server's receipt")
    assert [screen for screen in watch.end() if screen != "storing"] == [
        "attract", "services", "privacy", "birth", "details", "photo", "photo_choice",
        "fingers", "signature", "summary", "done", "attract",
    ]  # fmt: skip
    assert branch.received() == before + 1
    assert branch.receipts() == printed + 1


# --- calls ----------------------------------------------------------------------------------------


@pytest.fixture
def clerk(branch: Branch) -> Iterator[Clerk]:
    login, _, _ = STAFF[0]
    with Clerk(branch.instance.url, login, branch.instance.password) as clerk:
        yield clerk


def talk(branch: Branch, clerk: Clerk) -> None:
    """Go as far as the first question, and call somebody there."""
    citizen = branch.fresh()
    citizen.begin()
    citizen.choose_service()
    citizen.agree()
    citizen.give_birthday()
    clerk.sign_in()
    branch.screen.tap("help")
    clerk.answer()
    clerk.see_citizen()
    branch.screen.wait_for(lambda shown: call_of(shown) == "talking", 20)


@contextmanager
def asleep(clerk: Clerk) -> Iterator[None]:
    """Stop all processes of the clerk's browser, as a closed lid does."""
    browser = clerk.page.context.browser
    assert browser is not None
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pids = [process["id"] for process in found]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.browser
def test_a_clerk_who_closes_the_browser_is_missed_at_the_terminal(branch: Branch, clerk: Clerk):
    talk(branch, clerk)
    clerk.page.context.close()
    shown = branch.screen.wait_for(lambda shown: call_of(shown) != "talking", NOTICED_WITHIN)
    assert shown["screen"] == "details"
    branch.screen.wait_for(lambda shown: call_of(shown) in ("nobody", "waiting", ""), 20)
    assert branch.screen.describe()["screen"] == "details"


@pytest.mark.browser
def test_a_terminal_that_dies_in_a_call_is_missed_at_the_desk(branch: Branch, clerk: Clerk):
    talk(branch, clerk)
    branch.kill_terminal()
    notes = clerk.page.locator("#call-notes")
    expect(notes).to_contain_text("nicht mehr erreichbar", timeout=NOTICED_WITHIN * 1000)


@pytest.mark.browser
def test_media_that_die_in_a_call_are_told_at_both_ends_and_come_back(branch: Branch, clerk: Clerk):
    talk(branch, clerk)
    branch.kill_media()
    assert "abgebrochen" in branch.sees("notice", NOTICED_WITHIN)["said"]["notice"]
    notes = clerk.page.locator("#call-notes")
    expect(notes).to_contain_text("nicht mehr erreichbar", timeout=NOTICED_WITHIN * 1000)
    branch.screen.tap("help")
    clerk.answer()
    clerk.see_citizen()
    branch.screen.wait_for(lambda shown: call_of(shown) == "talking", 20)


@pytest.mark.browser
def test_a_server_that_starts_anew_in_a_call_rings_at_the_clerk_again(branch: Branch, clerk: Clerk):
    talk(branch, clerk)
    branch.stop_server()
    branch.screen.wait_for(lambda shown: call_of(shown) == "lost", NOTICED_WITHIN)
    expect(clerk.page.locator("#socket")).to_contain_text("Getrennt")
    branch.start_server()
    clerk.answer()
    branch.screen.wait_for(lambda shown: call_of(shown) == "talking", 20)
    assert branch.screen.describe()["screen"] == "details"


@pytest.mark.browser
def test_a_clerk_who_closes_the_lid_is_missed_and_hears_the_ring_when_back(
    branch: Branch, clerk: Clerk
):
    talk(branch, clerk)
    with asleep(clerk):
        branch.screen.wait_for(lambda shown: call_of(shown) != "talking", NOTICED_WITHIN)
    clerk.answer()
    branch.screen.wait_for(lambda shown: call_of(shown) == "talking", 20)


# --- silence --------------------------------------------------------------------------------------


def test_after_a_long_silence_everything_is_forgotten(branch: Branch):
    warn, forget = 2, 6
    branch.scanner("manual")
    branch.scanner("lift")
    until_fingers(branch.fresh())
    branch.until(lambda: "photo" in branch.drafts(), "the sealed photo")
    branch.configure(settings=f"warn = {warn}\nforget = {forget}")
    assert branch.restart()["screen"] != "attract"
    branch.screen.wait_for(lambda shown: shown["question"] == "silence", 20)
    asked = time.monotonic()
    branch.screen.tap("more_time")
    branch.screen.wait_for(lambda shown: shown["question"] is None, 20)
    branch.screen.wait_for(lambda shown: shown["question"] == "silence", 20)
    assert time.monotonic() - asked >= 2 * warn
    branch.screen.wait("attract", seconds=30)
    assert time.monotonic() - asked >= 2 * forget
    branch.until(lambda: branch.drafts() == set(), "the drafts to be dropped")
    assert branch.journal() == 0
    assert not list(branch.memory.glob("*.key")) + list(branch.memory.glob("picture-*"))
