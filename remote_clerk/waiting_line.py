"""Who is next, and which desk rings: the waiting line of all calls (pure).

Every function takes a `Line` and the time and returns the next `Line`, already settled: whoever can
ring rings. The server compares before and after with `changes`. All times are seconds on one clock.
"""

from dataclasses import dataclass, replace

OFFER_SECONDS = 20.0  # how long one desk rings, and then rests from this call, if nobody says
LANGUAGE_PATIENCE = 60.0  # how long a call waits for a busy clerk who speaks its language
DATA_NEEDED = 3  # finished talks before anybody is told an estimate
DATA_KEPT = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """One clerk who is signed in; `free_since` is when they last became free."""

    clerk: str
    languages: frozenset[str]
    available: bool
    free_since: float


@dataclass(frozen=True, slots=True)
class Place:
    """One call in the line, from joining to leaving; at most one of `ringing`, `clerk` is set."""

    call: str
    language: str
    since: float
    ringing: str | None = None
    rung_at: float = 0.0
    clerk: str | None = None
    accepted_at: float = 0.0
    passed: tuple[tuple[str, float], ...] = ()  # clerk, until when this desk rests from this call


@dataclass(frozen=True, slots=True)
class Line:
    """All calls, oldest first, and all desks; durations of late are what estimates rest on."""

    places: tuple[Place, ...] = ()
    desks: tuple[Desk, ...] = ()
    answer_seconds: tuple[float, ...] = ()
    talk_seconds: tuple[float, ...] = ()
    offer_seconds: float = OFFER_SECONDS


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step of the line means for the desks: (call, clerk) pairs."""

    rung: tuple[tuple[str, str], ...]
    silenced: tuple[tuple[str, str], ...]


# --- callers ------------------------------------------------------------------------------


def join(line: Line, call: str, language: str, now: float) -> Line:
    """Add a call at the end; a call that is already in keeps its place."""
    if find(line, call):
        return line
    return _settled(replace(line, places=(*line.places, Place(call, language, now))), now)


def leave(line: Line, call: str, now: float) -> Line:
    """Take a call out: hung up, given up or finished. Unknown calls change nothing."""
    place = find(line, call)
    if place is None:
        return line
    rest = tuple(other for other in line.places if other.call != call)
    line = replace(line, places=rest)
    if place.clerk:
        talks = (*line.talk_seconds, now - place.accepted_at)[-DATA_KEPT:]
        line = _freed(replace(line, talk_seconds=talks), place.clerk, now)
    return _settled(line, now)


# --- clerks -------------------------------------------------------------------------------


def clerk_here(line: Line, clerk: str, languages: frozenset[str], now: float) -> Line:
    """A clerk signed in (again); they are available until they say otherwise."""
    desks = tuple(desk for desk in line.desks if desk.clerk != clerk)
    return _settled(replace(line, desks=(*desks, Desk(clerk, languages, True, now))), now)


def clerk_available(line: Line, clerk: str, available: bool, now: float) -> Line:
    """A clerk wants calls or not; a ring at a desk that no longer wants one moves on."""
    desks = tuple(
        replace(desk, available=available, free_since=now) if desk.clerk == clerk else desk
        for desk in line.desks
    )
    line = replace(line, desks=desks)
    return _settled(line if available else _ring_stops(line, clerk), now)


def clerk_gone(line: Line, clerk: str, now: float) -> Line:
    """A clerk signed out or vanished; their ring and their call go back to their old places."""
    line = _ring_stops(line, clerk)
    places = tuple(
        replace(place, clerk=None) if place.clerk == clerk else place for place in line.places
    )
    desks = tuple(desk for desk in line.desks if desk.clerk != clerk)
    return _settled(replace(line, places=places, desks=desks), now)


def accept(line: Line, call: str, clerk: str, now: float) -> Line | None:
    """Give the call to the clerk; None when it is taken or gone, or the clerk already talks."""
    place = find(line, call)
    if place is None or place.clerk or call_of(line, clerk) or not _desk(line, clerk):
        return None
    answers = line.answer_seconds
    if place.ringing == clerk:
        answers = (*answers, now - place.rung_at)[-DATA_KEPT:]
    taken = replace(place, ringing=None, clerk=clerk, accepted_at=now, passed=())
    line = _ring_stops(replace(line, answer_seconds=answers), clerk)
    return _settled(_with(line, taken), now)


def decline(line: Line, call: str, clerk: str, now: float) -> Line:
    """The clerk passes: the call keeps its place and rings elsewhere."""
    place = find(line, call)
    if place is None or place.ringing != clerk:
        return line
    return _settled(_with(line, _passed(line, place, now)), now)


def tick(line: Line, now: float) -> Line:
    """Let time pass: rings that nobody answered move on, rested desks ring again."""
    return _settled(line, now)


def next_due(line: Line, now: float) -> float | None:
    """Return when `tick` can next change anything, or None."""
    waiting = [place for place in line.places if place.clerk is None]
    dues = [place.rung_at + line.offer_seconds for place in waiting if place.ringing]
    dues += [place.since + LANGUAGE_PATIENCE for place in waiting if not place.ringing]
    dues += [until for place in waiting for _, until in place.passed]
    return min((due for due in dues if due > now), default=None)


# --- questions ----------------------------------------------------------------------------


def find(line: Line, call: str) -> Place | None:
    """Return the call's place, or None when it is not in the line."""
    return next((place for place in line.places if place.call == call), None)


