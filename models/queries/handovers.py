"""Handovers within the sight of the acting person: lists, one with what belongs to it. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import JOIN, Expression

from models.queries.scope import NOTHING, visible_cases
from models.rules.errors import NotVisible
from models.rules.roles import Actor, Role
from models.rules.states import HandoverState
from models.tables import Account, Case, Handover, Organisation, Person, TakenField

PAGE = 25
_ANSWERED = (Handover.state == HandoverState.QUERIED.value) & Handover.replaced_by.is_null(False)
"""A question that a new version is answering: the sender's work is there."""


def in_sight(actor: Actor, today: date) -> Expression:
    """A WHERE over ``Handover`` joined with ``Case``: the sender's own, the receiver's once they were transmitted."""
    if actor.role == Role.AGENTUR:
        return (Handover.sender == actor.organisation_id) & visible_cases(actor, today)
    if actor.role == Role.JOBCENTER:
        return (Handover.receiver == actor.organisation_id) & Handover.sent_at.is_null(False)
    return NOTHING


def handover_in_sight(actor: Actor, reference: str, today: date) -> Handover:
    """The handover with its case and person; NotVisible for a stranger and, before sending, for the receiver."""
    row: Handover | None = (
        Handover.select(Handover, Case, Person)
        .join(Case)
        .join(Person)
        .where((Handover.reference == reference) & in_sight(actor, today))
        .first()
    )
    if row is None:
        raise NotVisible
    return row


def content_in_sight(actor: Actor, reference: str, today: date) -> Handover:
    """Only state and snapshot of a handover, for the many small requests while its values are copied."""
    columns = (Handover.id, Handover.reference, Handover.receiver, Handover.state, Handover.snapshot)
    query = Handover.select(*columns).join(Case).where((Handover.reference == reference) & in_sight(actor, today))
    row: Handover | None = query.first()
    if row is None:
        raise NotVisible
    return row


def page_of_handovers(
    actor: Actor, states: Sequence[HandoverState], today: date, page: int
) -> tuple[list[dict[str, Any]], bool]:
    """One page of the list, the most pressing first, and whether there is more."""
    wanted = Handover.state.in_([str(state) for state in states]) & in_sight(actor, today)
    if actor.role == Role.AGENTUR and HandoverState.DRAFT in states and HandoverState.QUERIED in states:
        wanted &= ~_ANSWERED
    rows = list(
        Handover.select(
            Handover.reference,
            Handover.state,
            Handover.subject,
            Handover.change_on,
            Handover.due_on,
            Handover.sent_at,
            Handover.accepted_at,
            Handover.closed_at,
            Person.family_name,
            Person.given_name,
            Organisation.town.alias("municipality"),
        )
        .join(Case)
        .join(Person)
        .switch(Case)
        .join(Organisation, JOIN.LEFT_OUTER, on=(Case.municipality == Organisation.id))
        .where(wanted)
        .order_by(Handover.due_on.asc(nulls="last"), Handover.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
        .dicts()
    )
    return rows[:PAGE], len(rows) > PAGE


def versions_of(case_id: int) -> list[Handover]:
    """All versions of a case's handover, the first one first; without their snapshots."""
    columns = (
        Handover.id, Handover.reference, Handover.number, Handover.state, Handover.sent_at, Handover.queries,
        Handover.reason, Handover.closed_at, Handover.version,
    )  # fmt: skip
    return list(Handover.select(*columns).where(Handover.case == case_id).order_by(Handover.number))


def earlier_version(handover: Handover) -> Handover | None:
    """The last version before this one that was transmitted, with its snapshot and the receiver's questions."""
    earlier: Handover | None = (
        Handover.select()
        .where(Handover.case == handover.case_id, Handover.number < handover.number, Handover.snapshot.is_null(False))
        .order_by(Handover.number.desc())
        .first()
    )
    return earlier


def taken_fields(handover_id: int) -> set[str]:
    """The fields that the receiver has copied into its own system."""
    return {row[0] for row in TakenField.select(TakenField.field).where(TakenField.handover == handover_id).tuples()}


def names_of(account_ids: Sequence[int | None]) -> dict[int, str]:
    """Names and functions of accounts by id: "K. Hoffmann, Vermittlungsfachkraft"."""
    wanted = [one for one in account_ids if one is not None]
    rows = Account.select(Account.id, Account.name, Account.function).where(Account.id.in_(wanted)).tuples()
    return {number: f"{name}, {function}" if function else name for number, name, function in rows}


def handovers_for_list(state: HandoverState | None = None) -> list[dict[str, Any]]:
    """All handovers for an operator, by reference, number and times alone; no personal data."""
    query = Handover.select(Handover.reference, Handover.state, Handover.sent_at, Handover.accepted_at)
    if state:
        query = query.where(Handover.state == str(state))
    return list(query.order_by(Handover.id).dicts())


def handover_named(reference: str) -> Handover | None:
    """The handover with this reference, for an operator's command."""
    return Handover.get_or_none(Handover.reference == reference)
