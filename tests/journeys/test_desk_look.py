"""The pages are accessible, fit narrow windows and obey their content policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from server.clock import utc_now
from tests.journeys.conftest import DATA, ClerksBrowser, RunningOffice, look_up

pytestmark = pytest.mark.browser

BrowserFor = Callable[..., ClerksBrowser]
AXE = (DATA / "axe" / "axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def violations(browser: ClerksBrowser, page: Page) -> list[str]:
    """Run axe-core in the page; returns "rule: element" for each fault.

    The styles that axe tries to add meet the content policy; those messages are its own.
    """
    before = list(browser.faults)
    page.evaluate(AXE)
    found = page.evaluate(
        "levels => axe.run(document, {runOnly: levels}).then(result => result.violations)", LEVELS
    )
    browser.faults[:] = before
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


STICKING_OUT = """() => [...document.querySelectorAll("body *")].filter(node =>
    node.getBoundingClientRect().right > innerWidth + 1 &&
    !node.closest(".visually-hidden, .criteria thead, svg, .hero__picture"))
    .map(node => node.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, input, select, summary")]
    .filter(node => node.checkVisibility() && !node.matches(".skip"))
    .map(node => [node.getBoundingClientRect(), node.outerHTML.slice(0, 100)])
    .filter(([box]) => box.width < 24 || box.height < 24).map(([, html]) => html)"""


def overflow(page: Page) -> list[str]:
    """Return elements that stick out of the window; tables become cards."""
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


@SCHEMES
@pytest.mark.parametrize("path", ["/", "/desk/login"])
def test_public_pages_have_no_barriers(browser_for: BrowserFor, path: str, scheme: str):
    browser = browser_for(color_scheme=scheme)
    assert violations(browser, browser.page(path)) == []


@SCHEMES
def test_the_empty_desk_has_no_barriers(browser_for: BrowserFor, scheme: str):
    browser = browser_for(color_scheme=scheme)
    page = browser.sign_in()
    assert violations(browser, page) == []
    page.click("#availability")
    page.wait_for_selector("#local:not([hidden])")
    assert violations(browser, page) == []


@SCHEMES
def test_the_desk_with_a_capture_has_no_barriers(
    browser_for: BrowserFor, running: RunningOffice, scheme: str
):
    browser = browser_for(color_scheme=scheme)
    record, page = running.capture("crop_off_centre_D3.jpg"), browser.sign_in()
    look_up(page, record)
    page.click('[data-choice="veto.not_ok"]')
    page.click("text=Kriterien der Abdrücke")
    page.dispatch_event("#release-submit", "click")
    page.fill("#case-birth_date", f"12.08.{utc_now().year - 20}")
    page.wait_for_selector("#case-corrected")
    assert violations(browser, page) == []
    page.click("text=Nicht übernehmen")
    assert violations(browser, page) == []


def test_the_outbox_and_its_mails_have_no_barriers(browser: ClerksBrowser, running: RunningOffice):
    browser.sign_in()
    assert violations(browser, browser.page("/outbox-of-mail")) == []


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_nothing_sticks_out_of_a_narrow_window(
    browser_for: BrowserFor, running: RunningOffice, width: int
):
    browser = browser_for(viewport={"width": width, "height": 700})
    for path in ("/", "/desk/login"):
        assert overflow(browser.page(path)) == []
    page = browser.sign_in()
    assert overflow(page) == []
    look_up(page, running.capture())
    assert overflow(page) == []


def test_large_text_does_not_break_the_desk(browser: ClerksBrowser, running: RunningOffice):
    page = browser.sign_in()
    look_up(page, running.capture())
    page.set_viewport_size({"width": 720, "height": 450})  # 1440 at 200 %
    assert overflow(page) == []


def test_targets_are_large_enough(browser: ClerksBrowser, running: RunningOffice):
    page = browser.sign_in()
    look_up(page, running.capture())
    assert page.evaluate(SMALL_TARGETS) == []
