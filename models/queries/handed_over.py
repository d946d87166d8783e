"""What the Agentur goes on to see of a case that it gave away: names and values as they were handed over.

What the Jobcenter learns or corrects afterwards is not the Agentur's to see (case_model: Who sees what).
"""

from collections.abc import Iterable

from models.queries.by_ids import PreparedByIds
from models.queries.cases import ListRow
from models.rules.roles import Actor, Role
from models.rules.states import HandoverState
from models.tables import Handover


def names_given_away(actor: Actor, case_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Family and given name as handed over, by case id, for those cases that this Agentur gave away; else nothing."""
    if actor.role != Role.AGENTUR:
        return {}
    return {case_id: _parts(subject) for case_id, subject in _SUBJECTS.rows(case_ids)}


def accepted_among(rows: Iterable[ListRow]) -> list[int]:
    """The cases of a list that the Jobcenter accepted; no query."""
    return [row.id for row in rows if row.accepted_on is not None]


def _parts(subject: str) -> tuple[str, str]:
    family, _comma, given = subject.partition(", ")
    return family, given


_SUBJECTS = PreparedByIds(
    lambda ids: Handover.select(Handover.case, Handover.subject).where(
        Handover.case.in_(ids), Handover.state == HandoverState.ACCEPTED, Handover.subject != ""
    )
)
