"""Who lives together: somebody joins a household or leaves it, with a reason; each keeps her own dates."""

from collections.abc import Sequence
from datetime import datetime

from models.base import db
from models.operations.handovers import touch_case
from models.operations.ledger import claim, record
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import Case, Household, Person


def join_household(case: Case, other: Case, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """The person of ``other`` lives with the person of ``case`` from now on, and no longer where she lived before.

    ``seen_version`` is the version of the person of ``case``. RuleBroken without a reason, for a closed case, for the
    same person, and where they live together already; StaleVersion for a double click. Events in both cases.
    """
    _check(reason)
    with db.atomic():
        person, newcomer = _claimed(case, other, seen_version, now)
        if person.id == newcomer.id:
            raise _wrong(N_("Das ist der Fall derselben Person."))
        if person.household_id and person.household_id == newcomer.household_id:
            raise _wrong(N_("Diese Person gehört schon zum Haushalt."))
        home = person.household_id or _new_home(person, now)
        before = newcomer.household_id
        Person.update(household=home).where(Person.id == newcomer.id).execute()
        _tell("household.joined", (case, other), reason, [before, home], actor, now)


def leave_household(case: Case, other: Case, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """The person of ``other`` no longer lives with the person of ``case``; she gets a household of her own.

    RuleBroken without a reason, for a closed case and where they do not live together; StaleVersion for a double click.
    """
    _check(reason)
    with db.atomic():
        person, leaver = _claimed(case, other, seen_version, now)
        if person.id == leaver.id or not person.household_id or person.household_id != leaver.household_id:
            raise _wrong(N_("Diese Person gehört nicht mehr zum Haushalt."))
        _new_home(leaver, now)
        _tell("household.left", (case, other), reason, [person.household_id, None], actor, now)


def _check(reason: str) -> None:
    if not reason.strip():
        sentence = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(sentence, {"reason": sentence})


def _wrong(text: str) -> RuleBroken:
    sentence = Message(text)
    return RuleBroken(sentence, {"number": sentence})


def _claimed(case: Case, other: Case, seen_version: int, now: datetime) -> tuple[Person, Person]:
    """Both persons as they stand, taken by this transaction alone; RuleBroken where the case has ended."""
    for person_id in sorted({case.person_id, other.person_id}):  # in one order, else two wait for each other
        Person.update(version=Person.version).where(Person.id == person_id).execute()
    if not claim(Person, case.person_id, seen_version):
        raise StaleVersion
    if not touch_case(case.id, now):
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
    person, newcomer = Person.get_by_id(case.person_id), Person.get_by_id(other.person_id)
    if person.id != newcomer.id and not claim(Person, newcomer.id, newcomer.version):
        raise StaleVersion
    return person, newcomer


def _new_home(person: Person, now: datetime) -> int:
    home = Household.create(municipality=person.municipality_id, created_at=stamp(now))
    Person.update(household=home).where(Person.id == person.id).execute()
    return int(home.id)


def _tell(
    kind: str, cases: Sequence[Case], reason: str, household: list[int | None], actor: Actor, now: datetime
) -> None:
    cases = sorted(cases, key=lambda case: case.id)  # chains are locked in one order
    for case, other in (cases, cases[::-1]):
        data: dict[str, object] = {"other": other.number, "reason": reason.strip(), "household": household}
        Case.update(changed_at=stamp(now)).where(Case.id == case.id).execute()
        record(actor, kind, data, now=now, case_id=case.id)
