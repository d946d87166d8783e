"""Where the daily mail goes, and that it went."""

from datetime import date, datetime

from peewee import IntegrityError

from models.base import db
from models.operations.ledger import can_be_version, record
from models.rules.digest import address_problem
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.roles import Actor
from models.tables import Mailbox


def set_mailbox(account_id: int, address: str, digest: bool, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Set mail address and daily mail of an account, by the person herself or by the administration.

    RuleBroken at ``address`` for one that cannot be; StaleVersion where it was changed since. The event holds no
    address.
    """
    if problem := address_problem(address, digest):
        raise RuleBroken(problem, {"address": problem})
    with db.atomic():
        if not _written(account_id, {"address": address, "digest": digest}, seen_version):
            raise StaleVersion
        record(
            actor, "account.mail_set", {"account": account_id, "digest": digest, "has_address": bool(address)}, now=now
        )


def _written(account_id: int, columns: dict[str, object], seen_version: int) -> bool:
    mine = Mailbox.account == account_id
    if not can_be_version(seen_version):
        return False
    if seen_version:
        values = {**columns, "version": Mailbox.version + 1}
        return bool(Mailbox.update(values).where(mine, Mailbox.version == seen_version).execute())
    try:
        with db.atomic():
            Mailbox.insert(account=account_id, **columns).execute()
    except IntegrityError:
        return False  # somebody else said something first
    return True


def take_todays_mail(account_id: int, today: date) -> bool:
    """Take the right to send today's mail, before it is sent; False where it was sent, or another run has it."""
    fresh = Mailbox.told_on.is_null() | (Mailbox.told_on < today)
    with db.atomic():
        mine = (Mailbox.account == account_id) & Mailbox.digest & fresh
        return bool(Mailbox.update(told_on=today).where(mine).execute())


def give_mail_back(account_id: int, told_on: date | None) -> None:
    """Note that today's mail did not leave after all, so that the next run tries again."""
    with db.atomic():
        Mailbox.update(told_on=told_on).where(Mailbox.account == account_id).execute()
