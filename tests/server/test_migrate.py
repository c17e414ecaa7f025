"""The migrations lead to exactly the tables that the code knows."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from server.migrate import is_current, migrate
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


def test_migrating_twice_changes_nothing(empty_database):
    before = empty_database.read_bytes()
    migrate(empty_database)
    assert empty_database.read_bytes() == before


def test_no_table_with_sealed_biometrics_has_room_for_a_name():
    for table in (CaptureBlob, CaseDocument):
        kinds = {column.name: str(column.type) for column in table.__table__.columns}
        assert set(kinds) <= {"capture_id", "envelope", "case_number", "kind", "sealed"}
    assert "BLOB" not in {str(column.type) for column in Case.__table__.columns}
