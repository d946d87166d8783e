"""The cast of the tests: one person per organisation, and cases made with one line."""

from datetime import date
from typing import Any

from flask import Flask

from models.base import db
from models.operations import accounts, cases
from models.queries import accounts as known
from models.rules.arrivals.names import fold, name_key
from models.rules.roles import SYSTEM, Actor
from models.rules.states import AccountState, Origin
from models.rules.times import stamp
from models.tables import Account, Case, Organisation, Person
from tests.conftest import NOW
from tests.strict_client import StrictClient

PASSWORD = "langes-kennwort"


def member_of(key: str, username: str | None = None) -> Actor:
    """The person who works for the organisation with this key; her password is ``PASSWORD``."""
    name = username or f"user.{key}"
    account = known.account_named(name)
    if account is None:
        organisation = Organisation.get(Organisation.key == key)
        account, _start = accounts.create_account(name, f"Muster {key.title()}", organisation, actor=SYSTEM, now=NOW)
        Account.update(state=AccountState.ACTIVE, password_hash=accounts._hasher.hash(PASSWORD)).where(
            Account.id == account.id
        ).execute()
        account = known.account_named(name)
    return known.actor_of(account)


def sign_in(app: Flask, key: str) -> StrictClient:
    """A client with an open login for that person, through the login page."""
    actor = member_of(key)
    client: Any = app.test_client()
    response = client.post("/login", {"username": actor.username, "password": PASSWORD})
    assert response.status_code == 303, response.get_data(as_text=True)
    client.forget_token()
    return client


def make_person(**values: Any) -> Person:
    """A stored person: Rahimi, Samira from Tholey, unless told otherwise."""
    defaults: dict[str, Any] = {
        "family_name": "Rahimi",
        "given_name": "Samira",
        "date_of_birth": date(1994, 3, 14),
        "sex": "w",
        "nationality": "AFG",
        "languages": ["prs"],
        "created_at": stamp(NOW),
    }
    data = defaults | values
    municipality = data.pop("municipality", "tholey")
    data["municipality"] = Organisation.get(Organisation.key == municipality)
    data["sort_key"] = fold(f"{data['family_name']} {data['given_name']}")
    data["name_key"] = name_key(f"{data['family_name']} {data['given_name']}")
    data["given_key"] = name_key(data["given_name"])
    return Person.create(**data)


def make_case(*, sphere: str = "S3", changes: dict[str, Any] | None = None, **person: Any) -> Case:
    """An open case in the sphere SGB III of the Agentur; ``changes`` sets columns of the case afterwards."""
    with db.atomic():
        case = cases.open_case(
            make_person(**person),
            sphere=sphere,
            origin=Origin.MUNICIPALITY,
            parties=cases.parties(),
            actor=SYSTEM,
            now=NOW,
        )
        if changes:
            Case.update(**changes).where(Case.id == case.id).execute()
    return Case.get_by_id(case.id)
