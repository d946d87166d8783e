"""Anchors whose line is not in the file yet. Frozen. Those from before count as written."""

from peewee import AutoField, ForeignKeyField, Model


class Anchor(Model):
    id = AutoField()

    class Meta:
        table_name = "anchor"


class UnwrittenAnchor(Model):
    anchor = ForeignKeyField(Anchor, unique=True)

    class Meta:
        table_name = "unwritten_anchor"


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    with db.bind_ctx((Anchor, UnwrittenAnchor), bind_refs=False, bind_backrefs=False):
        db.create_tables([UnwrittenAnchor], safe=False)
