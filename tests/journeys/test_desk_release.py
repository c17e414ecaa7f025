"""A clerk takes captures over into cases: what is needed, what the papers say, what comes of it."""

import pytest
from playwright.sync_api import expect

from server.clock import utc_now
from server.contract.captures import AgeBand, FingerFact, MissingFinger
from tests.journeys.at_the_desk import confirm_fingers, fill_case, take_over
from tests.journeys.conftest import ClerksBrowser, RunningOffice, look_up

pytestmark = pytest.mark.browser


def test_release_needs_the_comparison_and_every_field(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    expect(page.locator("#review-release")).to_contain_text("der Vergleich der Fingerabdrücke")
    confirm_fingers(page)
    expect(page.locator("#case-height_cm")).to_have_value("172")
    expect(page.locator("#case-eye_colour")).to_have_value("braun")
    page.click("#release-submit")
    expect(page.locator("#case-family_name")).to_be_focused()
    expect(page.locator("#case-family_name-fault")).to_contain_text("Bitte ausfüllen.")
    fill_case(page, birth_date="13.08.1990", postcode="6911")
    page.click("#release-submit")
    expect(page.locator("#case-birth_date-fault")).to_contain_text("wurde 12.08. angegeben")
    expect(page.locator("#case-postcode-fault")).to_contain_text("Fünf Ziffern.")


def test_a_released_capture_is_a_case_with_its_documents(
    browser: ClerksBrowser, running: RunningOffice
):
    page = browser.sign_in()
    take_over(page, running.capture())
    expect(page.locator(".downloads")).to_contain_text("nicht zertifiziert")
    with page.expect_download() as pdf:
        page.click("text=Zusammenfassung (PDF)")
    assert pdf.value.path().read_bytes().startswith(b"%PDF-")
    with page.expect_download() as xml:
        page.click("text=XhD-Entwurf (XML)")
    assert "BSI-K-TR-0000-0000" in xml.value.path().read_text("utf-8")
    page.click('[data-filter="done"]')
    expect(page.locator("#captures")).to_contain_text("übernommen")
    page.click("text=Nächste Aufnahme")
    expect(page.locator("#lookup-number")).to_be_focused()


def test_the_papers_decide_on_age_and_fee(browser: ClerksBrowser, running: RunningOffice):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    confirm_fingers(page)
    expect(page.locator(".counter")).to_contain_text("Gebühr nach der Angabe am Terminal")
    fill_case(page, birth_date=f"12.08.{utc_now().year - 20}")
    counter = page.locator(".counter")
    expect(counter).to_contain_text("nach dem Geburtsdatum gilt „18 bis 23 Jahre“")
    expect(counter).to_contain_text("Die Gebühr ist eine andere")
    expect(counter.locator(".fees__total")).to_contain_text("33,60")
    page.click("#release-submit")
    expect(page.locator("#case-corrected")).to_be_focused()
    page.check("#case-corrected")
    page.select_option("#case-off_hours", "yes")
    expect(counter.locator(".fees__total")).to_contain_text("46,60")
    page.click("#release-submit")
    expect(page.locator("#done-title")).to_contain_text("Übernommen in Fall")


def test_a_childs_missing_prints_can_be_taken_at_the_counter(
    browser: ClerksBrowser, running: RunningOffice
):
    none = tuple(
        FingerFact(position=at, quality=None, missing=MissingFinger.UNDER_AGE) for at in (2, 7)
    )
    answers = {"german": "yes", "main_residence_here": "yes", "custodian_present": "yes"}
    record = running.capture(age_band=AgeBand.UNDER_6, fingers=none, answers=answers)
    page = browser.sign_in()
    look_up(page, record)
    expect(page.locator('[data-choice="fingers.reenrol"]')).to_have_count(0)
    fill_case(page, birth_date=f"12.08.{utc_now().year - 8}", height_cm="128", eye_colour="braun")
    expect(page.locator('[data-follow="fingers_to_take"]')).to_be_visible()
    page.press("#case-family_name", "Enter")
    expect(page.locator("#case-corrected-fault")).to_have_text(
        "Bitte bestätigen Sie die Berichtigung."
    )
    page.check("#case-corrected")
    expect(page.locator("#case-corrected-fault")).to_be_empty()
    fault = page.locator("#case-custodian_consent-fault")
    expect(fault).to_have_text("Bitte wählen Sie eine Antwort.")
    page.select_option("#case-custodian_consent", "yes")
    expect(fault).to_be_empty()
    expect(page.locator("#release-submit")).to_have_attribute("aria-disabled", "true")
    expect(page.locator("#review-release")).to_contain_text("die Fingerabdrücke vom Schalter")
    page.click('[data-choice="fingers.reenrol"]')
    expect(page.locator("#case-custodian_consent")).to_have_value("yes")
    expect(page.locator("#case-corrected")).to_be_checked()
    page.click("#release-submit")
    expect(page.locator("#done-title")).to_contain_text("Übernommen in Fall")


def test_a_rule_that_stops_says_so(browser: ClerksBrowser, running: RunningOffice):
    record = running.capture(answers={"reason": "first", "german": "no", "height": "172"})
    page = browser.sign_in()
    look_up(page, record)
    confirm_fingers(page)
    fill_case(page, eye_colour="braun")
    expect(page.locator("[data-stop]")).to_contain_text("nur mit deutscher Staatsangehörigkeit")


def test_what_the_server_refuses_stands_at_its_field(
    browser: ClerksBrowser, running: RunningOffice
):
    record, page = running.capture(), browser.sign_in()
    look_up(page, record)
    confirm_fingers(page)
    fill_case(page, birth_date="12.08.1899")
    page.evaluate("() => document.querySelector('#case-postcode').removeAttribute('maxlength')")
    page.route("**/release", lambda route: route.fulfill(
        status=422,
        json={"code": "SRV-202", "cause": "body.postcode: not in this town", "advice": "x"},
    ))  # fmt: skip
    page.click("#release-submit")
    expect(page.locator("#case-postcode-fault")).to_contain_text("not in this town")
    expect(page.locator("#case-postcode")).to_be_focused()
    browser.faults.clear()


def test_a_finished_case_opens_again_and_a_failed_download_is_told(
    browser: ClerksBrowser, running: RunningOffice
):
    page = browser.sign_in()
    take_over(page, running.capture())
    page.reload()
    page.click('[data-filter="done"]')
    page.click("#captures button.capture-row__body")
    expect(page.locator("#done-title")).to_contain_text("Übernommen in Fall")
    page.route("**/summary.pdf*", lambda route: route.abort())
    page.click("text=Zusammenfassung (PDF)")
    expect(page.locator(".done .problem")).to_contain_text("Der Server ist nicht erreichbar.")
    browser.faults.clear()  # Chromium reports the broken request
