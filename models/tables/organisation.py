"""Organisations, the people who work for them, their logins and signing keys."""

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, one_of
from models.rules.roles import Role
from models.rules.states import AccountState


class Organisation(BaseModel):
    """An authority, municipality, provider or office. ``kind`` decides what its people may see."""

    key = CharField(max_length=40, unique=True)
    kind = CharField(max_length=20)
    name = CharField(max_length=200)
    unit = CharField(max_length=200, default="")
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    ags = CharField(max_length=8, null=True)
    active = BooleanField(default=True)

    class Meta:
        constraints = [one_of("kind", Role)]


class Account(BaseModel):
    """A person who logs in. ``password_hash`` is argon2id; a new account sets its password at first login."""

    username = CharField(max_length=60, unique=True)
    organisation = ForeignKeyField(Organisation, backref=None)
    name = CharField(max_length=120)
    function = CharField(max_length=120, default="")
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    state = CharField(max_length=10, default=AccountState.NEW)
    password_hash = TextField(default="")
    is_demo = BooleanField(default=False)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        constraints = [one_of("state", AccountState)]


class Mailbox(BaseModel):
    """Where the daily mail of an account goes. ``digest``: it wants one; ``told_on``: the day of the last one."""

    account = ForeignKeyField(Account, primary_key=True, on_delete="CASCADE")
    address = CharField(max_length=254, default="")
    digest = BooleanField(default=False)
    told_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        constraints = [Check("NOT digest OR address <> ''")]


class LoginSession(BaseModel):
    """One login. The cookie holds the token, the row its SHA-256; logging out ends it here as well."""

    token_sha256 = CharField(max_length=64, unique=True)
    account = ForeignKeyField(Account, on_delete="CASCADE")
    started_at = CharField(max_length=27)
    seen_at = CharField(max_length=27)
    ended_at = CharField(max_length=27, null=True)


class SigningKey(BaseModel):
    """Personal key and certificate; the key lies sealed under argon2id of the PIN and the pepper file."""

    account = ForeignKeyField(Account)
    serial = CharField(max_length=64, unique=True)
    certificate = TextField()
    sealed_key = TextField()
    issued_at = CharField(max_length=27)
    not_after = DateField()
    revoked_at = CharField(max_length=27, null=True)
    failed_pins = IntegerField(default=0)
    locked_until = CharField(max_length=27, null=True)
