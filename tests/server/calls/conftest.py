"""An exchange with its clock, its trail and mailboxes that keep what they got."""

from dataclasses import dataclass, field

import pytest

from remote_clerk.ice import Relays
from remote_clerk.messages import (
    Accept,
    Ask,
    Description,
)
from server.calls.exchange import Exchange
from server.calls.switchboard import Surroundings

CALL, OTHER = "a" * 32, "b" * 32


@dataclass
class Diary:
    """A mailbox that keeps what it got."""

    got: list = field(default_factory=list)
    closed: int | None = None

    def put(self, message):
        self.got.append(message)

    def close(self, code):
        self.closed = code

    def types(self):
        quiet = ("line", "ping", "welcome")
        kinds = [message.type for message in self.got if message.type not in quiet]
        self.got = [message for message in self.got if message.type == "line"]
        return kinds

    def last(self, kind):
        return [message for message in self.got if message.type == kind][-1]


class Room:
    """An exchange with its clock and its trail."""

    def __init__(self, **settings):
        self.now = 100.0
        self.notes = []
        relays = Relays(("turn:relay.example:3478",), "secret")
        hours = {"de": "8 bis 18", "en": "8 to 18"}
        clocks = (lambda: self.now, lambda: 1.0)
        given = Surroundings(*clocks, self._note, relays, hours, **settings)
        self.exchange = Exchange(given)

    def _note(self, event, actor, subject, facts):
        self.notes.append((event.value, actor, dict(facts)))

    def terminal(self, name="foyer-1"):
        box = Diary()
        return self.exchange.terminal_here(name, "Foyer", box), box

    def desk(self, login="clerk", session=""):
        box = Diary()
        return self.exchange.desk_here(login, login.title(), box, session), box

    def wait(self, seconds, *alive):
        """Let time pass in half seconds while these parties keep saying ping."""
        for _ in range(round(seconds * 2)):
            self.now += 0.5
            for party in alive:
                party.heard_at = self.now
            self.exchange.tick()


def ask(call=CALL, language="de"):
    return Ask(call=call, language=language, service="id-card", step="photo")


def offer(session=1):
    return Description(call=CALL, session=session, kind="offer", sdp="v=0")


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def talking(room):
    """A terminal and a clerk in a call."""
    (desk, desk_box), (terminal, terminal_box) = room.desk(), room.terminal()
    room.exchange.terminal_said(terminal, ask())
    room.exchange.desk_said(desk, Accept(call=CALL))
    desk_box.types(), terminal_box.types()
    return room, terminal, terminal_box, desk, desk_box
