"""Several people of a course at once: what was asked, and what became of each."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, one_of
from models.rules.course_batches import BatchKind, Outcome
from models.tables.case import Case
from models.tables.course import Course, Enrolment
from models.tables.organisation import Account, Organisation


class CourseBatch(BaseModel):
    """People of ``course`` were moved to ``target``, or the course was called off and they may wait for ``target``.

    ``token`` came with the form, so that it counts once. ``may_list``: who finds no free seat goes on the list.
    """

    kind = CharField(max_length=6)
    course = ForeignKeyField(Course)
    target = ForeignKeyField(Course, null=True)
    may_list = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    token = CharField(max_length=43, unique=True)
    created_at = CharField(max_length=27)

    class Meta:
        constraints = [one_of("kind", BatchKind)]


class CourseBatchRow(BaseModel):
    """One person of a batch. ``became`` is the new enrolment; ``sentence`` says why something was not done."""

    batch = ForeignKeyField(CourseBatch, on_delete="CASCADE")
    case = ForeignKeyField(Case, on_delete="CASCADE")
    enrolment = ForeignKeyField(Enrolment, on_delete="CASCADE")
    seen_version = IntegerField()
    outcome = CharField(max_length=8, default=Outcome.OPEN)
    became = ForeignKeyField(Enrolment, null=True, on_delete="CASCADE")
    sentence = TextField(default="")

    class Meta:
        constraints = [one_of("outcome", Outcome)]
