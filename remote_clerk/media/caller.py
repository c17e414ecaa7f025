"""The citizen's side of a call: table, socket and media in step, with all its time limits."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from remote_clerk import messages as said
from remote_clerk.call import UNDER_WAY, WITH_CLERK, Event, State, advance
from remote_clerk.link import Link, Quality, Sample, judge
from remote_clerk.media.ends import CallNews, End, Ends

log = logging.getLogger(__name__)

TICK_SECONDS = 0.25
ASKING_SECONDS = 4.5  # until the server has answered
CONNECTING_SECONDS = 10.0  # until the media are there
RETRY_SECONDS = 6.0  # between two sessions of a lost call
LOST_SECONDS = 20.0  # until a lost call is over
LOST_OFFLINE_SECONDS = 10.0  # the same when the server is gone too


@dataclass(slots=True)
class _Session:
    """One peer connection under way; number 0 is none yet."""

    number: int = 0
    offered_at: float = 0.0
    end: End | None = None
    task: asyncio.Task[None] | None = None
    link: Link = field(default_factory=Link)
    relays: tuple[said.IceServer, ...] = ()


class Caller:
    """Owns the call's state; every method is called on the loop and returns at once."""

    def __init__(
        self,
        say: Callable[[said.FromTerminal], bool],
        ends: Ends,
        tell: Callable[[CallNews], None],
        clock: Callable[[], float],
        new_call: Callable[[], said.CallId],
    ) -> None:
        self._say, self._ends, self._tell = say, ends, tell
        self._clock, self._new_call = clock, new_call
        self._news = CallNews(State.IDLE)
        self._ask: said.Ask | None = None
        self._asked_at = self._since = 0.0
        self._switches = True, True
        self._online = self._accepted = False
        self._opening: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None
        self._session = _Session()
        self._tasks: asyncio.TaskGroup | None = None

    @property
    def state(self) -> State:
        return self._news.state

    async def run(self) -> None:
        """Keep the time limits until cancelled; a fault in any part of the call ends this."""
        async with asyncio.TaskGroup() as self._tasks:
            while True:
                await self.tick()
                await asyncio.sleep(TICK_SECONDS)

    # --- the citizen ----------------------------------------------------------------------

    def ask(self, language: str, service: str, step: str) -> None:
        """Help was pressed; nothing happens while a call is under way."""
        if advance(self.state, Event.ASK) is None or self.state in UNDER_WAY:
            return
        self._ask = said.Ask(call=self._new_call(), language=language, service=service, step=step)
        self._asked_at = self._clock()
        self._news, self._session = CallNews(State.IDLE), _Session()
        self._opening = self._spawn(self._open(after=self._closing))
        self._say(self._ask)
        self._step(Event.ASK)

    def show_step(self, step: str, view: dict[str, str]) -> None:
        """Tell the clerk where the citizen is now."""
        if self._ask and self.state in UNDER_WAY:
            self._ask = self._ask.model_copy(update={"step": step})
            self._say(said.StepShown(call=self._ask.call, step=step, view=view))

    def switch(self, camera: bool, microphone: bool) -> None:
        """Show and sound to the clerk, or not."""
        self._ends.switch(camera, microphone)
        self._switches = camera, microphone
        if self.state in WITH_CLERK:
            self._say_devices()

    def _say_devices(self) -> None:
        if self._ask:
            camera, microphone = self._switches
            self._say(said.Devices(call=self._ask.call, camera=camera, microphone=microphone))

    def end(self, reason: said.EndReason) -> None:
        """Hang up or leave the line."""
        if self._ask and self.state in UNDER_WAY:
            self._say(said.HangUp(call=self._ask.call, reason=reason))
            self._finish(Event.HANG_UP, reason)

    # --- the socket -----------------------------------------------------------------------

    def socket(self, connected: bool) -> None:
        """The exchange has a socket to the server, or lost it."""
        self._online, self._accepted = connected, False
        if connected and self._ask and self.state in UNDER_WAY:
            self._say(self._ask)
        if not connected:
            self._step(Event.DROPPED) or self._step(Event.ASK, only=UNDER_WAY)

    def heard(self, message: said.ToTerminal) -> None:
        """The server said something; what belongs to an older call or session is dropped."""
        if isinstance(message, said.Wrong):
            log.warning("server refused a message: %s %s", message.code, message.cause)
        elif isinstance(message, said.Ping) or not self._ask or message.call != self._ask.call:
            return
        else:
            self._heard(message)

    def _heard(self, message: Any) -> None:
        match message:
            case said.Waiting():
                waits = {"position": message.position, "estimate_seconds": message.estimate_seconds}
                self._in_line(Event.QUEUED, clerk="", **waits)
            case said.Nobody():
                self._in_line(Event.NOBODY_THERE, hours=message.hours)
            case said.Accepted():
                if self._step(Event.ACCEPTED, clerk=message.clerk):
                    self._accepted, self._session.relays = True, message.ice
                    self._connect()
            case said.Devices():
                self._note(clerk_camera=message.camera, clerk_microphone=message.microphone)
            case said.Ended():
                self._finish(Event.HANG_UP, message.reason)
            case said.Description() | said.Candidate():
                self._relayed(message)

    def _in_line(self, event: Event, **facts: Any) -> None:
        if self._step(event, **facts):
            self._disconnect()

    def _relayed(self, message: said.Description | said.Candidate) -> None:
        end = self._session.end
        if end is None or message.session != self._session.number:
            return
        if isinstance(message, said.Candidate):
            self._spawn(self._taken(end.add(message)))
        elif message.kind == "answer":
            self._spawn(self._taken(end.answer(message.sdp)))

    async def _taken(self, taking: Coroutine[Any, Any, None]) -> None:
        try:
            await taking
        except ValueError as cause:
            log.warning("the desk's description was not understood: %s", cause)

    # --- media ------------------------------------------------------------------------------

    async def _open(self, after: asyncio.Task[None] | None) -> None:
        if after:
            await asyncio.wait([after])  # the call before gives its devices back
        missing = await self._ends.open()
        if self.state in UNDER_WAY:
            self._note(missing=missing)

    def _connect(self) -> None:
        """Begin the next session, whatever became of the one before."""
        self._disconnect()
        self._session.number += 1
        self._session.offered_at = self._clock()
        self._session.task = self._spawn(self._follow(self._session.number))

    async def _follow(self, number: int) -> None:
        assert self._ask is not None
        if self._opening:
            await asyncio.wait([self._opening])
        end = self._ends.connect(self._session.relays, self._first_picture)
        self._session.end = end
        offer = said.Description(
            call=self._ask.call, session=number, kind="offer", sdp=await end.offer()
        )
        self._say(offer)
        self._say_devices()
        await end.connected.wait()
        self._connected()
        await end.failed.wait()
        self._step(Event.DROPPED)

    def _connected(self) -> None:
        """Media flow; without the server that is no talk, since nobody could end or renew it."""
        if self._online:
            self._step(Event.CONNECTED)

    def _first_picture(self) -> None:
        self._connected()
        if self._news.help_to_picture_ms is None:
            self._note(help_to_picture_ms=(self._clock() - self._asked_at) * 1000)

    def _disconnect(self) -> asyncio.Task[None] | None:
        session = self._session
        if session.task:
            session.task.cancel()
        closing = self._spawn(session.end.close()) if session.end else None
        session.task = session.end = None
        session.link = Link()
        return closing

    # --- time -------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Look at the link and the time limits; called four times a second."""
        if self.state in WITH_CLERK and self._session.end:
            await self._look_at_link(self._session.end)
        for_seconds = self._clock() - self._since
        if self.state is State.ASKING and for_seconds >= ASKING_SECONDS:
            self._finish(Event.GAVE_UP, said.EndReason.SERVER_LOST)
        elif self.state is State.CONNECTING and for_seconds >= CONNECTING_SECONDS:
            self._step(Event.DROPPED)
        elif self.state is State.LOST:
            self._seek(for_seconds)

    async def _look_at_link(self, end: End) -> None:
        sample = Sample(self._clock(), end.silent_seconds(), await end.loss())
        self._session.link = judge(self._session.link, sample)
        quality = self._session.link.quality
        if self.state is State.TALKING and quality is Quality.LOST:
            self._step(Event.DROPPED)
        elif quality is not self._news.link:
            self._note(link=quality)

    def _seek(self, for_seconds: float) -> None:
        if not self._online and for_seconds >= LOST_OFFLINE_SECONDS:
            self._finish(Event.GAVE_UP, said.EndReason.SERVER_LOST)
        elif for_seconds >= LOST_SECONDS:
            self._finish(Event.GAVE_UP, said.EndReason.CLERK_LOST)
        elif self._accepted and self._clock() - self._session.offered_at >= RETRY_SECONDS:
            self._connect()

    # --- state ------------------------------------------------------------------------------

    def _step(self, event: Event, only: frozenset[State] | None = None, **facts: Any) -> bool:
        state = advance(self.state, event)
        if state is None or (only and self.state not in only):
            return False
        if state is not self.state:
            self._since = self._clock()
        self._note(state=state, **facts)
        return True

    def _note(self, **facts: Any) -> None:
        news = replace(self._news, **facts)
        if news != self._news:
            self._news = news
            self._tell(news)

    def _finish(self, event: Event, reason: said.EndReason) -> None:
        if self._step(event, reason=str(reason)):
            self._closing = self._spawn(self._close(self._opening, self._disconnect()))
            self._ask, self._switches = None, (True, True)
            self._news = CallNews(State.IDLE)  # Event.FORGET: the overlay has seen the end

    async def _close(self, *after: asyncio.Task[None] | None) -> None:
        for task in filter(None, after):
            await asyncio.wait([task])
        self._ends.close()

    async def closed(self) -> None:
        """Wait until a call that has ended has given everything back."""
        if self._closing:
            await asyncio.wait([self._closing])

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        assert self._tasks is not None, "run() first"
        return self._tasks.create_task(work)
