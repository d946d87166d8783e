"""Changes of the maintained law: what may be entered, which days are touched, and by which facts a case is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from models.rules.errors import RuleBroken
from models.rules.law.data import CourseRight, Law, WorkTrack
from models.rules.law.entries import Entry, Topic
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import SEAT_HOLDING, EnrolmentState, HandoverState
from models.rules.times import german_date

ONE_DAY = timedelta(days=1)


class EntryOrigin(StrEnum):
    """Who brought an entry in: the data files of a version, or an administrator."""

    FILES = "files"
    ADMINISTRATION = "administration"


class Act(StrEnum):
    """What can be done with the law; nothing is ever overwritten or deleted."""

    ADDED = "added"
    ENDED = "ended"
    CORRECTED = "corrected"
    SUCCEEDED = "succeeded"
    WITHDRAWN = "withdrawn"


ACT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        Act.ADDED: N_("neu eingetragen"),
        Act.ENDED: N_("beendet"),
        Act.CORRECTED: N_("berichtigt"),
        Act.SUCCEEDED: N_("ab einem Tag geändert"),
        Act.WITHDRAWN: N_("gestrichen"),
    }
)
MAINTAINED = (
    Topic.SAFE_COUNTRIES,
    Topic.ADMISSION_SUSPENSIONS,
    Topic.RESIDENCE_CODES,
    Topic.DEADLINES,
    Topic.COURSE_KINDS,
    Topic.BLOCKING_LETTERS,
)
"""Topics that an administrator changes in the browser. The rules read the others without a day: a new version changes
them."""
OWN_TARGET = "eigenes Ziel"
"""The lengths of the law's own deadlines are named on printed forms: they change with a new version too."""


def is_maintained(entry: Entry) -> bool:
    """Whether an administrator changes this entry in the browser."""
    if entry.topic is Topic.DEADLINES:
        return str(entry.content["norm"]).startswith(OWN_TARGET)
    return entry.topic in MAINTAINED


def check_entry(entry: Entry, standing: Iterable[Entry]) -> None:
    """RuleBroken with a sentence for each wrong field; ``standing`` are the entries that would stay beside it."""
    problems = dict(_problems(entry, standing))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _problems(entry: Entry, standing: Iterable[Entry]) -> Iterable[tuple[str, Message]]:
    if not entry.source.strip():
        yield "source", Message(N_("Nennen Sie die Quelle: Vorschrift, Erlass oder Schreiben mit Datum."))
    if entry.valid_from is None and entry.topic != Topic.RESIDENCE_CODES:
        yield "valid_from", Message(N_("Ab welchem Tag gilt der Eintrag?"))
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        yield "valid_to", Message(N_("Das Ende liegt vor dem Beginn."))
        return
    beside = next((other for other in standing if entry.overlaps(other)), None)
    if beside:
        yield "valid_from", _overlap(beside)


def _overlap(other: Entry) -> Message:
    if other.valid_to:
        text = N_("Überschneidet sich mit dem Eintrag {since} bis {until}.")
        return Message(text, since=since_text(other), until=german_date(other.valid_to))
    text = N_("Überschneidet sich mit dem Eintrag {since} ohne Ende. Beenden Sie ihn zuerst oder ändern Sie ihn ab.")
    return Message(text, since=since_text(other))


def since_text(entry: Entry) -> str:
    """ "ab 12.06.2026", or "von Anfang an"."""
    return f"ab {german_date(entry.valid_from)}" if entry.valid_from else "von Anfang an"


def check_end(entry: Entry, last_day: date | None) -> None:
    """RuleBroken where an entry cannot end with ``last_day``."""
    problem = None
    if last_day is None:
        problem = Message(N_("Mit welchem Tag endet der Eintrag?"))
    elif entry.valid_from and last_day < entry.valid_from:
        problem = Message(N_("Das Ende liegt vor dem Beginn ({day})."), day=german_date(entry.valid_from))
    elif entry.valid_to and last_day >= entry.valid_to:
        problem = Message(N_("Der Eintrag endet schon am {day}."), day=german_date(entry.valid_to))
    if problem:
        raise RuleBroken(problem, {"valid_to": problem})


def check_successor(entry: Entry, since: date | None) -> None:
    """RuleBroken where an entry cannot be followed by another from ``since`` on."""
    if since and entry.valid_from and since <= entry.valid_from:
        text = N_("Der Eintrag beginnt erst am {day}. Berichtigen Sie ihn.")
        problem = Message(text, day=german_date(entry.valid_from))
        raise RuleBroken(problem, {"valid_from": problem})
    if since and entry.valid_to and since > entry.valid_to:
        problem = Message(N_("Der Eintrag endet schon am {day}."), day=german_date(entry.valid_to))
        raise RuleBroken(problem, {"valid_from": problem})


