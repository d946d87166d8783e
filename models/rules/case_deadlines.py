"""The deadlines of a case as people see them: one function for the case page, the list and the report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.rules.law.data import Law
from models.rules.law.deadlines import integration_course_start_due, paper_reminder, vocational_course_formed_due
from models.rules.message import N_, Message
from models.rules.states import EnrolmentState, HandoverState

URGENT_DAYS = 10


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that matters, what for, and how far it is from today (negative: past)."""

    kind: str
    label: Message
    day: date
    left: int

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.left < 0

    @property
    def is_urgent(self) -> bool:
        """Whether it is time to act: overdue or within ten days."""
        return self.left <= URGENT_DAYS

    @property
    def text(self) -> Message:
        """ "in 8 Tagen", shown beside the date."""
        if self.left in _NEAR:
            return _NEAR[self.left]
        if self.left < 0:
            return Message(N_("seit {days} Tagen überfällig"), days=-self.left)
        return Message(N_("in {days} Tagen"), days=self.left)


_NEAR = {-1: Message(N_("seit gestern überfällig")), 0: Message(N_("heute")), 1: Message(N_("morgen"))}


class HandoverFacts(NamedTuple):
    """The last version of a handover; ``due_on`` is what its state asks for next."""

    state: HandoverState
    due_on: date | None


class PaperFacts(NamedTuple):
    """The paper that counts now, with its German name."""

    name: str
    valid_to: date | None


class CourseDeadlineFacts(NamedTuple):
    """A seat: ``family`` is IK or BSK."""

    state: EnrolmentState
    family: str
    reserved_until: date | None = None
    registered_on: date | None = None


class DeadlineFacts(NamedTuple):
    """What of a case sets off deadlines; only what the acting person may see is filled in."""

    handover: HandoverFacts | None = None
    paper: PaperFacts | None = None
    courses: tuple[CourseDeadlineFacts, ...] = ()
    waiting_complete: date | None = None


_HANDOVER_STEPS = {
    HandoverState.DRAFT: N_("Übergabe an das Jobcenter"),
    HandoverState.QUERIED: N_("Rückfrage zur Übergabe beantworten"),
    HandoverState.SENT: N_("Eingang der Übergabe bestätigen (Jobcenter)"),
    HandoverState.RECEIVED: N_("Übergabe annehmen (Jobcenter)"),
    HandoverState.ACCEPTED: N_("Erstes Gespräch im Jobcenter"),
}


def deadlines_of(facts: DeadlineFacts, today: date, law: Law) -> tuple[Deadline, ...]:
    """The deadlines that exist, the nearest first. Sources stand with the functions of ``law.deadlines``."""
    found = (*_handover(facts), *_paper(facts, today, law), *_courses(facts, law), *_work(facts, today))
    named = (Deadline(kind, label, day, (day - today).days) for kind, label, day in found)
    return tuple(sorted(named, key=lambda deadline: deadline.day))


_Found = tuple[str, Message, date]


def _handover(facts: DeadlineFacts) -> Iterator[_Found]:
    handover = facts.handover
    if handover and handover.due_on and handover.state in _HANDOVER_STEPS:
        yield "handover", Message(_HANDOVER_STEPS[handover.state]), handover.due_on


def _paper(facts: DeadlineFacts, today: date, law: Law) -> Iterator[_Found]:
    """From some weeks before the end of the paper that counts (domain.md 3.2 F4)."""
    paper = facts.paper
    if paper and paper.valid_to and paper_reminder(paper.valid_to, law.amount("paper_reminder", today)) <= today:
        yield "paper", Message(N_("{paper} läuft ab"), paper=paper.name), paper.valid_to


def _courses(facts: DeadlineFacts, law: Law) -> Iterator[_Found]:
    for course in facts.courses:
        if course.state == EnrolmentState.RESERVED and course.reserved_until:
            yield "seat", Message(N_("Reservierter Kursplatz verfällt")), course.reserved_until
        elif course.state == EnrolmentState.CONFIRMED and course.registered_on:
            yield _course_start(course.family, course.registered_on, law)


def _course_start(family: str, registered: date, law: Law) -> _Found:
    if family == "BSK":
        weeks = law.amount("vocational_course_formed_due", registered)
        label = Message(N_("Berufssprachkurs muss zustande kommen"))
        return "course", label, vocational_course_formed_due(registered, weeks)
    weeks = law.amount("integration_course_start_due", registered)
    return "course", Message(N_("Integrationskurs soll beginnen")), integration_course_start_due(registered, weeks)


def _work(facts: DeadlineFacts, today: date) -> Iterator[_Found]:
    """The waiting time is told as complete, never as a permission to work (law_cases: conventions)."""
    complete = facts.waiting_complete
    if complete and complete >= today:
        yield "work", Message(N_("Wartezeit für die Beschäftigungserlaubnis erfüllt")), complete
