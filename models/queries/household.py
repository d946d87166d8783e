"""Who lives together, with each member's own decision and day of change, as far as somebody may see them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from models.queries.handed_over import names_given_away
from models.queries.prepared import Prepared
from models.queries.scope import blocks_of, visible_cases
from models.rules.permissions import Block
from models.rules.roles import Actor
from models.rules.states import CaseState, HandoverState
from models.tables import AsylumDecision, Case, Handover, Person

_GIVEN_UP = (HandoverState.SUPERSEDED, HandoverState.REJECTED, HandoverState.WITHDRAWN, HandoverState.EXPIRED)
_SHOWS_DAY = frozenset({Block.CHANGE_DATE, Block.HANDOVER_STATE})

_HOUSEHOLD_OTHERS = Prepared(
    lambda household, person: (
        Person.select(Person.id).where(Person.household == household, Person.id != person).limit(1)
    ),
    int,
    int,
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the same household whose case the person may see, with what she may know of it.

    ``decision`` is the code of the newest decision of the BAMF, ``change_on`` the day of her own change, if any.
    """

    number: str
    name: str
    change_on: date | None
    decision: str = ""
    served_on: date | None = None
    person_id: int = 0


def household_of(actor: Actor, person: Person, today: date) -> Sequence[Member]:
    """The other members of the household within the scope; each keeps an own date (rules.md 3)."""
    if person.household_id is None:
        return ()
    if not _HOUSEHOLD_OTHERS.row(person.household_id, person.id):
        return ()  # most people are recorded alone; the scope need not be asked for nobody
    standing = (Handover.case == Case.id) & Handover.state.not_in(_GIVEN_UP)
    cases = _one_case_each(
        Case.select(Case, Person, Handover.id, Handover.change_on)
        .join(Person)
        .join_from(Case, Handover, JOIN.LEFT_OUTER, on=standing, attr="change")
        .where(Person.household == person.household_id, Person.id != person.id, visible_cases(actor, today))
        .order_by(Case.sort_key, Case.id)
    )
    decisions = _decisions([case.person_id for case in cases])
    given_away = names_given_away(actor, [case.id for case in cases if case.accepted_on is not None])
    return [_member(actor, case, decisions.get(case.person_id), given_away.get(case.id), today) for case in cases]


def _one_case_each(cases: Iterable[Case]) -> list[Case]:
    """The open case of each person, else the newest."""
    chosen: dict[int, Case] = {}
    for case in cases:
        if case.person_id not in chosen or case.state == CaseState.OPEN:
            chosen[case.person_id] = case
    return list(chosen.values())


def _decisions(person_ids: Collection[int]) -> dict[int, AsylumDecision]:
    """The newest decision that counts of each of these persons."""
    query = AsylumDecision.select().where(AsylumDecision.person.in_(person_ids), AsylumDecision.voided_at.is_null())
    return {row.person_id: row for row in query.order_by(AsylumDecision.id)} if person_ids else {}


def _member(
    actor: Actor, case: Case, decision: AsylumDecision | None, given_away: tuple[str, str] | None, today: date
) -> Member:
    blocks = blocks_of(actor, case, today)
    change = getattr(case, "change", None)
    day = change.change_on if change and blocks & _SHOWS_DAY else None
    told = decision if decision and Block.PAPERS in blocks else None
    return Member(
        number=case.number,
        name=", ".join(given_away or (case.person.family_name, case.person.given_name)),
        change_on=day,
        decision=told.code if told else "",
        served_on=told.served_on if told else None,
        person_id=case.person_id,
    )
