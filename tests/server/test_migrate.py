"""The migrations lead to exactly the tables that the code knows."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from server import migrations
from server.migrate import is_current, migrate
from server.migrations import HEAD
from server.tables import Base, CaptureBlob, Case, CaseDocument, CounterPart

OLD_CAPTURE = """insert into captures
 (id, terminal_id, sha256, state, service, age_band, photo_accepted, fingers_expected,
  received_at, expires_at, finger_check)
 values (?, 'foyer', 'x', 'retrieved', 'id-card', '24_plus', 1, 1, '2026-01-01', '2026-01-05', ?)"""


def test_a_new_database_has_the_tables_of_the_code(tmp_path):
    path = tmp_path / "new.db"
    assert not is_current(path)
    migrate(path)
    assert is_current(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_the_head_is_the_newest_migration():
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_current_head() == HEAD


def test_a_file_that_is_no_database_is_not_current(tmp_path):
    path = tmp_path / "odd.db"
    path.write_bytes(b"no database at all" * 100)
    assert not is_current(path)


def test_migrating_twice_changes_nothing(empty_database):
    before = empty_database.read_bytes()
    migrate(empty_database)
    assert empty_database.read_bytes() == before


def test_an_older_database_keeps_its_captures_and_says_what_it_knows_of_comparisons(tmp_path):
    path = tmp_path / "old.db"
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    command.upgrade(config, "0001")
    with closing(sqlite3.connect(path)) as old:
        old.execute("insert into terminals values ('foyer', 'Foyer', x'00', '2026-01-01', null)")
        for name, check in (("a", "reenrol"), ("b", "verified"), ("c", None)):
            old.execute(OLD_CAPTURE, (name, check))
            old.execute("insert into capture_blobs values (?, x'00')", (name,))
        old.commit()
    migrate(path)
    with closing(sqlite3.connect(path)) as new:
        rows = new.execute("select finger_comparison, decisions from captures order by id")
        assert rows.fetchall() == [("not_compared", 0), ("verified", 0), (None, 0)]
        assert new.execute("select count(*) from capture_blobs").fetchone() == (3,)


def test_no_table_with_sealed_biometrics_has_room_for_a_name():
    for table in (CaptureBlob, CaseDocument, CounterPart):
        kinds = {column.name: str(column.type) for column in table.__table__.columns}
        assert set(kinds) <= {"capture_id", "envelope", "case_number", "kind", "sealed"}
    assert "BLOB" not in {str(column.type) for column in Case.__table__.columns}
