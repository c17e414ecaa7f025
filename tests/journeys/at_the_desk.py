"""What a clerk does at the desk's page in more than one journey."""

from playwright.sync_api import Page, expect

from server.contract.captures import CaptureRecord
from tests.journeys.conftest import look_up

CASE = {
    "family_name": "Müller-Çelik",
    "given_names": "Aylin Sofie",
    "birth_date": "12.08.1990",
    "birth_place": "Heidelberg",
    "street": "Hauptstraße 5",
    "postcode": "69117",
    "town": "Heidelberg",
}


def fill_case(page: Page, **changes: str) -> None:
    for name, value in (CASE | changes).items():
        page.fill(f"#case-{name}", value)
    page.select_option("#case-sex", "001")


def confirm_fingers(page: Page) -> None:
    page.click('[data-choice="fingers.verified"]')
    expect(page.locator("#checks")).to_contain_text("verglichen, passt")


def take_over(page: Page, record: CaptureRecord) -> None:
    """Look a capture up, compare, type and release it into a case."""
    look_up(page, record)
    confirm_fingers(page)
    fill_case(page)
    page.click("#release-submit")
    expect(page.locator("#done-title")).to_contain_text("Übernommen in Fall")
