"""What became of a form for one person or one family: the cases that were opened, and who is responsible."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.queries.scope import visible_cases
from models.rules.errors import NotVisible
from models.rules.roles import Actor, Role
from models.tables import Case, ImportBatch, Organisation, Person


@dataclass(frozen=True, slots=True)
class ReceivedPerson:
    """One opened case; ``name`` is empty where the acting person may not see it, as the Agentur of direct cases."""

    number: str
    name: str
    office: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Received:
    """All cases of one form."""

    batch_id: int
    people: tuple[ReceivedPerson, ...]

    @property
    def is_one_case(self) -> bool:
        """Whether the form made one case, and the sender goes on with it."""
        first = self.people[0]
        return len(self.people) == 1 and bool(first.name) and not first.is_direct

    @property
    def address(self) -> str:
        """Where to go on: to the case, or to the page that says who is responsible for whom."""
        if self.is_one_case:
            return f"/faelle/{self.people[0].number}"
        return f"/ankuenfte/erfasst/{self.batch_id}"


def received_by(actor: Actor, batch_id: int, today: date) -> Received:
    """The cases of a form that the actor's organisation sent; NotVisible for any other."""
    batch = ImportBatch.get_or_none(
        ImportBatch.id == batch_id, ImportBatch.organisation == actor.organisation_id, ImportBatch.format == "form"
    )
    if batch is None:
        raise NotVisible
    return Received(batch.id, people_of(actor, batch.report["cases"], today))


def people_of(actor: Actor, numbers: Collection[str], today: date) -> tuple[ReceivedPerson, ...]:
    """Who these cases are about and who is responsible, in the order in which they were opened."""
    query = (
        Case.select(Case.number, Person.family_name, Person.given_name, Organisation.name, Organisation.kind)
        .join(Person)
        .join_from(Case, Organisation, on=Case.responsible)
        .where(Case.number.in_(tuple(numbers)))
        .order_by(Case.id)
    )
    mine = {row[0] for row in query.where(visible_cases(actor, today)).tuples()}
    return tuple(
        ReceivedPerson(number, f"{family}, {given}" if number in mine else "", office, kind == Role.JOBCENTER)
        for number, family, given, office, kind in query.tuples()
    )
