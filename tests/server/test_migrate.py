"""The migrations lead to exactly the tables that the code knows."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from server import migrations
from server.migrate import is_current, migrate
from server.migrations import HEAD
from server.tables import Base, CaptureBlob, Case, CaseDocument


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


def test_no_table_with_sealed_biometrics_has_room_for_a_name():
    for table in (CaptureBlob, CaseDocument):
        kinds = {column.name: str(column.type) for column in table.__table__.columns}
        assert set(kinds) <= {"capture_id", "envelope", "case_number", "kind", "sealed"}
    assert "BLOB" not in {str(column.type) for column in Case.__table__.columns}
