"""One writer, group commit, durable settings; a failing unit takes no other with it."""

import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from server.db import Database
from server.tables import CaseCounter


@pytest.fixture
def db(config):
    database = Database(config.database)
    yield database
    database.close()


def add(year):
    return lambda session: session.add(CaseCounter(year=year, last=0))


def years(session):
    return sorted(session.scalars(text("select year from case_counters")))


def test_wal_and_full_are_asserted_on_both_kinds_of_connection(db):
    def settings(session):
        return [
            session.execute(text(f"pragma {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert db.run_now(settings) == ["wal", 2, 1]
    assert db.read_now(settings) == ["wal", 2, 1]


def test_a_reader_cannot_write(db):
    with pytest.raises(OperationalError):
        db.read_now(lambda s: s.execute(text("delete from case_counters")))


def test_waiting_units_share_one_commit(db, config):
    gate = threading.Event()
    db.submit(lambda session: gate.wait(5))
    waiting = [db.submit(add(year)) for year in range(2000, 2020)]
    before = wal_frames(config)
    gate.set()
    for future in waiting:
        future.result(5)
    together = wal_frames(config) - before
    for year in range(2100, 2120):
        db.run_now(add(year))
    assert wal_frames(config) - before - together > 3 * together
    assert len(db.read_now(years)) == 40


def wal_frames(config):
    wal = config.database.with_name(config.database.name + "-wal")
    return wal.stat().st_size if wal.exists() else 0


def test_a_failing_unit_takes_no_other_with_it(db):
    gate = threading.Event()
    db.submit(lambda session: gate.wait(5))
    good, bad, twice, last = (
        db.submit(add(2001)),
        db.submit(lambda session: 1 / 0),
        db.submit(add(2001)),
        db.submit(add(2002)),
    )
    gate.set()
    good.result(5), last.result(5)
    assert isinstance(bad.exception(5), ZeroDivisionError)
    assert isinstance(twice.exception(5), IntegrityError)
    assert db.read_now(years) == [2001, 2002]


def test_a_lock_by_another_process_fails_and_leaves_the_writer_alive(config):
    database = Database(config.database, busy_seconds=0.05)
    with sqlite3.connect(config.database, isolation_level=None) as other:
        other.execute("begin immediate")
        with pytest.raises(OperationalError):
            database.run_now(add(2003))
        other.execute("rollback")
    other.close()
    database.run_now(add(2003))
    assert database.read_now(years) == [2003]
    database.close()


def test_both_are_awaitable(db):
    async def work():
        await asyncio.gather(*(db.run(add(year)) for year in range(2000, 2010)))
        return await db.read(years)

    assert asyncio.run(work()) == list(range(2000, 2010))


def test_closing_finishes_what_is_queued(config):
    database = Database(config.database)
    gate = threading.Event()
    database.submit(lambda session: gate.wait(5))
    last = database.submit(add(2004))
    gate.set()
    database.close()
    assert last.done()
