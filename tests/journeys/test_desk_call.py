"""A citizen's call at the desk: the terminal's shipped media end talks to a real Chromium."""

import re
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, WebSocketRoute, expect

from remote_clerk.call import State
from remote_clerk.messages import EndReason
from server import terminals
from server.clock import utc_now
from tests.journeys.conftest import DATA, PLACE, TERMINAL, ClerksBrowser, RunningOffice, look_up
from tests.journeys.stand_in import StandIn

pytestmark = pytest.mark.browser

BrowserFor = Callable[..., ClerksBrowser]
SEEN = "() => document.querySelector('#remote').videoWidth > 0"
BRIGHT = """() => {
    const video = document.querySelector('#remote'), canvas = document.createElement('canvas');
    canvas.width = canvas.height = 8;
    canvas.getContext('2d').drawImage(video, 0, 0, 8, 8);
    return canvas.getContext('2d').getImageData(4, 4, 1, 1).data[0] > 20;
}"""
KEEP_PEERS = """window.peers = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) { super(...given); window.peers.push(this); }
};"""
CODEC = """async () => {
    const all = await window.peers.at(-1).getStats();
    const coming = [...all.values()].filter((one) => one.type === 'inbound-rtp');
    const seen = coming.find((one) => one.kind === 'video');
    return all.get(seen?.codecId)?.mimeType ?? '';
}"""
SAYS_NO_H264 = """const sure = MediaCapabilities.prototype.decodingInfo;
MediaCapabilities.prototype.decodingInfo = function (asked) {
    return asked.video.contentType === 'video/H264'
        ? Promise.resolve({ supported: false }) : sure.call(this, asked);
};"""
DECODES_NO_H264 = """const sure = RTCPeerConnection.prototype.getStats;
RTCPeerConnection.prototype.getStats = async function (...given) {
    const all = await sure.apply(this, given), changed = new Map();
    for (const [id, one] of all.entries()) {
        const blind = one.kind === 'video' && all.get(one.codecId)?.mimeType === 'video/H264';
        changed.set(id, blind ? { ...one, framesDecoded: 0 } : one);
    }
    return changed;
};"""
REFUSE_DEVICES = """navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException('no', 'NotAllowedError'))"""


@pytest.fixture
def terminal(running: RunningOffice) -> Iterator[StandIn]:
    photo = DATA / "desk" / "crop_ok_D2.jpg"
    started = StandIn(running.url, TERMINAL, running.terminal_key, photo).start()
    yield started
    started.stop()


def ready(page: Page) -> Page:
    page.click("#availability")
    page.wait_for_selector('#availability[aria-checked="true"]')
    return page


def talking(page: Page, terminal: StandIn) -> None:
    terminal.ask()
    page.click("#ring-accept")
    page.wait_for_function(SEEN)
    expect(page.locator("#call")).to_have_attribute("data-state", "talking")


def test_it_rings_with_sound_title_and_words(browser: ClerksBrowser, terminal: StandIn):
    page = ready(browser.sign_in())
    terminal.ask()
    expect(page.locator("#call-ring")).to_contain_text(PLACE)
    expect(page.locator("#call-ring")).to_contain_text("Personalausweis · Foto · Deutsch")
    expect(page.locator("#announce-now")).to_contain_text("Anruf von Bürgeramt Mitte")
    expect(page).to_have_title(re.compile("Anruf: Bürgeramt Mitte"))
    expect(page.locator(".caller--ringing .caller__time")).to_contain_text(re.compile(r"0:0\d"))
    terminal.hang_up()
    expect(page.locator("#call-ring")).to_be_hidden()
    expect(page.locator("#line")).to_contain_text("Niemand wartet.")
    expect(page).to_have_title(re.compile("Schreibtisch"))


def test_both_see_each_other_and_the_clerk_hangs_up(browser: ClerksBrowser, terminal: StandIn):
    page = ready(browser.sign_in())
    talking(page, terminal)
    terminal.wait_for(State.TALKING)
    page.wait_for_function(BRIGHT)
    expect(page.locator("#call-state")).to_contain_text("Verbindung gut")
    expect(page.locator("#local")).to_be_visible()
    expect(page.locator("#line")).to_contain_text("im Gespräch mit Ihnen")
    assert terminal.saw.wait(10)
    page.keyboard.press("Alt+h")
    assert terminal.wait_for(State.ENDED).reason == EndReason.HUNG_UP
    expect(page.locator("#call-notes")).to_contain_text("Das Gespräch ist beendet.")


def test_a_browser_that_can_speaks_h264(browser: ClerksBrowser, terminal: StandIn):
    browser.context.add_init_script(KEEP_PEERS)
    page = ready(browser.sign_in())
    talking(page, terminal)
    assert page.evaluate(CODEC) == "video/H264"


def test_a_browser_without_h264_speaks_vp8(browser: ClerksBrowser, terminal: StandIn):
    browser.context.add_init_script(SAYS_NO_H264 + KEEP_PEERS)
    page = ready(browser.sign_in())
    talking(page, terminal)
    assert page.evaluate(CODEC) == "video/VP8"


