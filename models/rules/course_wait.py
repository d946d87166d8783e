"""How long somebody waits for a course (F52): one measure for her page, the list of a course and the task."""

from dataclasses import dataclass
from datetime import date

from models.rules.law.data import Law
from models.rules.law.deadlines import counted, course_wait_due
from models.rules.message import N_, Message
from models.rules.states import LISTED, PLACED, EnrolmentState, PathRequestState
from models.rules.tasks.facts import TaskFacts
from models.rules.times import german_date

_COUNTS = (*LISTED, *PLACED, EnrolmentState.FINISHED, EnrolmentState.DROPPED_OUT)


@dataclass(frozen=True, slots=True)
class Wait:
    """From the day on which a course was open to the person to its start, or to today. ``line`` is six weeks later."""

    since: date
    until: date
    line: date
    is_over: bool

    @property
    def days(self) -> int:
        """So many days she has waited."""
        return (self.until - self.since).days

    @property
    def is_long(self) -> bool:
        """Whether it is longer than the own service level allows."""
        return self.until > self.line

    @property
    def sentence(self) -> Message:
        """ "wartet seit 45 Tagen (Berechtigung vom 12.10.2026)"."""
        text = N_("wartete {days} Tage (Berechtigung vom {since}, Beginn {until})")
        if not self.is_over:
            text = N_("wartet seit {days} Tagen (Berechtigung vom {since}); Ziel: Beginn bis {line}")
            if self.days == 1:
                text = N_("wartet seit einem Tag (Berechtigung vom {since}); Ziel: Beginn bis {line}")
        named = {"since": german_date(self.since), "until": german_date(self.until), "line": german_date(self.line)}
        return Message(text, days=self.days, **named)


def wait_of(entitled: date | None, started: date | None, law: Law, today: date) -> Wait | None:
    """The wait since a day; None where nobody knows since when, or it lies ahead."""
    until = started or today
    if entitled is None or entitled > until:
        return None
    return Wait(entitled, until, counted(law, course_wait_due, entitled), started is not None)


def entitled_on(facts: TaskFacts) -> date | None:
    """Since when a course is open to the person: the earliest paper that an enrolment, a granted request or the list
    names, else the grant of a title that gives the claim (§ 44 Abs. 1 AufenthG).
    """
    papers = [seat.path_dated for seat in facts.seats if seat.state in _COUNTS]
    papers += [one.dated for one in facts.paths if one.state == PathRequestState.GRANTED]
    named = [day for day in (*papers, facts.path_issued_on) if day]
    if named:
        return min(named)
    return facts.paper.granted_on if facts.paper and facts.paper.claim else None


def wait_in(facts: TaskFacts, today: date) -> Wait | None:
    """How long the person of a case waits, or waited until her first course began."""
    started = min((seat.started_on for seat in facts.seats if seat.started_on), default=None)
    return wait_of(entitled_on(facts), started, facts.law, today)
