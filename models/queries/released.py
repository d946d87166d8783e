"""Enrolments as a provider sees them: the form that was released to it, its course, its own answer. Reads only."""

from datetime import date
from typing import NamedTuple

from peewee import JOIN, Case, Expression, Query, fn

from models.queries.law import current_law
from models.queries.prepared import Prepared
from models.queries.registrations import SAID, registration_of
from models.rules.consents import latest_ended
from models.rules.enrolments import PROVIDER_SEES_FOR, seen_until
from models.rules.errors import NotVisible
from models.rules.reasons import reason_told
from models.rules.registrations import LEVEL_LABELS, Registration
from models.rules.roles import Actor
from models.rules.states import ConsentState, EnrolmentState
from models.tables import Consent, Course, CourseRegistration, Enrolment, Provider

PAGE = 25


class ReleasedSince(NamedTuple):
    """The days that decide today what a provider sees: since when a course or an enrolment may be over (``over``), and
    the last day of consents that have ended (``ended``). Days, because statements are built before the day is known.
    """

    over: date
    ended: date


def released_since(today: date) -> ReleasedSince:
    """The days for what a provider sees today."""
    return ReleasedSince(today - PROVIDER_SEES_FOR, latest_ended(today))


def released_to(actor: Actor, since: ReleasedSince) -> Expression:
    """A WHERE over ``Enrolment`` joined with ``Course`` and ``Provider``: what a provider may see.

    Enrolments in its own courses that were sent to it, until some weeks after the course or after they came to nothing;
    one that it has not answered ends together with the consent E2 (Art. 7 Abs. 3 DSGVO).
    """
    return (Provider.organisation == actor.organisation_id) & released(since)


def released_of(case_id: int, since: ReleasedSince) -> list[tuple[int, date]]:
    """The organisations of the providers that see an enrolment of this case, and since when."""
    return list(dict(_RELEASED_OF.rows(case_id, *since)).items())  # of several the last, which was sent first


def is_in_time(since: ReleasedSince) -> Expression:
    """A WHERE: neither the course nor the enrolment has been over for too long (``rules.enrolments.seen_until``)."""
    return (Course.ends_on.is_null() | (Course.ends_on >= since.over)) & (
        Enrolment.ended_on.is_null() | (Enrolment.ended_on >= since.over)
    )


def released(since: ReleasedSince) -> Expression:
    """A WHERE over the same: what was sent to a provider, with an account or on paper, and is not over for it."""
    later = Consent.alias()
    for_it = later.recipient.is_null() | (later.recipient == Provider.organisation)
    newest = later.select(fn.MAX(later.id)).where(later.case == Enrolment.case, later.purpose == "E2", for_it)
    is_over = (Consent.state != ConsentState.GRANTED) | (Consent.decided_on <= since.ended)
    without = fn.EXISTS(Consent.select(Consent.id).where(Consent.id == newest, is_over))
    return Enrolment.sent_on.is_null(False) & is_in_time(since) & ((Enrolment.state != EnrolmentState.SENT) | ~without)


def _released_of(case_id: int, over: date, ended: date) -> Query:
    query = Enrolment.select(Provider.organisation, Enrolment.sent_on).join(Course).join(Provider)
    here = (Enrolment.case == case_id) & Provider.organisation.is_null(False)
    return query.where(here & released(ReleasedSince(over, ended))).order_by(Enrolment.sent_on.desc())


_RELEASED_OF = Prepared(_released_of, int, date, date)


class ReleasedRow(NamedTuple):
    """What a provider sees of an enrolment: the values of the form, its course, and its own answer. Nothing else."""

    id: int
    state: EnrolmentState
    version: int
    form: dict[str, str]
    sent_on: date
    confirmed_on: date | None
    expected_start: date | None
    started_on: date | None
    ended_on: date | None
    reason_code: str
    reason: str
    course_number: str
    course_title: str
    starts_on: date
    ends_on: date | None
    course_kind: str
    test_on: date | None
    test_level: str | None
    test_module: str | None
    pk_number: str | None

    @property
    def registration(self) -> Registration:
        """What the provider said beside the day of the registration."""
        return registration_of(self)

    @property
    def family(self) -> str | None:
        """Whether it is an integration course or a vocational one."""
        return current_law().course_family(self.course_kind)

    @property
    def german(self) -> str:
        """What is known of her German: the result of the placement test, else what the form says."""
        if self.test_level:
            return f"{LEVEL_LABELS[self.test_level]} (Einstufungstest)"
        return self.form.get("german") or ""

    @property
    def last_day(self) -> date | None:
        """The last day on which the provider sees it; None as long as no end is known."""
        return seen_until(self.ends_on, self.ended_on)

    @property
    def reason_told(self) -> str:
        """Why it ended, in German."""
        return reason_told(self.reason_code, self.reason)

    @property
    def name(self) -> str:
        """``Familienname, Vorname`` as printed on the form."""
        return f"{self.form.get('family_name', '')}, {self.form.get('given_names', '')}"


_RELEASED = (
    Enrolment.id, Enrolment.state, Enrolment.version, Enrolment.form, Enrolment.sent_on, Enrolment.confirmed_on,
    Enrolment.expected_start, Enrolment.started_on, Enrolment.ended_on, Enrolment.reason_code, Enrolment.reason,
    Course.number, Course.title, Course.starts_on, Course.ends_on, Course.kind, *SAID,
)  # fmt: skip


def released_page(actor: Actor, today: date, page: int, *, unanswered: bool = False) -> tuple[list[ReleasedRow], bool]:
    """One page of the enrolments released to a provider, the newest first, and whether there is a next one."""
    where = released_to(actor, released_since(today))
    if unanswered:
        where &= Enrolment.state == EnrolmentState.SENT
    rows = released_rows(where, PAGE + 1, (page - 1) * PAGE)
    return rows[:PAGE], len(rows) > PAGE


def released_enrolment(actor: Actor, enrolment_id: int, today: date) -> ReleasedRow:
    """One enrolment released to a provider; NotVisible for any other."""
    rows = released_rows(released_to(actor, released_since(today)) & (Enrolment.id == enrolment_id))
    if not rows:
        raise NotVisible
    return rows[0]


def released_rows(where: Expression, limit: int | None = None, offset: int = 0) -> list[ReleasedRow]:
    """What a provider sees of the enrolments that ``where`` narrows, ``released_to`` first: who waits for an answer
    before the others, the newest first.
    """
    waits = Case(None, [(Enrolment.state == EnrolmentState.SENT, 0)], 1)
    query = Enrolment.select(*_RELEASED).join(Course).join(Provider).where(where)
    query = query.join_from(Enrolment, CourseRegistration, JOIN.LEFT_OUTER)
    ordered = query.order_by(waits, Enrolment.sent_on.desc(), Enrolment.id.desc())
    rows = ordered.limit(limit).offset(offset).tuples()
    return [ReleasedRow(row[0], EnrolmentState(row[1]), *row[2:]) for row in rows]