@dataclass(frozen=True, slots=True)
class Touched:
    """By which facts a case is touched by a change: those that an index of the database answers.

    A case is touched where each kind of fact that is named fits (nationality and paper), so the number is an upper
    limit: whether the change alters something for this person a human being looks up.
    """

    nationalities: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    handovers: tuple[str, ...] = ()
    course_kinds: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    papers_that_end: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether no stored fact of a case says that the change concerns it."""
        return self == Touched()

    def to_data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {one.name: value for one in fields(self) if (value := _plain(getattr(self, one.name)))}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Back from JSON."""
        values: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in data.items()}
        return cls(**values)


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, tuple) else value


def may_know(role: Role, touched: Touched) -> bool:
    """Whether people of this role see the facts by which cases are touched (case_model: Who sees what).

    Municipality and AsylbLG unit see person and papers, not handovers and seats; the coach sees neither before consent.
    """
    if touched.is_nobody or role not in _SEES_PAPERS:
        return False
    return role in (Role.AGENTUR, Role.JOBCENTER) or not (touched.handovers or touched.course_kinds)


_SEES_PAPERS = (Role.MUNICIPALITY, Role.ASYLBLG, Role.AGENTUR, Role.JOBCENTER)


def touched_by(entries: Iterable[Entry], law: Law) -> Touched:
    """Whom a change of these entries of one topic may concern (the old and the new one)."""
    rows = tuple(entries)
    return _RULES[rows[0].topic](rows, law)


def _countries(rows: tuple[Entry, ...], law: Law) -> Touched:
    named = {str(row.content["country"]) for row in rows}
    waiting = _papers(law, lambda row: row.work in (WorkTrack.PROCEDURE, WorkTrack.TOLERATED))
    return Touched(nationalities=tuple(sorted(named)), papers=waiting)


def _suspension(rows: tuple[Entry, ...], law: Law) -> Touched:
    return Touched(papers=_papers(law, lambda row: row.course is CourseRight.ADMISSION))


def _codes(rows: tuple[Entry, ...], law: Law) -> Touched:
    return Touched(papers=tuple(sorted({str(row.content["code"]) for row in rows})))


def _letters(rows: tuple[Entry, ...], law: Law) -> Touched:
    return Touched(papers=_papers(law, lambda row: row.work is WorkTrack.PROCEDURE))


def _kinds(rows: tuple[Entry, ...], law: Law) -> Touched:
    kinds = tuple(sorted({str(row.content["code"]) for row in rows}))
    return Touched(course_kinds=kinds, seats=tuple(map(str, SEAT_HOLDING)))


def _deadline(rows: tuple[Entry, ...], law: Law) -> Touched:
    name = str(rows[0].content["id"])
    if name in _HANDOVERS:
        return Touched(handovers=tuple(map(str, _HANDOVERS[name])))
    if name in _FAMILIES:
        kinds = sorted({row.code for row in law.course_kinds if row.family == _FAMILIES[name]})
        return Touched(course_kinds=tuple(kinds), seats=(EnrolmentState.CONFIRMED.value,))
    if name == "course_claim_until":
        return Touched(papers=_papers(law, lambda row: row.course is CourseRight.CLAIM))
    return Touched(papers_that_end=name == "paper_reminder")


_HANDOVERS = {
    "handover_due": (HandoverState.DRAFT, HandoverState.QUERIED),
    "receipt_due": (HandoverState.SENT,),
    "first_talk_due": (HandoverState.RECEIVED, HandoverState.ACCEPTED),
}
_FAMILIES = {"integration_course_start_due": "IK", "vocational_course_formed_due": "BSK"}


def _nobody(rows: tuple[Entry, ...], law: Law) -> Touched:
    return Touched()


_RULES = {
    Topic.SAFE_COUNTRIES: _countries,
    Topic.ADMISSION_SUSPENSIONS: _suspension,
    Topic.RESIDENCE_CODES: _codes,
    Topic.BLOCKING_LETTERS: _letters,
    Topic.COURSE_KINDS: _kinds,
    Topic.DEADLINES: _deadline,
    Topic.BAN_EXCEPTIONS: _nobody,
    Topic.DECISIONS: _nobody,
    Topic.WORK_NOTES: _nobody,
}


def _papers(law: Law, fits: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.code for row in law.residence_codes if fits(row)))
