"""Who is in a course, and who of them came on which day, as provider and clerk may see it. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import Expression

from models.queries.consent_states import state_of
from models.queries.courses import CourseRow, course_numbered
from models.queries.dossier import Dossier
from models.queries.enrolments import EnrolmentRow, tells_itself
from models.queries.released import released, released_since, released_to
from models.queries.scope import blocks_of, visible_cases
from models.queries.task_facts import course_dues
from models.rules.course_attendance import Marks, Month, Stay, Summary, Teaching, summaries
from models.rules.enrolments import PROVIDER_SEES_FOR, TOLD_BY_LAW
from models.rules.errors import NotVisible
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.rules.states import ConsentState, DayMark, EnrolmentState
from models.rules.tasks import TaskKind
from models.tables import AttendanceDay, Case, Consent, Course, Enrolment, Person, Provider

IN_COURSE = (
    EnrolmentState.CONFIRMED,
    EnrolmentState.STARTED,
    EnrolmentState.FINISHED,
    EnrolmentState.DROPPED_OUT,
)
"""Enrolments of people who are, were or will be in the course; how long, their days say."""
SEEN_WITH = frozenset({Block.COURSES, Block.COACH_LIST})
"""The coach sees the enrolment, which is an item of its list, but not how the law judges the way into the course."""


class Participant(NamedTuple):
    """Somebody in a course. ``number`` is the case number, for clerks alone; ``reference`` the sign of the form."""

    enrolment_id: int
    case_id: int
    number: str
    reference: str
    state: EnrolmentState
    stay: Stay

    @property
    def name(self) -> str:
        """``Familienname, Vorname``."""
        return self.stay.name


@dataclass(frozen=True, slots=True)
class CourseSheet:
    """A course with its people and what was marked in one month, by enrolment."""

    course: CourseRow
    month: Month
    people: tuple[Participant, ...]
    marks: Mapping[int, Marks]

    @property
    def teaching(self) -> Teaching:
        """When the course is taught."""
        return teaching_of(self.course)

    @property
    def days(self) -> tuple[date, ...]:
        """The columns."""
        marked = {day for marks in self.marks.values() for day in marks}
        return self.month.days(self.teaching, marked)

    @property
    def markable(self) -> tuple[Participant, ...]:
        """The rows: who is in the course in this month and may be reported on."""
        return tuple(one for one in self.people if one.stay.told and one.stay.is_in_month(self.month))

    @property
    def expected(self) -> tuple[Participant, ...]:
        """Who may come in this month: the rows, and who was confirmed and has not begun."""
        return tuple(one for one in self.people if one in self.markable or one in self.not_begun)

    @property
    def untold(self) -> tuple[Participant, ...]:
        """Who is in the course, but only with a consent E4 that is not there."""
        return tuple(one for one in self.people if not one.stay.told and one.state != EnrolmentState.DROPPED_OUT)

    @property
    def not_begun(self) -> tuple[Participant, ...]:
        """Who was confirmed, and nobody has said that she has begun."""
        confirmed = EnrolmentState.CONFIRMED
        return tuple(one for one in self.people if one.state == confirmed and one.stay.told)


def teaching_of(course: CourseRow) -> Teaching:
    """When a course is taught."""
    return Teaching(course.starts_on, course.ends_on, course.lessons)


def course_taught(actor: Actor, number: str, today: date) -> CourseRow:
    """A course whose attendance this person may enter: a provider its own ones until some weeks after their end, a
    clerk any, for those of her cases of whom the provider does not speak itself. NotVisible for any other.
    """
    course = course_numbered(number)
    if actor.role == Role.PROVIDER:
        over = course.ends_on is not None and course.ends_on < today - PROVIDER_SEES_FOR
        if course.provider_office != actor.organisation_id or over:
            raise NotVisible
    return course


def sheet_of(actor: Actor, course: CourseRow, month: Month, today: date) -> CourseSheet:
    """The attendance of a month: the people of the course whom this person sees, in four statements at most."""
    people = participants(actor, course, today)
    return CourseSheet(course, month, people, marks_of([one.enrolment_id for one in people], month.first, month.last))


def participants(actor: Actor, course: CourseRow, today: date) -> tuple[Participant, ...]:
    """Who is in a course: for its provider those whose forms were released to it, for a clerk those of her own cases
    that were not: the provider has no account, or the person brought the form herself.
    """
    return _people(actor, course, Enrolment.state.in_(IN_COURSE), today)


def unanswered(actor: Actor, course: CourseRow, today: date) -> tuple[Participant, ...]:
    """The own cases whose forms were sent to the provider of a course, which has not answered yet."""
    sent = (Enrolment.state == EnrolmentState.SENT) & released(released_since(today))
    return _people(actor, course, sent, today)


def _people(actor: Actor, course: CourseRow, which: Expression, today: date) -> tuple[Participant, ...]:
    rows = list(
        Enrolment.select(Enrolment, Case, Person)
        .join(Case)
        .join(Person)
        .join_from(Enrolment, Course)
        .join(Provider)
        .where(Enrolment.course == course.id, which, _seen(actor, today))
    )
    if actor.role != Role.PROVIDER:
        rows = [row for row in rows if not SEEN_WITH.isdisjoint(blocks_of(actor, row.case, today))]
    told = told_of(rows, course.provider_office, today)
    found = [_participant(row, row.id in told, actor) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.enrolment_id)))


def _seen(actor: Actor, today: date) -> Expression:
    if actor.role == Role.PROVIDER:
        return released_to(actor, released_since(today))
    return visible_cases(actor, today) & (Provider.organisation.is_null() | Enrolment.sent_on.is_null())


def _participant(row: Enrolment, told: bool, actor: Actor) -> Participant:
    form = row.form or {}
    if actor.role == Role.PROVIDER:  # what was printed, not what the case says today
        name, number = f"{form.get('family_name', '')}, {form.get('given_names', '')}", ""
    else:
        name, number = f"{row.case.person.family_name}, {row.case.person.given_name}", row.case.number
    stay = Stay(name, row.started_on, row.ended_on, told)
    return Participant(row.id, row.case_id, number, form.get("reference", ""), EnrolmentState(row.state), stay)


def told_of(rows: Iterable[Enrolment], office: int | None, today: date) -> frozenset[int]:
    """The enrolments of one provider on which it may report today: by law on some paths, else with the consent E4."""
    rows = list(rows)
    asked = {row.case_id for row in rows if row.access_path not in TOLD_BY_LAW}
    newest: dict[int, Consent] = {}
    if asked:
        for_it = Consent.recipient.is_null() | (Consent.recipient == office)
        decisions = Consent.select().where(Consent.case.in_(asked), Consent.purpose == "E4", for_it)
        newest = {consent.case_id: consent for consent in decisions.order_by(Consent.id)}
    return frozenset(
        row.id
        for row in rows
        if row.access_path in TOLD_BY_LAW or state_of(newest.get(row.case_id), today) == ConsentState.GRANTED
    )


def marks_of(enrolment_ids: Sequence[int], first: date, last: date) -> dict[int, dict[date, DayMark]]:
    """What was marked from a day to a day, by enrolment."""
    found: dict[int, dict[date, DayMark]] = defaultdict(dict)
    rows = AttendanceDay.select(AttendanceDay.enrolment, AttendanceDay.day, AttendanceDay.state).where(
        AttendanceDay.enrolment.in_(list(enrolment_ids)), AttendanceDay.day.between(first, last)
    )
    for enrolment, day, state in rows.tuples() if enrolment_ids else ():
        found[enrolment][day] = DayMark(state)
    return found


def summaries_of(row: EnrolmentRow, today: date) -> tuple[Summary, ...]:
    """How often somebody came, by month; nothing where her provider may not report on her today."""
    if row.started_on is None or not tells_itself(Enrolment.get_by_id(row.id), today):
        return ()
    course = course_numbered(row.course_number)
    stay = Stay("", row.started_on, row.ended_on, told=True)
    return summaries(marks_of([row.id], row.started_on, today)[row.id], teaching_of(course), stay, today)


def missed_of(held: Dossier, enrolment_id: int) -> tuple[date, ...]:
    """The unexcused days because of which somebody should ask after the person; none once the task is gone."""
    asked = (due.enrolment for due in course_dues(held) if due.kind == TaskKind.MISSED)
    return tuple(day for one, day in held.missed if one == enrolment_id) if enrolment_id in asked else ()
