"""Real sockets against a real uvicorn: two ends meet, strangers stay out."""

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from remote_clerk.messages import (
    FROM_DESK,
    TO_DESK,
    TO_TERMINAL,
    Accept,
    Ask,
    Description,
    Ping,
)
from server.app import build_app
from server.serving import uvicorn_config
from server.web.sockets import SocketMailbox

CALL = "c" * 32


@dataclass
class Running:
    """A server on a port of this machine."""

    host: str

    def terminal(self, bearer):
        return connect(f"ws://{self.host}/api/terminals/call", additional_headers=bearer)

    def desk(self, cookie, origin=None):
        headers = {"Cookie": cookie}
        at = origin or f"http://{self.host}"
        url = f"ws://{self.host}/desk/api/call"
        return connect(url, additional_headers=headers, origin=at, max_queue=None)


@pytest.fixture
def running(office, config) -> Iterator[Running]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn_config(build_app(office), config))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield Running(f"127.0.0.1:{listener.getsockname()[1]}")
        server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def bearer(terminal, client):
    return terminal.authorize(client)


@pytest.fixture
def cookie(clerk):
    return f"amtsnah={clerk.client.cookies['amtsnah']}"


def next_of(end, adapter, kind, answering=True):
    """Return the next message of a kind; meanwhile answer pings, as both ends do."""
    while True:
        message = adapter.validate_json(end.recv(timeout=5))
        if message.type == "ping" and answering:
            end.send('{"type":"ping"}')
        if message.type == kind:
            return message


def test_two_ends_meet_and_an_offer_goes_through(running, bearer, cookie):
    with running.desk(cookie) as desk, running.terminal(bearer) as terminal:
        asked = Ask(call=CALL, language="de", service="id-card", step="photo")
        terminal.send(asked.model_dump_json())
        assert next_of(desk, TO_DESK, "ring").call == CALL
        desk.send(Accept(call=CALL).model_dump_json())
        assert next_of(terminal, TO_TERMINAL, "accepted").clerk == "Clerk"
        sdp = "v=0" + "x" * 60_000
        offer = Description(call=CALL, session=1, kind="offer", sdp=sdp)
        terminal.send(offer.model_dump_json())
        assert next_of(desk, TO_DESK, "description").sdp == sdp
        terminal.close()
        assert next_of(desk, TO_DESK, "ended").reason == "terminal_lost"


def test_pings_come_both_ways_and_silence_closes_the_socket(running, bearer):
    with running.terminal(bearer) as terminal:
        next_of(terminal, TO_TERMINAL, "ping")
        with pytest.raises(ConnectionClosed) as closed:
            next_of(terminal, TO_TERMINAL, "never", answering=False)
    assert closed.value.rcvd.code == 4408


def test_a_message_that_is_none_is_answered_and_the_socket_stays_open(running, cookie):
    with running.desk(cookie) as desk:
        desk.send('{"type": "accept", "call": "short"}')
        wrong = next_of(desk, TO_DESK, "wrong")
        assert (wrong.code, "short" in wrong.cause) == ("CALL-601", False)
        desk.send("x" * 100_000)
        assert next_of(desk, TO_DESK, "wrong").code == "CALL-603"
        desk.send(FROM_DESK.validate_python({"type": "ping"}).model_dump_json())
        assert next_of(desk, TO_DESK, "ping")


def test_a_flood_is_slowed_down(running, cookie):
    with running.desk(cookie) as desk:
        for _ in range(260):
            desk.send('{"type":"ping"}')
        assert next_of(desk, TO_DESK, "wrong").code == "CALL-603"


def test_a_terminal_without_token_stays_out(running):
    with pytest.raises(InvalidStatus) as refused:
        running.terminal({})
    assert refused.value.response.status_code == 401
    assert b"SRV-103" in refused.value.response.body


def test_a_page_of_another_site_stays_out(running, cookie):
    with pytest.raises(InvalidStatus) as refused:
        running.desk(cookie, origin="http://elsewhere.example")
    assert refused.value.response.status_code == 401


def test_a_technician_takes_no_calls(running, sign_in):
    tech = sign_in("tech").client.cookies["amtsnah"]
    with pytest.raises(InvalidStatus):
        running.desk(f"amtsnah={tech}")


def test_signing_out_closes_the_socket_at_once_and_the_call_waits_again(
    running, cookie, bearer, clerk
):
    with running.desk(cookie) as desk, running.terminal(bearer) as terminal:
        asked = Ask(call=CALL, language="de", service="id-card", step="photo")
        terminal.send(asked.model_dump_json())
        next_of(desk, TO_DESK, "ring")
        desk.send(Accept(call=CALL).model_dump_json())
        next_of(terminal, TO_TERMINAL, "accepted")
        browser = http.client.HTTPConnection(running.host)
        browser.request(
            "POST", "/desk/api/logout", headers={"Cookie": cookie, "X-CSRF": clerk.csrf}
        )
        assert browser.getresponse().status == 204
        browser.close()
        with pytest.raises(ConnectionClosed) as closed:
            next_of(desk, TO_DESK, "never")
        assert closed.value.rcvd.code == 4401
        assert next_of(terminal, TO_TERMINAL, "nobody").call == CALL


def test_status_counts_clerks_and_calls(running, cookie, bearer, client):
    with running.desk(cookie) as desk, running.terminal(bearer) as terminal:
        terminal.send(
            Ask(call=CALL, language="de", service="id-card", step="photo").model_dump_json()
        )
        next_of(desk, TO_DESK, "ring")
        said = client.get("/status").json()
        assert (said["clerks_online"], said["calls"]) == (1, 1)


class OtherEnd:
    """What came out of a mailbox."""

    def __init__(self) -> None:
        self.texts, self.codes = [], []

    async def send_text(self, text: str) -> None:
        self.texts.append(text)

    async def close(self, code: int) -> None:
        self.codes.append(code)


def test_a_reader_that_is_too_slow_is_cut_off_and_nothing_piles_up_for_it():
    async def flood() -> OtherEnd:
        mailbox, end = SocketMailbox(), OtherEnd()
        for _ in range(2000):
            mailbox.put(Ping())
        await mailbox.deliver(end)
        assert mailbox._waiting.empty()
        return end

    end = asyncio.run(flood())
    assert (len(end.texts), end.codes) == (500, [1008])
