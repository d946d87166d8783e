"""Accounts, passwords, logins and the record of signing keys."""

import secrets
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from peewee import IntegrityError

from models.base import db
from models.operations.ledger import claim, record
from models.operations.looks import begin_reading
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import Message
from models.rules.roles import Actor
from models.rules.states import AccountState
from models.rules.times import from_stamp, stamp
from models.tables import Account, LoginSession, Organisation, SigningKey

_hasher = PasswordHasher()
# verified against where no account exists, so that the time of the answer tells nobody which names exist
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))
PASSWORD_MINIMUM = 10
PIN_TRIES, PIN_PAUSE = 5, timedelta(minutes=15)
# without 0/O and 1/l: a start password is read aloud or copied from paper
READABLE = "abcdefghijkmnpqrstuvwxyz23456789"


def create_account(
    username: str,
    name: str,
    organisation: Organisation,
    *,
    actor: Actor,
    now: datetime,
    function: str = "",
    phone: str = "",
) -> tuple[Account, str]:
    """A new account and its start password, shown once; RuleBroken where the user name is taken or unusable."""
    username = username.strip().lower()
    if not username or len(username) > 60 or not username.replace("-", "").replace(".", "").isalnum():
        raise RuleBroken(Message("Der Benutzername darf nur Buchstaben, Ziffern, Punkt und Bindestrich enthalten."))
    start = _start_password()
    try:
        with db.atomic():
            account = Account.create(
                username=username,
                name=name,
                organisation=organisation,
                function=function,
                phone=phone,
                password_hash=_hasher.hash(start),
                created_at=stamp(now),
            )
            record(actor, "account.created", {"account": account.id, "organisation": organisation.key}, now=now)
    except IntegrityError:
        raise RuleBroken(Message("Diesen Benutzernamen gibt es schon.")) from None
    return account, start


def _start_password() -> str:
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))


def reset_password(account: Account, *, actor: Actor, now: datetime) -> str:
    """A new start password, shown once; open logins end. The signing key stays: nobody else can reset a PIN."""
    start = _start_password()
    with db.atomic():
        Account.update(state=AccountState.NEW, password_hash=_hasher.hash(start), version=Account.version + 1).where(
            Account.id == account.id
        ).execute()
        _end_logins(account.id, now)
        record(actor, "account.reset", {"account": account.id}, now=now)
    return start


def lock_account(account: Account, *, actor: Actor, now: datetime) -> None:
    """Lock an account and end its logins at once."""
    with db.atomic():
        Account.update(state=AccountState.LOCKED, version=Account.version + 1).where(Account.id == account.id).execute()
        _end_logins(account.id, now)
        record(actor, "account.locked", {"account": account.id}, now=now)


def unlock_account(account: Account, *, actor: Actor, now: datetime) -> None:
    """Let a locked account in again with the password it had."""
    with db.atomic():
        Account.update(state=AccountState.ACTIVE, version=Account.version + 1).where(Account.id == account.id).execute()
        record(actor, "account.unlocked", {"account": account.id}, now=now)


