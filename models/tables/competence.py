"""What a person brings along, as one case records it: life-line, languages, script, availability."""

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.competences.periods import PeriodKind, Trust
from models.tables.case import Case
from models.tables.evidence import Evidence
from models.tables.organisation import Account, Organisation


class LifePeriod(BaseModel):
    """A period of the life-line. ``begins`` and ``ends`` are "2015-03" or "2015"; ``ends`` is empty while it lasts.

    ``carried``: taken over from an earlier case of the person and not confirmed yet, so that it does not count.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE")
    kind = CharField(max_length=8)
    begins = CharField(max_length=7)
    ends = CharField(max_length=7, default="")
    approximate = BooleanField(default=False)
    country = CharField(max_length=3, default="")
    place = CharField(max_length=120, default="")
    title = CharField(max_length=200, default="")
    title_original = CharField(max_length=200, default="")
    kldb = CharField(max_length=2, default="")
    level = CharField(max_length=1, default="")
    certificate = CharField(max_length=3, default="")
    proof = CharField(max_length=12, default="")
    evidence = ForeignKeyField(Evidence, null=True, index=False)
    recognition = JSONField(default=dict)
    trust = CharField(max_length=13, default=Trust.STATED)
    contradiction = TextField(default="")
    source = CharField(max_length=200)
    carried = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        constraints = [
            one_of("kind", PeriodKind),
            one_of("trust", Trust),
            Check("(trust = 'contradictory') = (contradiction <> '')"),
        ]


class LifeRemark(BaseModel):
    """The answer to a question about the life-line, or that nobody can tell; ``key`` names the question."""

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    key = CharField(max_length=60)
    text = CharField(max_length=500, default="")
    unknown = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("case", "key"), True)]
        constraints = [Check("unknown = (text = '')")]


class LanguageSkill(BaseModel):
    """What was known of a language on one day; the newest row of a language counts. ``carried`` as above."""

    case = ForeignKeyField(Case, on_delete="CASCADE")
    language = CharField(max_length=3)
    mother_tongue = BooleanField(default=False)
    listening = CharField(max_length=2, default="")
    reading = CharField(max_length=2, default="")
    writing = CharField(max_length=2, default="")
    speaking = CharField(max_length=2, default="")
    proof = CharField(max_length=12, default="")
    proved_on = DateField()
    issuer = CharField(max_length=120, default="")
    trust = CharField(max_length=13, default=Trust.STATED)
    contradiction = TextField(default="")
    source = CharField(max_length=200)
    carried = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        constraints = [one_of("trust", Trust), Check("(trust = 'contradictory') = (contradiction <> '')")]


class ScriptSkill(BaseModel):
    """How somebody reads and writes since one day (§ 13 IntV); the newest row counts. ``carried`` as above."""

    case = ForeignKeyField(Case, on_delete="CASCADE")
    literacy = CharField(max_length=3)
    scripts = CharField(max_length=120, default="")
    seen_on = DateField()
    source = CharField(max_length=200)
    carried = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)


class AvailabilityPlan(BaseModel):
    """When and how somebody can come and what stands in the way; one row a case, what was before is in the events.

    ``content`` holds the fields of ``rules.competences.availability.Availability`` as plain JSON.
    """

    case = ForeignKeyField(Case, primary_key=True, on_delete="CASCADE")
    content = JSONField()
    source = CharField(max_length=200)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)


class CompetenceSummary(BaseModel):
    """What the lists and pages of a case need of all of it, written with every change; follows from the rows alone.

    ``german_proved_on``: the day of the test behind the newest row of German, empty where an opinion is behind it.
    """

    case = ForeignKeyField(Case, primary_key=True, on_delete="CASCADE")
    content = JSONField()
    german_proved_on = DateField(null=True)
