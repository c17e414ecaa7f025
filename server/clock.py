"""Time as the server uses it: aware UTC datetimes, given in as a callable."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """Return the day on the office's calendar (the machine's time zone)."""
    return moment.astimezone().date()


def local_midnight(moment: datetime) -> datetime:
    """Return when the day of this moment began on the office's calendar, in UTC."""
    day = local_day(moment)
    return datetime(day.year, day.month, day.day).astimezone(UTC)


def to_text(moment: datetime) -> str:
    """Return ISO 8601 in UTC with seconds, as it goes over the wire."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    """Parse ISO 8601 with an offset; raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its offset")
    return moment.astimezone(UTC)
