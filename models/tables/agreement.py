"""The agreement of first steps: numbered versions of a case, and the steps of each."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, one_of
from models.rules.agreements import AgreementState, StepKind, StepState, Who
from models.rules.states import Site
from models.tables.appointment import Appointment
from models.tables.case import Case
from models.tables.evidence import Upload
from models.tables.handover import Document
from models.tables.organisation import Account, Organisation


class Agreement(BaseModel):
    """One version. A later one that was closed stands in ``replaced_by``; the one without holds.

    ``document`` is the paper as it was closed, ``paper_reason`` why the person signed on paper beside the counsellor's
    key, ``scan`` the signed paper.

    The next appointment: of a draft ``appointment``, which stands already, or the ``next_`` of one that is agreed when
    the draft is closed; from then on ``appointment`` is the one, and ``next_said`` what was signed of it.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    number = IntegerField()
    state = CharField(max_length=8, default=AgreementState.DRAFT)
    goal = TextField(default="")
    services = TextField(default="")
    contributions = TextField(default="")
    next_on = DateField(null=True)
    next_begins = CharField(max_length=5, default="")
    next_site = CharField(max_length=12, default=Site.AGENTUR)
    next_where = CharField(max_length=150, default="")
    next_said = TextField(default="")
    appointment = ForeignKeyField(Appointment, null=True, on_delete="SET NULL")
    language = CharField(max_length=3, default="")
    interpreter = CharField(max_length=120, default="")
    agreed_on = DateField(null=True)
    reason = TextField(default="")
    paper_reason = CharField(max_length=12, default="")
    copy_on = DateField(null=True)
    document = ForeignKeyField(Document, null=True)
    scan = ForeignKeyField(Upload, null=True)
    replaced_by = ForeignKeyField("self", null=True)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("case", "number"), True)]
        constraints = [
            one_of("state", AgreementState),
            Check("state = 'draft' OR agreed_on IS NOT NULL"),
        ]


class AgreementStep(BaseModel):
    """A step: who does what until when, and what became of it."""

    agreement = ForeignKeyField(Agreement, on_delete="CASCADE", index=False)
    position = IntegerField()
    kind = CharField(max_length=12)
    detail = CharField(max_length=150, default="")
    who = CharField(max_length=7)
    until = DateField()
    state = CharField(max_length=7, default=StepState.OPEN)
    settled_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("agreement", "position"), True)]
        constraints = [
            one_of("kind", StepKind),
            one_of("who", Who),
            one_of("state", StepState),
            Check("(state = 'OPEN') = (settled_on IS NULL)"),
        ]
