"""Records of persons as somebody sees them who compares: the whole record, or only who holds it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.queries.duplicates import chunks
from models.queries.scope import blocks_of
from models.rules.permissions import Block
from models.rules.roles import Actor
from models.rules.states import CaseState
from models.tables import Case, Organisation, Person


@dataclass(frozen=True, slots=True)
class Record:
    """A person's record with her cases, the newest last. ``case`` is the open one, else the newest.

    ``is_seen``: every case shows this person the personal data, so that the record may be compared. Else nothing of
    it is told but ``office``, whom to ask.
    """

    person: Person
    case: Case
    cases: tuple[Case, ...]
    office: str
    is_seen: bool

    @property
    def name(self) -> str:
        """The name for lists; only of a record that is seen."""
        return f"{self.person.family_name}, {self.person.given_name}"


def records_of(actor: Actor, person_ids: Collection[int], today: date) -> dict[int, Record]:
    """The records of these persons that have a case; those merged into another one have none."""
    found: dict[int, list[Case]] = {}
    for part in chunks(sorted(person_ids)):
        query = Case.select(Case, Person).join(Person).where(Case.person.in_(part)).order_by(Case.id)
        for case in query:
            found.setdefault(case.person_id, []).append(case)
    names = dict(Organisation.select(Organisation.id, Organisation.name).tuples())
    return {person_id: _record(actor, cases, names, today) for person_id, cases in found.items()}


def _record(actor: Actor, cases: list[Case], names: dict[int, str], today: date) -> Record:
    case = next((case for case in reversed(cases) if case.state == CaseState.OPEN), cases[-1])
    office = names[case.municipality_id or case.responsible_id]
    is_seen = all(Block.PERSON in blocks_of(actor, one, today) for one in cases)
    return Record(case.person, case, tuple(cases), office, is_seen)
