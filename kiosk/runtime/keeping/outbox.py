"""The sealed outbox: drafts of the running visit and envelopes on their way, on SQLite.

WAL with synchronous FULL, both read back at start: any weaker mode loses acknowledged captures when
the power goes. Only ciphertext ever reaches this file.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)

from server.contract.envelope import PartKind, SealedPart

_METADATA = MetaData()
_DRAFTS = Table(
    "drafts",
    _METADATA,
    Column("capture_id", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
_ITEMS = Table(
    "items",
    _METADATA,
    Column("capture_id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("envelope", LargeBinary),  # NULL once deleted
    Column("sha256", String, nullable=False),
    Column("created_at", Float, nullable=False),  # seconds since 1970, the terminal's own clock
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try", Float, nullable=False, default=0.0),
    Column("code", String, nullable=False, default=""),
    Column("cause", String, nullable=False, default=""),
)
# What SQLite answers for the modes we insist on.
_MODES = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


class ItemState(StrEnum):
    """Life of one envelope at the terminal."""

    QUEUED = "queued"
    RECEIVED = "received"
    REFUSED = "refused"  # kept and marked, delays nobody
    DELETED = "deleted"  # envelope gone, the server is still to be told


class OutboxError(Exception):
    """The outbox cannot promise durability: wrong modes, or no place to write."""

    code = "OUT-001"


@dataclass(frozen=True, slots=True)
class Item:
    """One envelope as sync and technician see it; times in seconds since 1970."""

    capture_id: str
    state: ItemState
    sha256: str
    created_at: float
    tries: int
    next_try: float
    code: str
    cause: str


class Outbox:
    """Owner of the outbox file; every method is one transaction and safe from any thread."""

    def __init__(self, file: Path, now: Callable[[], float]) -> None:
        """Open or create the file (0600); raises OutboxError."""
        self._now = now
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        self._engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 5.0})
        event.listen(self._engine, "connect", _set_modes)
        event.listen(self._engine, "begin", _begin)
        with self._engine.begin() as connection:
            _assert_modes(connection)
            _METADATA.create_all(connection)

    def close(self) -> None:
        self._engine.dispose()

    # --- drafts of the running visit --------------------------------------------------------

    def keep(self, capture_id: str, part: SealedPart) -> None:
        """Keep a sealed part, replacing an earlier one of its kind."""
        row = {"capture_id": capture_id, "kind": part.kind.value, "sealed": part.sealed}
        with self._engine.begin() as connection:
            connection.execute(insert(_DRAFTS).prefix_with("OR REPLACE").values(row))

    def drafts(self, capture_id: str) -> dict[PartKind, bytes]:
        query = select(_DRAFTS).where(_DRAFTS.c.capture_id == capture_id)
        with self._engine.connect() as connection:
            return {PartKind(row.kind): row.sealed for row in connection.execute(query)}

    def drop(self, capture_id: str, kinds: Iterable[PartKind]) -> None:
        mine = _DRAFTS.c.capture_id == capture_id
        named = _DRAFTS.c.kind.in_([kind.value for kind in kinds])
        self._erase(delete(_DRAFTS).where(mine, named))

    def drop_all_but(self, capture_id: str) -> None:
        """Drop the drafts of every other visit: nobody can complete them any more."""
        self._erase(delete(_DRAFTS).where(_DRAFTS.c.capture_id != capture_id))

    # --- envelopes ----------------------------------------------------------------------------

    def commit(self, capture_id: str, envelope: bytes) -> None:
        """Queue an envelope and drop its drafts in one transaction; a repeat changes nothing."""
        row = {
            "capture_id": capture_id,
            "state": ItemState.QUEUED.value,
            "envelope": envelope,
            "sha256": hashlib.sha256(envelope).hexdigest(),
            "created_at": self._now(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(_ITEMS).prefix_with("OR IGNORE").values(row))
            connection.execute(delete(_DRAFTS).where(_DRAFTS.c.capture_id == capture_id))

    def has(self, capture_id: str) -> bool:
        return any(item.capture_id == capture_id for item in self.items())

    def items(self, *states: ItemState) -> tuple[Item, ...]:
        """Return the items in these states (all when none is named), oldest first."""
        columns = [column for column in _ITEMS.c if column.name != "envelope"]
        query = select(*columns).order_by(_ITEMS.c.created_at)
        if states:
            query = query.where(_ITEMS.c.state.in_([state.value for state in states]))
        with self._engine.connect() as connection:
            return tuple(_item(row) for row in connection.execute(query))

    def envelope(self, capture_id: str) -> bytes | None:
        query = select(_ITEMS.c.envelope).where(_ITEMS.c.capture_id == capture_id)
        with self._engine.connect() as connection:
            found: bytes | None = connection.execute(query).scalar()
        return found

    def received(self, capture_id: str) -> None:
        self._set(capture_id, state=ItemState.RECEIVED.value, tries=0, code="", cause="")

    def refused(self, capture_id: str, code: str, cause: str) -> None:
        """Keep the item with the server's reason; it is not sent again by itself."""
        self._set(capture_id, state=ItemState.REFUSED.value, code=code, cause=cause)

    def postponed(self, item: Item, until: float, code: str, cause: str) -> None:
        changes = {"tries": item.tries + 1, "next_try": until, "code": code, "cause": cause}
        self._set(item.capture_id, **changes)

    def retry(self, capture_id: str) -> None:
        """Send an item again now: the technician removed the cause."""
        query = (
            update(_ITEMS)
            .where(_ITEMS.c.capture_id == capture_id, _ITEMS.c.envelope.is_not(None))
            .values(state=ItemState.QUEUED.value, next_try=0.0, tries=0)
        )
        with self._engine.begin() as connection:
            connection.execute(query)

    def deleted(self, capture_id: str) -> None:
        """Delete the envelope itself; what stays is the duty to tell the server."""
        changes = {"state": ItemState.DELETED.value, "envelope": None, "next_try": 0.0, "tries": 0}
        self._erase(update(_ITEMS).where(_ITEMS.c.capture_id == capture_id).values(**changes))

    def told(self, capture_id: str) -> None:
        """The server knows of the deletion: nothing is left to remember."""
        self._erase(delete(_ITEMS).where(_ITEMS.c.capture_id == capture_id))

    def _set(self, capture_id: str, **changes: Any) -> None:
        query = update(_ITEMS).where(_ITEMS.c.capture_id == capture_id).values(**changes)
        with self._engine.begin() as connection:
            connection.execute(query)

    def _erase(self, statement: Any) -> None:
        """Delete, then empty the log: secure_delete does not reach pages that wait in it."""
        with self._engine.begin() as connection:
            connection.execute(statement)
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()


def _item(row: Row[Any]) -> Item:
    return Item(**{**row._mapping, "state": ItemState(row.state)})


def _set_modes(connection: Any, record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _assert_modes(connection: Connection) -> None:
    for name, wanted in _MODES.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        if found != wanted:
            raise OutboxError(f"SQLite answers {name}={found}, not {wanted}")
