"""A clerk works on captures in Chromium: look up, see, overrule, compare, release."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from server.contract.captures import CaptureRecord, FingerFact, MissingFinger
from tests.journeys.conftest import ClerksBrowser, RunningOffice, look_up

pytestmark = pytest.mark.browser

BrowserFor = Callable[..., ClerksBrowser]


def test_the_check_digit_is_judged_while_typing(browser: ClerksBrowser, running: RunningOffice):
    record, page = running.capture(), browser.sign_in()
    page.type("#lookup-number", record.pickup_number[:6])
    expect(page.locator("#lookup-number-hint")).to_have_text("noch 3 Ziffern")
    wrong = str((int(record.pickup_number[8]) + 1) % 10)
    page.type("#lookup-number", record.pickup_number[6:8] + wrong)
    expect(page.locator("#lookup-number-hint")).to_contain_text("Prüfziffer stimmt nicht")
    page.press("#lookup-number", "Backspace")
    page.type("#lookup-number", record.pickup_number[8])
    expect(page.locator("#lookup-number-hint")).to_contain_text("Prüfziffer stimmt")
    expect(page.locator("#lookup-number")).to_have_value(
        re.sub(r"(\d{3})(?=\d)", r"\1 ", record.pickup_number)
    )
    expect(page.locator("#lookup-day")).to_be_focused()


def test_a_wrong_birthday_finds_nothing_and_says_what_to_do(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    page.fill("#lookup-number", record.pickup_number)
    page.fill("#lookup-day", "30")
    page.fill("#lookup-month", "2")
    page.click("#lookup-submit")
    expect(page.locator("#lookup-birthday-hint")).to_contain_text("Diesen Tag gibt es")
    page.fill("#lookup-month", "3")
    page.click("#lookup-submit")
    problem = page.locator("#lookup-problem")
    expect(problem).to_contain_text("Keine Aufnahme hat diese Nummer")
    expect(problem).to_contain_text("CAP-401")
    expect(page.locator("#lookup-left")).to_have_text("Noch 4 Versuche für diese Nummer.")
    browser.faults.clear()  # Chromium reports every 404 as an error


def test_the_photo_stands_in_the_template_with_every_criterion(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    expect(page.locator(".verdict--ok").first).to_contain_text("bestanden")
    assert page.locator(".photo img").evaluate("i => i.decode().then(() => i.naturalWidth)") == 1244
    expect(page.locator(".photo svg .template__zone")).to_have_count(1)
    expect(page.get_by_text("Gesichtshöhe 70 bis 80 %")).to_be_visible()
    page.click('[data-kind="child"]')
    expect(page.get_by_text("Gesichtshöhe 50 bis 80 %")).to_be_visible()
    rows = page.locator("#review-photo tr[data-verdict]")
    expect(rows).to_have_count(34)
    roll = page.locator('tr[data-code="1.3_roll"]')
    expect(roll).to_contain_text("Kopf seitlich geneigt")
    assert roll.locator("td").all_inner_texts() == ["1.3", "-0,058", "°", "-8", "8", "OK"]
    expect(page.locator("#review-photo")).to_contain_text("nicht bewertet")
    expect(page.locator("#review-fingers")).to_contain_text("Klarheit der Linien 96 von 100")
    expect(page.locator("#review-fingers")).to_contain_text("nicht nach NFIQ 2")


def test_a_refused_photo_waits_for_a_veto_with_a_reason(
    browser: ClerksBrowser, running: RunningOffice
):
    record = running.capture("crop_off_centre_D3.jpg")
    page = browser.sign_in()
    look_up(page, record)
    expect(page.locator(".verdict--bad")).to_contain_text("Lage der Augen waagerecht")
    expect(page.locator("#checks")).to_contain_text("zu entscheiden")
    page.click('[data-choice="veto.ok_obvious"]')
    page.click("text=Urteil eintragen")
    expect(page.locator("#veto-fault")).to_contain_text("mindestens 3 Zeichen")
    page.fill("#veto-reason", "Rollstuhl mit Kopfstütze")
    page.click("text=Urteil eintragen")
    expect(page.locator("#checks")).to_contain_text("durch Sie freigegeben")
    expect(page.locator("#veto-place")).to_contain_text("Rollstuhl mit Kopfstütze")


def test_missing_fingers_say_why(browser: ClerksBrowser, running: RunningOffice):
    record = running.capture(
        fingers=(
            FingerFact(position=2, quality=None, missing=MissingFinger.TEMPORARY),
            FingerFact(position=7, quality=32),
        )
    )
    page = browser.sign_in()
    look_up(page, record)
    expect(page.locator("#review-fingers")).to_contain_text("Finger zurzeit nicht aufnehmbar")
    expect(page.locator("#verify-place")).to_contain_text("kam nicht vom Terminal. Am Schalter")


def test_a_capture_can_be_refused_for_good(browser: ClerksBrowser, running: RunningOffice):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    page.click("text=Nicht übernehmen")
    page.select_option("#reject-reason", "withdrawn")
    page.click("text=Löschen und nicht übernehmen")
    expect(page.locator("#done-title")).to_have_text("Aufnahme nicht übernommen")
    page.click('[data-filter="done"]')
    expect(page.locator("#captures")).to_contain_text("nicht übernommen")


def test_new_captures_appear_by_themselves(browser: ClerksBrowser, running: RunningOffice):
    page = browser.sign_in()
    expect(page.locator("#captures")).to_contain_text("Keine offenen Aufnahmen")
    record = running.capture()
    running.tell_desks()
    expect(page.locator(".capture-row")).to_have_count(1)
    assert record.pickup_number not in page.content()


def test_an_expired_session_asks_again_and_keeps_what_was_typed(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    page.fill("#case-family_name", "Müller-Çelik")
    browser.context.clear_cookies()
    page.click('[data-choice="fingers.verified"]')
    page.fill("#relogin-password", "wrong")
    page.press("#relogin-password", "Enter")
    expect(page.locator("dialog[open]")).to_contain_text("SRV-102")
    page.fill("#relogin-password", "correct horse")
    page.press("#relogin-password", "Enter")
    expect(page.locator("#checks")).to_contain_text("verglichen, passt")
    expect(page.locator("#case-family_name")).to_have_value("Müller-Çelik")
    browser.faults.clear()  # Chromium reports every 401 as an error


def test_everything_goes_by_keyboard(browser: ClerksBrowser, running: RunningOffice):
    record, page = running.capture(), browser.sign_in()
    page.keyboard.press("Alt+l")
    page.keyboard.type(record.pickup_number + "1208")
    page.keyboard.press("Enter")
    expect(page.locator("#capture-title")).to_be_focused()
    page.keyboard.press("Alt+u")
    expect(page.locator("#case-family_name")).to_be_focused()
    page.keyboard.press("Alt+o")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_contain_text("Anruf annehmen")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_language_changes_without_losing_what_was_typed(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    page.fill("#case-family_name", "Müller-Çelik")
    page.click("#language")
    expect(page.locator("#capture-title")).to_contain_text("Identity card, 24 years and over")
    expect(page.locator("#review-photo")).to_contain_text("Automatic check: passed")
    expect(page.locator("#case-family_name")).to_have_value("Müller-Çelik")
    expect(page.locator(".fees")).to_contain_text("Identity card, age 24 and over")
    page.once("dialog", lambda asked: asked.accept())  # what was typed would be lost
    page.reload()
    expect(page.locator("#availability")).to_contain_text("Ready for calls")


def test_a_technician_sees_the_list_but_no_capture(browser: ClerksBrowser, running: RunningOffice):
    record: CaptureRecord = running.capture()
    page = browser.sign_in("dirk")
    expect(page.locator(".capture-row")).to_have_count(1)
    for hidden in ("#lookup", "#line", "#call", "#availability"):
        expect(page.locator(hidden)).to_be_hidden()
    assert record.service == "id-card"
    expect(page.locator("#socket")).to_contain_text("Keine Anrufe für diese Rolle")


def test_a_capture_that_a_colleague_fetched_closes_with_a_word(
    browser_for: BrowserFor, running: RunningOffice
):
    first = browser_for()
    record, page = running.capture(), first.sign_in("anna")
    look_up(page, record)
    other = browser_for()
    second = other.sign_in("ben")
    second.fill("#lookup-number", record.pickup_number)
    second.fill("#lookup-day", str(record.birth_day))
    second.fill("#lookup-month", str(record.birth_month))
    second.click("#lookup-submit")
    expect(second.locator("#lookup-held")).to_contain_text("bearbeitet gerade Anna")
    expect(page.locator("#capture-title")).to_be_visible()  # nothing is taken yet
    second.click("#lookup-take")
    expect(second.locator("#capture-title")).to_be_visible()
    other.faults.clear()  # Chromium reports the refused request
    expect(page.locator("#capture-gone")).to_contain_text("bearbeitet jetzt Ben Yıldız")
    expect(page.locator("#capture-title")).to_have_count(0)
    first.faults.clear()  # Chromium reports the refused request


def test_a_supervisor_unlocks_a_number(browser: ClerksBrowser, running: RunningOffice):
    record, page = running.capture(), browser.sign_in("sara")
    for _ in range(6):
        page.fill("#lookup-number", record.pickup_number)
        page.fill("#lookup-day", "1")
        page.fill("#lookup-month", "1")
        with page.expect_response("**/desk/api/lookup"):
            page.click("#lookup-submit")
    expect(page.locator("#lookup-problem")).to_contain_text("CAP-403")
    page.fill("#lookup-day", str(record.birth_day))
    page.fill("#lookup-month", str(record.birth_month))
    page.click("#lookup-unlock")
    expect(page.locator("#capture-title")).to_be_visible()
    browser.faults.clear()  # Chromium reports every 404 as an error


def test_simulated_devices_and_what_was_not_assessed_are_said(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(simulated=("camera", "printer")), browser.sign_in()
    look_up(page, record)
    expect(page.locator("#simulated")).to_contain_text("Kamera, Drucker – nicht für echte")
    expect(page.locator("#review-photo .attack")).to_contain_text("nicht bewertet")
    page.get_by_role("button", name="Fingerabdruck: Rechter Zeigefinger, vergrößern").click()
    expect(page.locator(".dialog--picture")).to_contain_text("Rechter Zeigefinger")
    page.keyboard.press("Escape")
    expect(page.locator(".dialog--picture")).to_have_count(0)
