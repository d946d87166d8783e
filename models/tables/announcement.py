"""Announcements (Mitteilungen) to organisations, and who has confirmed that she read them. No personal data."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.tables.organisation import Account, Organisation


class Announcement(BaseModel):
    """``each_person``: everybody there confirms for herself; else one person does for her organisation."""

    token = CharField(max_length=43, unique=True)
    subject = CharField(max_length=120)
    text = TextField()
    each_person = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True, index=False)
    sent_at = CharField(max_length=27)
    withdrawn_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)


class AnnouncementParty(BaseModel):
    """An organisation that an announcement is for."""

    announcement = ForeignKeyField(Announcement, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation)

    class Meta:
        table_name = "announcement_party"
        indexes = [(("announcement", "organisation"), True)]


class AnnouncementReading(BaseModel):
    """Somebody confirmed that she read an announcement, for herself and her organisation."""

    announcement = ForeignKeyField(Announcement, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, index=False)
    read_at = CharField(max_length=27)

    class Meta:
        table_name = "announcement_reading"
        indexes = [(("announcement", "account"), True)]
