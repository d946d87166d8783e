"""Mail addresses of accounts and whether they want the daily mail. A frozen copy of the table."""

from peewee import AutoField, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, Model


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class Mailbox(Model):
    account = ForeignKeyField(Account, primary_key=True, on_delete="CASCADE")
    address = CharField(max_length=254, default="")
    digest = BooleanField(default=False)
    told_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "mailbox"
        constraints = [Check("NOT digest OR address <> ''")]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table; nobody wants a mail until she says so."""
    with db.bind_ctx((Account, Mailbox)):
        db.create_tables((Mailbox,), safe=False)
