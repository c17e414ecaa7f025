"""The waiting line with a mailbox per socket: every step of the line becomes messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from remote_clerk import waiting_line
from remote_clerk.ice import Relays, ice_servers
from remote_clerk.messages import (
    Accepted,
    CapturesChanged,
    Ended,
    EndReason,
    LineEntry,
    Nobody,
    Ring,
    Taken,
    Waiting,
)
from remote_clerk.messages import Line as LineMessage
from server.audit import Event
from server.calls.parties import LiveCall, Party

Note = Callable[[Event, str, str, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the exchange is given: clocks, the trail, relays, hours, how long one desk rings."""

    monotonic: Callable[[], float]
    unix_time: Callable[[], float]
    note: Note
    relays: Relays
    hours: Mapping[str, str]
    ring_seconds: float = waiting_line.OFFER_SECONDS


class Switchboard:
    """Calls, terminals and desks; runs on one event loop and never waits."""

    def __init__(self, given: Surroundings) -> None:
        self._given = given
        self.line = waiting_line.Line(offer_seconds=given.ring_seconds)
        self.live: dict[str, LiveCall] = {}
        self.terminals: dict[str, Party] = {}
        self.desks: dict[str, Party] = {}  # login -> the tab that owns the clerk's line
        self.tabs: list[Party] = []

    def now(self) -> float:
        return self._given.monotonic()

    def note(self, event: Event, actor: str, call: str, **facts: str) -> None:
        self._given.note(event, actor, f"call:{call}", facts)

    def parties(self) -> list[Party]:
        return [*self.terminals.values(), *self.tabs]

    def calls_of(self, terminal_id: str) -> list[LiveCall]:
        return [live for live in self.live.values() if live.terminal_id == terminal_id]

    def held_by(self, login: str) -> LiveCall | None:
        return self.live.get(waiting_line.call_of(self.line, login) or "")

    def clerk_of(self, live: LiveCall) -> str:
        """Return the login of the clerk in this call, "" while it waits."""
        place = waiting_line.find(self.line, live.ask.call)
        return (place.clerk if place else None) or ""

    def desk_of(self, live: LiveCall) -> Party | None:
        return self.desks.get(self.clerk_of(live))

    def terminal_of(self, live: LiveCall) -> Party | None:
        return self.terminals.get(live.terminal_id)

    def move(self, step: Callable[..., waiting_line.Line], *arguments: object) -> None:
        """Take a step of the line and tell everybody what it means for them."""
        self.moved_to(step(self.line, *arguments, self.now()))

    def moved_to(self, line: waiting_line.Line) -> None:
        before, self.line = self.line, line
        if before == line:
            return
        changes = waiting_line.changes(before, line)
        for call, clerk in changes.silenced:
            self._silence(call, clerk)
        for call, clerk in changes.rung:
            self.note(Event.CALL_RUNG, f"staff:{clerk}", call)
            self.desks[clerk].mailbox.put(Ring(call=call))
        self.tell_waiting()
        self.tell_line()

    def join(self, live: LiveCall, desk: Party) -> None:
        """Bring both ends together; the terminal's offer is next."""
        live.told = None
        relays = ice_servers(self._given.relays, "desk", self._given.unix_time())
        place = waiting_line.find(self.line, live.ask.call)
        talked = int(self.now() - place.accepted_at) if place else 0
        desk.mailbox.put(Taken(call=live.ask.call, ice=relays, seconds=talked))
        if live.shown:
            desk.mailbox.put(live.shown)
        self.tell_accepted(live, desk.label)

    def tell_accepted(self, live: LiveCall, clerk: str) -> None:
        relays = ice_servers(self._given.relays, "terminal", self._given.unix_time())
        if terminal := self.terminal_of(live):
            terminal.mailbox.put(Accepted(call=live.ask.call, clerk=clerk, ice=relays))

    def end(
        self,
        live: LiveCall,
        reason: EndReason,
        said_by: Party | None = None,
        actor: str = "exchange",
    ) -> None:
        """End a call and tell both ends, except the one who said so; `actor` goes on the trail."""
        for party in (self.desk_of(live), self.terminal_of(live)):
            if party is not None and party is not said_by:
                party.mailbox.put(Ended(call=live.ask.call, reason=reason))
        del self.live[live.ask.call]
        self.note(Event.CALL_ENDED, actor, live.ask.call, reason=reason.value)
        self.move(waiting_line.leave, live.ask.call)

    def tell_waiting(self) -> None:
        """Tell each waiting terminal its place, if that is news."""
        for live in self.live.values():
            news, terminal = self._news(live), self.terminal_of(live)
            if news and terminal and news != live.told:
                live.told = news
                terminal.mailbox.put(news)

    def tell_line(self) -> None:
        entries = (self._entry(place) for place in self.line.places)
        calls = tuple(entry for entry in entries if entry)
        for tab in self.tabs:
            tab.mailbox.put(LineMessage(calls=calls))

    def tell_captures(self) -> None:
        for tab in self.tabs:
            tab.mailbox.put(CapturesChanged())

    def _silence(self, call: str, clerk: str) -> None:
        live, desk = self.live.get(call), self.desks.get(clerk)
        if desk and not (live and self.clerk_of(live) == clerk):
            reason = EndReason.ELSEWHERE if live else EndReason.CANCELLED
            desk.mailbox.put(Ended(call=call, reason=reason))

    def _news(self, live: LiveCall) -> Waiting | Nobody | None:
        call, online = live.ask.call, waiting_line.clerks_online(self.line)
        at = waiting_line.position(self.line, call)
        if at is None:
            return None
        if not online:
            return Nobody(call=call, hours=dict(self._given.hours))
        estimate = waiting_line.estimate_seconds(self.line, call)
        return Waiting(call=call, position=at, estimate_seconds=estimate, clerks_online=online)

    def _entry(self, place: waiting_line.Place) -> LineEntry | None:
        live, desk = self.live.get(place.call), self.desks.get(place.clerk or "")
        if live is None:
            return None
        return LineEntry(
            call=place.call,
            terminal=live.terminal_id,
            place=live.place,
            language=live.ask.language,
            service=live.ask.service,
            step=live.step,
            waiting_seconds=int(self.now() - place.since),
            clerk=place.clerk,
            clerk_name=desk.label if desk else None,
        )
