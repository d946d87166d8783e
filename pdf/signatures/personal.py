"""Personal signing keys of accounts: issuing one under a PIN, and opening it for one signature."""

from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from models.operations import accounts as operations
from models.queries import accounts
from models.rules.errors import RuleBroken
from models.rules.message import Message
from models.rules.roles import Actor
from models.tables import Account, SigningKey
from pdf.signatures.authority import issue_certificate, load_authority, revoke
from pdf.signatures.keys import SealedKey, WrongPin, load_or_create_pepper, open_key, pin_problem, seal_key
from pdf.signatures.sign import Signer


def pin_minimum(demo: bool) -> int:
    """Fewest characters of a PIN: 6 in demo mode, 8 in production."""
    return 6 if demo else 8


def new_pin_problem(pin: str, demo: bool) -> Message | None:
    """What speaks against a new PIN, or None."""
    return pin_problem(pin, pin_minimum(demo))


def issue_key(account: Account, pin: str, pki: Path, pepper: Path, *, actor: Actor, now: datetime) -> SigningKey:
    """A new personal key and certificate for an account; from now on it is the one that signs.

    An earlier key stays known, so that what it signed stays valid; nobody can open it any more without its PIN.
    """
    key, certificate = issue_certificate(
        load_authority(pki), account.name, account.organisation.name, account.function or None, now=now
    )
    sealed = seal_key(key, pin, load_or_create_pepper(pepper), certificate)
    return operations.store_signing_key(
        account.id,
        serial=f"{certificate.serial_number:x}",
        certificate=certificate.public_bytes(Encoding.PEM).decode(),
        sealed_key=sealed,
        not_after=certificate.not_valid_after_utc.date(),
        actor=actor,
        now=now,
    )


def revoke_key(key: SigningKey, pki: Path, reason: x509.ReasonFlags, *, actor: Actor, now: datetime) -> None:
    """Enter a key into the revocation list and mark its row; what it signed before stays valid."""
    revoke(load_authority(pki), int(key.serial, 16), reason, at=now, now=now)
    operations.revoke_signing_key(key, reason=reason.value, actor=actor, now=now)


def open_signer(actor: Actor, pin: str, pki: Path, pepper: Path, *, now: datetime) -> Signer:
    """The acting person's signer for one signature; RuleBroken at the field ``pin`` for a wrong PIN or a locked key."""
    key = accounts.signing_key_of(actor.account_id) if actor.account_id else None
    if key is None:
        raise _at_pin(Message("Sie haben noch keine PIN. Setzen Sie sie unter „Mein Konto“."))
    operations.check_key_is_open(key, now=now)
    certificate = x509.load_pem_x509_certificate(key.certificate.encode())
    try:
        private = open_key(SealedKey(key.sealed_key), pin, load_or_create_pepper(pepper), certificate)
    except WrongPin:
        raise _at_pin(operations.note_wrong_pin(key, actor=actor, now=now)) from None
    operations.note_right_pin(key)
    return Signer(certificate, (load_authority(pki).certificate,), private)


def _at_pin(message: Message) -> RuleBroken:
    return RuleBroken(message, {"pin": message})
