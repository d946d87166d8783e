"""Changing name, birth and nationality: with all that follows from a name, and with the earlier one kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.base import db
from models.operations.change_of_sphere import follow_proposal
from models.operations.ledger import claim, record
from models.operations.name_index import index_names_again
from models.operations.names import renew_name
from models.rules.arrivals.identity import identity_key
from models.rules.arrivals.matching import Candidate
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.person_values import last_change, plain
from models.rules.personalia import COMPARED, LABELS, NAMES, REASONS, Personalia, changed_columns, read_personalia
from models.rules.roles import Actor
from models.rules.states import CaseState
from models.rules.times import local_day, stamp
from models.tables import Case, Organisation, Person


def change_personalia(
    case: Case, entry: Personalia, reason: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Change the personal data of the person of a case; ``reason`` is a key of ``personalia.REASONS``.

    ``seen_version`` is the version of the person's record that was shown. RuleBroken with fields for what cannot be,
    for a closed case and where nothing is different; StaleVersion where one of the values was changed since.
    """
    said = read_personalia(entry, local_day(now))
    with db.atomic():
        person = Person.get_by_id(case.person_id)
        columns = changed_columns(said, person.__data__)
        _claim(person, columns, seen_version)
        _refuse_closed(case)
        _write(person, columns, reason, actor, now)
        record(actor, *_told(person, columns, reason, seen_version), now=now, case_id=case.id)
        if "date_of_birth" in columns:
            current: Case = Case.select(Case, Person).join(Person).where(Case.id == case.id).get()
            follow_proposal(current, actor=actor, now=now)


def _claim(person: Person, columns: Mapping[str, Any], seen_version: int) -> None:
    newest = last_change(person.provenance or {}, tuple(columns), person.version)
    if not newest <= seen_version <= person.version or not claim(Person, person.id, person.version):
        raise StaleVersion


def _refuse_closed(case: Case) -> None:
    if not Case.select().where(Case.id == case.id, Case.state == CaseState.OPEN).exists():
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))


def _write(person: Person, columns: Mapping[str, Any], reason: str, actor: Actor, now: datetime) -> None:
    entry = {
        "organisation": actor.organisation_key,
        "account": actor.account_id,
        "name": actor.name,
        "at": stamp(now),
        "source": REASONS[reason],
        "version": person.version + 1,
    }
    provenance = {**(person.provenance or {}), **dict.fromkeys(columns, entry)}
    Person.update(**columns, provenance=provenance).where(Person.id == person.id).execute()
    if COMPARED & columns.keys():
        renew_name(person, identity_of(person, columns), reason=REASONS[reason], actor=actor, now=now)
    elif "birth_name" in columns:
        index_names_again(person.id)


def identity_of(person: Person, columns: Mapping[str, Any]) -> str | None:
    """The key by which a list knows her with these values; who has none, because no list ever brought her, has none."""
    if person.identity_key is None:
        return None
    lives = columns.get("municipality", person.municipality_id)
    home = Organisation.select(Organisation.key).where(Organisation.id == lives).scalar()
    names = (columns.get(name, person.__data__[name]) for name in ("family_name", "given_name", "date_of_birth"))
    return identity_key(
        Candidate(person.id, *names, municipality=home, bamf_reference=person.bamf_reference)  # type: ignore[arg-type]
    )


def _told(person: Person, columns: Mapping[str, Any], reason: str, seen_version: int) -> tuple[str, dict[str, object]]:
    """Kind and content of the event: an earlier name stands in the history as such."""
    data: dict[str, object] = {
        "person": person.id,
        "before": plain({name: person.__data__[name] for name in columns}),
        "after": plain(columns),
        "reason": REASONS[reason],
        "from_version": seen_version,
    }
    if NAMES & columns.keys():
        return "person.renamed", data | {"earlier": f"{person.family_name}, {person.given_name}"}
    return "person.changed", data | {"values": ", ".join(LABELS[name] for name in columns)}
