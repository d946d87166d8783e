"""The scope of the acting person as SQL: exactly the cases of which ``permissions.sight`` shows something."""

from collections import namedtuple
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, Protocol

from peewee import OP, Expression, Value
from peewee import Case as Choice

from models.base import is_sqlite
from models.rules.consents import state_until
from models.rules.permissions import Block, Relation, sight
from models.rules.roles import Actor, Role
from models.rules.states import ConsentState
from models.tables import Case

NOTHING = Value(1) == Value(0)


def visible_cases(actor: Actor, today: date) -> Expression:
    """A WHERE over ``Case`` for the cases that this person may know today; nothing for roles without cases."""
    rule = _RULES.get(actor.role)
    return rule(actor, today) if rule else NOTHING


def cases_with_person(actor: Actor, today: date) -> Expression:
    """The cases of which this person sees the personal data (``Block.PERSON``), for roles that may change them."""
    if actor.role == Role.MUNICIPALITY:
        return visible_cases(actor, today)
    if actor.role in (Role.AGENTUR, Role.JOBCENTER):
        return visible_cases(actor, today) & Case.accepted_on.is_null()
    return NOTHING


def judged_last(scope: Expression) -> Expression:
    """For SQLite the scope in a form that no index answers: where something else is rarer, or nearly all are meant.
    PostgreSQL knows that from its statistics.
    """
    return scope if not is_sqlite() else Expression(Choice(None, [(scope, 1)], 0), OP.EQ, 1)


def _municipality(actor: Actor, today: date) -> Expression:
    return Case.municipality == actor.organisation_id


def _asylblg(actor: Actor, today: date) -> Expression:
    return Case.receives_asylblg & (Case.asylblg_until.is_null() | (Case.asylblg_until >= today))


def _coach(actor: Actor, today: date) -> Expression:
    return (
        Case.coach_reported_on.is_null(False)
        & Case.coaching_ended_on.is_null()
        & (Case.coach_consent != ConsentState.WITHDRAWN)
    )


def _agentur(actor: Actor, today: date) -> Expression:
    return (Case.agentur == actor.organisation_id) & (Case.accepted_on.is_null() | (Case.agentur_sees_until >= today))


def _jobcenter(actor: Actor, today: date) -> Expression:
    return Case.responsible == actor.organisation_id


_RULES = {
    Role.MUNICIPALITY: _municipality,
    Role.ASYLBLG: _asylblg,
    Role.COACH: _coach,
    Role.AGENTUR: _agentur,
    Role.JOBCENTER: _jobcenter,
}


class CaseFacts(Protocol):
    """What of a case decides who sees it. A row of ``Case`` has it, and so has a row of a list."""

    municipality_id: int | None
    responsible_id: int
    agentur_id: int | None
    receives_asylblg: bool
    asylblg_until: date | None
    coach_reported_on: date | None
    coach_consent: str
    coach_consent_until: date | None
    coaching_ended_on: date | None
    accepted_on: date | None
    agentur_sees_until: date | None


_Facts = namedtuple(  # type: ignore[misc]  # the protocol names them
    "_Facts", tuple(name for name in CaseFacts.__annotations__ if name != "coach_consent_until")
)
_CONSENT_AT = _Facts._fields.index("coach_consent")
_facts = attrgetter(*_Facts._fields)


class ConsentFacts(Protocol):
    """What of a case says whether the coach has consent E1."""

    coach_consent: str
    coach_consent_until: date | None


def coach_consent(case: ConsentFacts | Case, today: date) -> ConsentState:
    """The state of consent E1 on a day, whether or not the daily run has noted its end yet."""
    return state_until(ConsentState(case.coach_consent), case.coach_consent_until, today)


def coach_agreed(today: date) -> Expression:
    """A WHERE over ``Case``: consent E1 is granted on this day."""
    in_time = Case.coach_consent_until.is_null() | (Case.coach_consent_until >= today)
    return (Case.coach_consent == ConsentState.GRANTED) & in_time


def blocks_of(actor: Actor, case: CaseFacts | Case, today: date) -> frozenset[Block]:
    """What this person sees of this case today."""
    return sight_of(actor.role, actor.organisation_id, case, today)


def sight_of(role: Role, organisation_id: int | None, case: CaseFacts | Case, today: date) -> frozenset[Block]:
    """The same for an organisation, whoever works there."""
    facts = _facts(case)
    if case.coach_consent_until is not None:
        facts = (*facts[:_CONSENT_AT], coach_consent(case, today), *facts[_CONSENT_AT + 1 :])
    return _blocks(role, organisation_id, facts, today)


@lru_cache(maxsize=4_096)
def _blocks(role: Role, mine: int | None, facts: tuple[Any, ...], today: date) -> frozenset[Block]:
    """Lists ask for many cases of the same kind: these facts, the office and the day decide, and nothing else."""
    return sight(_relation(role, mine, _Facts(*facts)), today)


def _relation(role: Role, mine: int | None, case: Any) -> Relation:
    """The plain facts that connect an organisation with a case."""
    return Relation(
        role=role,
        own_resident=case.municipality_id == mine,
        receives_asylblg=case.receives_asylblg,
        asylblg_until=case.asylblg_until,
        coach_reported=case.coach_reported_on is not None,
        coach_consent=ConsentState(case.coach_consent),
        coaching_ended=case.coaching_ended_on is not None,
        agentur_case=case.agentur_id == mine,
        responsible=case.responsible_id == mine,
        handed_over=case.accepted_on is not None,
        agentur_sees_until=case.agentur_sees_until,
    )
