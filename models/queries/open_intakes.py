"""Who arrived last in a municipality and whose intake is not finished: nobody else brings these people to her mind."""

from dataclasses import dataclass
from datetime import date

from models.queries.case_filters import Filters, conditions
from models.queries.scope import visible_cases
from models.rules.roles import Actor, Role
from models.rules.states import ListKey
from models.tables import Case, Person

MOST = 5


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
    asked = conditions(actor.role, Filters(stage=ListKey.INTAKE), {}, today)
    rows = list(
        Case.select(Case.number, Person.family_name, Person.given_name, Person.arrived_on)
        .join(Person)
        .where(visible_cases(actor, today), *asked)
        .order_by(Case.id.desc())
        .limit(MOST + 1)
        .tuples()
    )
    found = (OpenIntake(number, f"{family}, {given}", arrived) for number, family, given, arrived in rows[:MOST])
    return tuple(found), len(rows) > MOST
