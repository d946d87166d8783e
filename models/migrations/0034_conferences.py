"""Conferences about one case, with who took part, topics and decisions. Frozen."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField, Model, TextField


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Case(Model):
    class Meta:
        table_name = "case_file"


class FollowUp(Model):
    class Meta:
        table_name = "follow_up"


class CaseConference(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    held_on = DateField()
    token = CharField(max_length=43, unique=True)
    created_at = CharField(max_length=27)

    class Meta:
        table_name = "case_conference"


class ConferenceParty(Model):
    conference = ForeignKeyField(CaseConference, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    functions = CharField(max_length=200, default="")

    class Meta:
        table_name = "conference_party"
        indexes = ((("conference", "organisation"), True),)


class ConferenceTopic(Model):
    conference = ForeignKeyField(CaseConference, on_delete="CASCADE")
    topic = CharField(max_length=200)
    said = TextField(default="")
    decision = TextField(default="")
    owner = ForeignKeyField(Organisation, null=True, index=False)
    due_on = DateField(null=True)
    follow_up = ForeignKeyField(FollowUp, null=True, on_delete="SET NULL")
    account = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27)
    token = CharField(max_length=43, unique=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "conference_topic"


_NEW = (CaseConference, ConferenceParty, ConferenceTopic)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables."""
    with db.bind_ctx((Organisation, Account, Case, FollowUp, *_NEW), bind_refs=False, bind_backrefs=False):
        db.create_tables(list(_NEW), safe=False)
