"""What providers answer to an enrolment beside its state. It goes with the enrolment when that is erased."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField

from models.base import BaseModel, one_of
from models.rules.competences.languages import LEVELS
from models.rules.course_reports import EXAMS, RECOMMENDATIONS, RESULTS
from models.rules.proposals import MOST_SENTENCE, ProposalState
from models.rules.reasons import REASONS
from models.rules.registrations import MODULES
from models.tables.competence import LanguageSkill
from models.tables.course import Course, Enrolment
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


class CourseReport(BaseModel):
    """The end of a course for one person, as ``organisation`` reported it last; ``source`` as above.

    ``skill`` is the certificate that it became among the languages of the case. Versions are the enrolment's.
    """

    enrolment = ForeignKeyField(Enrolment, primary_key=True, on_delete="CASCADE")
    level = CharField(max_length=2, default="")
    listening = CharField(max_length=2, default="")
    reading = CharField(max_length=2, default="")
    writing = CharField(max_length=2, default="")
    speaking = CharField(max_length=2, default="")
    exam = CharField(max_length=5, default="")
    exam_result = CharField(max_length=7, default="")
    exam_on = DateField(null=True)
    lid_points = IntegerField(null=True)
    recommendation = CharField(max_length=10, default="")
    units = IntegerField(null=True)
    skill = ForeignKeyField(LanguageSkill, null=True, on_delete="SET NULL")
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    told_on = DateField()

    class Meta:
        constraints = [
            one_of("exam", ("", *EXAMS)),
            one_of("exam_result", ("", *RESULTS)),
            one_of("recommendation", ("", *RECOMMENDATIONS)),
            Check("lid_points BETWEEN 0 AND 33"),
        ]


class CourseProposal(BaseModel):
    """A provider proposes another ``course`` or another first day (``starts_on``) for an enrolment that lies with it.

    At most one of an enrolment is open: versions are the enrolment's.
    """

    enrolment = ForeignKeyField(Enrolment, on_delete="CASCADE")
    course = ForeignKeyField(Course, null=True, index=False)
    starts_on = DateField(null=True)
    sentence = CharField(max_length=MOST_SENTENCE)
    state = CharField(max_length=9, default=ProposalState.OPEN)
    proposed_on = DateField()
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    reason_code = CharField(max_length=12, default="")
    reason = CharField(max_length=500, default="")
    settled_on = DateField(null=True)
    settled_by = ForeignKeyField(Organisation, null=True, index=False, backref="settled_proposals")

    class Meta:
        constraints = [
            one_of("state", ProposalState),
            one_of("reason_code", ("", *REASONS)),
            Check("(course_id IS NULL) <> (starts_on IS NULL)"),
            Check("(state = 'open') = (settled_on IS NULL)"),
        ]
