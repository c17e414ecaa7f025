"""Outbox to server, catalogue from server: for ever, item by item, with growing waits.

An item that fails waits on its own and never delays another; the server's refusal is kept with its
reason. Deletion follows the server's word that a capture is finished, or the terminal's own clock.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.events import Event, Online
from kiosk.runtime.keeping.outbox import Item, ItemState, Outbox
from kiosk.runtime.office import Office, Outcome, Word
from server.contract.captures import CaptureState
from server.contract.catalogue import Catalogue

log = logging.getLogger(__name__)
_LIVE = frozenset({CaptureState.STORED, CaptureState.RETRIEVED})
_HOUR = 3600.0
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between rounds and the longest wait of one item."""

    watching: float = 3.0  # while captures wait for a clerk
    idle: float = 30.0
    longest: float = 300.0


class Sync:
    """One thread that keeps terminal and server in step."""

    def __init__(
        self,
        outbox: Outbox,
        office: Office,
        dispatch: Callable[[Event], None],
        catalogue_came: Callable[[Catalogue], None],
        *,
        catalogue_version: str,
        keep_hours: float,
        now: Callable[[], float],
        random: Callable[[], float],
        pace: Pace = Pace(),
    ) -> None:
        """`now` is seconds since 1970; `random` is uniform in 0..1 and spreads the retries."""
        self._outbox, self._office = outbox, office
        self._dispatch, self._catalogue_came = dispatch, catalogue_came
        self._version, self._keep_hours = catalogue_version, keep_hours
        self._now, self._random, self._pace = now, random, pace
        self._online: bool | None = None
        self._refreshed = 0.0
        self._wake = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Start a round now: something was submitted."""
        self._wake.set()

    def stop(self) -> None:
        self._stopped = True
        self._wake.set()
        self._thread.join(timeout=15)

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            self.round()
            self._wake.wait(self._pause())

    def round(self) -> None:
        """Do everything that is due once; stops early when the server cannot be reached."""
        self.delete_old()
        there = self._tell() and self._send() and self._ask() and self._refresh()
        if there != self._online:
            self._online = there
            self._dispatch(Online(there))

    def _pause(self) -> float:
        items = self._outbox.items()
        waiting = [item.next_try - self._now() for item in items if _is_open(item)]
        watched = any(item.state is ItemState.RECEIVED for item in items)
        longest = self._pace.watching if watched or not self._online else self._pace.idle
        return max(0.05, min([longest, *waiting]))

    def delete_old(self) -> None:
        """Delete what is too old by the terminal's own clock, online or not (PAuswV §6a(3))."""
        limit = self._now() - self._keep_hours * _HOUR
        held = (ItemState.QUEUED, ItemState.RECEIVED, ItemState.REFUSED)
        for item in self._outbox.items(*held):
            if item.created_at <= limit:
                log.warning("capture %s deleted by age", item.capture_id)
                self._outbox.deleted(item.capture_id)

    def _due(self, state: ItemState) -> tuple[Item, ...]:
        return tuple(i for i in self._outbox.items(state) if i.next_try <= self._now())

    def _send(self) -> bool:
        return all([self._send_one(item) for item in self._due(ItemState.QUEUED)])

    def _send_one(self, item: Item) -> bool:
        """Send one envelope; False only when the server was not there at all."""
        envelope = self._outbox.envelope(item.capture_id)
        if envelope is None:
            return True
        word, receipt = self._office.put_capture(item.capture_id, envelope)
        if word.outcome is Outcome.REFUSED:
            log.error("capture %s refused: %s", item.capture_id, word.code)
            self._outbox.refused(item.capture_id, word.code, word.cause)
        elif receipt is None or receipt.sha256 != item.sha256:
            self._postpone(item, word)
        elif receipt.state in _LIVE:
            self._outbox.received(item.capture_id)
        else:
            self._outbox.deleted(item.capture_id)
        return word.outcome is not Outcome.AWAY

    def _postpone(self, item: Item, word: Word) -> None:
        wait = min(self._pace.longest, 2.0 ** min(item.tries, 12)) * (0.5 + self._random())
        self._outbox.postponed(item, self._now() + wait, word.code, word.cause)

    def _ask(self) -> bool:
        """Ask where received captures stand; a finished one is deleted here, too.

        *Expired* may also mean that the server never heard of it, after a lost disk: sending it
        again finds out, since the receipt of a known one says that it is over.
        """
        received = [item.capture_id for item in self._outbox.items(ItemState.RECEIVED)]
        for first in range(0, len(received), _BATCH):
            word, standings = self._office.standings(received[first : first + _BATCH])
            for one in standings:
                if one.state is CaptureState.EXPIRED:
                    self._outbox.retry(one.capture_id)
                elif one.finished:
                    self._outbox.deleted(one.capture_id)
            if word.outcome is Outcome.AWAY:
                return False
        return True

    def _tell(self) -> bool:
        for item in self._due(ItemState.DELETED):
            word = self._office.tell_deleted(item.capture_id)
            if word.outcome is Outcome.DONE:
                self._outbox.told(item.capture_id)
            else:
                self._postpone(item, word)
            if word.outcome is Outcome.AWAY:
                return False
        return True

    def _refresh(self) -> bool:
        """Ask for a newer catalogue now and then; also the sign of life of an idle terminal."""
        if self._online and self._now() - self._refreshed < self._pace.idle:
            return True
        self._refreshed = self._now()
        word, catalogue = self._office.catalogue(self._version)
        if catalogue is not None:
            self._version = catalogue.version
            self._catalogue_came(catalogue)
        return word.outcome is not Outcome.AWAY


def _is_open(item: Item) -> bool:
    return item.state in (ItemState.QUEUED, ItemState.DELETED)
