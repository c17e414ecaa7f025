"""A clerk with the person at the counter: compare, have them sign, undo, see what is left."""

from collections.abc import Callable
from math import sin

import pytest
from playwright.sync_api import Page, expect

from server.captures import ending
from server.clock import utc_now
from server.contract.captures import AgeBand, CaptureRecord, FingerFact, MissingFinger
from tests.journeys.at_the_desk import confirm_fingers, fill_case
from tests.journeys.conftest import TERMINAL, ClerksBrowser, RunningOffice, look_up
from tests.journeys.test_desk_look import overflow, violations

pytestmark = pytest.mark.browser

BrowserFor = Callable[..., ClerksBrowser]
CUSTODY = {"german": "yes", "main_residence_here": "yes", "custodian_present": "yes"}


def write(page: Page) -> None:
    """Write a wave into the signature's field with the mouse."""
    pad = page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 20, middle)
    page.mouse.down()
    for at in range(40):
        page.mouse.move(box["x"] + 20 + 5 * at, middle + box["height"] / 4 * sin(at / 3))
    page.mouse.up()


def release(page: Page, **changes: str) -> None:
    fill_case(page, **changes)
    page.click("#release-submit")
    expect(page.locator("#done-title")).to_contain_text("Übernommen in Fall")


def delete_at_terminal(running: RunningOffice, record: CaptureRecord) -> None:
    """Say that the terminal's copy is gone, as its request would."""
    now = utc_now()
    running.office.db.run_now(
        lambda s: ending.terminal_deleted(s, now, TERMINAL, record.capture_id)
    )
    running.tell_desks()


