"""The database: one writer thread with group commit, a few readers, both awaitable.

Several SQLite writers in one process starve each other for seconds; one writer that takes all
waiting units of work into one transaction (a savepoint each, one fsync) does not.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

T = TypeVar("T")
Work = Callable[[Session], T]

_LARGEST_GROUP = 32


class UnsafeDatabaseError(Exception):
    """The database does not keep what it promises (journal mode or synchronous setting)."""


@dataclass(frozen=True, slots=True)
class _Unit:
    work: Work[Any]
    future: Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    unit: _Unit
    result: Any = None
    fault: Exception | None = None

    def deliver(self) -> None:
        if self.fault is None:
            self.unit.future.set_result(self.result)
        else:
            self.unit.future.set_exception(self.fault)


def _prepared(engine: Engine, begin: str, own_pragma: str) -> Engine:
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", own_pragma):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Database:
    """SQLite in WAL with synchronous FULL; `run` writes, `read` reads."""

    def __init__(self, path: Path, readers: int = 3, busy_seconds: float = 10) -> None:
        """Open and start the threads; raises UnsafeDatabaseError if a setting does not hold.

        `busy_seconds` is how long another process (a command) may hold the lock.
        """
        address = f"sqlite:///{path}"
        common: dict[str, Any] = {"max_overflow": 0, "hide_parameters": True}
        options = {"timeout": busy_seconds, "check_same_thread": False}
        writer = create_engine(address, pool_size=1, connect_args=options, **common)
        reader = create_engine(address, pool_size=readers, connect_args=options, **common)
        self._writing = _prepared(writer, "BEGIN IMMEDIATE", "secure_delete=ON")
        self._reading = _prepared(reader, "BEGIN", "query_only=ON")
        self._queue: queue.SimpleQueue[_Unit | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="db-reader")
        self._assert_durable()
        self._writer = threading.Thread(target=self._serve, name="db-writer", daemon=True)
        self._writer.start()

    async def run(self, work: Work[T]) -> T:
        """Run a unit of work in a write transaction; returns after it is on the disk."""
        return await asyncio.wrap_future(self.submit(work))

    async def read(self, work: Work[T]) -> T:
        """Run a unit of work on a reader."""
        return await asyncio.wrap_future(self._readers.submit(self._read, work))

    def run_now(self, work: Work[T]) -> T:
        """`run` for threads and commands; blocks."""
        return self.submit(work).result()

    def read_now(self, work: Work[T]) -> T:
        """`read` for threads and commands; blocks."""
        return self._readers.submit(self._read, work).result()

    def submit(self, work: Work[T]) -> Future[T]:
        future: Future[T] = Future()
        self._queue.put(_Unit(work, future))
        return future

    @property
    def waiting(self) -> int:
        """Units of work that wait for the writer."""
        return self._queue.qsize()

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._queue.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._writing.dispose()
        self._reading.dispose()

    def _assert_durable(self) -> None:
        with self._writing.connect() as connection:
            journal = connection.execute(text("PRAGMA journal_mode")).scalar()
            synchronous = connection.execute(text("PRAGMA synchronous")).scalar()
        if (journal, synchronous) != ("wal", 2):
            raise UnsafeDatabaseError(
                f"journal_mode is {journal} and synchronous {synchronous}, not wal and 2 (FULL)"
            )

    def _read(self, work: Work[T]) -> T:
        with Session(self._reading) as session:
            return work(session)

    def _serve(self) -> None:
        with self._writing.connect() as connection:
            while (first := self._queue.get()) is not None:
                self._commit_together(connection, [first, *self._companions()])

    def _companions(self) -> list[_Unit]:
        units: list[_Unit] = []
        while len(units) < _LARGEST_GROUP and not self._queue.empty():
            unit = self._queue.get()
            if unit is None:
                self._queue.put(None)
                break
            units.append(unit)
        return units

    def _commit_together(self, connection: Connection, units: list[_Unit]) -> None:
        wanted = [unit for unit in units if unit.future.set_running_or_notify_cancel()]
        try:
            with connection.begin():
                outcomes = [_run_unit(connection, unit) for unit in wanted]
        except SQLAlchemyError as fault:
            outcomes = [_Outcome(unit, fault=fault) for unit in wanted]
        for outcome in outcomes:
            outcome.deliver()


def _run_unit(connection: Connection, unit: _Unit) -> _Outcome:
    """Run one unit in its savepoint; a failing disk or lock (OperationalError) fails the group."""
    try:
        with (
            Session(
                connection, join_transaction_mode="create_savepoint", expire_on_commit=False
            ) as session,
            session.begin(),
        ):
            return _Outcome(unit, unit.work(session))
    except OperationalError:
        raise
    except Exception as fault:  # a supervisor: one bug is not the group's; raised where awaited
        return _Outcome(unit, fault=fault)
