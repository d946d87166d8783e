"""What milestones are read from: the events of cases that tell any, and what events do not say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from peewee import Expression

from models.rules.figures.milestones import COACH_FIRST, TELLING
from models.rules.roles import Role
from models.tables import Case, Course, Event, Organisation

BLOCK = 500
Told = tuple[int, str, str, str, str]


def telling_events(case_ids: Sequence[int]) -> Iterable[Told]:
    """Case, time, kind, organisation and data of the events that may tell milestones, in their order."""
    found: Iterable[Told] = (
        Event.select(Event.case_id, Event.at, Event.kind, Event.organisation, Event.data)
        .where(Event.case_id.in_(list(case_ids)), _telling())
        .order_by(Event.case_id, Event.seq)
        .tuples()
    )
    return found


def _telling() -> Expression:
    """The same as ``tells_milestones`` as far as a database can tell."""
    coached = (Event.kind == "answer.saved") & Event.data.contains(f'"item":"{COACH_FIRST}"')
    moved = (Event.kind != "answer.saved") & Event.data.contains('"municipality":')
    families = Event.kind.startswith("enrolment.") | Event.kind.startswith("competence.")
    return Event.kind.in_(sorted(TELLING)) | families | coached | moved


def homes_of(case_ids: Iterable[int]) -> Mapping[int, int | None]:
    """The municipality of each case today."""
    return dict(Case.select(Case.id, Case.municipality).where(Case.id.in_(list(case_ids))).tuples())


def offices() -> tuple[int | None, int | None]:
    """Agentur and Jobcenter of this installation."""
    both = (Role.AGENTUR, Role.JOBCENTER)
    found = dict(Organisation.select(Organisation.kind, Organisation.id).where(Organisation.kind.in_(both)).tuples())
    return found.get(Role.AGENTUR), found.get(Role.JOBCENTER)


def levels_of(numbers: Iterable[str]) -> Mapping[str, str]:
    """How far each of these courses goes, by its number; the kind where it names no level."""
    wanted = list(numbers)
    if not wanted:
        return {}
    rows = Course.select(Course.number, Course.level_to, Course.kind).where(Course.number.in_(wanted)).tuples()
    return {number: level or kind for number, level, kind in rows}


def blocks_of_cases() -> Iterator[list[int]]:
    """The ids of all cases, block by block."""
    last = 0
    while block := [row[0] for row in _behind(last)]:
        yield block
        last = block[-1]


def _behind(last: int) -> Iterable[tuple[int]]:
    found: Iterable[tuple[int]] = Case.select(Case.id).where(Case.id > last).order_by(Case.id).limit(BLOCK).tuples()
    return found