def test_a_browser_that_promised_h264_in_vain_gets_vp8(browser: ClerksBrowser, terminal: StandIn):
    browser.context.add_init_script(DECODES_NO_H264 + KEEP_PEERS)
    page = ready(browser.sign_in())
    talking(page, terminal)
    terminal.wait_for(State.LOST)
    page.wait_for_function(f"({CODEC})().then((codec) => codec === 'video/VP8')")
    expect(page.locator("#call-state")).to_contain_text("Verbindung gut")


def test_the_call_goes_on_while_a_capture_is_looked_at(
    browser: ClerksBrowser, terminal: StandIn, running: RunningOffice
):
    page = ready(browser.sign_in())
    talking(page, terminal)
    look_up(page, running.capture())
    expect(page.locator("#call")).to_have_attribute("data-state", "talking")
    page.wait_for_function(BRIGHT)
    terminal.do(lambda caller: caller.show_step("signature", {"title": "Ihre Unterschrift"}))
    expect(page.locator("#call-screen")).to_contain_text("Unterschrift")
    expect(page.locator("#call-screen")).to_contain_text("Ihre Unterschrift")


def test_mute_and_camera_are_told_to_the_terminal(browser: ClerksBrowser, terminal: StandIn):
    page = ready(browser.sign_in())
    talking(page, terminal)
    page.keyboard.press("Alt+m")
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "true")
    terminal.wait_until(lambda news: not news.clerk_microphone)
    page.keyboard.press("Alt+k")
    expect(page.locator("#camera")).to_have_attribute("aria-pressed", "true")
    terminal.wait_until(lambda news: not news.clerk_camera)
    terminal.do(lambda caller: caller.switch(camera=False, microphone=False))
    expect(page.locator("#stage-words")).to_have_text("Kamera am Terminal ist aus")
    expect(page.locator("#remote")).to_be_hidden()  # not even the last picture
    expect(page.locator("#call-state")).to_contain_text("Mikrofon am Terminal ist aus")


def test_a_call_passed_on_rings_at_the_next_desk(browser_for: BrowserFor, terminal: StandIn):
    first = ready(browser_for().sign_in("anna"))
    terminal.ask()
    expect(first.locator("#call-ring")).to_be_visible()
    second = ready(browser_for().sign_in("ben"))
    first.keyboard.press("Alt+w")
    expect(second.locator("#call-ring")).to_be_visible()
    expect(first.locator("#call-ring")).to_be_hidden()
    second.keyboard.press("Alt+a")
    second.wait_for_function(SEEN)
    expect(first.locator("#line")).to_contain_text("im Gespräch mit Ben Yıldız")


def test_a_terminal_that_goes_away_is_noticed_within_five_seconds(
    browser: ClerksBrowser, terminal: StandIn
):
    page = ready(browser.sign_in())
    talking(page, terminal)
    terminal.stop()
    expect(page.locator("#call-notes")).to_contain_text("nicht mehr erreichbar", timeout=5_000)


def test_a_broken_socket_comes_back_into_the_same_call(browser: ClerksBrowser, terminal: StandIn):
    page = browser.page("/desk/login")
    sockets: list[object] = []
    page.route_web_socket(
        "**/desk/api/call", lambda ws: sockets.append((ws, ws.connect_to_server()))
    )
    page.fill("#login", "anna")
    page.fill("#password", "correct horse")
    page.press("#password", "Enter")
    page.wait_for_selector('#socket[data-state="open"]')
    ready(page)
    talking(page, terminal)
    ours, theirs = sockets[-1]
    ours.close(code=1011)
    theirs.close()
    page.wait_for_selector('#socket[data-state="lost"]')
    page.wait_for_selector('#socket[data-state="open"]')
    page.wait_for_function(BRIGHT)
    expect(page.locator("#call")).to_have_attribute("data-state", "talking")
    expect(page.locator("#call-state")).to_contain_text("Verbindung gut")


def test_news_of_an_older_call_does_not_stop_the_ring(browser: ClerksBrowser, terminal: StandIn):
    page = browser.page("/desk/login")
    sockets: list[WebSocketRoute] = []

    def routed(ours: WebSocketRoute) -> None:
        ours.connect_to_server()
        sockets.append(ours)

    page.route_web_socket("**/desk/api/call", routed)
    page.fill("#login", "anna")
    page.fill("#password", "correct horse")
    page.press("#password", "Enter")
    page.wait_for_selector('#socket[data-state="open"]')
    ready(page)
    terminal.ask()
    expect(page.locator("#call-ring")).to_be_visible()
    sockets[-1].send('{"type": "wrong", "code": "CALL-602", "cause": "you are not in such a call"}')
    with page.expect_response("**/desk/api/captures**"):
        sockets[-1].send('{"type": "captures"}')
    expect(page.locator("#call-ring")).to_be_visible()


