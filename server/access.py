"""Who may do what: every route names its right; staff come by cookie, terminals by bearer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fastapi import Request, Response, WebSocket

from server import staff as accounts
from server import terminals
from server.office import Office, office_of
from server.refusals import No, Refused, RefusedError
from server.staff import Role, SessionSecrets, Staff
from server.tables import Terminal

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Right(StrEnum):
    """What a route lets one do."""

    DESK = "desk"  # see the desk's window and today's list
    CAPTURES = "captures"  # look captures up, see them, decide on them
    CALLS = "calls"  # talk to citizens
    UNLOCK = "unlock"  # open locked pickup numbers
    TRAIL = "trail"  # read the audit trail
    MAIL_SINK = "mail_sink"  # read the demo's mails
    TERMINAL = "terminal"  # be an enrolled terminal


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: frozenset({Right.DESK, Right.CAPTURES, Right.CALLS, Right.MAIL_SINK}),
    Role.SUPERVISOR: frozenset(Right) - {Right.TERMINAL},
    Role.TECHNICIAN: frozenset({Right.DESK, Right.TRAIL, Right.MAIL_SINK}),
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh session: the token goes into the cookie, nowhere else."""

    staff: Staff
    token: str = field(repr=False)


async def sign_in(request: Request, login: str, password: str) -> SignedIn | Refused:
    """Check login and password; counts misses, writes the trail, opens a session."""
    office, address = office_of(request), request.client.host if request.client else ""
    now = office.clock()
    if refused := await office.db.read(lambda s: accounts.may_try(s, now, login, address)):
        return refused
    hashed = await office.db.read(lambda s: accounts.password_hash(s, login))
    if not await office.passwords.matches(hashed, password):
        return await office.db.run(lambda s: accounts.refuse_login(s, now, login, address))
    fresh = SessionSecrets(office.new_secret(), office.new_secret())
    staff = await office.db.run(lambda s: accounts.open_session(s, now, login, fresh))
    return staff if isinstance(staff, Refused) else SignedIn(staff, fresh.token)


def give_cookie(request: Request, response: Response, signed_in: SignedIn) -> None:
    """Put the session into the answer's cookie."""
    office = office_of(request)
    response.set_cookie(
        office.cookie_name,
        signed_in.token,
        httponly=True,
        samesite="strict",
        secure=office.config.https,
        path="/",
    )


async def sign_out(request: Request, response: Response, staff: Staff) -> None:
    """End the session and take the cookie back."""
    office = office_of(request)
    await office.db.run(lambda s: accounts.close_session(s, office.clock(), staff))
    office.exchange.session_over(staff.session_sha256)
    response.delete_cookie(office.cookie_name, path="/", httponly=True, samesite="strict")


async def signed_in_staff(connection: Request | WebSocket, keep_awake: bool = True) -> Staff | None:
    """Return who is signed in, None if nobody or idle for too long."""
    office = office_of(connection)
    token = connection.cookies.get(office.cookie_name, "")
    now = office.clock()
    seen = await office.db.read(lambda s: accounts.whose(s, now, token, office.idle))
    if seen is not None and seen.stale and keep_awake:
        await office.db.run(lambda s: accounts.touch(s, now, seen.staff))
    return seen.staff if seen else None


async def require_staff(request: Request) -> Staff:
    """Return who is signed in; raises RefusedError (401, or 403 without the CSRF header)."""
    staff = await signed_in_staff(request)
    if staff is None:
        raise No.NOT_SIGNED_IN.error("nobody is signed in")
    told = request.headers.get("X-CSRF", "")
    if request.method not in _SAFE and not accounts.is_csrf(staff, told):
        raise No.NO_CSRF.error("the X-CSRF header is missing or wrong")
    return staff


def may(staff: Staff, right: Right) -> bool:
    return right in RIGHTS[staff.role]


def requires(right: Right) -> Callable[[Request], Awaitable[Staff]]:
    """Return the dependency that admits staff with this right and gives who they are."""

    async def admitted(request: Request) -> Staff:
        staff = await require_staff(request)
        if not may(staff, right):
            raise No.NO_RIGHT.error(f"the role {staff.role} has no right '{right}'")
        return staff

    return naming(admitted, right)


async def require_terminal(connection: Request) -> Terminal:
    """Return the terminal whose token came; raises RefusedError (401)."""
    return await _terminal(connection)


async def terminal_of_socket(socket: WebSocket) -> Terminal | None:
    """Return the terminal whose token came with the socket's request, None without."""
    try:
        return await _terminal(socket)
    except RefusedError:
        return None


async def staff_of_socket(socket: WebSocket) -> Staff | None:
    """Return who opened the socket from our own page and may take calls, else None."""
    origin, host = socket.headers.get("origin", ""), socket.headers.get("host", "")
    if origin.partition("://")[2] != host:
        return None
    staff = await signed_in_staff(socket)
    return staff if staff and may(staff, Right.CALLS) else None


def right_named_by(dependency: Callable[..., Any] | None) -> Right | None:
    """Return the right that a route's dependency names, None if it names none."""
    return getattr(dependency, "right", None)


def naming(dependency: Callable[..., Any], right: Right) -> Callable[..., Any]:
    """Note on a dependency which right it asks for, and return it."""
    dependency.right = right  # type: ignore[attr-defined]  # read by right_named_by
    return dependency


async def _terminal(connection: Request | WebSocket) -> Terminal:
    office: Office = office_of(connection)
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    now = office.clock()
    terminal = None
    if kind.lower() == "bearer" and token:
        terminal = await office.db.read(lambda s: terminals.whose(s, now, token))
    if terminal is None:
        raise No.NO_TOKEN.error("no valid terminal token")
    found = terminal
    if terminals.is_news(found, now):
        await office.db.run(lambda s: terminals.touch(s, now, found.id))
    return found


naming(require_terminal, Right.TERMINAL)
naming(terminal_of_socket, Right.TERMINAL)
naming(staff_of_socket, Right.CALLS)
