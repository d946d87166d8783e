"""The people of one course: by name those whose cases the acting person knows, of all others their number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from models.queries.law import current_law
from models.queries.scope import CaseFacts, blocks_of, visible_cases
from models.queries.seats import entries_of
from models.rules.course_wait import Wait, wait_of
from models.rules.permissions import Block
from models.rules.roles import Actor
from models.rules.states import LISTED, PLACED, CaseState, EnrolmentState
from models.rules.waiting import Rank, rank_of
from models.tables import Case, Enrolment, Person

_HERE = (*PLACED, *LISTED)
_ORDER = {state: place for place, state in enumerate((*reversed(PLACED), EnrolmentState.OFFERED))}

_COLUMNS = (
    Enrolment.id, Enrolment.version, Enrolment.state, Enrolment.waiting_since, Enrolment.reserved_on,
    Enrolment.reserved_until, Enrolment.path_dated, Enrolment.started_on, Enrolment.case, Case.id, Case.number,
    *(getattr(Case, name.removesuffix("_id")) for name in CaseFacts.__annotations__), Person.family_name,
    Person.given_name,
)  # fmt: skip


class Occupied(Protocol):
    """A course that has people."""

    id: int
    kind: str


class InCourse(NamedTuple):
    """Somebody with a place or an entry; ``until`` ends an offer or a reservation, ``wait`` runs since her paper."""

    id: int
    version: int
    number: str
    name: str
    state: EnrolmentState
    since: date
    until: date | None
    rank: Rank | None
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class People:
    """Who of a course the acting person sees, places first, then by rank; ``others`` are people of other offices."""

    seen: tuple[InCourse, ...]
    others: int

    @property
    def listed(self) -> list[InCourse]:
        """Those who wait or have an offer."""
        return [one for one in self.seen if one.state in LISTED]


def people_of(actor: Actor, course: Occupied, today: date) -> People:
    """The people of a course in three statements. Who waits in a closed case keeps the date, but is not shown."""
    here = (Enrolment.course == course.id) & Enrolment.state.in_(_HERE)
    here &= (Enrolment.state != EnrolmentState.WAITING) | (Case.state == CaseState.OPEN)
    rows = Enrolment.select(*_COLUMNS).join(Case).join(Person)
    visible = [
        row
        for row in rows.where(here, visible_cases(actor, today))
        if Block.COURSES in blocks_of(actor, row.case, today)
    ]
    entries = entries_of([course.id])[course.id]
    family = current_law().course_family(course.kind)
    seen = [_in_course(row, rank_of(row.id, entries, family), today) for row in visible]
    everybody = Enrolment.select().join(Case).where(here).count()
    return People(tuple(sorted(seen, key=_order)), everybody - len(seen))


def chosen_of(actor: Actor, course: Occupied, wanted: Mapping[int, int], today: date) -> dict[int, int]:
    """Of enrolments with versions as seen, those of this course whose cases the acting person knows, whatever state."""
    rows = Enrolment.select(Enrolment, Case).join(Case)
    found = rows.where(Enrolment.id.in_(list(wanted)), Enrolment.course == course.id, visible_cases(actor, today))
    return {row.id: wanted[row.id] for row in found if Block.COURSES in blocks_of(actor, row.case, today)}


def _in_course(row: Enrolment, rank: Rank | None, today: date) -> InCourse:
    person, since = row.case.person, row.waiting_since or row.reserved_on
    return InCourse(
        row.id,
        row.version,
        row.case.number,
        f"{person.family_name}, {person.given_name}",
        EnrolmentState(row.state),
        since,
        row.reserved_until,
        rank,
        wait_of(row.path_dated or since, row.started_on, current_law(), today),
    )


def _order(one: InCourse) -> tuple[int, int, str]:
    rank = one.rank.number if one.rank else 0
    return _ORDER.get(one.state, len(_ORDER)), rank, f"{one.name} {one.number}"
