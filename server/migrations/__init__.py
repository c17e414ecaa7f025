"""Alembic migrations, run by `python -m server migrate`; `HEAD` is the newest one's revision."""

HEAD = "0002"
