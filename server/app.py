"""Composition root: builds the office from its configuration and the application around it."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager
from functools import partial

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import assets
from server import audit
from server.calls.exchange import Exchange
from server.calls.switchboard import Surroundings
from server.chores import Chores
from server.clock import Clock, utc_now
from server.config import Config, load_office_key
from server.contract import catalogue_file
from server.db import Database
from server.gateways.mail import MailSink
from server.office import Office
from server.passwords import Passwords
from server.web import captures, cases, desk, errors, pages, sockets, status, terminals
from server.web.middleware import Precautions

_log = logging.getLogger("amtsnah.server")


def build_office(
    config: Config, clock: Clock = utc_now, hasher: PasswordHasher | None = None
) -> Office:
    """Open everything the configuration names; raises ConfigError, CatalogueError and others."""
    db = Database(config.database)
    return Office(
        config=config,
        db=db,
        key=load_office_key(config.office_key),
        catalogue=catalogue_file.load(config.catalogue or assets.path("services")),
        passwords=Passwords(hasher or PasswordHasher()),
        mails=MailSink(config.mail_directory, "amtsnah@localhost"),
        exchange=_exchange(config, db, clock),
        documents=assets.path("documents"),
        clock=clock,
        started_at=clock(),
    )


def _exchange(config: Config, db: Database, clock: Clock) -> Exchange:
    def note(event: audit.Event, actor: str, subject: str, facts: Mapping[str, str]) -> None:
        now = clock()
        noted = db.submit(lambda s: audit.record(s, now, event, actor, subject, **facts))
        noted.add_done_callback(_complain)

    hours = config.hours.model_dump()
    given = (time.monotonic, time.time, note, config.relays, hours, config.ring_seconds)
    return Exchange(Surroundings(*given))


def _complain(noted: Future[None]) -> None:
    if fault := noted.exception():
        _log.error("the audit trail did not take an event of a call", exc_info=fault)


def build_app(office: Office) -> FastAPI:
    """Return the application around an office; it closes the office when it stops."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tell = partial(
            asyncio.get_running_loop().call_soon_threadsafe, office.exchange.captures_changed
        )
        chores = Chores(office.db, office.mails, office.clock, office.idle, tell)
        chores.start()
        async with sockets.ticking(office.exchange):
            yield
        chores.stop()
        office.passwords.close()
        office.db.close()

    app = FastAPI(
        title="Amtsnah",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.office = office
    errors.install(app)
    for module in (terminals, desk, captures, cases, status, sockets, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=assets.path("web")), name="static")
    app.add_middleware(Precautions, https=office.config.https)
    return app


def log_to_stderr() -> None:
    logging.basicConfig(format="%(asctime)s %(name)s %(message)s", level=logging.WARNING)
    for name in ("amtsnah.access", "amtsnah.server", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
