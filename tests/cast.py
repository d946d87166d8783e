"""The cast of the tests: one person per organisation, and cases made with one line."""

from datetime import date
from typing import Any

from flask import Flask

from blueprints.shared import access
from models.base import db
from models.operations import accounts, openings
from models.operations.names import renew_match_keys
from models.operations.tasks import renew_tasks
from models.queries import accounts as known
from models.rules.arrivals.names import fold, name_key
from models.rules.roles import SYSTEM, Actor
from models.rules.states import AccountState, Origin
from models.rules.times import stamp
from models.tables import Account, Case, Organisation, Person
from tests.moments import NOW, TODAY
from tests.strict_client import StrictClient

PASSWORD = "langes-kennwort"


def create_everybody() -> None:
    """One person for each organisation; done once, in the template that every test's database is copied from."""
    password_hash = accounts._hasher.hash(PASSWORD)
    for organisation in Organisation.select():
        Account.insert(
            username=f"user.{organisation.key}",
            organisation=organisation,
            name=f"Muster {organisation.key.title()}",
            function="Beratung",
            state=AccountState.ACTIVE,
            password_hash=password_hash,
            created_at=stamp(NOW),
        ).execute()


def member_of(key: str) -> Actor:
    """The person who works for the organisation with this key; her password is ``PASSWORD``."""
    return known.actor_of(known.account_named(f"user.{key}"))


def sign_in(app: Flask, key: str) -> StrictClient:
    """A client with an open login for that person; the login page has tests of its own."""
    actor = member_of(key)
    client: Any = app.test_client()
    token = access.new_token()
    accounts.sign_in(known.account_by_id(actor.account_id), access.token_hash(token), actor=actor, now=access.now())
    with client.session_transaction() as session:
        session["_user_id"] = token
    db.connect(reuse_if_open=True)  # the end of a session transaction closes the connection like the end of a request
    return client


def renew(case: Case) -> None:
    """Bring the tasks of a case up to rows that a test wrote past the operations."""
    with db.atomic():
        renew_tasks([case.id], TODAY)


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
    person = Person.create(**data)
    renew_match_keys(person.id)
    return person


def make_case(*, sphere: str = "S3", changes: dict[str, Any] | None = None, **person: Any) -> Case:
    """An open case in the sphere SGB III of the Agentur; ``changes`` sets columns of the case afterwards."""
    with db.atomic():
        case = openings.open_case(
            make_person(**person),
            sphere=sphere,
            origin=Origin.MUNICIPALITY,
            parties=openings.parties(),
            actor=SYSTEM,
            now=NOW,
        )
        if changes:
            Case.update(**changes).where(Case.id == case.id).execute()
    return Case.get_by_id(case.id)
