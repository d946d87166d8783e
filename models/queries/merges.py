"""One merge as somebody sees who thinks of undoing it: what goes back, and what stays where it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.queries.comparison import SIGNED
from models.queries.records import records_of
from models.rules.errors import NotVisible
from models.rules.merging import FIELDS
from models.rules.message import N_, Message
from models.rules.person_values import plain
from models.rules.roles import Actor
from models.tables import (
    Account,
    Answer,
    AsylumDecision,
    Case,
    Handover,
    Organisation,
    Person,
    PersonMerge,
    ResidenceRecord,
)


@dataclass(frozen=True, slots=True)
class SeenMerge:
    """A merge with the cases as they stand; ``stays`` says what an undoing leaves where it is, and why not to undo."""

    merge: PersonMerge
    kept: Person
    gone: Person
    kept_case: Case
    gone_case: Case
    office: str
    by: str
    stays: tuple[Message, ...]
    obstacle: Message | None


def seen_merge(actor: Actor, merge_id: int, today: date) -> SeenMerge:
    """A merge by its id; NotVisible for those who do not see the whole record that stayed; after an undoing, both."""
    merge = PersonMerge.get_or_none(PersonMerge.id == merge_id)
    if merge is None:
        raise NotVisible
    wanted = {merge.kept_id, merge.gone_id} if merge.undone_at else {merge.kept_id}
    records = records_of(actor, wanted, today)
    if wanted - records.keys() or not all(record.is_seen for record in records.values()):
        raise NotVisible
    kept = records[merge.kept_id].person
    return SeenMerge(
        merge=merge,
        kept=kept,
        gone=Person.get_by_id(merge.gone_id),
        kept_case=Case.get_by_id(merge.kept_case_id),
        gone_case=Case.get_by_id(merge.gone_case_id),
        office=Organisation.select(Organisation.name).where(Organisation.id == merge.organisation_id).scalar(),
        by=Account.select(Account.name).where(Account.id == merge.account_id).scalar() or "",
        stays=tuple(_stays(merge, kept)),
        obstacle=next(_obstacles(merge), None),
    )


def unchanged(kept: Person, taken: Mapping[str, Any]) -> list[str]:
    """The columns that a merge wrote and nobody has changed since."""
    stored = plain({name: kept.__data__[name] for name in taken["values"]})
    return [name for name, pair in taken["values"].items() if stored[name] == pair[1]]


def unchanged_answers(merge: PersonMerge) -> list[str]:
    """The items that a merge wrote and nobody has answered anew since."""
    taken = {one["item"]: one["version"] for one in merge.content["answers"]}
    query = Answer.select(Answer.item, Answer.version).where(
        Answer.case == merge.kept_case_id, Answer.item.in_(list(taken))
    )
    return [item for item, version in query.tuples() if taken[item] == version]


def _stays(merge: PersonMerge, kept: Person) -> Iterator[Message]:
    taken = merge.content["person"]
    changed = taken["values"].keys() - set(unchanged(kept, taken))
    if labels := [field.label for field in FIELDS if changed & set(field.columns)]:
        yield Message(N_("Seither geändert, bleibt wie jetzt: {labels}."), labels=", ".join(labels))
    kept_items = {one["item"] for one in merge.content["answers"]} - set(unchanged_answers(merge))
    if kept_items:
        yield Message(N_("Seither neu beantwortet, bleibt wie jetzt: {items}."), items=", ".join(sorted(kept_items)))
    if new := _new_history(merge):
        yield Message(N_("Seither erfasste Papiere und Bescheide bleiben: {number}."), number=new)


def _new_history(merge: PersonMerge) -> int:
    tables = (ResidenceRecord, AsylumDecision)
    since = [
        table.select().where(table.person == merge.kept_id, table.recorded_at > merge.merged_at).count()
        for table in tables
    ]
    return sum(since)


def _obstacles(merge: PersonMerge) -> Iterator[Message]:
    if merge.undone_at:
        yield Message(N_("Die Zusammenführung ist schon rückgängig gemacht."))
    later = (PersonMerge.kept == merge.kept_id) | (PersonMerge.gone == merge.kept_id)
    if PersonMerge.select().where(later, PersonMerge.id > merge.id, PersonMerge.undone_at.is_null()).exists():
        yield Message(N_("Die Person wurde danach noch einmal zusammengeführt. Machen Sie zuerst das rückgängig."))
    sent = (Handover.case == merge.kept_case_id) & Handover.state.in_(SIGNED) & (Handover.sent_at > merge.merged_at)
    if Handover.select().where(sent).exists():
        yield Message(
            N_("Seit der Zusammenführung ist ein Übergabebogen unterschrieben. Ziehen Sie ihn zuerst zurück.")
        )


def merge_of_pair(pair_id: int) -> int | None:
    """The id of the merge in which a pair ended, None where it did not or where that was undone."""
    query = PersonMerge.select(PersonMerge.id).where(PersonMerge.pair == pair_id, PersonMerge.undone_at.is_null())
    return next((row[0] for row in query.tuples()), None)


def merge_of_case(case_id: int) -> tuple[int, str] | None:
    """For a case that ended in a merge: its id, and the number of the case that goes on."""
    query = PersonMerge.select(PersonMerge.id, Case.number).join(Case, on=PersonMerge.kept_case)
    rows = query.where(PersonMerge.gone_case == case_id, PersonMerge.undone_at.is_null()).tuples()
    return next(iter(rows), None)
