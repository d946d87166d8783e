"""Events in chains, anchors, erasure records, and the log of reads."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.tables.organisation import Account, Organisation


class Chain(BaseModel):
    """Head and length of one chain of events; ``seal`` is an HMAC over both. Ordinals have no gaps."""

    ordinal = IntegerField(unique=True)
    name = CharField(max_length=40, unique=True)
    length = IntegerField()
    head = CharField(max_length=64)
    seal = CharField(max_length=64)


class ChainRegister(BaseModel):
    """One row: how many chains were ever opened, sealed, so that a vanished chain is missed."""

    chains = IntegerField()
    seal = CharField(max_length=64)


class Event(BaseModel):
    """What happened; ``data`` is canonical text, hashed as stored. Append-only by triggers."""

    chain = CharField(max_length=40)
    seq = IntegerField()
    at = CharField(max_length=27)
    kind = CharField(max_length=60)
    case_id = IntegerField(null=True, index=True)
    account_id = IntegerField(null=True)
    actor = CharField(max_length=120)
    organisation = CharField(max_length=40)
    data = TextField()
    hash = CharField(max_length=64)

    class Meta:
        indexes = [(("chain", "seq"), True)]


class Anchor(BaseModel):
    """Digest over all events since the anchor before, chained; also written to a file outside the database."""

    at = CharField(max_length=27)
    last_event = IntegerField()
    events = IntegerField()
    chains = IntegerField()
    digest = CharField(max_length=64, unique=True)


class UnwrittenAnchor(BaseModel):
    """An anchor whose line may not be in the file yet: stored with it, gone once the line is on the disk.

    So a line that is only late differs from one that was lost.
    """

    anchor = ForeignKeyField(Anchor, unique=True)


class ErasureRecord(BaseModel):
    """Leave to erase a chain; keeps its name and the bare hashes, so that anchors still hold."""

    chain = CharField(max_length=40, unique=True)
    ordinal = IntegerField(unique=True)
    length = IntegerField()
    head = CharField(max_length=64)
    hashes = TextField()
    erased_at = CharField(max_length=27)
    account = ForeignKeyField(Account, null=True)
    reason = TextField()


class AccessLog(BaseModel):
    """Who read, printed or exported what; written in batches, kept six months."""

    at = CharField(max_length=27, index=True)
    account = ForeignKeyField(Account)
    organisation = ForeignKeyField(Organisation)
    case_id = IntegerField(null=True, index=True)
    action = CharField(max_length=40)
