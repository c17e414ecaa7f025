"""The clerk of the played visit: Chromium at the desk, driven as a person would use it."""

import re
import shutil
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

BROWSERS = ("chromium", "google-chrome")
SNAP = Path("/usr/bin/snap")  # what Ubuntu's Chromium really is; Playwright cannot steer it
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
CASE = {
    "family_name": "Musterfrau",
    "given_names": "Erika Zoë",
    "birth_place": "Heidelberg",
    "height_cm": "172",
    "eye_colour": "braun",
    "street": "Hauptstraße 1",
    "postcode": "69117",
    "town": "Heidelberg",
}


ADVICE = """There is no Chromium that can be steered. Debian: apt install chromium. Ubuntu, once:
    sudo .venv/bin/python -m playwright install-deps chromium
    .venv/bin/python -m playwright install chromium"""


class NoBrowserError(Exception):
    """No Chromium on this machine."""


def find_browser(own: str) -> str | None:
    """Return a Chromium that can be steered: the system's, else Playwright's `own`; or None."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found and Path(found).resolve() != SNAP:
            return found
    return own if Path(own).exists() else None


class Clerk:
    """One signed-in clerk; a context manager that closes the browser."""

    def __init__(self, url: str, login: str, password: str) -> None:
        self._url, self._login, self._password = url, login, password

    def __enter__(self) -> "Clerk":
        self._playwright = sync_playwright().start()
        program = find_browser(self._playwright.chromium.executable_path)
        if program is None:
            self._playwright.stop()
            raise NoBrowserError(ADVICE)
        self._browser: Browser = self._playwright.chromium.launch(
            executable_path=program, args=ARGUMENTS
        )
        context = self._browser.new_context(
            viewport={"width": 1440, "height": 1000}, locale="de-DE", accept_downloads=True
        )
        self.page: Page = context.new_page()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._browser.close()
        self._playwright.stop()

    def sign_in(self) -> None:
        """Sign in and say that calls may come."""
        self.page.goto(f"{self._url}/desk")
        self.page.fill("[name=login]", self._login)
        self.page.fill("[name=password]", self._password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#availability:not([disabled])")
        self.page.click("#availability")
        self.page.wait_for_selector("#availability[aria-checked=true]")

    def answer(self) -> None:
        """Take the ringing call and wait until the citizen can be seen."""
        self.page.click("#ring-accept", timeout=10_000)

    def see_citizen(self) -> None:
        """Wait for the citizen's picture; the desk's policy forbids `wait_for_function`."""
        for _ in range(200):
            if self.page.evaluate("() => document.getElementById('remote').videoWidth > 0"):
                return
            self.page.wait_for_timeout(50)
        raise BrowserError("the citizen's picture did not come")

    def wait_for_end(self) -> None:
        self.page.wait_for_selector("#call[data-state=idle]", timeout=10_000)

    def look_up(self, number: str, day: int, month: int) -> None:
        self.page.fill("#lookup-number", number)
        self.page.fill("#lookup-day", str(day))
        self.page.fill("#lookup-month", str(month))
        self.page.click("#lookup-submit")
        self.page.wait_for_selector("#capture-title")

    def compare_fingers(self) -> None:
        """Say that the live prints at the counter matched."""
        self.page.click("[data-choice='fingers.verified']")
        self.page.wait_for_selector("[data-choice='fingers.verified'][aria-pressed=true]")

    def veto(self, kind: str, reason: str) -> None:
        self.page.click(f"[data-choice='veto.{kind}']")
        self.page.fill("#veto-reason", reason)
        self.page.press("#veto-reason", "Tab")
        self.page.keyboard.press("Enter")

    def release(self, birth_date: str) -> str:
        """Fill the case in and release; return the case number."""
        for name, value in {**CASE, "birth_date": birth_date}.items():
            self.page.fill(f"#case-{name}", value)
        self.page.select_option("#case-sex", "001")
        self.page.click("#release-submit")
        title = self.page.wait_for_selector("#done-title")
        text = title.inner_text() if title else ""
        found = re.search(r"[A-Z0-9][A-Z0-9-]*\d{3,}", text)
        return found.group(0) if found else text

    def download(self, folder: Path) -> list[Path]:
        """Save the PDF summary and the XhD-shaped draft."""
        folder.mkdir(parents=True, exist_ok=True)
        saved = []
        for way in self.page.query_selector_all(".downloads > *"):
            with self.page.expect_download(timeout=10_000) as coming:
                way.click()
            saved.append(folder / coming.value.suggested_filename)
            coming.value.save_as(saved[-1])
        if len(saved) != 2:
            raise BrowserError(f"expected the summary and the draft, got {len(saved)} files")
        return saved

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=str(path), full_page=True)
