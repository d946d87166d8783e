"""Providers, courses and the paths of the tests about courses, each made with one line."""

from datetime import date, timedelta
from typing import Any

from models.operations import accounts
from models.operations.enrolments import reserve_seat
from models.queries.accounts import account_by_id, actor_of
from models.rules.enrolments import NamedPath
from models.rules.law.outcomes import PathState
from models.rules.message import Message
from models.rules.roles import SYSTEM, Actor
from models.rules.states import AccountState
from models.tables import Account, Case, Course, Enrolment, Organisation, Provider
from tests.moments import NOW, TODAY

SELF_PAYER = NamedPath("P7")
# pages ask the clock, operations get the fixed moment: courses lie ahead of both
SOON = max(date.today(), TODAY) + timedelta(days=42)
LATER = SOON + timedelta(days=200)
OBLIGED = NamedPath("P5", "§ 5b AsylbLG", "ASYLBLG", date(2026, 10, 20), LATER)


def path_states(**states: str) -> tuple[PathState, ...]:
    """P1 to P7 as the rules would see them: P5 may be decided, P7 is open, nothing else, unless told otherwise."""
    plain = {f"P{number}": "no" for number in range(1, 7)} | {"P5": "hint", "P7": "open"} | states
    return tuple(PathState(path=path, state=state, reason=Message("Grund.")) for path, state in plain.items())


def make_provider(name: str = "Bildungswerk Bosenberg", *, account: bool = False) -> Provider:
    """A provider, on paper or with an organisation whose one person is ``user.<name>``."""
    office = _office(name) if account else None
    return Provider.create(
        name=name, organisation=office, street="Bahnhofstraße 11", postcode="66606", town="St. Wendel"
    )


def _office(name: str) -> Organisation:
    key = name.split()[-1].lower()
    office = Organisation.create(key=key, kind="provider", name=name)
    account, _start = accounts.create_account(f"user.{key}", f"Muster {key.title()}", office, actor=SYSTEM, now=NOW)
    Account.update(state=AccountState.ACTIVE).where(Account.id == account.id).execute()
    return office


def provider_actor(provider: Provider) -> Actor:
    """The acting person of a provider with an account."""
    account = Account.get(Account.organisation == provider.organisation_id)
    return actor_of(account_by_id(account.id))


def make_course(provider: Provider, number: str = "BB-IK-2027-01", **values: Any) -> Course:
    """An integration course that starts soon, with 25 free seats, unless told otherwise."""
    defaults = {
        "kind": "AIK",
        "title": "Allgemeiner Integrationskurs, Modul 3",
        "level_from": "A2",
        "level_to": "B1",
        "starts_on": SOON,
        "ends_on": LATER,
        "seats": 25,
    }
    return Course.create(number=number, provider=provider, **(defaults | values))


def make_enrolment(case: Case, course: Course, actor: Actor, named: NamedPath = SELF_PAYER) -> Enrolment:
    """A reserved seat."""
    return Enrolment.get_by_id(reserve_seat(case, course, named, path_states(), actor=actor, now=NOW))


def make_participant(
    case: Case, course: Course, actor: Actor, named: NamedPath = OBLIGED, *, since: date | None = None, **values: Any
) -> Enrolment:
    """Somebody whose form was sent to the provider and who began the course."""
    columns: dict[str, Any] = {"state": "started", "started_on": since or course.starts_on, "sent_on": course.starts_on}
    person = case.person
    form = {"family_name": person.family_name, "given_names": person.given_name, "reference": f"{case.number}-K1"}
    return Enrolment.create(
        case=case, course=course, access_path=named.path, reserved_on=course.starts_on, form=form,
        organisation=actor.organisation_id, **(columns | values),
    )  # fmt: skip
