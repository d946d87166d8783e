"""Providers, courses and enrolments."""

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.path_requests import ASKED_PATHS, REFUSALS
from models.rules.reasons import REASONS
from models.rules.states import DayMark, EnrolmentState, PathRequestState
from models.rules.waiting import Priority
from models.tables.case import Case
from models.tables.organisation import Account, Organisation


class Provider(BaseModel):
    """A course provider; without ``organisation`` it has no account and works on paper.

    ``last_reader`` is the organisation whose access was taken away: it alone may get it back where something was sent.
    """

    organisation = ForeignKeyField(Organisation, null=True, unique=True)
    last_reader = ForeignKeyField(Organisation, null=True, index=False, backref="earlier_providers")
    name = CharField(max_length=200, unique=True)
    bamf_code = CharField(max_length=20, default="")
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    active = BooleanField(default=True)
    version = IntegerField(default=1)


class Site(BaseModel):
    """Where a provider holds its courses."""

    provider = ForeignKeyField(Provider)
    name = CharField(max_length=120)
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    barrier_free = BooleanField(default=False)
    transport = CharField(max_length=200, default="")
    active = BooleanField(default=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("provider", "name"), True),)


class Course(BaseModel):
    """``taken`` counts the enrolments that hold a seat; the CHECK refuses the seat too many.

    Of a course that points to a ``place``, the words in ``site``, ``transport`` and ``barrier_free`` are those of the
    place. ``lessons`` are its weekly times as ``rules.lesson_times.lesson_rows`` writes them.
    ``cancel_code`` says why it was called off (``rules.course_batches``).
    """

    number = CharField(max_length=40, unique=True)
    provider = ForeignKeyField(Provider)
    kind = CharField(max_length=12)
    title = CharField(max_length=200)
    level_from = CharField(max_length=2, default="")
    level_to = CharField(max_length=2, default="")
    site = CharField(max_length=200, default="")
    schedule = CharField(max_length=200, default="")
    starts_on = DateField(index=True)
    ends_on = DateField(null=True)
    register_until = DateField(null=True)
    seats = IntegerField()
    threshold = IntegerField(null=True)
    taken = IntegerField(default=0)
    childcare = BooleanField(default=False)
    barrier_free = BooleanField(default=False)
    transport = CharField(max_length=200, default="")
    cancelled_on = DateField(null=True)
    version = IntegerField(default=1)
    place = ForeignKeyField(Site, null=True)
    lessons = JSONField(null=True)
    online = BooleanField(default=False)
    units = IntegerField(null=True)
    module_from = IntegerField(null=True)
    module_to = IntegerField(null=True)
    cancel_code = CharField(max_length=8, default="")
    cancel_text = CharField(max_length=200, default="")

    class Meta:
        constraints = [Check("taken >= 0"), Check("taken <= seats"), Check("seats >= 1")]


class Enrolment(BaseModel):
    """A seat for a person, with the access path that opens the course (rules.md 10).

    ``form`` are the printed values of the issued enrolment form: all that a provider ever sees of the person.
    ``source`` is where a confirmation comes from that somebody else entered for the provider. An entry of the waiting
    list is the same row before it has a seat: since ``waiting_since`` with its ``priority``; ``lapses`` counts offers
    that passed without an answer. ``reserved_until`` is the last day of an offer or a reservation. ``reason_code`` is
    of the closed table; ``reason`` its text, or all of the reason in rows from before. ``double_reason``: why the
    person may have two courses at the same time. ``access_ended_on``: the last day on which the provider saw it.
    """

    case = ForeignKeyField(Case)
    course = ForeignKeyField(Course)
    state = CharField(max_length=12)
    access_path = CharField(max_length=2)
    path_basis = CharField(max_length=200, default="")
    path_issued_by = CharField(max_length=200, default="")
    path_dated = DateField(null=True)
    path_valid_to = DateField(null=True)
    reserved_on = DateField(index=True)
    reserved_until = DateField(null=True)
    sent_on = DateField(null=True)
    confirmed_on = DateField(null=True)
    expected_start = DateField(null=True)
    started_on = DateField(null=True)
    ended_on = DateField(null=True)
    waiting_since = DateField(null=True)
    priority = CharField(max_length=8, default="")
    lapses = IntegerField(default=0)
    offered_on = DateField(null=True)
    double_reason = TextField(default="")
    reason_code = CharField(max_length=12, default="")
    reason = TextField(default="")
    source = CharField(max_length=200, default="")
    form = JSONField(default=dict)
    access_ended_on = DateField(null=True)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("state", "course"), False),)
        constraints = [
            one_of("state", EnrolmentState),
            one_of("priority", Priority),
            one_of("reason_code", ("", *REASONS)),
            one_of("access_path", ("P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9")),
        ]


class AttendanceDay(BaseModel):
    """Whether somebody came to her course on a day (§ 8 Abs. 3 IntV). A day that nobody marked has no row.

    There is no room for a reason: what keeps somebody away may be health. ``source`` is where it comes from that
    somebody else entered for the provider.
    """

    enrolment = ForeignKeyField(Enrolment, on_delete="CASCADE", index=False)
    day = DateField()
    state = CharField(max_length=7)
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    marked_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("enrolment", "day"), True),)
        constraints = [one_of("state", DayMark)]


class PathRequest(BaseModel):
    """A request to the body that opens an access path to a course (domain.md 2.2), and its answer.

    ``body`` is a code of ``ISSUERS``. ``told`` is what was passed on with it, nothing about health. ``able_to_work`` is
    what the AsylbLG unit examined itself, yes or no. ``source`` is where an answer comes from that the asking office
    entered for a body without access. ``noted_on``: the asking office has seen the answer.
    """

    case = ForeignKeyField(Case)
    path = CharField(max_length=2)
    body = CharField(max_length=8)
    state = CharField(max_length=10, default=PathRequestState.OPEN)
    asked_on = DateField()
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    told = JSONField(default=dict)
    able_to_work = BooleanField(null=True)
    dated = DateField(null=True)
    valid_to = DateField(null=True)
    reference = CharField(max_length=40, default="")
    basis = CharField(max_length=8, default="")
    reason_code = CharField(max_length=12, default="")
    reason = CharField(max_length=500, default="")
    source = CharField(max_length=200, default="")
    answered_on = DateField(null=True)
    answered_for = ForeignKeyField(Organisation, null=True, index=False)
    answered_by = ForeignKeyField(Account, null=True, index=False)
    noted_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("body", "state", "asked_on"), False)]
        constraints = [
            one_of("path", ASKED_PATHS),
            one_of("body", ("ABH", "JC", "ASYLBLG", "BAMF", "AA")),
            one_of("state", PathRequestState),
            one_of("reason_code", ("", *REFUSALS)),
        ]
