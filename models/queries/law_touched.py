"""Which open cases a change of the law may concern: counted for the administrator, listed for those who see the cases.

The facts are those that an index answers (nationality, paper, handover, seat), so that 160,000 cases take a moment; the
answer is an upper limit. The paper that was recorded last counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from peewee import JOIN, Expression, Select, fn

from models.base import db
from models.queries.case_list import CaseList, narrowed_list
from models.queries.code_names import named
from models.queries.scope import visible_cases
from models.rules.day import counted
from models.rules.law.changes import Touched, may_know
from models.rules.message import N_
from models.rules.roles import Actor, Role
from models.rules.states import CaseState
from models.tables import Account, Case, Course, Enrolment, Handover, LawChange, Organisation, Person, ResidenceRecord

CAP = 1_000
SMALLEST_TOLD = 3
RECENT = 5
"""So many changes are shown with their numbers, in one query."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many open cases a change may concern, by the organisation that is responsible; small numbers are not told."""

    total: str
    offices: tuple[tuple[str, str], ...]


def numbers_of(touched: Touched, today: date) -> Numbers:
    """The numbers that an administrator reads before saving: no name, no case number. One query."""
    rows: list[tuple[str, int]] = list(
        Case.select(Organisation.name, fn.COUNT(Case.id))
        .join(Person)
        .join_from(Case, Organisation, on=Case.responsible)
        .where(_condition(touched, today))
        .group_by(Organisation.name)
        .order_by(Organisation.name)
        .tuples()
    )
    # small numbers count as the largest that is not told, so that the sum does not tell them
    total = sum(max(number, SMALLEST_TOLD - 1) for _name, number in rows)
    return Numbers(_shyly(total), tuple((name, _shyly(number)) for name, number in rows))


def touched_cases(touched: Touched, today: date, *, behind: int, most: int) -> list[int]:
    """The ids of the next open cases, with a higher id, that a change may concern."""
    query = Case.select(Case.id).join(Person).where(_condition(touched, today), Case.id > behind)
    return [row[0] for row in query.order_by(Case.id).limit(most).tuples()]


def _shyly(number: int) -> str:
    """One and two are not told (domain.md 6.2)."""
    return N_("weniger als 3") if 0 < number < SMALLEST_TOLD else counted(number, 10**9)


def _condition(touched: Touched, today: date, actor: Actor | None = None) -> Expression:
    """A WHERE over ``Case`` joined with ``Person``: every kind of fact that is named fits."""
    parts: list[Expression] = [Case.state == CaseState.OPEN.value]
    if touched.nationalities:
        parts.append(Person.nationality.in_(touched.nationalities))
    if touched.papers:
        parts.append(_has_paper(ResidenceRecord.code.in_(touched.papers), actor))
    if touched.papers_that_end:
        parts.append(_has_paper(ResidenceRecord.valid_to >= today, actor))
    if touched.handovers:
        parts.append(fn.EXISTS(_handovers(touched)))
    if touched.course_kinds:
        parts.append(fn.EXISTS(_seats(touched)))
    return reduce(and_, parts)


def _has_paper(which: Expression, actor: Actor | None) -> Expression:
    """The last paper that this person may know is one of these."""
    later = ResidenceRecord.alias("later")
    newer = later.select(later.id).where(
        later.person == Case.person, later.voided_at.is_null(), later.id > ResidenceRecord.id, _known(later, actor)
    )
    mine = ResidenceRecord.select(ResidenceRecord.id).where(
        ResidenceRecord.person == Case.person,
        ResidenceRecord.voided_at.is_null(),
        which,
        _known(ResidenceRecord, actor),
        ~fn.EXISTS(newer),
    )
    return fn.EXISTS(mine)


def _known(record: type[ResidenceRecord], actor: Actor | None) -> Expression:
    """After a handover the Jobcenter knows what was handed over and what it recorded itself (case_model)."""
    if actor is None or actor.role != Role.JOBCENTER:
        return record.id.is_null(False)
    before = record.recorded_at <= fn.COALESCE(_acceptance(), "")
    return Case.accepted_on.is_null() | before | (record.organisation == actor.organisation_id)


def _acceptance() -> Select:
    """The moment of the acceptance, a stamp like that of a record; the day of the case is one of the local calendar."""
    accepted = (Handover.case == Case.id) & Handover.accepted_at.is_null(False)
    return Handover.select(fn.MAX(Handover.accepted_at)).where(accepted)


def _handovers(touched: Touched) -> Select:
    return Handover.select(Handover.id).where(Handover.case == Case.id, Handover.state.in_(touched.handovers))


def _seats(touched: Touched) -> Select:
    query = Enrolment.select(Enrolment.id).join(Course).where(Enrolment.case == Case.id)
    return query.where(Enrolment.state.in_(touched.seats), Course.kind.in_(touched.course_kinds))


@dataclass(frozen=True, slots=True)
class SeenChange:
    """A change of the law as an organisation reads it, with how many of its own cases it may concern."""

    change: LawChange
    touched: Touched
    number: int

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.number > CAP


def recent_changes(actor: Actor, today: date) -> list[SeenChange]:
    """The latest changes that touch something this role may know, the newest first, with numbers: two queries."""
    rows = LawChange.select(LawChange, Account).join(Account, JOIN.LEFT_OUTER).order_by(LawChange.id.desc()).limit(100)
    known = [(row, Touched.from_data(row.touched)) for row in rows]
    shown = [(row, touched) for row, touched in known if may_know(actor.role, touched)][:RECENT]
    if not shown:
        return []
    counts = [_counted(actor, touched, today) for _row, touched in shown]
    numbers = db.execute(Select(columns=counts)).fetchone()
    return [SeenChange(row, touched, number) for (row, touched), number in zip(shown, numbers, strict=True)]


def _counted(actor: Actor, touched: Touched, today: date) -> Select:
    some = Case.select(Case.id).join(Person).where(_own(actor, touched, today)).limit(CAP + 1).alias("some")
    return Select([some], [fn.COUNT(some.c.id)])


def _own(actor: Actor, touched: Touched, today: date) -> Expression:
    own = visible_cases(actor, today) & _condition(touched, today, actor)
    return own & Case.accepted_on.is_null() if actor.role == Role.AGENTUR else own


def change_in_sight(actor: Actor, change_id: int) -> SeenChange | None:
    """One change; None for none and for one that touches what this role may not know."""
    row = LawChange.select(LawChange, Account).join(Account, JOIN.LEFT_OUTER).where(LawChange.id == change_id).first()
    touched = Touched.from_data(row.touched) if row else Touched()
    return SeenChange(row, touched, 0) if row and may_know(actor.role, touched) else None


def touched_list(actor: Actor, touched: Touched, today: date, page: int) -> CaseList:
    """A page of the cases of this person that a change may concern."""
    return narrowed_list(actor, _own(actor, touched, today), today, page)


def facts_in_words(touched: Touched) -> Sequence[str]:
    """By which facts cases were found: "Staatsangehörigkeit Georgien"."""
    lines = []
    if touched.nationalities:
        lines.append(f"{N_('Staatsangehörigkeit')}: {named('countries', touched.nationalities)}")
    if touched.papers:
        lines.append(f"{N_('zuletzt erfasstes Papier')}: {named('residence_documents', touched.papers)}")
    if touched.papers_that_end:
        lines.append(N_("zuletzt erfasstes Papier läuft noch ab"))
    if touched.handovers:
        lines.append(N_("Übergabe, deren Frist noch läuft"))
    if touched.course_kinds:
        lines.append(f"{N_('Kursplatz')}: {', '.join(touched.course_kinds)}")
    return lines
