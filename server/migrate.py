"""Brings a database to the schema of this version, and says whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

_SCRIPTS = Path(__file__).parent / "migrations"


def _alembic(database: Path) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", f"sqlite:///{database}")
    return config


def migrate(database: Path) -> None:
    """Make the database, for its owner's eyes only, if there is none; run what it lacks."""
    database.touch(0o600)
    command.upgrade(_alembic(database), "head")


def is_current(database: Path) -> bool:
    """Tell whether the database exists and lacks no migration."""
    if not database.exists():
        return False
    head = ScriptDirectory.from_config(_alembic(database)).get_current_head()
    engine = create_engine(f"sqlite:///{database}")
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head
    finally:
        engine.dispose()
