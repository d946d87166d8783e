"""Remembered reports of a person, those that are due, and what was filed for her organisation."""

from datetime import date, timedelta
from typing import Any

from models.queries.prepared import AsModel, Prepared
from models.rules.errors import NotVisible
from models.rules.figures.catalogue import figure_named
from models.rules.roles import Actor
from models.rules.states import AccountState
from models.tables import Account, FiledReport, Organisation, SavedReport

NEW_FOR = timedelta(days=14)
MOST_FILED = 50


def own_reports(actor: Actor) -> list[SavedReport]:
    """What this person remembers, by name."""
    return list(SavedReport.select().where(SavedReport.account == actor.account_id).order_by(SavedReport.name))


def own_report(actor: Actor, report_id: int) -> SavedReport:
    """One of them; NotVisible for one of others."""
    found = SavedReport.select().where(SavedReport.id == report_id, SavedReport.account == actor.account_id).first()
    if found is None:
        raise NotVisible
    return found


def due_reports(today: date) -> list[SavedReport]:
    """What is to be filed by this day, with the account and organisation; of locked accounts nothing."""
    query = (
        SavedReport.select(SavedReport, Account, Organisation)
        .join(Account)
        .join(Organisation)
        .where(SavedReport.next_on <= today, Account.state == AccountState.ACTIVE)
    )
    return list(query.order_by(SavedReport.id))


def filed_reports(actor: Actor, *, since: date | None = None) -> list[FiledReport]:
    """What was filed for this organisation and this person may see, without the files, the newest first."""
    rows = [_AS_FILED(row) for row in _FILED.rows(actor.organisation_id, since or date.min)]
    return [row for row in rows if figure_named(row.figure, actor.role)]


_COLUMNS = (FiledReport.id, FiledReport.name, FiledReport.figure, FiledReport.asked, FiledReport.filed_on)
_AS_FILED = AsModel(FiledReport, _COLUMNS)
_FILED = Prepared(
    lambda organisation_id, since: (
        FiledReport.select(*_COLUMNS)
        .where(FiledReport.organisation == organisation_id, FiledReport.filed_on >= since)
        .order_by(FiledReport.filed_on.desc(), FiledReport.id.desc())
        .limit(MOST_FILED)
    ),
    int,
    date,
)


def new_reports(actor: Actor, today: date) -> list[FiledReport]:
    """What was filed in the last two weeks."""
    return filed_reports(actor, since=today - NEW_FOR)


def filed_file(actor: Actor, filed_id: int, kind: str) -> tuple[FiledReport, bytes]:
    """The stored bytes of a filed report; NotVisible for one of another organisation."""
    found: Any = (
        FiledReport.select()
        .where(FiledReport.id == filed_id, FiledReport.organisation == actor.organisation_id)
        .first()
    )
    if found is None or figure_named(found.figure, actor.role) is None:
        raise NotVisible
    return found, bytes(getattr(found, kind))
