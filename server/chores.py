"""The watchdog's thread: deletes what is over its time, sends mails, forgets old sessions."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from server import attempts, staff, terminals
from server.captures.ending import due, expire_due
from server.clock import Clock
from server.db import Database
from server.gateways.mail import MailSink, mark_sent, unsent

_log = logging.getLogger("amtsnah.server")


class Chores:
    """Runs all chores again and again; `wake` runs them now."""

    def __init__(
        self,
        db: Database,
        mails: MailSink,
        clock: Clock,
        idle: timedelta,
        expired: Callable[[], object] = lambda: None,
        every: float = 1.0,
    ) -> None:
        """`idle` is when a session is over, `expired` is told when captures have ended.

        The chores run every `every` seconds.
        """
        self._db, self._mails, self._clock, self._idle, self._every = db, mails, clock, idle, every
        self._expired = expired
        self._woken, self._over = threading.Event(), False
        self._thread = threading.Thread(target=self._serve, name="chores", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over = True
        self._woken.set()
        self._thread.join()

    def wake(self) -> None:
        self._woken.set()

    def once(self) -> None:
        """Do every chore that is due by the clock."""
        now = self._clock()
        if self._db.read_now(lambda s: due(s, now)):
            self._db.run_now(lambda s: expire_due(s, now))
            self._expired()
        for mail in self._db.read_now(unsent):
            self._mails.send(mail)
            self._db.run_now(partial(mark_sent, now=now, mail=mail))

    def sweep(self) -> None:
        """Forget idle sessions, old tokens and old counters."""
        now = self._clock()
        self._db.run_now(lambda s: staff.forget_idle(s, now, self._idle))
        self._db.run_now(lambda s: terminals.forget_old_tokens(s, now))
        self._db.run_now(lambda s: attempts.forget_old(s, now))

    def _serve(self) -> None:
        rounds = 0
        while not self._over:
            try:
                self.once()
                if rounds % 60 == 0:
                    self.sweep()
            except Exception:  # a supervisor: the next round tries again
                _log.exception("a chore failed")
            rounds += 1
            self._woken.wait(self._every)
            self._woken.clear()