def call_of(line: Line, clerk: str) -> str | None:
    """Return the call this clerk is talking in, or None."""
    return next((place.call for place in line.places if place.clerk == clerk), None)


def clerks_online(line: Line) -> int:
    """Count the clerks who take calls, busy ones included."""
    return sum(desk.available for desk in line.desks)


def position(line: Line, call: str) -> int | None:
    """Return 1 for who is next, 2 for the one after; None when not waiting."""
    waiting = [place.call for place in line.places if place.clerk is None]
    return waiting.index(call) + 1 if call in waiting else None


def estimate_seconds(line: Line, call: str) -> int | None:
    """Return how long this call will wait by what was measured of late; None without data."""
    at = position(line, call)
    desks = clerks_online(line)
    if at is None or not desks:
        return None
    if min(len(line.answer_seconds), len(line.talk_seconds)) < DATA_NEEDED:
        return None
    free = sum(desk.available and not call_of(line, desk.clerk) for desk in line.desks)
    talk = sum(line.talk_seconds) / len(line.talk_seconds)
    answer = sum(line.answer_seconds) / len(line.answer_seconds)
    return round(answer + max(0, at - free) * talk / desks)


def changes(before: Line, after: Line) -> Changes:
    """Compare two lines: which desks start to ring and which stop."""
    old, new = _rings(before), _rings(after)
    return Changes(tuple(sorted(new - old)), tuple(sorted(old - new)))


# --- how it settles -----------------------------------------------------------------------


def _settled(line: Line, now: float) -> Line:
    for place in line.places:
        if place.ringing and now >= place.rung_at + line.offer_seconds:
            line = _with(line, _passed(line, place, now))
    for place in line.places:  # oldest first: fair by waiting time
        if place.clerk is None and place.ringing is None:
            line = _offered(line, place, now)
    return line


def _offered(line: Line, place: Place, now: float) -> Line:
    resting = {clerk for clerk, until in place.passed if until > now}
    free = [desk for desk in _free_desks(line) if desk.clerk not in resting]
    speakers = [desk for desk in free if place.language in desk.languages]
    patient = now < place.since + LANGUAGE_PATIENCE and _spoken(line, place.language)
    choice = speakers or ([] if patient else free)
    if not choice:
        return line
    desk = min(choice, key=lambda one: (one.free_since, one.clerk))
    return _with(line, replace(place, ringing=desk.clerk, rung_at=now))


def _free_desks(line: Line) -> list[Desk]:
    taken = {name for place in line.places for name in (place.ringing, place.clerk) if name}
    return [desk for desk in line.desks if desk.available and desk.clerk not in taken]


def _spoken(line: Line, language: str) -> bool:
    return any(desk.available and language in desk.languages for desk in line.desks)


def _passed(line: Line, place: Place, now: float) -> Place:
    assert place.ringing is not None
    resting = tuple(pair for pair in place.passed if pair[1] > now)
    rests = (place.ringing, now + line.offer_seconds)
    return replace(place, ringing=None, passed=(*resting, rests))


def _ring_stops(line: Line, clerk: str) -> Line:
    places = tuple(
        replace(place, ringing=None) if place.ringing == clerk else place for place in line.places
    )
    return replace(line, places=places)


def _freed(line: Line, clerk: str, now: float) -> Line:
    desks = tuple(
        replace(desk, free_since=now) if desk.clerk == clerk else desk for desk in line.desks
    )
    return replace(line, desks=desks)


def _with(line: Line, place: Place) -> Line:
    places = tuple(place if other.call == place.call else other for other in line.places)
    return replace(line, places=places)


def _desk(line: Line, clerk: str) -> Desk | None:
    return next((desk for desk in line.desks if desk.clerk == clerk), None)


def _rings(line: Line) -> set[tuple[str, str]]:
    return {(place.call, place.ringing) for place in line.places if place.ringing}
