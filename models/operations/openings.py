"""Opening cases: one, or many at once for a list of arrivals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.operations.ledger import record_first
from models.rules.errors import RuleBroken
from models.rules.message import Message
from models.rules.roles import Actor, Role
from models.rules.states import ListKey, Origin, StageState
from models.rules.times import local_day, stamp
from models.tables import Case, CaseStage, ChecklistDefinition, NumberSeries, Organisation, Person


@dataclass(frozen=True, slots=True)
class Parties:
    """The organisations that a new case is opened between; loaded once, also for a list of many."""

    agentur: Organisation
    jobcenter: Organisation
    definitions: dict[str, ChecklistDefinition]


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened for a stored person. ``sphere`` S2 means SGB II on arrival (rules.md 5).

    ``to_coach``: the person's municipality reports the contact line to the coach (item A19).
    """

    person_id: int
    sort_key: str
    municipality_id: int | None
    sphere: str
    to_coach: bool = False
    source: str = ""

    @property
    def direct(self) -> bool:
        """Whether the Jobcenter is responsible at once, without a handover."""
        return self.sphere == "S2"


def open_case(person: Person, *, sphere: str, origin: Origin, parties: Parties, actor: Actor, now: datetime) -> Case:
    """Open a case for a stored person. Must run inside the transaction that stored the person.

    ``sphere`` S2 means SGB II on arrival: the Jobcenter is responsible at once, without a handover (rules.md 5).
    """
    opening = Opening(person.id, person.sort_key, person.municipality_id, sphere)
    (number,) = open_cases([opening], origin=origin, parties=parties, actor=actor, now=now)
    return Case.get(Case.number == number)


def open_cases(
    openings: Sequence[Opening], *, origin: Origin, parties: Parties, actor: Actor, now: datetime
) -> list[str]:
    """Open a case for each of these stored persons; returns the case numbers in their order.

    Must run inside the transaction that stored the persons. A few statements for all: a list may have thousands.
    """
    numbers = _claim_numbers(local_day(now).year, len(openings))
    rows = [_row(*pair, origin, parties, now) for pair in zip(openings, numbers, strict=True)]
    Case.insert_many(rows).execute()
    ids = dict(Case.select(Case.number, Case.id).where(Case.number.in_(numbers)).tuples())
    CaseStage.insert_many(_stages(zip(openings, map(ids.__getitem__, numbers), strict=True), parties)).execute()
    events = {ids[number]: _event(opening, number, origin) for opening, number in zip(openings, numbers, strict=True)}
    record_first(actor, "case.opened", events, now=now)
    return numbers


def _claim_numbers(year: int, count: int) -> list[str]:
    """``SWD-2026-00417`` and the following: one statement claims them, so that two openings never share one."""
    query = NumberSeries.update(last=NumberSeries.last + count).where(NumberSeries.year == year)
    if not query.execute():
        NumberSeries.insert(year=year, last=count).on_conflict(
            conflict_target=[NumberSeries.year], update={NumberSeries.last: NumberSeries.last + count}
        ).execute()
    last = NumberSeries.get_by_id(year).last
    return [f"SWD-{year}-{number:05d}" for number in range(last - count + 1, last + 1)]


def _row(opening: Opening, number: str, origin: Origin, parties: Parties, now: datetime) -> dict[str, Any]:
    return {
        "number": number,
        "person": opening.person_id,
        "sort_key": opening.sort_key,
        "municipality": opening.municipality_id,
        "responsible": parties.jobcenter if opening.direct else parties.agentur,
        "agentur": None if opening.direct else parties.agentur,
        "origin": origin,
        "legal_sphere": opening.sphere,
        "opened_on": local_day(now),
        "receives_asylblg": opening.sphere == "S3",
        "coach_reported_on": local_day(now) if opening.to_coach else None,
        "coach_reported_by": opening.municipality_id if opening.to_coach else None,
        "changed_at": stamp(now),
    }


def _stages(cases: Iterable[tuple[Opening, int]], parties: Parties) -> list[dict[str, Any]]:
    return [
        {
            "case": case_id,
            "key": key,
            "definition": parties.definitions[key].id,
            "state": StageState.WAIVED if opening.direct and key == ListKey.HANDOVER else StageState.OPEN,
        }
        for opening, case_id in cases
        for key in ListKey
    ]


def _event(opening: Opening, number: str, origin: Origin) -> dict[str, object]:
    data: dict[str, object] = {
        "number": number,
        "person": opening.person_id,
        "sphere": opening.sphere,
        "origin": origin,
    }
    if opening.municipality_id:
        data["municipality"] = opening.municipality_id
    if opening.source:
        data["source"] = opening.source
    return data | ({"to_coach": True} if opening.to_coach else {})


def parties() -> Parties:
    """Agentur, Jobcenter and the newest checklists of this installation; RuleBroken where it is not set up."""
    found = {o.kind: o for o in Organisation.select().where(Organisation.kind.in_([Role.AGENTUR, Role.JOBCENTER]))}
    definitions = {d.key: d for d in ChecklistDefinition.select().order_by(ChecklistDefinition.version)}
    if len(found) < 2 or len(definitions) < len(ListKey):
        raise RuleBroken(Message("Agentur, Jobcenter oder Checklisten sind noch nicht eingerichtet."))
    return Parties(found[Role.AGENTUR], found[Role.JOBCENTER], definitions)
