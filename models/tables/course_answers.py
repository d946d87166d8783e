"""What providers answer to an enrolment beside its state. It goes with the enrolment when that is erased."""

from peewee import CharField, DateField, ForeignKeyField

from models.base import BaseModel, one_of
from models.rules.competences.languages import LEVELS
from models.rules.registrations import MODULES
from models.tables.course import Enrolment
from models.tables.organisation import Account, Organisation


class CourseRegistration(BaseModel):
    """Placement test, its result and the Personenkennziffer, as ``organisation`` said it last; ``source`` where it only
    writes down what the provider said. Versions are the enrolment's.
    """

    enrolment = ForeignKeyField(Enrolment, primary_key=True, on_delete="CASCADE")
    test_on = DateField(null=True)
    test_level = CharField(max_length=2, default="")
    test_module = CharField(max_length=5, default="")
    pk_number = CharField(max_length=40, default="")
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    told_on = DateField()

    class Meta:
        constraints = [one_of("test_level", ("", *LEVELS)), one_of("test_module", ("", *MODULES))]
