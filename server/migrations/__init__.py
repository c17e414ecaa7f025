"""Alembic migrations, run by `python -m server migrate`."""
