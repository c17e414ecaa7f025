"""The desk in a real Firefox: a call with both pictures and voices, a capture up to its release."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import assets
from remote_clerk.call import State
from remote_clerk.media.sound import read_sound
from remote_clerk.messages import EndReason
from tests.journeys import bidi
from tests.journeys.at_the_desk import CASE
from tests.journeys.bidi import Firefox, Page
from tests.journeys.conftest import DATA, PLACE, TERMINAL, RunningOffice
from tests.journeys.stand_in import StandIn
from tests.office import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bidi.program() is None, reason="Firefox is not installed"),
]

STATE = "document.querySelector('#call').dataset.state"
SEEN = "document.querySelector('#remote').videoWidth > 0"
KEEP_PEERS = """() => {
    window.peers = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...given) { super(...given); window.peers.push(this); }
    };
}"""
RECEIVED = """window.peers.at(-1).getStats().then((all) => {
    const found = {};
    for (const one of all.values()) {
        if (one.type !== 'inbound-rtp') continue;
        found[one.kind] = {...one, mimeType: all.get(one.codecId)?.mimeType};
    }
    return found;
})"""
LOST_WITHIN = 5.0  # seconds until the other side knows


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with bidi.started(tmp_path_factory.mktemp("firefox")) as running:
        running.before_pages(KEEP_PEERS)
        yield running
        assert running.faults == []


@pytest.fixture
def page(firefox: Firefox, running: RunningOffice) -> Iterator[Page]:
    """A clerk who is signed in."""
    page = firefox.page(f"{running.url}/desk/login")
    page.type("#login", "anna")
    page.type("#password", PASSWORD)
    page.press("Enter")
    page.wait_for("document.querySelector('#socket')?.dataset.state === 'open'")
    yield page
    page.close()


@pytest.fixture
def terminal(running: RunningOffice, tmp_path: Path) -> Iterator[StandIn]:
    photo, voice = DATA / "desk" / "crop_ok_D2.jpg", assets.path("demo", "voice.ogg")
    sound = (voice.as_uri(), (tmp_path / "heard.wav").as_uri())
    started = StandIn(running.url, TERMINAL, running.terminal_key, photo, sound).start()
    yield started
    started.stop()


def received(page: Page, kind: str) -> dict[str, Any]:
    """Return what the browser says about the incoming picture or voice."""
    found: dict[str, Any] = page.wait_for(f"{RECEIVED}.then((all) => all.{kind})")
    return found


def wait_received(page: Page, true: str) -> None:
    page.wait_for(f"{RECEIVED}.then((all) => {true})")


def test_a_call_with_both_pictures_and_voices(page: Page, terminal: StandIn, tmp_path: Path):
    page.click("#availability")
    terminal.ask()
    page.wait_text("#call-ring", PLACE)
    page.click("#ring-accept")
    page.wait_for(SEEN)
    to_picture = terminal.wait_until(lambda news: news.help_to_picture_ms is not None)
    assert to_picture.help_to_picture_ms is not None
    assert received(page, "video")["mimeType"] == "video/VP8"  # no H.264 without its plug-in
    wait_received(page, "all.video.framesDecoded > 20 && all.audio.totalAudioEnergy > 0.01")
    page.wait_text("#call-state", "Verbindung gut")
    pictures = terminal.pictures
    page.press("Alt", "m")
    terminal.wait_until(lambda news: not news.clerk_microphone)
    page.press("Alt", "k")
    terminal.wait_until(lambda news: not news.clerk_camera)
    terminal.do(lambda caller: caller.switch(camera=False, microphone=False))
    page.wait_text("#stage-words", "Kamera am Terminal ist aus")
    page.wait_text("#call-state", "Mikrofon am Terminal ist aus")
    page.press("Alt", "h")
    assert terminal.wait_for(State.ENDED).reason == EndReason.HUNG_UP
    page.wait_text("#call-notes", "Das Gespräch ist beendet.")
    assert terminal.pictures > pictures
    heard = tmp_path / "heard.wav"
    assert np.abs(read_sound(heard)).max() > 1000  # Firefox's own microphone is a tone


def test_calls_that_the_other_side_ends(page: Page, terminal: StandIn):
    page.click("#availability")
    terminal.ask()
    page.wait_text("#call-ring", PLACE)
    page.press("Alt", "w")
    page.wait_for(f"{STATE} === 'idle'")
    terminal.hang_up()
    page.wait_text("#line", "Niemand wartet.")
    terminal.ask()
    page.click("#ring-accept")
    page.wait_for(SEEN)
    terminal.hang_up()
    page.wait_text("#call-notes", "Das Gespräch ist beendet.")


def test_a_closed_window_is_noticed_at_once(page: Page, terminal: StandIn):
    page.click("#availability")
    terminal.ask()
    page.click("#ring-accept")
    page.wait_for(SEEN)
    terminal.wait_for(State.TALKING)
    closed = time.monotonic()
    page.close()
    terminal.wait_for(State.LOST)
    assert time.monotonic() - closed < LOST_WITHIN


def test_a_capture_from_its_number_to_its_documents(page: Page, running: RunningOffice):
    record = running.capture("crop_off_centre_D3.jpg")
    page.type("#lookup-number", record.pickup_number)
    page.type("#lookup-day", str(record.birth_day))
    page.type("#lookup-month", str(record.birth_month))
    page.click("#lookup-submit")
    page.wait_text(".verdict--bad", "Lage der Augen waagerecht")
    page.click('[data-kind="child"]')
    page.wait_text("#review-photo", "Gesichtshöhe 50 bis 80 %")
    page.wait_text("#review-fingers", "Klarheit der Linien 96 von 100")
    page.click('[data-choice="veto.ok_obvious"]')
    page.type("#veto-reason", "Rollstuhl mit Kopfstütze")
    page.click("#review-photo form .kern-btn--primary")
    page.wait_text("#checks", "durch Sie freigegeben")
    page.click('[data-choice="fingers.verified"]')
    page.wait_text("#checks", "verglichen, passt")
    for name, value in CASE.items():
        page.type(f"#case-{name}", value)
    page.choose("#case-sex", "001")
    page.click("#release-submit")
    page.wait_text("#done-title", "Übernommen in Fall")
    pdf = page.download(".downloads > :nth-child(1)")
    assert pdf.read_bytes().startswith(b"%PDF-")
    xml = page.download(".downloads > :nth-child(2)")
    assert "BSI-K-TR-0000-0000" in xml.read_text("utf-8")
