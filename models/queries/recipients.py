"""Which organisation has which data of a person today, since when, and how to reach it. Reads only."""

from collections.abc import Iterator
from datetime import date

from models.queries.case_view import CaseView
from models.queries.released import released_of, released_since
from models.queries.scope import sight_of
from models.rules.permissions import Block
from models.rules.recipients import FORM, PURPOSES, Recipient, groups_of
from models.rules.roles import Role
from models.rules.states import HandoverState
from models.rules.times import from_stamp, local_day
from models.tables import Case, Organisation

_UNDER_WAY = (HandoverState.SENT, HandoverState.RECEIVED)


def recipients_of(view: CaseView) -> tuple[Recipient, ...]:
    """All organisations that have data of this person, in two statements."""
    offices = {row.id: row for row in Organisation.select().where(Organisation.kind.in_(PURPOSES))}
    found = [*_authorities(view, offices), *_providers(view, offices)]
    return tuple(sorted(found, key=lambda one: PURPOSES.index(one.role)))


def _authorities(view: CaseView, offices: dict[int, Organisation]) -> Iterator[Recipient]:
    case, today = view.held.case, view.held.today
    for office in offices.values():
        role = Role(office.kind)
        blocks = sight_of(role, office.id, case, today) | _transmitted(view, office)
        if blocks:
            since, until = _span(view, role, case)
            yield Recipient(role, office.name, contact_of(office), groups_of(blocks), since, until)


def _transmitted(view: CaseView, office: Organisation) -> frozenset[Block]:
    """Between sending and acceptance the receiver has the sheet and nothing else (case_model: Who sees what)."""
    under_way = any(row.receiver_id == office.id and row.state in _UNDER_WAY for row in view.held.handovers)
    return frozenset({Block.SNAPSHOT}) if under_way else frozenset()


def _span(view: CaseView, role: Role, case: Case) -> tuple[date | None, date | None]:
    if role == Role.COACH:
        return case.coach_reported_on, None
    if role == Role.JOBCENTER and not view.held.direct:
        return case.accepted_on or _sent_on(view), None
    ends = {Role.ASYLBLG: case.asylblg_until, Role.AGENTUR: case.agentur_sees_until}
    return case.opened_on, ends.get(role)


def _sent_on(view: CaseView) -> date | None:
    sent = [row.sent_at for row in view.held.handovers if row.state in _UNDER_WAY and row.sent_at]
    return local_day(from_stamp(sent[0])) if sent else None


def _providers(view: CaseView, offices: dict[int, Organisation]) -> Iterator[Recipient]:
    for organisation_id, sent_on in released_of(view.held.case.id, released_since(view.held.today)):
        office = offices[organisation_id]
        yield Recipient(Role.PROVIDER, office.name, contact_of(office), FORM, sent_on)


def contact_of(office: Organisation) -> tuple[str, ...]:
    """Address and telephone of an organisation, as far as they are known."""
    place = f"{office.postcode} {office.town}".strip()
    phone = f"Tel. {office.phone}" if office.phone else ""
    return tuple(part for part in (office.unit, office.street, place, phone) if part)
