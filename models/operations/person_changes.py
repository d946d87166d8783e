"""What a later arrivals list changes of a known person."""

from models.operations.ledger import claim, record
from models.operations.names import renew_name
from models.operations.persons import Reception, add_papers, provenance_entry
from models.queries.arrival_plan import Change
from models.rules.arrivals.identity import identity_key
from models.rules.arrivals.record import gets_contact_line
from models.rules.errors import StaleVersion
from models.rules.person_values import plain
from models.rules.personalia import COMPARED
from models.rules.states import CaseState
from models.rules.times import local_day, stamp
from models.tables import Case, Person


def change_person(change: Change, reception: Reception) -> None:
    """Write what a row says anew, each value with its source; a new paper joins the history of residence.

    Must run inside a transaction. StaleVersion where the person was changed since she was read.
    """
    person, version = change.known.person, change.known.person.version
    if not claim(Person, person.id, version):
        raise StaleVersion
    before = {name: person.__data__[name] for name in change.columns}
    if change.columns:
        _write(change, reception)
    if change.paper:
        add_papers({person.id: change.paper}, reception)
    data = {
        "person": person.id,
        "before": plain(before),
        "after": plain(change.columns),
        "paper": change.paper.code if change.paper else None,
        "source": reception.source,
        "from_version": version,
    }
    record(reception.actor, "person.changed", data, now=reception.now, case_id=change.known.case.id)


def _write(change: Change, reception: Reception) -> None:
    person, case = change.known.person, change.known.case
    entry = provenance_entry(reception, person.version + 1)
    provenance = {**(person.provenance or {}), **dict.fromkeys(change.columns, entry)}
    Person.update(**change.columns, provenance=provenance).where(Person.id == person.id).execute()
    as_now = change.row.bamf_reference and not change.known.by_earlier_name
    identity = identity_key(change.row) if as_now else person.identity_key
    if COMPARED & change.columns.keys():
        renew_name(person, identity, reason=reception.source, actor=reception.actor, now=reception.now)
    else:
        Person.update(identity_key=identity).where(Person.id == person.id).execute()
        Case.update(changed_at=stamp(reception.now)).where(Case.person == person.id).execute()
    if "municipality" in change.columns:
        _move(change, case, reception)


def _move(change: Change, case: Case, reception: Reception) -> None:
    """All cases go with the person to the municipality that reports her; the coach hears of an open one once.

    Closed ones too, as after a return or a merge: through a case that stayed, a municipality where she lives no more
    would go on to see her record.
    """
    today, home = local_day(reception.now), change.columns["municipality"]
    Case.update(municipality=home).where(Case.person == case.person_id).execute()
    if gets_contact_line(case.legal_sphere, change.known.person.date_of_birth, today):
        report = Case.update(coach_reported_on=today, coach_reported_by=home)
        is_new = Case.coach_reported_on.is_null() & (Case.state == CaseState.OPEN)
        report.where(Case.id == case.id, is_new).execute()
