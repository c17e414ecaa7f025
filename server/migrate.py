"""Brings a database to the schema of this version, and says whether it is there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from server.migrations import HEAD

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Path) -> None:
    """Make the database, for its owner's eyes only, if there is none; run what it lacks."""
    from alembic import command  # costs 0.1 s, which a server's start can do without
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", f"sqlite:///{database}")
    database.touch(0o600)
    command.upgrade(config, "head")


def is_current(database: Path) -> bool:
    """Tell whether the database exists and lacks no migration."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(database)) as opened:
        try:
            rows = opened.execute("select version_num from alembic_version").fetchall()
        except sqlite3.DatabaseError:  # no such table, or no database at all
            return False
    return rows == [(HEAD,)]
