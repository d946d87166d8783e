"""Persons, households, papers and decisions of the BAMF."""

from peewee import BooleanField, CharField, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.tables.organisation import Account, Organisation


class Household(BaseModel):
    """People who live together; each keeps own dates and an own sheet (rules.md 3)."""

    municipality = ForeignKeyField(Organisation, null=True)
    created_at = CharField(max_length=27)


class Person(BaseModel):
    """One human being, recorded once. ``provenance`` says for each value who entered it, for whom, when and from what.

    ``sort_key`` is ``names.fold("family given")`` for order and exact search, its cases hold a copy; ``name_key``
    ("family given") and ``given_key`` are ``names.name_key`` of them, for search by other spellings; ``identity_key``
    recognises a row of an arrivals list. The AZR number is neither key nor search term (§ 10 Abs. 4 AZRG).
    ``unreachable_since``: a municipality reported that nobody can reach her any more.
    ``merged_into``: this record was found to be a second one of that person and has no cases of its own any more.
    """

    household = ForeignKeyField(Household, null=True)
    municipality = ForeignKeyField(Organisation, null=True)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    sort_key = CharField(max_length=250)
    name_key = CharField(max_length=250, index=True)
    given_key = CharField(max_length=120, index=True)
    identity_key = CharField(max_length=300, null=True, index=True)
    birth_name = CharField(max_length=120, default="")
    other_spellings = TextField(default="")
    date_of_birth = DateField(index=True)
    place_of_birth = CharField(max_length=120, default="")
    country_of_birth = CharField(max_length=3, default="")
    sex = CharField(max_length=1)
    nationality = CharField(max_length=3, index=True)
    second_nationality = CharField(max_length=3, default="")
    marital_status = CharField(max_length=2, default="")
    languages = JSONField(default=list)
    mother_tongue = CharField(max_length=3, default="")
    interpreter_needed = BooleanField(null=True)
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    unreachable_since = DateField(null=True, index=True)
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    accommodation = CharField(max_length=3, default="")
    children_in_household = IntegerField(null=True)
    azr_number = CharField(max_length=12, default="")
    bamf_reference = CharField(max_length=20, default="")
    customer_number = CharField(max_length=20, default="")
    arrived_on = DateField(null=True)
    remark = TextField(null=True)
    provenance = JSONField(default=dict)
    version = IntegerField(default=1)
    created_at = CharField(max_length=27)
    merged_into = ForeignKeyField("self", null=True)

    class Meta:
        constraints = [one_of("sex", ("m", "w", "d", "x"))]


class MatchKey(BaseModel):
    """Blocking keys that preselect possible duplicates among many stored persons."""

    person = ForeignKeyField(Person, on_delete="CASCADE")
    key = CharField(max_length=80, index=True)


class ResidenceRecord(BaseModel):
    """One paper in the dated history of residence; never overwritten, a mistake is voided with a reason."""

    person = ForeignKeyField(Person)
    code = CharField(max_length=10, index=True)
    label = CharField(max_length=200, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(null=True, index=True)
    granted_on = DateField(null=True)
    issued_by = CharField(max_length=200, default="")
    work_note = CharField(max_length=3, default="")
    residence_condition = CharField(max_length=20, default="")
    residence_condition_until = DateField(null=True)
    seen_on = DateField(null=True)
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)
    voided_at = CharField(max_length=27, null=True)
    void_reason = TextField(default="")


class AsylumDecision(BaseModel):
    """A decision of the BAMF. What counts is the service (Zustellung), not its date (rules.md 1)."""

    person = ForeignKeyField(Person)
    code = CharField(max_length=10)
    decided_on = DateField(null=True)
    served_on = DateField(null=True)
    action_pending = BooleanField(null=True)
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)
    voided_at = CharField(max_length=27, null=True)
    void_reason = TextField(default="")
