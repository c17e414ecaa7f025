"""What tests of several packages are given."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema and nothing in it, to be copied."""
    from server.migrate import migrate  # tests of devices need no server

    path = tmp_path_factory.mktemp("database") / "empty.db"
    migrate(path)
    return path
