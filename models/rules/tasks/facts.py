"""What of a case sets off tasks and deadlines: plain dated facts, the same for one case as for thousands."""

from dataclasses import dataclass
from datetime import date

from models.rules.law.data import Law
from models.rules.states import ChangeKind, EnrolmentState, HandoverState, ListKey, PathRequestState, ReportState


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """The last version of a handover; ``due_on`` is what its state asks for next, the other days are German days."""

    state: HandoverState
    due_on: date | None = None
    id: int | None = None
    sender: int | None = None
    receiver: int | None = None
    sent_on: date | None = None
    closed_on: date | None = None
    copy_given: bool = False
    asylblg_until: date | None = None


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """The paper that counts now. ``claim``: it gives a claim to an integration course (§ 44 Abs. 1 AufenthG)."""

    code: str
    valid_to: date | None = None
    granted_on: date | None = None
    condition_until: date | None = None
    claim: bool = False


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """The access path behind a seat, and how far the proof of registration is that its body may be owed."""

    path: str = ""
    issued_by: str = ""
    sent_on: date | None = None
    in_system: bool = False
    seen: bool = False


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat in a course, or an entry of its waiting list: ``family`` is that of its kind, ``booker`` reserved it,
    ``provider`` is None without an account. ``path`` names the access with the days of its paper; ``marked_until`` is
    the last day with attendance, ``course_ends_on`` the planned end, ``test_without_result`` the day of a placement
    test as long as nobody has said how it ended. ``missed`` are the unexcused days at the end of what is known of it.
    ``proposed_on``: since then a proposal of the provider waits for an answer.
    """

    state: EnrolmentState
    family: str
    reserved_until: date | None = None
    sent_on: date | None = None
    registered_on: date | None = None
    id: int | None = None
    booker: int | None = None
    provider: int | None = None
    started_on: date | None = None
    ended_on: date | None = None
    path: str = ""
    path_dated: date | None = None
    path_valid_to: date | None = None
    course_ends_on: date | None = None
    marked_until: date | None = None
    test_without_result: date | None = None
    missed: tuple[date, ...] = ()
    proposed_on: date | None = None
    proof: ProofFacts = ProofFacts()


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """A list that was sent back and is not finished again: whose list it is, who sent it back and when."""

    key: ListKey
    to: int | None
    by: int | None
    on: date


@dataclass(frozen=True, slots=True)
class StepFacts:
    """An open step of the agreement of first steps: what, who takes it, until when."""

    kind: str
    who: str
    until: date


@dataclass(frozen=True, slots=True)
class PathFacts:
    """A request for an access path: ``asker`` is the office that asked, ``answerer`` who entered the answer, ``dated``
    the day of the paper.
    """

    path: str
    body: str
    state: PathRequestState
    asked_on: date
    asker: int
    answered_on: date | None = None
    answerer: int | None = None
    noted: bool = False
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A change that a municipality reported: when, who did, where she moved to, and who has taken notice."""

    kind: ChangeKind
    state: ReportState
    on: date
    reporter: int
    home: int | None = None
    noted: bool = False
    coach_noted: bool = False
    asylblg_noted: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question about an item that is not closed: who asked whom when, and the day of the answer."""

    item: str
    asker: int
    asked: int
    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A case as the table of tasks looks at it, and the law that gives the lengths; organisations by id.

    What is not known sets off nothing.

    ``served_on``: the day on which a service that changes the sphere was recorded. ``agreed_on``: the agreement B25.
    ``obligation_asked_on``: somebody named an obligation by the AsylbLG unit (P5) that nobody has issued.
    ``paths``: requests for access paths, the newest first.
    ``last_contact``: of the responsible organisation with the person, once there was a first one; ``coach_contact``: of
    the coach.
    ``german_proved_on``: the day of the test behind what is known of her German.
    ``course_lost_on``: the last day on which a course of the person turned out not to be held.
    ``path`` and ``path_issued_on``: the way into an integration course and the day of its paper, as K01 and K03 say.
    ``waiting_complete`` follows from the law of work access, ``work_checked_on`` is the day of B19.
    """

    law: Law
    case_open: bool = True
    accepted: bool = False
    sphere: str = ""
    born: date | None = None
    opened_on: date | None = None
    municipality: int | None = None
    responsible: int | None = None
    agentur: int | None = None
    coach: int | None = None
    asylblg: int | None = None
    first_contact: bool = False
    coach_reported_on: date | None = None
    coach_asked: bool = False
    coach_agreed: bool = False
    coach_agreed_until: date | None = None
    coaching_ended: bool = False
    receives_asylblg: bool = False
    asylblg_until: date | None = None
    paper: PaperFacts | None = None
    served_on: date | None = None
    handover: HandoverFacts | None = None
    seats: tuple[SeatFacts, ...] = ()
    agreed_on: date | None = None
    obligation_asked_on: date | None = None
    waiting_complete: date | None = None
    work_checked_on: date | None = None
    returns: tuple[ReturnFacts, ...] = ()
    last_contact: date | None = None
    coach_contact: date | None = None
    german_proved_on: date | None = None
    steps: tuple[StepFacts, ...] = ()
    course_lost_on: date | None = None
    paths: tuple[PathFacts, ...] = ()
    path: str = ""
    path_issued_on: date | None = None
    reports: tuple[ReportFacts, ...] = ()
    questions: tuple[QuestionFacts, ...] = ()
