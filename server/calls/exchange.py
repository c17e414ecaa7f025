"""What terminals and desks say, what silence means, and what follows for their calls.

Offers, answers and candidates are passed on between the two ends of a call and kept nowhere.
"""

from remote_clerk import waiting_line
from remote_clerk.messages import (
    Accept,
    Ask,
    Availability,
    Decline,
    Ended,
    EndReason,
    FromDesk,
    FromTerminal,
    HangUp,
    Ping,
    StepShown,
    Welcome,
    Wrong,
)
from server.audit import Event
from server.calls.parties import GRACE_SECONDS, SILENCE_SECONDS, LiveCall, Mailbox, Party
from server.calls.switchboard import Surroundings, Switchboard
from server.calls.wishes import Wishes

SIGNED_OUT = 4401  # close code: the session that opened the socket is over
LOST = 4408  # close code: silent for too long
REPLACED = 4409  # close code: a newer socket of the same terminal took over
_LANGUAGES = frozenset({"de", "en"})

NOT_YOURS = Wrong(code="CALL-602", cause="you are not in such a call")
OTHER_TAB = Wrong(code="CALL-604", cause="another tab of this clerk has the line now")
TAKEN_OR_GONE = Wrong(code="CALL-605", cause="the call is taken or gone, or you are in one")


