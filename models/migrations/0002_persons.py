"""Earlier names, possible duplicates and what became of them, and cases that follow an earlier one.

A frozen copy, independent of models.tables. The two new columns may be empty, so no table is rebuilt and no CHECK or
trigger of 0001 is lost.
"""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model, TextField


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Person(Model):
    class Meta:
        table_name = "person"


class Case(Model):
    class Meta:
        table_name = "case_file"


class DuplicatePair(Model):
    first = ForeignKeyField(Person, index=False)
    second = ForeignKeyField(Person)
    state = CharField(max_length=10, default="open")
    found_at = CharField(max_length=27)
    decided_at = CharField(max_length=27, null=True)
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    reason = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        table_name = "duplicate_pair"
        indexes = ((("first", "second"), True), (("state", "id"), False))
        constraints = [Check("state IN ('open', 'different', 'same')"), Check("first_id < second_id")]


class PersonMerge(Model):
    pair = ForeignKeyField(DuplicatePair)
    kept = ForeignKeyField(Person)
    gone = ForeignKeyField(Person)
    kept_case = ForeignKeyField(Case)
    gone_case = ForeignKeyField(Case)
    content = JSONField()
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    merged_at = CharField(max_length=27)
    undone_at = CharField(max_length=27, null=True)
    undone_by = ForeignKeyField(Account, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "person_merge"


class EarlierName(Model):
    person = ForeignKeyField(Person)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    date_of_birth = DateField()
    sort_key = CharField(max_length=250, index=True)
    name_key = CharField(max_length=250, index=True)
    given_key = CharField(max_length=120, index=True)
    identity_key = CharField(max_length=300, null=True, index=True)
    reason = CharField(max_length=200)
    merge = ForeignKeyField(PersonMerge, null=True)
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)

    class Meta:
        table_name = "earlier_name"


class CarriedAnswer(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    item = CharField(max_length=6)
    values = JSONField(default=dict)
    source = CharField(max_length=200)
    organisation = ForeignKeyField(Organisation, null=True)
    answered_at = CharField(max_length=27)

    class Meta:
        table_name = "carried_answer"
        indexes = ((("case", "item"), True),)


TABLES = (DuplicatePair, PersonMerge, EarlierName, CarriedAnswer)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables, and let persons point to the one that stays and cases to the one before."""
    with db.bind_ctx((Organisation, Account, Person, Case, *TABLES)):
        db.create_tables(TABLES, safe=False)
        migrator.migrate(
            migrator.add_column("person", "merged_into_id", ForeignKeyField(Person, field=Person.id, null=True)),
            migrator.add_column("case_file", "follows_id", ForeignKeyField(Case, field=Case.id, null=True)),
        )
