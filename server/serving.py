"""Runs the application under uvicorn, as measured to be the best choice."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from server.app import build_app, build_office, log_to_stderr
from server.config import Config, ConfigError, Fault
from server.contract.catalogue_file import CatalogueError


def serve(config: Config) -> None:
    """Serve until told to stop; raises ConfigError for what cannot be served."""
    log_to_stderr()
    with alone_with(config.database):
        try:
            office = build_office(config)
        except CatalogueError as fault:
            where = config.catalogue or config.database
            raise ConfigError((Fault(where, "catalogue", str(fault)),)) from fault
        uvicorn.Server(uvicorn_config(build_app(office), config)).run()


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """Hold the database against a second server, whose calls and wake-ups would be apart.

    Raises ConfigError if another server has it; commands need no such lock.
    """
    with database.with_name(database.name + ".lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            fault = Fault(database, "(database)", "another server uses it; stop that one first")
            raise ConfigError((fault,)) from cause
        yield


def uvicorn_config(app: Callable[..., Any], config: Config) -> uvicorn.Config:
    """Return the settings: one process, sockets without compression, no access log of its own."""
    return uvicorn.Config(
        app,
        host=config.host,
        port=config.port,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=256 * 1024,
        access_log=False,
        log_config=None,
        server_header=False,
        ssl_certfile=config.tls_certificate,
        ssl_keyfile=config.tls_key,
        timeout_graceful_shutdown=2,
    )
