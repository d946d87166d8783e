"""Absences and deputies of an organisation. Reads only."""

from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect

from models.queries.prepared import Prepared
from models.rules.absences import Away
from models.rules.errors import NotVisible
from models.rules.roles import Actor
from models.rules.states import AccountState
from models.tables import Absence, Account


@dataclass(frozen=True, slots=True)
class Shown:
    """An absence that runs or is to come, with the names of both."""

    id: int
    version: int
    account: int
    name: str
    deputy: int
    deputy_name: str
    begins_on: date
    ends_on: date


def absences_of(account_id: int, today: date) -> list[Shown]:
    """The absences of one person that run or are to come, the next first."""
    return _absences(Absence.account == account_id, today)


def today_for(actor: Actor, today: date) -> list[Shown]:
    """The absences that matter to this person today: her own, and those of whom she stands in for."""
    return [Shown(*row) for row in _TODAY.rows(actor.account_id, today)]


def _mine_today(account_id: int, today: date) -> ModelSelect:
    mine = (Absence.account == account_id) | (Absence.deputy == account_id)
    return _asked(mine & (Absence.begins_on <= today), today)


_TODAY = Prepared(_mine_today, int, date)


def _absences(where: object, today: date) -> list[Shown]:
    return [Shown(*row) for row in _asked(where, today).tuples()]


def _asked(where: object, today: date) -> ModelSelect:
    deputy = Account.alias()
    return (
        Absence.select(
            Absence.id, Absence.version, Account.id, Account.name, deputy.id, deputy.name, Absence.begins_on,
            Absence.ends_on,
        )
        .join(Account, on=Absence.account == Account.id)
        .join_from(Absence, deputy, on=Absence.deputy == deputy.id)
        .where(where, Absence.ends_on >= today)
        .order_by(Absence.begins_on, Absence.id)
    )  # fmt: skip


def known_absences(organisation_id: int, today: date) -> list[Away]:
    """All absences in an organisation that run or are to come."""
    query = Absence.select(Absence.account, Absence.begins_on, Absence.ends_on).join(
        Account, on=Absence.account == Account.id
    )
    rows = query.where(Account.organisation == organisation_id, Absence.ends_on >= today).tuples()
    return [Away(*row) for row in rows]


def deputies_for(account: Account) -> dict[int, str]:
    """Who may stand in for this person: the others of the same organisation who can log in, by account."""
    query = Account.select(Account.id, Account.name).where(
        Account.organisation == account.organisation_id, Account.id != account.id, Account.state != AccountState.LOCKED
    )
    return dict(query.order_by(Account.name).tuples())


def absence_of(account_id: int, absence_id: int) -> Absence:
    """One absence of that person; NotVisible for another's."""
    row: Absence | None = Absence.get_or_none(Absence.id == absence_id, Absence.account == account_id)
    if row is None:
        raise NotVisible
    return row
