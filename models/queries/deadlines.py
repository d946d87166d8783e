"""Deadlines within what the acting person sees: of one case from its dossier, of a page of cases in one query."""

from collections.abc import Iterable, Mapping
from datetime import date

from models.queries.by_ids import PreparedByIds
from models.queries.case_view import CaseView
from models.queries.cases import ListRow
from models.queries.dossier import Dossier
from models.queries.task_facts import facts_in
from models.queries.task_words import deadline_of
from models.rules.case_deadlines import Deadline, deadlines_of
from models.rules.law.outcomes import WorkOutcome
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.tasks import Due, Lane, TaskKind, tasks_of
from models.tables import CaseTask


def dues_in(held: Dossier, work: WorkOutcome | None) -> tuple[Due, ...]:
    """All that the table of tasks says of a case; ``work`` is what the law says about employment."""
    return tasks_of(facts_in(held, work))


def deadlines_in(view: CaseView, dues: Iterable[Due]) -> tuple[Deadline, ...]:
    """The deadlines of a case that this person may see."""
    return deadlines_of(dues, view.blocks, view.actor.role, view.held.today, deadline_of)


def whose_turn(view: CaseView, dues: Iterable[Due]) -> Message | None:
    """Who else has the next deadline that this person is told, and for what; None where nobody has one."""
    for due in dues:
        if due.who in (None, view.actor.organisation_id):
            continue
        if told := deadlines_in(view, [due]):
            office = view.held.office(due.who)
            return Message(N_("Am Zug ist {office}: {task}"), office=office, task=str(told[0].label))
    return None


def nearest_deadlines(
    rows: Iterable[ListRow], blocks: Mapping[int, frozenset[Block]], role: Role, today: date
) -> dict[int, Deadline]:
    """The next deadline of each case of a list, by the id of the case."""
    found: dict[int, Deadline] = {}
    for case_id, kind, due_on, shown_from, shown_to, word in _STORED.rows([row.id for row in rows]):
        if case_id not in found:
            due = Due(TaskKind(kind), due_on, shown_from=shown_from, shown_to=shown_to, word=word)
            found.update((case_id, one) for one in deadlines_of([due], blocks[case_id], role, today, deadline_of))
    return found


_STORED = PreparedByIds(
    lambda ids: (
        CaseTask.select(
            CaseTask.case, CaseTask.kind, CaseTask.due_on, CaseTask.shown_from, CaseTask.shown_to, CaseTask.word
        )
        .where(CaseTask.case.in_(ids), CaseTask.lane == Lane.DUE)
        .order_by(CaseTask.due_on, CaseTask.kind)
    )
)
