"""What proves an answer: papers that were shown, copies of them, and filled paper lists that were scanned."""

from peewee import BlobField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, one_of
from models.rules.states import EvidenceKind, Holder, ListKey, MediaType
from models.tables.case import Case
from models.tables.organisation import Account, Organisation


class Upload(BaseModel):
    """A file of a case under the SHA-256 of its bytes; the name it came with is not kept, it may name the person."""

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    sha256 = CharField(max_length=64)
    media_type = CharField(max_length=20)
    size = IntegerField()
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    uploaded_at = CharField(max_length=27)

    class Meta:
        indexes = [(("case", "sha256"), True)]
        constraints = [one_of("media_type", MediaType)]


class UploadContent(BaseModel):
    """The bytes, in a table of their own; gone once nothing rests on them."""

    upload = ForeignKeyField(Upload, primary_key=True, on_delete="CASCADE")
    content = BlobField()


class Evidence(BaseModel):
    """What proves the answer to an item, or with an empty ``item`` the scanned paper of a whole list.

    ``holder`` is whose record it belongs to. ``paper_version`` is the version of the list that was printed. A removed
    row stays with its reason.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    list = CharField(max_length=12)
    item = CharField(max_length=6, default="")
    holder = CharField(max_length=10, default=Holder.JOINT)
    kind = CharField(max_length=4)
    seen_on = DateField(null=True)
    note = CharField(max_length=200, default="")
    paper_version = IntegerField(null=True)
    upload = ForeignKeyField(Upload, null=True)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    removed_at = CharField(max_length=27, null=True)
    removed_by = ForeignKeyField(Account, null=True, index=False)
    remove_reason = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("case", "item"), False)]
        constraints = [
            one_of("list", ListKey),
            one_of("holder", Holder),
            one_of("kind", EvidenceKind),
            Check("(kind = 'seen') = (upload_id IS NULL)"),
            Check("(kind = 'scan') = (item = '')"),
        ]
