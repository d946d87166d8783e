"""The quality of data in open cases: how many lack which field and why, and which cases those are. Reads only.

An office looks at the cases whose personal data it keeps, coordination and BAMF at all of them as rounded numbers.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from peewee import SQL, Expression, fn
from peewee import Case as Cases

from models.queries.scope import cases_with_person, judged_last
from models.rules.competences.periods import Trust
from models.rules.figures.catalogue import OVERSEERS
from models.rules.figures.quality import (
    DAYS_WITHOUT_TALK,
    LANGUAGES,
    NO_TALK,
    OTHER_FIELDS,
    PERIODS,
    PERSON_FIELDS,
    UNCLEAR,
    Gap,
    Lack,
    fields_for,
    items_for,
)
from models.rules.roles import Actor
from models.rules.states import CaseState, Holder
from models.tables import Answer, Case, ChecklistDefinition, LanguageSkill, LifePeriod, Person

_BY_FIELD = {PERIODS: LifePeriod, LANGUAGES: LanguageSkill}


def gaps_of(actor: Actor, place: str, today: date) -> list[Gap]:
    """How many open cases lack which field and why, in a fixed number of statements."""
    mine = judged_last(_mine(actor, place, today))
    return [*_missing(mine, today), *_contradictory(actor, mine), *_unclear(actor, mine)]


def _mine(actor: Actor, place: str, today: date) -> Expression:
    mine: Expression = Case.state == CaseState.OPEN
    if actor.role not in OVERSEERS:
        mine &= cases_with_person(actor, today)
    return mine & (Case.municipality == int(place)) if place else mine


def _lacks(today: date) -> dict[str, Expression]:
    lacking: dict[str, Expression] = {name: getattr(Person, name) == "" for name in PERSON_FIELDS}
    late = Case.opened_on < today - timedelta(days=DAYS_WITHOUT_TALK)
    return lacking | {NO_TALK: Case.first_contact_on.is_null() & late}


def _missing(mine: Expression, today: date) -> Iterator[Gap]:
    lacking = _lacks(today)
    sums = [fn.SUM(Cases(None, ((condition, 1),), 0)) for condition in lacking.values()]
    counted = Case.select(*sums).join(Person).where(mine).tuples().get()
    for field, cases in zip(lacking, counted, strict=True):
        yield Gap(field, Lack.MISSING, int(cases or 0))


def _contradictory(actor: Actor, mine: Expression) -> Iterator[Gap]:
    for field in fields_for(actor.role):
        table = _BY_FIELD[field]
        found = table.select(fn.COUNT(table.case.distinct())).join(Case).where(mine, table.trust == Trust.CONTRADICTORY)
        yield Gap(field, Lack.CONTRADICTORY, int(found.scalar() or 0))


def _unclear(actor: Actor, mine: Expression) -> Iterator[Gap]:
    letters = fn.SUBSTR(Answer.item, 1, 1).in_(items_for(actor.role))
    query = (
        Answer.select(Answer.item, Answer.state, fn.COUNT(Answer.id))
        .join(Case)
        .where(_unclear_answers(), letters, mine)
        .group_by(Answer.item, Answer.state)
        .order_by(Answer.item)
    )
    for item, state, cases in query.tuples():
        yield Gap(item, Lack(state), cases)


def _unclear_answers() -> Expression:
    """With the words themselves, not as parameters: else no database sees that the index over these rows serves it."""
    return Answer.state.in_([SQL(f"'{lack.value}'") for lack in UNCLEAR]) & (Answer.holder == Holder.JOINT)


def field_names() -> Mapping[str, str]:
    """The German name of each field, items by code and text of the newest list."""
    newest = ChecklistDefinition.select(ChecklistDefinition.key, fn.MAX(ChecklistDefinition.id)).group_by(
        ChecklistDefinition.key
    )
    return {**PERSON_FIELDS, **OTHER_FIELDS, **_texts(tuple(sorted(number for _key, number in newest.tuples())))}


@lru_cache(maxsize=4)
def _texts(ids: tuple[int, ...]) -> Mapping[str, str]:
    contents = ChecklistDefinition.select(ChecklistDefinition.content).where(ChecklistDefinition.id.in_(ids)).tuples()
    return {item["code"]: f"{item['code']} {item['text']}" for (content,) in contents for item in content["items"]}


def lacking(actor: Actor, place: str, today: date, field: str, lack: str) -> Expression:
    """Which open cases lack a field in a way, of those whose personal data this person keeps."""
    return _mine(actor, place, today) & _lacks_it(actor, field, lack, today)


def _lacks_it(actor: Actor, field: str, lack: str, today: date) -> Expression:
    if field in fields_for(actor.role):
        table = _BY_FIELD[field]
        return Case.id.in_(table.select(table.case).where(table.trust == Trust.CONTRADICTORY))
    if field in (known := _lacks(today)):
        return known[field]
    unclear = _unclear_answers() & (Answer.item == field)
    if lack:
        unclear &= Answer.state == lack
    shown = field[:1] in items_for(actor.role)
    return Case.id.in_(Answer.select(Answer.case).where(unclear)) if shown else Case.id.is_null()
