"""A real office on a free port, citizens' captures in it, and Chromium as the clerk's browser."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from math import cos, sin
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from demo.clerk import find_browser
from server import terminals
from server.app import build_app
from server.captures import intake
from server.captures.intake import Sender, Taken
from server.clock import to_text, utc_now
from server.config import Config
from server.contract.captures import AgeBand, CaptureRecord, FeeLine, FingerFact
from server.contract.envelope import PartKind
from server.office import Office
from server.refusals import unwrap
from server.serving import uvicorn_config
from server.staff import Role
from tests.office import (
    PASSWORD,
    capture_id,
    config_in,
    encoded,
    open_office,
    pickup_number,
    sealed_envelope,
)

DATA = Path(__file__).resolve().parent.parent / "data"
TERMINAL, PLACE = "mitte-2", "Bürgeramt Mitte"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]  # fmt: skip
STAFF = (
    ("anna", "Anna Weber", Role.CLERK),
    ("ben", "Ben Yıldız", Role.CLERK),
    ("dirk", "Dirk Nowak", Role.TECHNICIAN),
    ("sara", "Sara Lange", Role.SUPERVISOR),
)


class Announced(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.loop = asyncio.get_running_loop()
        self.up.set()


@dataclass
class RunningOffice:
    """A served office, and the key of its one terminal."""

    office: Office
    url: str
    terminal_key: Ed25519PrivateKey
    loop: asyncio.AbstractEventLoop
    made: int = 0

    def tell_desks(self) -> None:
        """Say on the server's own loop that captures changed, as its handlers do."""
        self.loop.call_soon_threadsafe(self.office.exchange.captures_changed)

    def capture(
        self, photo: str = "crop_ok_D2.jpg", *, signed: bool = True, **changes: Any
    ) -> CaptureRecord:
        """Let a citizen's capture arrive, as the terminal's PUT would."""
        self.made += 1
        record = record_of(self.made, photo, changes)
        parts = parts_of(record, photo)
        if not signed:  # left to the counter, or under 10 years
            del parts[PartKind.SIGNATURE]
        office_key = self.office.key.public()
        data = sealed_envelope(record, parts, office_key, self.terminal_key)
        self._receive(record.capture_id, data)
        return record

    def _receive(self, capture_id: str, data: bytes) -> None:
        now = utc_now()
        terminal = self.office.db.read_now(terminals.everyone)[0]
        sender = Sender.of(terminal, capture_id)
        proper = unwrap(intake.examine(data, sender, self.office.key))
        taken = self.office.db.run_now(
            lambda s: intake.store(s, now, sender, proper, timedelta(hours=96), "boss@localhost")
        )
        assert isinstance(taken, Taken), taken


def record_of(number: int, photo: str, changes: dict[str, Any]) -> CaptureRecord:
    values: dict[str, Any] = {
        "capture_id": capture_id(str(number)),
        "pickup_number": pickup_number(48210000 + number),
        "birth_day": 12,
        "birth_month": 8,
        "age_band": AgeBand.FROM_24,
        "service": "id-card",
        "language": "de",
        "answers": {
            "reason": "expired", "german": "yes", "main_residence_here": "yes",
            "height": "172", "eye_colour": "brown", "delivery": "pick_up",
        },
        "fingers": (FingerFact(position=2, quality=96), FingerFact(position=7, quality=32)),
        "fees": (
            FeeLine(code="PA_24PLUS", text="Personalausweis ab 24 Jahren", cents=4600, basis="§ 1"),
            FeeLine(code="PA_PHOTO", text="Foto am Terminal", cents=600, basis="§ 1"),
        ),
        "photo_accepted": reports()[photo]["accepted"],
        "captured_at": to_text(utc_now()),
        "terminal_id": TERMINAL,
    }  # fmt: skip
    return CaptureRecord(**(values | changes))


