"""The running terminal: one loop that takes events from any thread and shows what follows."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kiosk.config import TerminalConfig
from kiosk.core import journal, update
from kiosk.core.context import Context
from kiosk.core.effects import (
    DropParts,
    Effect,
    Forget,
    KeepPictures,
    SaveJournal,
    SealPart,
    SubmitCapture,
)
from kiosk.core.events import Event, PhotoCame, Tick
from kiosk.core.journey import IDLE
from kiosk.core.reactions.moves import resume
from kiosk.core.render import render
from kiosk.core.texts import Texts
from kiosk.core.view import Look, View
from kiosk.core.visit import Clock, Visit
from kiosk.media.protocol import Ready
from kiosk.runtime.diary import Diary
from kiosk.runtime.keeping.sitting import Sitting, SittingStore
from kiosk.runtime.performer import Parts, perform
from server.contract.catalogue import Catalogue

log = logging.getLogger(__name__)
_TICK_SECONDS = 0.4
_KEEPING = (SealPart, DropParts, KeepPictures, SubmitCapture)


@dataclass(frozen=True, slots=True)
class _Saying:
    text: str


class Terminal:
    """Owner of the visit. `dispatch` may be called from any thread; `on_view` runs on the loop."""

    def __init__(
        self,
        config: TerminalConfig,
        texts: Texts,
        catalogue: Catalogue,
        store: SittingStore,
        new_sitting: Callable[[], Sitting],
        *,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`clock` gives monotonic seconds; nothing is started or shown before `start()`."""
        self.on_view: Callable[[View], None] = lambda view: None
        self.times = Diary()
        self.pictures: Ready | None = None  # where the media process puts its pictures
        self._config, self._store, self._new_sitting = config, store, new_sitting
        self._clock, self._today = clock, today
        self._context = self._first_context(texts, catalogue)
        self._visit = Visit(look=Look(language=config.language))
        self._sitting = new_sitting()
        self._view = render(self._visit, self._context)
        self._waiting: list[tuple[Effect, Sitting]] = []  # effects from before the parts were there
        self._parts: Parts | None = None
        self._next_catalogue: Catalogue | None = None
        self._events: queue.SimpleQueue[tuple[object, float]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="terminal", daemon=True)

    @property
    def view(self) -> View:
        """The screen as it is now."""
        return self._view

    def diary(self) -> list[tuple[str, float, float]]:
        """Return the machine times so far: name, milliseconds, milliseconds on the wire."""
        return [(one.name, one.machine_ms, one.wire_ms) for one in self.times.entries()]

    @property
    def catalogue_version(self) -> str:
        return self._context.catalogue.version

    @property
    def sitting(self) -> Sitting:
        return self._sitting

    def start(self) -> None:
        """Take up what a crashed program left, show the first view, and listen."""
        self._take_up()
        self._thread.start()

    def dispatch(self, event: Event) -> None:
        """Hand in an event; returns at once."""
        self._events.put((event, self._clock()))

    def say(self, text: str) -> None:
        """Say what the keys' focus is on; a later text or touch cuts it."""
        self._events.put((_Saying(text), 0.0))  # in line, behind the touch that cuts speech

    def attach(self, parts: Parts) -> None:
        """Give the terminal its parts; effects that waited for them are performed in order."""
        self._events.put((parts, 0.0))

    def catalogue_came(self, catalogue: Catalogue) -> None:
        """Use a new catalogue from the next visit on; no price changes under a citizen's eyes."""
        self._events.put((catalogue, 0.0))

    def out_of_order(self, code: str) -> None:
        """Say that the terminal cannot serve; an empty code means that it can again."""
        self._events.put((code, 0.0))

    def stop(self) -> None:
        self._events.put((None, 0.0))
        self._thread.join(timeout=5)

    # --- the loop -----------------------------------------------------------------------------

    def _run(self) -> None:
        self.on_view(self._view)
        while True:
            try:
                what, at = self._events.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                what, at = Tick(self._clock()), self._clock()
            if what is None:
                return
            try:
                self._take(what, at)
            except Exception:  # supervisor: one event that goes wrong must not freeze the screen
                log.exception("RUN-002 event dropped: %s", type(what).__name__)

    def _take(self, what: object, at: float) -> None:
        match what:
            case Parts():
                self._parts = what
                self._perform([])
            case Catalogue():
                self._next_catalogue = what
            case _Saying(text):
                if self._parts is not None:
                    self._parts.speech.say(text, self._view.look.language)
            case str():
                self._context = replace(self._context, trouble=what)
            case _:
                assert isinstance(what, Event)
                self._handle(what, at)

    def _handle(self, event: Event, at: float) -> None:
        if not isinstance(event, Tick):
            self._step(Tick(self._clock()))  # the core's clock is right whenever something happens
        before = self._view.screen
        self._step(event)
        self._note(event, before is not self._view.screen, (self._clock() - at) * 1000)

    def _step(self, event: Event) -> None:
        self._renew_context()
        self._visit, wanted = update.update(self._visit, event, self._context)
        view = render(self._visit, self._context)
        changed, self._view = view != self._view, view
        self._perform(list(wanted))
        if changed:
            self.on_view(view)

    def _perform(self, wanted: list[Effect]) -> None:
        """Perform effects in order; after *forget* the next sitting begins."""
        for effect in wanted:
            self._waiting.append((effect, self._sitting))
            if self._parts is None:
                self._keep_early(effect)
            if isinstance(effect, Forget):
                self._sitting = self._new_sitting()
        if self._parts is None:
            return
        due, self._waiting = self._waiting, []
        for effect, sitting in due:
            perform(effect, sitting, self._view, self._parts)

    def _keep_early(self, effect: Effect) -> None:
        """Write the journal at once while there is no sealer yet: a crash may come before it.

        A journal that counts on parts which are still to be sealed waits for them.
        """
        if any(isinstance(one, _KEEPING) for one, _ in self._waiting):
            return
        try:
            match effect:
                case SaveJournal(text):
                    self._store.save(self._sitting, text)
                case Forget():
                    self._store.forget()
        except OSError as cause:  # the sealer tries once more and says so
            log.warning("RUN-004 journal not written yet: %s", type(cause).__name__)

    def _note(self, event: Event, moved: bool, spent_ms: float) -> None:
        """Note machine times: of each step change, and of each photo as the media process says."""
        if moved and not isinstance(event, Tick):
            self.times.note(f"show_{self._view.screen.value}", spent_ms)
        if isinstance(event, PhotoCame) and event.photo.index == 0:
            self.times.note("photo", event.photo.machine_ms)

    # --- surroundings -------------------------------------------------------------------------

    def _first_context(self, texts: Texts, catalogue: Catalogue) -> Context:
        config = self._config
        return Context(
            catalogue=catalogue,
            texts=texts,
            today=self._today(),
            place=config.place,
            terminal=config.name,
            timeouts=config.timeouts,
            language=config.language,
            simulated=config.simulated,
            speech=config.audio.speech,
            headphones=config.audio.headphones,
        )

    def _renew_context(self) -> None:
        """Take in whether sound is heard; a new day and a new catalogue while nobody is here."""
        if self._parts is not None and self._parts.speech.heard != self._context.sound:
            self._context = replace(self._context, sound=not self._context.sound)
        if self._visit.screen not in IDLE:
            return
        today = self._today()
        if today != self._context.today or self._next_catalogue is not None:
            catalogue = self._next_catalogue or self._context.catalogue
            self._context = replace(self._context, today=today, catalogue=catalogue)
            self._next_catalogue = None

    def _take_up(self) -> None:
        left = self._store.resume()
        if left is None:
            return
        try:
            visit = journal.from_text(left.text, left.pictures)
        except ValueError:
            log.warning("RUN-003 journal of another version: forgotten")
            self._store.forget()
            return
        now = self._clock()
        self._sitting = left.sitting
        fresh = replace(visit, clock=Clock(now=now, touched=now, arrived=now))
        self._visit, wanted = resume(fresh, self._context)
        self._view = render(self._visit, self._context)
        self._perform(list(wanted))
