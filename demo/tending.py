"""Looks after the programs of a running office, as a service manager would."""

import signal
from dataclasses import dataclass, field

AWAY_SECONDS = 15.0  # long enough to see how the rest of the office does without it
FALLS, WITHIN_SECONDS = 3, 60.0  # a program that ends this often is not started again
TERMINAL = "terminal"


@dataclass(slots=True)
class Tending:
    """What ended when, and what is due to start again; times are monotonic seconds."""

    _due: dict[str, float] = field(default_factory=dict)
    _falls: dict[str, list[float]] = field(default_factory=dict)

    def note(self, ended: dict[str, int], now: float) -> list[str]:
        """Take what has ended (name to exit status) and return a line for each one that is new."""
        fresh = [name for name in ended if name not in self._due]
        for name in fresh:
            self._due[name] = now + (0 if name == TERMINAL else AWAY_SECONDS)
            past = self._falls.get(name, [])
            self._falls[name] = [at for at in past if now - at < WITHIN_SECONDS] + [now]
        return [f"{name} {_how(ended[name])}; {_when(name)}." for name in fresh]

    def due(self, now: float) -> list[str]:
        """Return, once, the programs whose time has come to start again."""
        ready = [name for name, at in self._due.items() if at <= now]
        for name in ready:
            del self._due[name]
        return ready

    def given_up(self) -> str | None:
        """Return a program that keeps ending, or None."""
        return next((name for name, times in self._falls.items() if len(times) >= FALLS), None)


def _how(status: int) -> str:
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


def _when(name: str) -> str:
    if name == TERMINAL:
        return "it starts again and goes on where the citizen was"
    return f"the office goes on without it, and it starts again in {AWAY_SECONDS:.0f} s"
