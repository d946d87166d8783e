"""What the table of tasks gives: one task or deadline of one case, by its kind."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TaskKind(StrEnum):
    """The rows of the table."""

    SEND = "handover_send"
    ANSWER = "handover_answer"
    RECEIPT = "handover_receipt"
    ACCEPT = "handover_accept"
    FIRST_TALK = "handover_talk"
    CAME_BACK = "handover_back"
    COPY = "handover_copy"
    SERVED = "served"
    CONTACT = "contact"
    DIRECT = "direct"
    COACH_REPORT = "coach_report"
    COACH_CONTACT = "coach_contact"
    PAPER = "paper"
    RESIDENCE_RULE = "residence_rule"
    WAITING = "work_waiting"
    WORK = "work"
    CLAIM = "course_claim"
    SEAT = "course_seat"
    OFFER = "course_offer"
    PROVIDER = "course_answer"
    PROPOSAL = "course_proposal"
    COURSE_START = "course_start"
    COURSE_FORMED = "course_formed"
    COURSE_OFF = "course_off"
    COURSE_ELSEWHERE = "course_elsewhere"
    COURSE_REGISTER = "course_register"
    COURSE_PERMIT = "course_permit"
    COURSE_LAPSE = "course_lapse"
    COURSE_REPORT = "course_report"
    COURSE_ENDED = "course_ended"
    COURSE_WAIT = "course_wait"
    COURSE_TEST = "course_test"
    AGREEMENT = "agreement"
    STEP = "agreement_step"
    OBLIGATION = "obligation"
    BENEFIT_ENDS = "benefit_ends"
    RETURNED = "returned"
    NO_CONTACT = "no_contact"
    CHECK_IN = "check_in"
    LANGUAGE_PROOF = "language_proof"
    PROOF = "course_proof"
    PROOF_READ = "course_proof_read"
    PATH_ASKED = "path_asked"
    PATH_CHASE = "path_chase"
    PATH_ANSWERED = "path_answered"
    MISSED = "course_missed"
    MOVED_IN = "moved_in"
    MOVED_AWAY = "moved_away"
    REPORT_NOTE = "report_note"
    QUESTION = "question"
    QUESTION_ANSWERED = "question_answered"


class Lane(StrEnum):
    """How a task is shown: by its day, as something that another organisation does first, or in a list of new cases.

    A list of new cases has a goal and no day that the law sets; hundreds of them must not bury what is due.
    """

    DUE = "due"
    WAITS = "waits"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Due:
    """One task or deadline of one case: until when, shown from and to which day (None: always), for whom.

    ``who`` acts, ``waits`` are told that they wait for it. ``word`` is what the sentence names: a code, a list.
    """

    kind: TaskKind
    due_on: date
    who: int | None = None
    waits: int | None = None
    shown_from: date | None = None
    shown_to: date | None = None
    handover: int | None = None
    enrolment: int | None = None
    word: str = ""

    def is_shown(self, today: date) -> bool:
        """Whether it is shown on that day."""
        return (self.shown_from or today) <= today <= (self.shown_to or today)
