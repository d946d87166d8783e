"""Change reports of a municipality: made, confirmed, refused, taken notice of, withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.base import db
from models.operations.births import receive_child
from models.operations.change_of_sphere import lock_case
from models.operations.ledger import claim, hold_case, record
from models.operations.moves import ADDRESS, SOURCE, home_of_movers, move_person
from models.operations.person_values import write_person_values
from models.queries.arrivals import municipalities
from models.queries.case_view import CaseView
from models.queries.change_reports import circumstances_of
from models.rules.change_reports import OF_HOUSEHOLD, ChangeEntry, read_change
from models.rules.errors import NotAllowed, RuleBroken
from models.rules.message import N_, Message
from models.rules.person_values import plain
from models.rules.roles import Actor
from models.rules.states import CaseState, ChangeKind, ReportState
from models.rules.times import stamp
from models.tables import Case, ChangeReport, Person


def report_change(view: CaseView, entry: ChangeEntry, *, seen_version: int, now: datetime) -> None:
    """Report what has changed; moves, a birth and the reachability stand in the record at once.

    With a move to another municipality of the county the sight of the case goes to it. ``entry.others`` are the case
    numbers of members of the household for whom the same is reported. NotAllowed for who is no resident, RuleBroken by
    field, StaleVersion for a double click.
    """
    actor = view.actor
    said = read_change(entry, circumstances_of(view))
    with db.atomic():
        numbers = {view.held.case.number, *(entry.others if entry.kind in OF_HOUSEHOLD else ())}
        _one_after_the_other(numbers)
        case = lock_case(view.held.case.id, seen_version, now)
        if case.municipality_id != actor.organisation_id:
            raise NotAllowed
        _refuse_twice(case, entry.kind)
        affected = [case, *_members(case, numbers, actor)]
        changes = _CHANGES[entry.kind](affected, said, entry, actor, now)
        for one, before in zip(affected, changes, strict=True):
            _store(one, entry, said, before, actor, now)


def _one_after_the_other(numbers: set[str]) -> None:
    """Cases are locked in one order, else two of these wait for each other."""
    for (case_id,) in Case.select(Case.id).where(Case.number.in_(sorted(numbers))).order_by(Case.id).tuples():
        hold_case(case_id)


def _refuse_twice(case: Case, kind: ChangeKind) -> None:
    waiting = (
        (ChangeReport.case == case.id) & (ChangeReport.kind == kind) & (ChangeReport.state == ReportState.REPORTED)
    )
    if kind == ChangeKind.LEFT and ChangeReport.select(ChangeReport.id).where(waiting).exists():
        raise RuleBroken(Message(N_("Der Wegzug ist schon gemeldet und wird geprüft.")))


def _members(case: Case, numbers: set[str], actor: Actor) -> list[Case]:
    others = numbers - {case.number}
    if not others:
        return []
    same = (Person.household == case.person.household_id) & (Case.municipality == actor.organisation_id)
    found = Case.select(Case, Person).join(Person).where(Case.number.in_(sorted(others)), same)
    members = list(found.where(Case.state == CaseState.OPEN).order_by(Case.id))
    if case.person.household_id is None or len(members) < len(others):
        sentence = Message(N_("Jemand davon gehört nicht mehr zum Haushalt. Laden Sie die Seite neu."))
        raise RuleBroken(sentence, {"others": sentence})
    for one in members:
        claim(Case, one.id, one.version)
    return members


_Said = dict[str, Any]
_Befores = list[_Said]


def _move_here(affected: Sequence[Case], said: _Said, entry: ChangeEntry, actor: Actor, now: datetime) -> _Befores:
    people = [case.person for case in affected]
    home = home_of_movers(people, affected[0].municipality_id, now)
    columns = {name: said.get(name, "") for name in ADDRESS}
    return [move_person(person, columns, home, actor=actor, now=now) for person in people]


def _move_on(affected: Sequence[Case], said: _Said, entry: ChangeEntry, actor: Actor, now: datetime) -> _Befores:
    """An earlier move that brought her here counts as confirmed: who reports where she went has had her."""
    for case in affected:
        brought = (ChangeReport.case == case.id) & (ChangeReport.home == actor.organisation_id)
        settled = {"state": ReportState.CONFIRMED, "settled_by": actor.organisation_id, "settled_at": stamp(now)}
        ChangeReport.update(**settled).where(brought, ChangeReport.state == ReportState.REPORTED).execute()
    home = municipalities()[said["municipality"]].id
    people = [case.person for case in affected]
    household = home_of_movers(people, home, now)
    columns = {name: said.get(name, "") for name in ADDRESS} | {"municipality": home}
    return [move_person(person, columns, household, actor=actor, now=now) for person in people]


def _leave(affected: Sequence[Case], said: _Said, entry: ChangeEntry, actor: Actor, now: datetime) -> _Befores:
    """Nothing changes before the responsible organisation has confirmed it."""
    return [{} for _case in affected]


def _bear(affected: Sequence[Case], said: _Said, entry: ChangeEntry, actor: Actor, now: datetime) -> _Befores:
    said["child"] = receive_child(affected[0], said, entry.on_day, actor=actor, now=now)
    return [{}]


def _reach(affected: Sequence[Case], said: _Said, entry: ChangeEntry, actor: Actor, now: datetime) -> _Befores:
    person = affected[0].person
    columns = {"phone": said.get("phone", ""), "unreachable_since": said.get("unreachable_since")}
    source, seen = str(Message(SOURCE)), person.version
    return [write_person_values(person.id, columns, source=source, seen_version=seen, actor=actor, now=now)]


_CHANGES = {
    ChangeKind.MOVED_HERE: _move_here,
    ChangeKind.MOVED_ON: _move_on,
    ChangeKind.LEFT: _leave,
    ChangeKind.BIRTH: _bear,
    ChangeKind.REACHABILITY: _reach,
}


def _store(case: Case, entry: ChangeEntry, said: _Said, before: _Said, actor: Actor, now: datetime) -> None:
    data = plain(said) | {"before": before}
    home = municipalities()[said["municipality"]].id if entry.kind == ChangeKind.MOVED_ON else None
    report = ChangeReport.create(
        case=case.id,
        kind=entry.kind,
        on_day=entry.on_day,
        data=data,
        home=home,
        organisation=actor.organisation_id,
        account=actor.account_id,
        reported_at=stamp(now),
    )
    event = {"report": report.id, "change": entry.kind, "on": entry.on_day.isoformat(), "said": data}
    event |= {"municipality": home} if home else {}
    record(actor, "report.made", event, now=now, case_id=case.id)
