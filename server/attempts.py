"""Misses counted per key within a window, as rows, so that a restart forgets none."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.tables import Attempts


def misses(session: Session, key: str, now: datetime) -> int:
    """Return the misses of the key's running window."""
    row = session.get(Attempts, key)
    return row.misses if row and row.window_ends_at > now else 0


def count_miss(session: Session, key: str, now: datetime, window: timedelta) -> int:
    """Count one more miss and return the number within the window that the first one opened."""
    row = session.get(Attempts, key)
    if row is None:
        row = Attempts(key=key, misses=0, window_ends_at=now + window)
        session.add(row)
    elif row.window_ends_at <= now:
        row.misses, row.window_ends_at = 0, now + window
    row.misses += 1
    session.flush()
    return row.misses


def forget(session: Session, key: str) -> None:
    session.execute(delete(Attempts).where(Attempts.key == key))


def forget_old(session: Session, now: datetime) -> None:
    session.execute(delete(Attempts).where(Attempts.window_ends_at <= now))
