"""Who arrived last in a municipality and whose intake is not finished: nobody else brings these people to her mind."""

from dataclasses import dataclass
from datetime import date

from peewee import Query

from models.queries.prepared import Prepared
from models.queries.scope import visible_cases
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, ListKey, StageState
from models.tables import Case, CaseStage, Person

MOST = 5
UNFINISHED = (StageState.OPEN, StageState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class OpenIntake:
    """One person whose intake is open."""

    number: str
    name: str
    arrived_on: date | None


def open_intakes(actor: Actor, today: date) -> tuple[tuple[OpenIntake, ...], bool]:
    """The newest cases of a municipality whose intake is not finished, and whether there are more; none for others."""
    if actor.role != Role.MUNICIPALITY:
        return (), False
    rows = [row for state in UNFINISHED for row in _NEWEST.rows(actor.organisation_id, today, state)]
    rows.sort(reverse=True)
    found = (OpenIntake(number, f"{family}, {given}", arrived) for _id, number, family, given, arrived in rows[:MOST])
    return tuple(found), len(rows) > MOST


def _newest(organisation: int, today: date, state: str) -> Query:
    """From the lists in one state on: through all cases of a municipality it would be a thousand times as far."""
    actor = Actor(None, "", "", "", organisation, "", "", Role.MUNICIPALITY)
    return (
        CaseStage.select(CaseStage.case, Case.number, Person.family_name, Person.given_name, Person.arrived_on)
        .join(Case)
        .join(Person)
        .where(CaseStage.key == ListKey.INTAKE, CaseStage.state == state)
        .where(visible_cases(actor, today), Case.state == CaseState.OPEN)
        .order_by(CaseStage.case.desc())
        .limit(MOST + 1)
    )


_NEWEST = Prepared(_newest, int, date, str)