def parts_of(record: CaptureRecord, photo: str) -> dict[PartKind, bytes]:
    right, left = reports()["loop_right_good.png"], reports()["loop_left_dry.png"]
    parts = {
        PartKind.RECORD: record.model_dump_json().encode(),
        PartKind.PHOTO: (DATA / "desk" / photo).read_bytes(),
        PartKind.PHOTO_REPORT: json.dumps(reports()[photo]).encode(),
        PartKind.FINGER_RIGHT: wsq_of("loop_right_good.png"),
        PartKind.FINGER_LEFT: wsq_of("loop_left_dry.png"),
        PartKind.FINGER_REPORT: json.dumps({"right": right, "left": left}).encode(),
        PartKind.SIGNATURE: strokes(),
    }
    here = {PartKind.FINGER_RIGHT: 2, PartKind.FINGER_LEFT: 7}
    taken = {finger.position for finger in record.fingers if finger.missing is None}
    return {kind: data for kind, data in parts.items() if kind not in here or here[kind] in taken}


@cache
def reports() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "desk" / "reports.json").read_text("utf-8"))
    return found


@cache
def wsq_of(name: str) -> bytes:
    return encoded(Image.open(DATA / "fingers" / name).convert("L"), "WSQ")


@cache
def strokes() -> bytes:
    drawn = Image.new("L", (900, 260), 255)
    line = [
        (90 + 4 * at + 30 * sin(at / 3), 130 + 60 * cos(at / 4.1) * cos(at / 9))
        for at in range(180)
    ]
    ImageDraw.Draw(drawn).line(line, fill=0, width=6, joint="curve")
    return encoded(drawn, "PNG")


@pytest.fixture
def idle_minutes() -> int:
    return 30


@pytest.fixture
def office_config(tmp_path: Path, empty_database: Path, idle_minutes: int) -> Config:
    return config_in(
        tmp_path,
        empty_database,
        idle_minutes=idle_minutes,
        supervisor_mail="boss@localhost",
    )


@pytest.fixture
def running(office_config: Config) -> Iterator[RunningOffice]:
    office, key, now = (
        open_office(office_config, utc_now, STAFF),
        Ed25519PrivateKey.generate(),
        utc_now(),
    )
    raw = key.public_key().public_bytes_raw()
    office.db.run_now(lambda s: terminals.enrol(s, now, TERMINAL, PLACE, raw))
    listening = socket.create_server(("127.0.0.1", 0))
    server = Announced(uvicorn_config(build_app(office), office_config))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    assert server.up.wait(20)
    yield RunningOffice(office, f"http://localhost:{listening.getsockname()[1]}", key, server.loop)
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive(), "the server does not end"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as player:
        program = find_browser(player.chromium.executable_path)
        if program is None:
            pytest.skip("Chromium is not installed")
        browser = player.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class ClerksBrowser:
    """One browser profile; `faults` collects errors of pages, content policy included."""

    context: BrowserContext
    url: str
    faults: list[str] = field(default_factory=list)

    def page(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.goto(self.url + path)
        return page

    def sign_in(self, login: str = "anna") -> Page:
        page = self.page("/desk/login")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url("**/desk")
        page.wait_for_selector('#socket[data-state="open"], #socket[data-state="no_right"]')
        return page


@pytest.fixture
def browser_for(
    chromium: Browser, running: RunningOffice
) -> Iterator[Callable[..., ClerksBrowser]]:
    opened: list[ClerksBrowser] = []

    def made(**options: Any) -> ClerksBrowser:
        given = {"locale": "de-DE", "viewport": {"width": 1440, "height": 900}} | options
        context = chromium.new_context(**given)
        context.set_default_timeout(10_000)
        opened.append(ClerksBrowser(context, running.url))
        return opened[-1]

    yield made
    for browser in opened:
        browser.context.close()
    assert [fault for browser in opened for fault in browser.faults] == []


@pytest.fixture
def browser(browser_for: Callable[..., ClerksBrowser]) -> ClerksBrowser:
    return browser_for()


def look_up(page: Page, record: CaptureRecord) -> None:
    """Fetch a capture as a clerk does: by number and birthday."""
    page.fill("#lookup-number", "")
    page.type("#lookup-number", record.pickup_number)
    page.fill("#lookup-day", str(record.birth_day))
    page.fill("#lookup-month", str(record.birth_month))
    page.click("#lookup-submit")
    page.wait_for_selector("#capture-title")
