"""Whether a clerk wants calls, kept for a session, so that a reload or a second tab goes on."""

from dataclasses import dataclass

RELOAD_SECONDS = 30.0  # a session without a tab for longer begins with a break again


@dataclass(slots=True)
class _Wish:
    available: bool
    alone_since: float | None = None  # no tab of the session is open since then


class Wishes:
    """One wish per session; times are seconds of the exchange's clock."""

    def __init__(self) -> None:
        self._of: dict[str, _Wish] = {}

    def said(self, session: str, available: bool) -> None:
        self._of[session] = _Wish(available)

    def take_up(self, session: str, now: float) -> bool | None:
        """Return what the session wanted last, None if it never said or was away for too long."""
        for key, wish in list(self._of.items()):
            if wish.alone_since is not None and now - wish.alone_since > RELOAD_SECONDS:
                del self._of[key]
        if wish_now := self._of.get(session):
            wish_now.alone_since = None
            return wish_now.available
        return None

    def left_alone(self, session: str, now: float) -> None:
        """The session's last tab is closed."""
        if wish := self._of.get(session):
            wish.alone_since = now

    def forget(self, session: str) -> None:
        self._of.pop(session, None)