def test_who_calls_while_the_clerk_talks_waits_and_is_next(
    browser: ClerksBrowser, terminal: StandIn, running: RunningOffice
):
    key, now = Ed25519PrivateKey.generate(), utc_now()
    raw = key.public_key().public_bytes_raw()
    running.office.db.run_now(lambda s: terminals.enrol(s, now, "mitte-3", "Bürgeramt Süd", raw))
    other = StandIn(running.url, "mitte-3", key, DATA / "desk" / "crop_ok_D2.jpg").start()
    try:
        page = ready(browser.sign_in())
        talking(page, terminal)
        other.ask()
        assert other.wait_for(State.WAITING).position == 1
        expect(page.locator("#line")).to_contain_text("Bürgeramt Süd")
        expect(page.locator("#call-ring")).to_be_hidden()
        page.keyboard.press("Alt+h")
        expect(page.locator("#call-ring")).to_contain_text("Bürgeramt Süd")
        page.keyboard.press("Alt+a")
        other.wait_for(State.TALKING)
        page.wait_for_function(BRIGHT)
        other.hang_up()
        expect(page.locator("#call-notes")).to_contain_text("Das Gespräch ist beendet.")
    finally:
        other.stop()


def test_a_visit_that_ends_in_a_call_is_told(browser: ClerksBrowser, terminal: StandIn):
    page = ready(browser.sign_in())
    talking(page, terminal)
    terminal.do(lambda caller: caller.end(EndReason.SESSION_ENDED))
    expect(page.locator("#call-notes")).to_contain_text("Der Besuch am Terminal ist zu Ende")


def test_a_second_tab_takes_the_line_and_gives_it_back(browser: ClerksBrowser):
    first = ready(browser.sign_in())
    second = browser.page("/desk")
    second.wait_for_selector('#socket[data-state="open"]')
    expect(first.locator("#banners")).to_contain_text("klingelt es nicht")
    expect(first.locator("#socket")).to_contain_text("Anderes Fenster hat die Leitung")
    first.click("text=Anrufe hier annehmen")
    expect(first.locator("#socket")).to_have_text("Verbunden")
    expect(first.locator("#availability")).to_have_attribute("aria-checked", "true")
    expect(second.locator("#banners")).to_contain_text("klingelt es nicht")


def test_a_second_tab_is_ready_as_the_first_was_and_closing_it_gives_the_line_back(
    browser: ClerksBrowser, terminal: StandIn
):
    first = ready(browser.sign_in())
    second = browser.page("/desk")
    expect(second.locator("#availability")).to_have_attribute("aria-checked", "true")
    expect(first.locator("#banners")).to_contain_text("klingelt es nicht")
    second.close(run_before_unload=True)
    expect(first.locator("#availability")).to_have_attribute("aria-checked", "true")
    expect(first.locator("#banners")).not_to_contain_text("klingelt es nicht")
    terminal.ask()
    expect(first.locator("#call-ring")).to_be_visible()


def test_without_camera_and_microphone_the_clerk_is_told_and_can_join(
    browser: ClerksBrowser, terminal: StandIn
):
    browser.context.add_init_script(REFUSE_DEVICES)
    page = ready(browser.sign_in())
    expect(page.locator("#call-notes")).to_contain_text("nicht erlaubt")
    talking(page, terminal)
    page.wait_for_function(BRIGHT)
    terminal.wait_until(lambda news: not news.clerk_camera)


def test_a_call_after_a_reload_starts_muted_and_the_desk_stays_ready(
    browser: ClerksBrowser, terminal: StandIn
):
    page = ready(browser.sign_in())
    talking(page, terminal)
    page.on("dialog", lambda asked: asked.accept())
    page.reload()
    expect(page.locator("#call-notes")).to_contain_text("sind hier noch aus")
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#availability")).to_have_attribute("aria-checked", "true")
    terminal.wait_until(lambda news: not news.clerk_microphone)
    page.click("#go-live")
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "false")
    terminal.wait_until(lambda news: news.clerk_microphone and news.clerk_camera)


def test_a_session_that_ends_takes_call_and_picture_with_it(
    browser: ClerksBrowser, terminal: StandIn
):
    page = ready(browser.sign_in())
    talking(page, terminal)
    other = browser.context.request
    csrf = other.get(f"{browser.url}/desk/api/me").json()["csrf"]
    assert other.post(f"{browser.url}/desk/api/logout", headers={"X-CSRF": csrf}).ok
    page.wait_for_selector("#relogin-password", timeout=40_000)
    expect(page.locator("#work")).to_be_hidden()
    assert page.evaluate("document.querySelector('#local').srcObject") is None
    page.fill("#relogin-password", "correct horse")
    page.press("#relogin-password", "Enter")
    expect(page.locator("#work")).to_be_visible()
    expect(page.locator("#socket")).to_have_text("Verbunden")
    browser.faults.clear()  # Chromium reports every 401 as an error


def test_signing_out_in_a_call_is_asked_about(browser: ClerksBrowser, terminal: StandIn):
    page = ready(browser.sign_in())
    talking(page, terminal)
    page.click("#sign-out button")
    expect(page.locator("#dialog")).to_contain_text("endet es auch für die Person")
    page.click("#sign-out-now")
    page.wait_for_url("**/desk/login**")
    assert terminal.wait_for(State.ENDED).reason == EndReason.HUNG_UP
