"""How the server is, for machines and technicians; no citizen's data."""

from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server.captures.ending import LIVE
from server.clock import to_text
from server.contract.desk import Status, TerminalStatus
from server.office import Office, office_of
from server.tables import Capture
from server.terminals import everyone

router = APIRouter(tags=["status"])


@router.get("/status", responses={503: {"model": Status}})
async def status(request: Request, response: Response) -> Status:
    """Say how the server is; 503 when the database does not answer."""
    office = office_of(request)
    try:
        found = await office.db.read(_facts)
        await office.db.run(lambda s: None)
    except SQLAlchemyError:
        response.status_code = 503
        return _status(office, "failing", 0, ())
    return _status(office, "ok", *found)


def _facts(session: Session) -> tuple[int, tuple[TerminalStatus, ...]]:
    states = [state.value for state in LIVE]
    count = select(func.count()).select_from(Capture).where(Capture.state.in_(states))
    return session.scalars(count).one(), tuple(
        TerminalStatus(
            terminal_id=row.id,
            place=row.place,
            last_seen=to_text(row.last_seen_at) if row.last_seen_at else None,
        )
        for row in everyone(session)
    )


def _version() -> str:
    try:
        return version("amtsnah")
    except PackageNotFoundError:  # run from the source tree
        return "source"


def _status(
    office: Office,
    database: Literal["ok", "failing"],
    captures: int,
    terminals: tuple[TerminalStatus, ...],
) -> Status:
    return Status(
        ok=database == "ok",
        version=_version(),
        uptime_seconds=int((office.clock() - office.started_at).total_seconds()),
        database=database,
        writer_queue=office.db.waiting,
        captures_open=captures,
        clerks_online=office.exchange.clerks_online,
        calls=office.exchange.calls,
        terminals=terminals,
    )