class Exchange:
    """The sockets of all desks and terminals around one waiting line."""

    def __init__(self, given: Surroundings) -> None:
        self._board = Switchboard(given)
        self._wishes = Wishes()

    @property
    def clerks_online(self) -> int:
        return waiting_line.clerks_online(self._board.line)

    @property
    def calls(self) -> int:
        return len(self._board.live)

    def is_talking(self, login: str) -> bool:
        return self._board.held_by(login) is not None

    def captures_changed(self) -> None:
        """Tell every desk to fetch today's captures again."""
        self._board.tell_captures()

    # --- terminals ---------------------------------------------------------------------------

    def terminal_here(self, terminal_id: str, place: str, mailbox: Mailbox) -> Party:
        """A terminal's socket is open; an older one is closed, a call waits to be asked for."""
        board, party = self._board, Party(terminal_id, place, mailbox, self._board.now())
        if older := board.terminals.get(terminal_id):
            older.mailbox.close(REPLACED)
        board.terminals[terminal_id] = party
        for live in board.calls_of(terminal_id):
            live.lost.setdefault("terminal", party.heard_at + GRACE_SECONDS)
        return party

    def terminal_said(self, party: Party, message: FromTerminal) -> None:
        party.heard_at = self._board.now()
        if isinstance(message, Ping):
            return
        if isinstance(message, Ask):
            self._asked(party, message)
            return
        live = self._board.live.get(message.call)
        if live is None or live.terminal_id != party.id:
            party.mailbox.put(NOT_YOURS)
        elif isinstance(message, HangUp):
            self._board.end(live, message.reason, said_by=party, actor=f"terminal:{party.id}")
        else:
            self._from_citizen(live, message)

    def terminal_gone(self, party: Party) -> None:
        """A terminal's socket is closed; its call is kept for a moment."""
        board = self._board
        if board.terminals.get(party.id) is party:
            del board.terminals[party.id]
            for live in board.calls_of(party.id):
                live.lost["terminal"] = party.heard_at + GRACE_SECONDS

    # --- desks -------------------------------------------------------------------------------

    def desk_here(self, login: str, name: str, mailbox: Mailbox, session: str = "") -> Party:
        """A clerk's tab is open; it owns the clerk's line, an older tab only reads from now on."""
        board, party = self._board, Party(login, name, mailbox, self._board.now(), session=session)
        held = board.held_by(login)
        if older := board.desks.pop(login, None):
            self._retire(older, held)
        if held is None:
            board.move(waiting_line.clerk_gone, login)
        board.desks[login] = party
        board.tabs.append(party)
        wish = self._wishes.take_up(session, board.now())
        mailbox.put(Welcome(available=wish))
        if held is None:
            board.move(waiting_line.clerk_here, login, _LANGUAGES)
            if wish is not None:
                board.move(waiting_line.clerk_available, login, wish)
        else:
            held.lost.pop("desk", None)
            board.join(held, party)
            board.tell_line()
        return party

    def desk_said(self, party: Party, message: FromDesk) -> None:
        party.heard_at = self._board.now()
        if isinstance(message, Ping):
            return
        if not party.owner:
            party.mailbox.put(OTHER_TAB)
        elif isinstance(message, Availability):
            self._wishes.said(party.session, message.available)
            self._board.move(waiting_line.clerk_available, party.id, message.available)
        elif isinstance(message, Decline):
            self._decline(party, message.call)
        elif isinstance(message, Accept):
            self._accept(party, message.call)
        else:
            self._from_clerk(party, message)

    def desk_gone(self, party: Party) -> None:
        """A clerk's tab is closed; their call is kept for a moment, their ring moves on at once."""
        board = self._board
        if party in board.tabs:
            board.tabs.remove(party)
        if all(tab.session != party.session for tab in board.tabs):
            self._wishes.left_alone(party.session, board.now())
        if board.desks.get(party.id) is not party:
            return
        del board.desks[party.id]
        if held := board.held_by(party.id):
            held.lost["desk"] = party.heard_at + GRACE_SECONDS
        else:
            board.move(waiting_line.clerk_gone, party.id)

    def session_over(self, session: str) -> None:
        """A clerk's session ended: its tabs are closed, its call goes back to the line at once."""
        self._wishes.forget(session)
        for party in [tab for tab in self._board.tabs if tab.session == session]:
            party.mailbox.close(SIGNED_OUT)
            owned = self._board.desks.get(party.id) is party
            self.desk_gone(party)
            if owned and (held := self._board.held_by(party.id)):
                self._lose_clerk(held)

    # --- time --------------------------------------------------------------------------------

    def tick(self) -> None:
        """Let time pass: silent ends are gone, kept calls end, unanswered rings move on."""
        now = self._board.now()
        for party in self._board.parties():
            if now - party.heard_at >= SILENCE_SECONDS:
                party.mailbox.close(LOST)
                self.terminal_gone(party)
                self.desk_gone(party)
        for live in list(self._board.live.values()):
            if live.lost.get("terminal", now + 1) <= now:
                self._board.end(live, EndReason.TERMINAL_LOST)
            elif live.lost.get("desk", now + 1) <= now:
                self._lose_clerk(live)
        self._board.move(waiting_line.tick)

    def ping(self) -> None:
        for party in self._board.parties():
            party.mailbox.put(Ping())

    # --- inside ------------------------------------------------------------------------------

    def _asked(self, party: Party, ask: Ask) -> None:
        board = self._board
        live = board.live.get(ask.call)
        if live is not None and live.terminal_id == party.id:
            self._asked_again(live)
            return
        if live is not None:
            party.mailbox.put(NOT_YOURS)
            return
        for older in board.calls_of(party.id):
            board.end(older, EndReason.TERMINAL_LOST, said_by=party)
        board.live[ask.call] = LiveCall(ask, party.id, party.label, ask.step)
        board.note(Event.CALL_ASKED, f"terminal:{party.id}", ask.call, service=ask.service)
        board.move(waiting_line.join, ask.call, ask.language)

    def _asked_again(self, live: LiveCall) -> None:
        """The terminal is back and asks for the call it had."""
        board, clerk = self._board, self._board.clerk_of(live)
        live.lost.pop("terminal", None)
        live.told = None
        if clerk:
            desk = board.desks.get(clerk)
            board.tell_accepted(live, desk.label if desk else clerk)
        board.tell_waiting()

    def _from_citizen(self, live: LiveCall, message: FromTerminal) -> None:
        if isinstance(message, StepShown):
            live.shown = message
            if live.step != message.step:
                live.step = message.step
                self._board.tell_line()
        if desk := self._board.desk_of(live):
            desk.mailbox.put(message)  # type: ignore[arg-type]  # Ask, HangUp were handled

    def _from_clerk(self, party: Party, message: FromDesk) -> None:
        assert not isinstance(message, Ping | Availability)
        live = self._board.live.get(message.call)
        if live is None or self._board.clerk_of(live) != party.id:
            party.mailbox.put(NOT_YOURS)
        elif isinstance(message, HangUp):
            self._board.end(live, message.reason, said_by=party, actor=f"staff:{party.id}")
        elif terminal := self._board.terminal_of(live):
            terminal.mailbox.put(message)  # type: ignore[arg-type]  # Accept, Decline were handled

    def _accept(self, party: Party, call: str) -> None:
        board, live = self._board, self._board.live.get(call)
        after = waiting_line.accept(board.line, call, party.id, board.now())
        if live is None or after is None:
            party.mailbox.put(TAKEN_OR_GONE)
            return
        board.note(Event.CALL_ANSWERED, f"staff:{party.id}", call)
        board.moved_to(after)
        board.join(live, party)

    def _decline(self, party: Party, call: str) -> None:
        place = waiting_line.find(self._board.line, call)
        if place is None or place.ringing != party.id:
            party.mailbox.put(TAKEN_OR_GONE)
            return
        self._board.note(Event.CALL_DECLINED, f"staff:{party.id}", call)
        self._board.move(waiting_line.decline, call, party.id)

    def _retire(self, older: Party, held: LiveCall | None) -> None:
        older.owner = False
        if held:
            reason = EndReason.ELSEWHERE
            older.mailbox.put(Ended(call=held.ask.call, reason=reason))
        older.mailbox.put(OTHER_TAB)

    def _lose_clerk(self, live: LiveCall) -> None:
        """The clerk did not come back: the citizen keeps their place in the line."""
        clerk = self._board.clerk_of(live)
        del live.lost["desk"]
        self._board.note(Event.CALL_REQUEUED, f"staff:{clerk}", live.ask.call)
        self._board.move(waiting_line.clerk_gone, clerk)
