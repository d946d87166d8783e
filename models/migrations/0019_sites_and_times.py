"""Sites of a provider, weekly times and modules of a course, and what an uploaded list is about. Frozen."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, JSONField, Model


class Provider(Model):
    class Meta:
        table_name = "provider"


class Site(Model):
    provider = ForeignKeyField(Provider)
    name = CharField(max_length=120)
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    barrier_free = BooleanField(default=False)
    transport = CharField(max_length=200, default="")
    active = BooleanField(default=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "site"
        indexes = ((("provider", "name"), True),)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table and add the columns; the words that courses have stay as they are."""
    with db.bind_ctx((Provider, Site), bind_refs=False, bind_backrefs=False):
        db.create_tables([Site], safe=False)
        place = ForeignKeyField(Site, field=Site.id, null=True)
        migrator.migrate(
            migrator.add_column("course", "place_id", place),
            migrator.add_column("course", "lessons", JSONField(null=True)),
            migrator.add_column("course", "online", BooleanField(default=False)),
            migrator.add_column("course", "units", IntegerField(null=True)),
            migrator.add_column("course", "module_from", IntegerField(null=True)),
            migrator.add_column("course", "module_to", IntegerField(null=True)),
            migrator.add_column("import_batch", "subject", CharField(max_length=10, default="arrivals")),
        )
