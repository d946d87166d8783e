"""People whom nobody reaches are few among many: a municipality counts them on each look at its list. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the index."""
    migrator.migrate(migrator.add_index("person", ("unreachable_since",)))
