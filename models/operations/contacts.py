"""How somebody is reached by the other offices: said by herself, or by the administration."""

from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.rules.contacts import checked_contact
from models.rules.errors import NotAllowed, StaleVersion
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.tables import Account


def set_contact(
    account: Account, function: str, phone: str, email: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Set function, telephone and e-mail of an account, as the directory shows them. The event holds no values.

    RuleBroken by field; StaleVersion where the account was changed since.
    """
    if actor.account_id != account.id and not may(actor.role, Permission.ACCOUNT_MANAGE):
        raise NotAllowed
    columns = checked_contact(function, phone, email)
    with db.atomic():
        if not claim(Account, account.id, seen_version):
            raise StaleVersion
        Account.update(**columns).where(Account.id == account.id).execute()
        record(actor, "account.contact_set", {"account": account.id, "from_version": seen_version}, now=now)
