"""A case: one person's way through the procedure, its stages, answers and consents."""

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DeferredForeignKey,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from models.base import BaseModel, one_of
from models.rules.states import AnswerState, CaseState, ConsentState, Holder, ListKey, Origin, Outcome, StageState
from models.tables.organisation import Account, Organisation
from models.tables.person import Person


class Case(BaseModel):
    """``version`` guards stages, handover and responsibility.

    ``sort_key`` is a copy of the person's: with it one index gives the cases of an organisation in order of names.
    ``agentur`` is empty for people whose sphere is SGB II on arrival. ``agentur_sees_until`` and
    ``asylblg_until`` close the sight of those who gave the case away. ``follows``: the person came back after that case
    had been closed.
    """

    number = CharField(max_length=20, unique=True)
    person = ForeignKeyField(Person)
    sort_key = CharField(max_length=250, index=True)
    municipality = ForeignKeyField(Organisation, null=True, index=False)
    responsible = ForeignKeyField(Organisation, index=False)
    agentur = ForeignKeyField(Organisation, null=True, index=False)
    origin = CharField(max_length=12)
    legal_sphere = CharField(max_length=4)
    state = CharField(max_length=8, default=CaseState.OPEN)
    outcome = CharField(max_length=20, null=True)
    outcome_on = DateField(null=True)
    opened_on = DateField()
    first_contact_on = DateField(null=True)
    receives_asylblg = BooleanField(default=False)
    asylblg_until = DateField(null=True)
    coach_reported_on = DateField(null=True)
    coach_reported_by = ForeignKeyField(Organisation, null=True)
    coach_consent = CharField(max_length=10, default=ConsentState.NONE)
    coach_consent_until = DateField(null=True)
    coaching_ended_on = DateField(null=True)
    accepted_on = DateField(null=True)
    agentur_sees_until = DateField(null=True)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)
    follows = ForeignKeyField("self", null=True)

    class Meta:
        table_name = "case_file"
        indexes = [
            (("state", "sort_key"), False),
            (("municipality", "sort_key"), False),
            (("responsible", "sort_key"), False),
            (("agentur", "sort_key"), False),
        ]
        constraints = [
            one_of("origin", Origin),
            one_of("state", CaseState),
            one_of("outcome", Outcome),
            one_of("coach_consent", ConsentState),
            one_of("legal_sphere", ("S2", "S3", "S12", "KEIN", "UNK")),
        ]


class ChecklistDefinition(BaseModel):
    """A published version of a checklist. Running cases keep theirs.

    ``seed_version`` is the version of the file of the seed that it was made of, empty for one that was made here.
    ``draft`` is the token of the draft that became this version, so that it becomes one only once.
    """

    key = CharField(max_length=12)
    version = IntegerField()
    title = CharField(max_length=100)
    content = JSONField()
    published_at = CharField(max_length=27)
    published_by = ForeignKeyField(Account, null=True)
    seed_version = IntegerField(null=True)
    draft = CharField(max_length=22, null=True, unique=True)

    class Meta:
        indexes = [(("key", "version"), True)]
        constraints = [one_of("key", ListKey)]


class ChecklistDraft(BaseModel):
    """The next version of a list while it is being written; at most one for each list.

    ``base`` is the published version that it was compared with when it was begun, ``seed_version`` that of the file.
    ``token`` names this draft for ever, its id may be used again.
    """

    key = CharField(max_length=12, unique=True)
    token = CharField(max_length=22, unique=True)
    content = JSONField()
    base = IntegerField()
    seed_version = IntegerField(null=True)
    begun_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    changed_by = ForeignKeyField(Account, null=True)
    version = IntegerField(default=1)

    class Meta:
        constraints = [one_of("key", ListKey)]


class CaseStage(BaseModel):
    """One list of one case, pinned to a version of its definition."""

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    key = CharField(max_length=12)
    definition = ForeignKeyField(ChecklistDefinition)
    state = CharField(max_length=12, default=StageState.OPEN)
    finished_on = DateField(null=True)
    finished_by = ForeignKeyField(Account, null=True)
    note = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("case", "key"), True), (("key", "state", "case"), False)]
        constraints = [one_of("key", ListKey), one_of("state", StageState)]


class Answer(BaseModel):
    """What one organisation knows about one item. ``values`` maps field keys to plain JSON values."""

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    item = CharField(max_length=6)
    holder = CharField(max_length=10, default=Holder.JOINT)
    state = CharField(max_length=16)
    values = JSONField(default=dict)
    note = TextField(default="")
    reason = TextField(default="")
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, null=True, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    answered_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("case", "item", "holder"), True)]
        constraints = [one_of("state", AnswerState), one_of("holder", Holder)]


class Consent(BaseModel):
    """A consent E1–E5 or its refusal, withdrawal or end; the latest row of a purpose and recipient holds.

    ``named`` are the health data of E3, ``guardian`` who signed for a minor, ``scan`` the signed form.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE")
    purpose = CharField(max_length=2)
    recipient = ForeignKeyField(Organisation, null=True)
    state = CharField(max_length=10)
    decided_on = DateField()
    language = CharField(max_length=3, default="")
    interpreter = CharField(max_length=120, default="")
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)
    named = CharField(max_length=300, default="")
    guardian = CharField(max_length=120, default="")
    scan = DeferredForeignKey("Upload", null=True)

    class Meta:
        constraints = [one_of("purpose", ("E1", "E2", "E3", "E4", "E5")), one_of("state", ConsentState)]


class CarriedAnswer(BaseModel):
    """What the earlier case of a person who came back said to an item; it counts once somebody has confirmed it.

    ``values`` is empty where the record of the person holds them.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    item = CharField(max_length=6)
    values = JSONField(default=dict)
    source = CharField(max_length=200)
    organisation = ForeignKeyField(Organisation, null=True)
    answered_at = CharField(max_length=27)

    class Meta:
        indexes = [(("case", "item"), True)]


class NumberSeries(BaseModel):
    """The last case number given in a year; claimed in the transaction that opens a case."""

    year = IntegerField(primary_key=True)
    last = IntegerField()
