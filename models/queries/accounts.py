"""Logins, accounts and organisations."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.queries.law import version_asked
from models.queries.prepared import Prepared
from models.rules.roles import Actor, Role
from models.rules.states import AccountState
from models.rules.times import stamp
from models.tables import Account, LoginSession, Organisation, SigningKey

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)


# asked with every request
_LOGIN = Prepared(
    lambda token: (
        LoginSession.select(
            LoginSession.id,
            LoginSession.started_at,
            LoginSession.seen_at,
            Account.state,
            Account.is_demo,
            Organisation.active,
            Account.id,
            Account.username,
            Account.name,
            Account.function,
            Organisation.id,
            Organisation.key,
            Organisation.name,
            Organisation.kind,
            version_asked(),
        )
        .join(Account)
        .join(Organisation)
        .where(LoginSession.token_sha256 == token, LoginSession.ended_at.is_null())
    ),
    str,
)


@dataclass(frozen=True, slots=True)
class Login:
    """An open login and the person behind it; ``law_version`` is read along, see ``models.queries.law``."""

    session_id: int
    seen_at: str
    actor: Actor
    state: AccountState
    is_demo: bool
    law_version: int | None


def actor_of(account: Account) -> Actor:
    """The acting person for an account whose organisation is loaded with it."""
    organisation = account.organisation
    return Actor(
        account.id,
        account.username,
        account.name,
        account.function,
        organisation.id,
        organisation.key,
        organisation.name,
        Role(organisation.kind),
    )


def open_login(token_sha256: str, *, now: datetime) -> Login | None:
    """The login behind a token, if it has not ended, idled out or outlived its longest time."""
    row = _LOGIN.row(token_sha256)
    if row is None:
        return None
    session_id, started_at, seen_at, state, is_demo, active, *who, kind, law_version = row
    if seen_at < stamp(now - IDLE) or started_at < stamp(now - LONGEST) or state == AccountState.LOCKED or not active:
        return None
    return Login(session_id, seen_at, Actor(*who, Role(kind)), AccountState(state), is_demo, law_version)


def account_named(username: str) -> Account | None:
    """The account with this user name and its organisation, whatever its state."""
    return (
        Account.select(Account, Organisation)
        .join(Organisation)
        .where(Account.username == username.strip().lower())
        .first()
    )


def account_by_id(account_id: int) -> Account:
    """The account with its organisation; Account.DoesNotExist for none."""
    return Account.select(Account, Organisation).join(Organisation).where(Account.id == account_id).get()


def all_accounts() -> list[Account]:
    """Every account with its organisation, by organisation and name."""
    return list(Account.select(Account, Organisation).join(Organisation).order_by(Organisation.name, Account.username))


def demo_accounts() -> list[Account]:
    """The accounts shown on the login page of an installation for training."""
    return list(Account.select(Account, Organisation).join(Organisation).where(Account.is_demo).order_by(Account.id))


def organisations() -> list[Organisation]:
    """All active organisations by name."""
    return list(Organisation.select().where(Organisation.active).order_by(Organisation.name))


def organisation_keyed(key: str) -> Organisation | None:
    """The organisation with this key."""
    return Organisation.get_or_none(Organisation.key == key)


def sender_line(actor: Actor) -> str:
    """The organisation of a person with its address and telephone on one line, as papers for people name it."""
    office = Organisation.get_by_id(actor.organisation_id)
    place = f"{office.postcode} {office.town}".strip()
    phone = f"Tel. {office.phone}" if office.phone else ""
    return ", ".join(part for part in (office.name, office.street, place if office.street else "", phone) if part)


def has_signing_key(account_id: int) -> bool:
    """Whether this person can sign with a PIN."""
    return bool(_KEYS.rows(account_id))


_KEYS = Prepared(
    lambda account_id: (
        SigningKey.select(SigningKey.id)
        .where(SigningKey.account == account_id, SigningKey.revoked_at.is_null())
        .limit(1)
    ),
    int,
)


def signing_key_of(account_id: int) -> SigningKey | None:
    """The newest key of a person that is not revoked."""
    return (
        SigningKey.select()
        .where(SigningKey.account == account_id, SigningKey.revoked_at.is_null())
        .order_by(SigningKey.id.desc())
        .first()
    )
