"""Changing values of a person's record, each with who entered it, for whom, when and from what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.base import db
from models.operations.ledger import claim, record
from models.operations.name_index import index_names_again
from models.rules.errors import StaleVersion
from models.rules.person_values import last_change, plain
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import Person

_NAMES = frozenset({"birth_name", "other_spellings"})


def update_person_values(
    person_id: int,
    columns: Mapping[str, Any],
    *,
    source: str,
    case_id: int | None,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Set columns of a person; ``seen_version`` is the version of the record that was shown.

    StaleVersion only where one of these columns was changed since: two people may work on one record.
    """
    with db.atomic():
        before = write_person_values(person_id, columns, source=source, seen_version=seen_version, actor=actor, now=now)
        data = {
            "person": person_id,
            "before": before,
            "after": plain(columns),
            "source": source,
            "from_version": seen_version,
        }
        record(actor, "person.changed", data, now=now, case_id=case_id)


def write_person_values(
    person_id: int, columns: Mapping[str, Any], *, source: str, seen_version: int, actor: Actor, now: datetime
) -> dict[str, Any]:
    """The same inside the transaction of another operation that records it; returns the values before."""
    row = Person.get_by_id(person_id)
    if not last_change(row.provenance or {}, tuple(columns), row.version) <= seen_version <= row.version:
        raise StaleVersion
    if not claim(Person, person_id, row.version):
        raise StaleVersion
    entry = {
        "organisation": actor.organisation_key,
        "name": actor.name,
        "at": stamp(now),
        "source": source,
        "version": row.version + 1,
    }
    provenance = {**(row.provenance or {}), **dict.fromkeys(columns, entry)}
    Person.update(**columns, provenance=provenance).where(Person.id == person_id).execute()
    if _NAMES & columns.keys():
        index_names_again(person_id)
    return plain({name: row.__data__[name] for name in columns})