class TestComparison:
    def test_prints_that_do_not_match_stop_the_release_until_they_are_taken_again(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(), browser.sign_in()
        look_up(page, record)
        page.click('[data-choice="fingers.no_match"]')
        expect(page.locator("#no-match")).to_contain_text("Prüfen Sie Ausweis und Foto")
        expect(page.locator("#checks")).to_contain_text("passt nicht")
        expect(page.locator("#release-submit")).to_have_attribute("aria-disabled", "true")
        assert violations(browser, page) == []
        page.click('[data-choice="fingers.reenrol"]')
        expect(page.locator("#no-match")).to_contain_text("Das steht so im Fall")
        release(page)
        expect(page.locator("#trail")).to_contain_text("Vergleich der Fingerabdrücke: Passt nicht")

    def test_another_person_is_rejected_with_that_reason(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(), browser.sign_in()
        look_up(page, record)
        page.click('[data-choice="fingers.no_match"]')
        page.click("#no-match-reject")
        expect(page.locator("#reject-reason")).to_have_value("other_person")
        page.click("text=Löschen und nicht übernehmen")
        expect(page.locator("#done-title")).to_have_text("Aufnahme nicht übernommen")

    def test_a_comparison_recorded_by_mistake_is_taken_back(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(), browser.sign_in()
        look_up(page, record)
        confirm_fingers(page)
        page.click('[data-choice="fingers.verified"]')
        expect(page.locator("#checks li").nth(1)).to_contain_text("zu entscheiden")
        expect(page.locator('[data-choice="fingers.verified"]')).to_have_attribute(
            "aria-pressed", "false"
        )


def test_a_veto_is_taken_back_and_the_checks_verdict_holds_again(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    page.click('[data-choice="veto.not_ok"]')
    page.fill("#veto-reason", "falscher Knopf")
    page.click("text=Urteil eintragen")
    expect(page.locator("#checks")).to_contain_text("durch Sie abgelehnt")
    page.click("#veto-withdraw")
    expect(page.locator("#checks li").nth(0)).to_contain_text("in Ordnung")
    expect(page.locator('[data-choice="veto.not_ok"]')).to_be_visible()


class TestSignature:
    def test_left_to_the_counter_is_written_with_the_mouse_and_goes_into_the_case(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(signed=False), browser.sign_in()
        look_up(page, record)
        confirm_fingers(page)
        expect(page.locator("#checks")).to_contain_text("fehlt noch")
        expect(page.locator("#review-release")).to_contain_text("die Unterschrift")
        assert violations(browser, page) == []
        write(page)
        page.click('[data-sign="wipe"]')
        expect(page.locator('[data-sign="keep"]')).to_have_attribute("aria-disabled", "true")
        write(page)
        page.click('[data-sign="keep"]')
        expect(page.locator("#sign-place")).to_contain_text("am Schalter geleistet")
        drawn = page.locator("#sign-place img")
        expect(drawn).to_have_js_property("naturalWidth", 900)
        release(page)
        expect(page.locator("#trail")).to_contain_text("Unterschrift am Schalter: geleistet")

    def test_a_finger_on_the_glass_writes_too(
        self, browser_for: BrowserFor, running: RunningOffice
    ):
        browser = browser_for(has_touch=True)
        record, page = running.capture(signed=False), browser.sign_in()
        look_up(page, record)
        page.locator(".pad").scroll_into_view_if_needed()
        box = page.locator(".pad").bounding_box()
        assert box is not None
        touch = browser.context.new_cdp_session(page)
        points = [(box["x"] + 20 + 6 * at, box["y"] + 40 + at % 7) for at in range(40)]
        for kind, shown in [("touchStart", points[0]), *(("touchMove", p) for p in points[1:])]:
            where = [{"x": shown[0], "y": shown[1]}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.click('[data-sign="keep"]')
        expect(page.locator("#sign-place")).to_contain_text("am Schalter geleistet")

    def test_who_cannot_sign_is_noted_by_keyboard_with_the_reason_and_can_be_undone(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(signed=False), browser.sign_in()
        look_up(page, record)
        page.focus("#sign-reason")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#sign-reason")).to_be_focused()
        page.select_option("#sign-reason", "disability")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#sign-place")).to_contain_text("wegen einer Behinderung")
        expect(page.locator("#checks")).to_contain_text("nicht möglich")
        page.click('[data-sign="take_back"]')
        expect(page.locator(".pad")).to_be_visible()

    def test_becomes_due_by_the_papers(self, browser: ClerksBrowser, running: RunningOffice):
        fingers = tuple(
            FingerFact(position=at, quality=None, missing=MissingFinger.TEMPORARY) for at in (2, 7)
        )
        record = running.capture(
            signed=False, age_band=AgeBand.FROM_6, fingers=fingers, answers=CUSTODY
        )
        page = browser.sign_in()
        look_up(page, record)
        expect(page.locator("#sign-place")).to_contain_text("Keine Unterschrift nötig")
        page.fill("#case-birth_date", f"12.08.{utc_now().year - 12}")
        expect(page.locator('[data-follow="signature_to_take"]')).to_be_visible()
        write(page)
        page.click('[data-sign="keep"]')
        expect(page.locator("#sign-place")).to_contain_text("am Schalter geleistet")
        expect(page.locator('[data-follow="signature_to_take"]')).to_have_count(0)
        page.fill("#case-birth_date", "12.08.")
        expect(page.locator("#checks")).to_contain_text("am Schalter geleistet")

    def test_of_the_terminal_is_replaced_and_comes_back(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(), browser.sign_in()
        look_up(page, record)
        page.click('[data-sign="again"]')
        page.click('[data-sign="cancel"]')
        expect(page.locator("#sign-place")).to_contain_text("am Terminal geleistet")
        page.click('[data-sign="again"]')
        write(page)
        page.click('[data-sign="keep"]')
        page.click('[data-sign="take_back"]')
        expect(page.locator("#sign-place")).to_contain_text("am Terminal geleistet")


class TestOtherWindows:
    def test_learn_of_a_verdict_and_keep_what_is_being_typed(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, first = running.capture(), browser.sign_in()
        look_up(first, record)
        second = browser.page("/desk")
        second.click("#captures button.capture-row__body")
        second.fill("#case-family_name", "Müller-Çelik")
        first.click('[data-choice="veto.not_ok"]')
        first.fill("#veto-reason", "andere Person")
        first.click("text=Urteil eintragen")
        expect(second.locator("#checks")).to_contain_text("durch Sie abgelehnt")
        confirm_fingers(first)
        expect(second.locator("#checks")).to_contain_text("verglichen, passt")
        expect(second.locator("#case-family_name")).to_have_value("Müller-Çelik")
        expect(second.locator("#announce")).to_contain_text("in einem anderen Fenster")


class TestAfterwards:
    def test_both_sealed_copies_are_seen_to_go(
        self, browser: ClerksBrowser, running: RunningOffice
    ):
        record, page = running.capture(), browser.sign_in()
        look_up(page, record)
        confirm_fingers(page)
        release(page)
        expect(page.locator('[data-copy="server"]')).to_contain_text("Auf dem Server gelöscht")
        expect(page.locator('[data-copy="terminal"]')).to_contain_text("spätestens nach 96")
        expect(page.locator("#trail")).to_contain_text("Kopie auf dem Server gelöscht")
        delete_at_terminal(running, record)
        expect(page.locator('[data-copy="terminal"]')).to_contain_text("Am Terminal gelöscht")
        expect(page.locator('[data-event="terminal_copy_deleted"]')).to_contain_text(TERMINAL)
        assert violations(browser, page) == []
        page.set_viewport_size({"width": 320, "height": 700})
        assert overflow(page) == []

    def test_a_finished_capture_opens_again_with_its_trail_for_who_worked_on_it(
        self, browser_for: BrowserFor, running: RunningOffice
    ):
        record, page = running.capture(), browser_for().sign_in()
        look_up(page, record)
        page.click("text=Nicht übernehmen")
        page.select_option("#reject-reason", "withdrawn")
        page.click("text=Löschen und nicht übernehmen")
        page.reload()
        page.click('[data-filter="done"]')
        page.click("#captures button.capture-row__body")
        expect(page.locator("#trail")).to_contain_text("Aufnahme nicht übernommen")
        other = browser_for()
        colleague = other.sign_in("ben")
        colleague.click('[data-filter="done"]')
        expect(colleague.locator(".capture-row")).to_contain_text("von Anna Weber")
        colleague.click("#captures button.capture-row__body")
        expect(colleague.locator("#trail")).to_contain_text("wer sie bearbeitet hat")
        expect(colleague.locator('[data-copy="server"]')).to_contain_text("gelöscht")
        other.faults.clear()  # Chromium reports the refused request

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_a_supervisor_reads_the_trail_on_a_page(
        self, browser_for: BrowserFor, running: RunningOffice, scheme: str
    ):
        browser = browser_for(color_scheme=scheme, viewport={"width": 1024, "height": 700})
        page = browser.sign_in("sara")
        look_up(page, running.capture())
        with page.expect_popup() as opened:
            page.click("text=Protokoll")
        trail = opened.value
        expect(trail.locator("#trail-state")).to_contain_text("unverändert und lückenlos")
        expect(trail.locator("tbody tr >> nth=0")).to_contain_text("Sara Lange")
        assert violations(browser, trail) == []
        trail.click("text=English")
        expect(trail.locator("h1")).to_have_text("Audit trail")