def password_matches(account: Account | None, password: str) -> bool:
    """Whether the password is right; takes as long for an unknown name."""
    try:
        _hasher.verify(account.password_hash if account and account.password_hash else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and bool(account.password_hash)


def sign_in(account: Account, token_sha256: str, *, actor: Actor, now: datetime) -> None:
    """Open a login for an account whose password was verified."""
    with db.atomic():
        LoginSession.create(token_sha256=token_sha256, account=account, started_at=stamp(now), seen_at=stamp(now))
        begin_reading(account.id)
        record(actor, "login.opened", {"account": account.id}, now=now)


def sign_out(session_id: int, *, actor: Actor, now: datetime) -> None:
    """End a login on the server too."""
    with db.atomic():
        LoginSession.update(ended_at=stamp(now)).where(LoginSession.id == session_id).execute()
        record(actor, "login.ended", {"account": actor.account_id}, now=now)


def touch_login(session_id: int, *, now: datetime) -> None:
    """Note that a login is in use. No event: it changes nothing that anybody answers for."""
    with db.atomic():
        LoginSession.update(seen_at=stamp(now)).where(LoginSession.id == session_id).execute()


def _end_logins(account_id: int, now: datetime, keep: int | None = None) -> None:
    ended = LoginSession.update(ended_at=stamp(now)).where(
        LoginSession.account == account_id, LoginSession.ended_at.is_null()
    )
    (ended.where(LoginSession.id != keep) if keep else ended).execute()


def change_password(account: Account, new_password: str, *, session_id: int, actor: Actor, now: datetime) -> None:
    """Set the person's own password; her other logins end. RuleBroken for one that is too short or the name itself."""
    if len(new_password) < PASSWORD_MINIMUM:
        raise RuleBroken(Message("Das Passwort braucht mindestens {count} Zeichen.", count=PASSWORD_MINIMUM))
    if account.username in new_password.lower():
        raise RuleBroken(Message("Das Passwort darf den Benutzernamen nicht enthalten."))
    with db.atomic():
        if not claim(Account, account.id, account.version):
            raise StaleVersion
        Account.update(state=AccountState.ACTIVE, password_hash=_hasher.hash(new_password)).where(
            Account.id == account.id
        ).execute()
        _end_logins(account.id, now, keep=session_id)
        record(actor, "account.password_changed", {"account": account.id}, now=now)


def store_signing_key(
    account_id: int, *, serial: str, certificate: str, sealed_key: str, not_after: date, actor: Actor, now: datetime
) -> SigningKey:
    """Keep a newly issued key. The use of the authority's key is an event."""
    with db.atomic():
        key = SigningKey.create(
            account=account_id,
            serial=serial,
            certificate=certificate,
            sealed_key=sealed_key,
            issued_at=stamp(now),
            not_after=not_after,
        )
        record(actor, "signing_key.issued", {"account": account_id, "serial": serial}, now=now)
        return key


def revoke_signing_key(key: SigningKey, *, reason: str, actor: Actor, now: datetime) -> None:
    """Mark a key as revoked; signatures made before stay valid."""
    with db.atomic():
        SigningKey.update(revoked_at=stamp(now)).where(SigningKey.id == key.id).execute()
        record(actor, "signing_key.revoked", {"serial": key.serial, "reason": reason}, now=now)


def check_key_is_open(key: SigningKey, *, now: datetime) -> None:
    """RuleBroken while the key is locked after wrong PINs, with the time it opens again."""
    if key.locked_until and key.locked_until > stamp(now):
        minutes = int((from_stamp(key.locked_until) - now).total_seconds() // 60) + 1
        raise RuleBroken(
            Message("Die Unterschrift ist nach falschen PINs noch {minutes} Minuten gesperrt.", minutes=minutes),
            {"pin": Message("Noch {minutes} Minuten gesperrt.", minutes=minutes)},
        )


def note_wrong_pin(key: SigningKey, *, actor: Actor, now: datetime) -> Message:
    """Count a wrong PIN, lock the key at the fifth; returns the sentence for the field."""
    with db.atomic():
        SigningKey.update(failed_pins=SigningKey.failed_pins + 1).where(SigningKey.id == key.id).execute()
        failed = SigningKey.get_by_id(key.id).failed_pins
        record(actor, "signing_key.wrong_pin", {"serial": key.serial, "failed": failed}, now=now)
        if failed < PIN_TRIES:
            return Message("Die PIN ist falsch. Noch {left} Versuche.", left=PIN_TRIES - failed)
        SigningKey.update(failed_pins=0, locked_until=stamp(now + PIN_PAUSE)).where(SigningKey.id == key.id).execute()
        return Message("Die PIN war fünfmal falsch. Die Unterschrift ist 15 Minuten gesperrt.")


def note_right_pin(key: SigningKey) -> None:
    """Forget earlier wrong PINs."""
    if key.failed_pins:
        with db.atomic():
            SigningKey.update(failed_pins=0, locked_until=None).where(SigningKey.id == key.id).execute()
