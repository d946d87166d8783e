"""Setting an absence with a deputy, and ending it early. The person herself does it, or an administrator."""

from datetime import date, datetime, timedelta

from models.base import db
from models.operations.ledger import claim, record
from models.queries.absences import deputies_for, known_absences
from models.rules.absences import Away, check_absence
from models.rules.errors import NotAllowed, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.times import local_day, stamp
from models.tables import Absence, Account


def set_absence(account: Account, begins_on: date, ends_on: date, deputy: int, *, actor: Actor, now: datetime) -> int:
    """Enter an absence; returns its id. RuleBroken by field, also for days that are entered (a double click)."""
    _check_actor(account, actor)
    with db.atomic():
        Account.update(version=Account.version).where(Account.organisation == account.organisation_id).execute()
        wanted, today = Away(account.id, begins_on, ends_on), local_day(now)
        known = known_absences(account.organisation_id, today)
        check_absence(wanted, deputy, deputies_for(account), known, today)
        absence = Absence.create(
            account=account.id,
            deputy=deputy,
            begins_on=begins_on,
            ends_on=ends_on,
            created_by=actor.account_id,
            created_at=stamp(now),
        )
        data: dict[str, object] = {
            "absence": absence.id,
            "account": account.id,
            "deputy": deputy,
            "from": begins_on.isoformat(),
            "to": ends_on.isoformat(),
        }
        record(actor, "absence.set", data, now=now)
    return int(absence.id)


def end_absence(account: Account, absence: Absence, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Come back earlier: the deputy no longer stands in from today. StaleVersion for a double click."""
    _check_actor(account, actor)
    yesterday = local_day(now) - timedelta(days=1)
    with db.atomic():
        if not claim(Absence, absence.id, seen_version):
            raise StaleVersion(Message(N_("Die Abwesenheit wurde inzwischen geändert oder beendet.")))
        if absence.begins_on > yesterday:
            Absence.delete().where(Absence.id == absence.id).execute()
        else:
            Absence.update(ends_on=yesterday).where(Absence.id == absence.id).execute()
        data: dict[str, object] = {"absence": absence.id, "account": account.id, "from_version": seen_version}
        record(actor, "absence.ended", data, now=now)


def _check_actor(account: Account, actor: Actor) -> None:
    if actor.account_id != account.id and not may(actor.role, Permission.ACCOUNT_MANAGE):
        raise NotAllowed
