"""Whom an open request for a transfer may mean. A frozen copy of the table; ``db upgrade`` fills it."""

from peewee import AutoField, ForeignKeyField, Model


class TransferRequest(Model):
    id = AutoField()

    class Meta:
        table_name = "transfer_request"


class Person(Model):
    id = AutoField()

    class Meta:
        table_name = "person"


class RequestMatch(Model):
    request = ForeignKeyField(TransferRequest, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")

    class Meta:
        table_name = "request_match"
        indexes = ((("request", "person"), True),)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    with db.bind_ctx((TransferRequest, Person, RequestMatch)):
        db.create_tables((RequestMatch,), safe=False)
