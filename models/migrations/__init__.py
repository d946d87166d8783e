"""Runs the numbered migrations with playhouse.migrations, the same for both databases."""

from pathlib import Path

from peewee import Database
from playhouse.migrations import Runner

FOLDER = Path(__file__).parent


def upgrade(database: Database) -> list[str]:
    """Apply what is pending, each migration in its own transaction; returns the names applied."""
    return list(Runner(database, str(FOLDER)).up())


def pending(database: Database) -> list[str]:
    """Names of migrations that this database still lacks."""
    return [migration.name for migration in Runner(database, str(FOLDER)).status() if not migration.applied]
