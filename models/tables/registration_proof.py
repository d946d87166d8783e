"""The proof of registration that goes back to the body which sent somebody to a course."""

from peewee import BooleanField, CharField, DateField, ForeignKeyField

from models.base import BaseModel, one_of
from models.rules.enrolments import ISSUERS
from models.tables.course import Enrolment
from models.tables.organisation import Account, Organisation


class RegistrationProof(BaseModel):
    """Issued for an enrolment, sent to ``body`` in its inbox or on paper, seen there. Versions are the enrolment's.

    The file is the document of the enrolment of this kind that no later one replaced.
    """

    enrolment = ForeignKeyField(Enrolment, primary_key=True, on_delete="CASCADE")
    body = CharField(max_length=8)
    issued_on = DateField()
    sent_on = DateField(null=True)
    in_system = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    seen_on = DateField(null=True)
    seen_by = ForeignKeyField(Organisation, null=True, index=False, backref="seen_proofs")

    class Meta:
        indexes = [(("body", "in_system", "sent_on"), False)]
        constraints = [one_of("body", ISSUERS)]
