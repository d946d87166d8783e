"""The directory of all parties: organisations with their people, who is away and who stands in. Three statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from models.rules.contacts import KINDS
from models.rules.roles import Role
from models.rules.states import AccountState
from models.tables import Absence, Account, Organisation


class Contact(NamedTuple):
    """Somebody as the other offices reach her. ``away_until``: she is away today, and ``deputy`` stands in."""

    name: str
    function: str
    phone: str
    email: str
    away_until: date | None = None
    deputy: str = ""


class Office(NamedTuple):
    """An organisation with its people, by function and name."""

    name: str
    unit: str
    phone: str
    email: str
    place: str
    people: Sequence[Contact]


Directory = Sequence[tuple[str, Sequence[Office]]]


def directory(today: date, kind: str = "") -> Directory:
    """All active organisations by kind, under its German name; of one kind alone if asked for. No login names."""
    kinds = [role for role in KINDS if kind in ("", role)] or list(KINDS)
    offices = Organisation.select().where(Organisation.active, Organisation.kind.in_(kinds)).order_by(Organisation.name)
    people = _people(today)
    ordered = sorted(offices, key=lambda office: kinds.index(Role(office.kind)))
    return [
        (KINDS[Role(role)], [_office(one, people) for one in group])
        for role, group in groupby(ordered, key=lambda office: office.kind)
    ]


def _office(row: Organisation, people: Mapping[int, Sequence[Contact]]) -> Office:
    place = f"{row.postcode} {row.town}".strip()
    where = ", ".join(part for part in (row.street, place) if part)
    return Office(row.name, row.unit, row.phone, row.email, where, people.get(row.id, ()))


def _people(today: date) -> Mapping[int, Sequence[Contact]]:
    """The people who can log in, by organisation."""
    query = Account.select(
        Account.organisation, Account.id, Account.name, Account.function, Account.phone, Account.email
    )
    query = query.where(Account.state != AccountState.LOCKED).order_by(Account.function, Account.name)
    away, found = _away(today), defaultdict(list)
    for office, number, *said in query.tuples():
        found[office].append(Contact(*said, *away.get(number, ())))
    return found


def _away(today: date) -> Mapping[int, Iterable[object]]:
    """Until when people are away today, with the name of the deputy, by account."""
    query = Absence.select(Absence.account, Absence.ends_on, Account.name).join(
        Account, on=Absence.deputy == Account.id
    )
    rows = query.where(Absence.begins_on <= today, Absence.ends_on >= today).tuples()
    return {number: rest for number, *rest in rows}
