"""Handovers and issued documents."""

from peewee import BlobField, CharField, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.states import DocumentKind, HandoverState, RequestState
from models.tables.case import Case
from models.tables.course import Enrolment
from models.tables.organisation import Account, Organisation
from models.tables.person import Person


class Handover(BaseModel):
    """One Fassung of a transfer. ``snapshot`` is canonical JSON, frozen at sending; hashed as stored.

    ``subject`` is the person's name as transmitted. ``due_on`` is the next deadline in its state: sending, receipt,
    acceptance, first talk.
    """

    reference = CharField(max_length=24, unique=True)
    case = ForeignKeyField(Case)
    number = IntegerField()
    state = CharField(max_length=10, default=HandoverState.DRAFT)
    sender = ForeignKeyField(Organisation)
    receiver = ForeignKeyField(Organisation)
    decision_code = CharField(max_length=10, default="")
    served_on = DateField(null=True)
    recorded_on = DateField()
    asylblg_until = DateField(null=True)
    proposed_on = DateField(null=True)
    change_on = DateField(null=True)
    application_latest = DateField(null=True)
    legal_basis = CharField(max_length=200, default="")
    override_reason = TextField(default="")
    due_on = DateField(null=True, index=True)
    released = JSONField(default=dict)
    gap_reasons = JSONField(default=dict)
    informed_on = DateField(null=True)
    copy_given_on = DateField(null=True)
    snapshot = TextField(null=True)
    snapshot_sha256 = CharField(max_length=64, null=True)
    subject = CharField(max_length=250, default="")
    code = CharField(max_length=14, null=True, unique=True)
    sent_at = CharField(max_length=27, null=True)
    sent_by = ForeignKeyField(Account, null=True)
    received_at = CharField(max_length=27, null=True)
    received_by = ForeignKeyField(Account, null=True)
    accepted_at = CharField(max_length=27, null=True)
    accepted_by = ForeignKeyField(Account, null=True)
    checked = JSONField(default=dict)
    first_talk_on = DateField(null=True)
    queries = JSONField(default=list)
    reason = TextField(default="")
    closed_at = CharField(max_length=27, null=True)
    replaced_by = ForeignKeyField("self", null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [
            (("case", "number"), True),
            (("receiver", "state", "due_on"), False),
            (("sender", "state", "due_on"), False),
        ]
        constraints = [one_of("state", HandoverState)]


class TakenField(BaseModel):
    """A field of a snapshot that the receiver has copied into its own system."""

    handover = ForeignKeyField(Handover, on_delete="CASCADE", index=False)
    field = CharField(max_length=60)
    account = ForeignKeyField(Account)
    taken_at = CharField(max_length=27)

    class Meta:
        indexes = [(("handover", "field"), True)]


class TransferRequest(BaseModel):
    """A request of the Jobcenter for a transfer (Übermittlungsersuchen), by name and birth date.

    What the requester sees follows from its days and from a transmitted sheet alone (``models.rules.requests``), never
    from ``state``: that is the answer of the organisation that has the case. Name and birth date of a request that led
    to nothing are forgotten some weeks after its end.
    """

    requester = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, index=False)
    token = CharField(max_length=43, unique=True)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    date_of_birth = DateField(null=True)
    made_at = CharField(max_length=27)
    ends_on = DateField()
    state = CharField(max_length=10, default=RequestState.OPEN)
    case = ForeignKeyField(Case, null=True)
    reason = CharField(max_length=1000, default="")
    answered_by = ForeignKeyField(Account, null=True, index=False)
    answered_at = CharField(max_length=27, null=True)
    forgotten_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("state", "ends_on"), False)]
        constraints = [one_of("state", RequestState)]


class RequestMatch(BaseModel):
    """An open request may mean this person, by her present or an earlier name (``operations.request_matches``)."""

    request = ForeignKeyField(TransferRequest, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")

    class Meta:
        indexes = [(("request", "person"), True)]


class Document(BaseModel):
    """Issued bytes are the record. Each signature makes a new row; ``replaced_by`` points at the later one."""

    kind = CharField(max_length=20)
    case = ForeignKeyField(Case, null=True)
    handover = ForeignKeyField(Handover, null=True)
    enrolment = ForeignKeyField(Enrolment, null=True)
    code = CharField(max_length=14, null=True, index=True)
    title = CharField(max_length=200)
    filename = CharField(max_length=120)
    media_type = CharField(max_length=60, default="application/pdf")
    sha256 = CharField(max_length=64, unique=True)
    signatures = IntegerField(default=0)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    issued_at = CharField(max_length=27)
    replaced_by = ForeignKeyField("self", null=True)

    class Meta:
        constraints = [one_of("kind", DocumentKind)]


class DocumentContent(BaseModel):
    """The bytes, in a table of their own so that lists never carry them."""

    document = ForeignKeyField(Document, primary_key=True, on_delete="CASCADE")
    content = BlobField()
