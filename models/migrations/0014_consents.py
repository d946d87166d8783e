"""What a consent names, who signed for a minor, and the scan of its form.

SQLite rebuilds the table for the columns that may not be empty and keeps its CHECKs; the test of the schema counts
them. A frozen copy of what is touched.
"""

from peewee import CharField, ForeignKeyField, Model


class Upload(Model):
    class Meta:
        table_name = "upload"


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the columns; what stands already has none of them."""
    with db.bind_ctx((Upload,), bind_refs=False, bind_backrefs=False):
        migrator.migrate(
            migrator.add_column("consent", "named", CharField(max_length=300, default="")),
            migrator.add_column("consent", "guardian", CharField(max_length=120, default="")),
            migrator.add_column("consent", "scan_id", ForeignKeyField(Upload, field=Upload.id, null=True)),
        )
