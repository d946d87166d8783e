"""E-mail address of a person for the directory of all parties. Frozen."""

from peewee import CharField


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the column."""
    migrator.migrate(migrator.add_column("account", "email", CharField(max_length=200, default="")))
