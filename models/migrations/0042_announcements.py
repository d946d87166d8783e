"""Announcements to organisations and who confirmed to have read them. Frozen."""

from peewee import AutoField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Announcement(Model):
    token = CharField(max_length=43, unique=True)
    subject = CharField(max_length=120)
    text = TextField()
    each_person = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True, index=False)
    sent_at = CharField(max_length=27)
    withdrawn_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "announcement"


class AnnouncementParty(Model):
    announcement = ForeignKeyField(Announcement, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation)

    class Meta:
        table_name = "announcement_party"
        indexes = ((("announcement", "organisation"), True),)


class AnnouncementReading(Model):
    announcement = ForeignKeyField(Announcement, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, index=False)
    read_at = CharField(max_length=27)

    class Meta:
        table_name = "announcement_reading"
        indexes = ((("announcement", "account"), True),)


TABLES = (Announcement, AnnouncementParty, AnnouncementReading)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables."""
    with db.bind_ctx((Organisation, Account, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
