"""What follows from a name and a birth date: order, search keys, keys for duplicates, and the earlier name kept."""

from datetime import datetime

from models.operations.duplicate_pairs import note_possible_duplicates
from models.operations.name_index import index_names_again
from models.operations.persons import name_columns
from models.operations.request_matches import match_persons
from models.queries.duplicates import names_of
from models.rules.arrivals.matching import blocking_keys
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import Case, EarlierName, MatchKey, Person


def renew_name(before: Person, identity: str | None, *, reason: str, actor: Actor, now: datetime) -> None:
    """Make what follows from the stored name of a person; ``before`` is her record as it stood before the change.

    ``identity`` is the key by which an import recognises her from now on; under the earlier one it still does. Must run
    inside the transaction that changed the name or the birth date.
    """
    person = Person.get_by_id(before.id)
    keep_name(before.id, before, reason=reason, actor=actor, now=now)
    derived = name_columns(person.family_name, person.given_name)
    Person.update(**derived, identity_key=identity).where(Person.id == person.id).execute()
    Case.update(sort_key=derived["sort_key"], changed_at=stamp(now)).where(Case.person == person.id).execute()
    renew_match_keys(person.id)
    note_possible_duplicates([person.id], now=now)


def keep_name(
    person_id: int, known_as: Person, *, reason: str, actor: Actor, now: datetime, merge_id: int | None = None
) -> None:
    """Remember that this person was also recorded under the name in ``known_as``."""
    EarlierName.insert(
        person=person_id,
        family_name=known_as.family_name,
        given_name=known_as.given_name,
        date_of_birth=known_as.date_of_birth,
        identity_key=known_as.identity_key,
        reason=reason,
        merge=merge_id,
        organisation=actor.organisation_id,
        account=actor.account_id,
        recorded_at=stamp(now),
        **name_columns(known_as.family_name, known_as.given_name),
    ).execute()


def renew_match_keys(person_id: int) -> None:
    """The keys of her present name and of all earlier ones: by each she may be entered again, looked for, or meant."""
    MatchKey.delete().where(MatchKey.person == person_id).execute()
    keys = set[str]().union(*map(blocking_keys, names_of([person_id])[person_id]))
    MatchKey.insert_many([(person_id, key) for key in sorted(keys)], [MatchKey.person, MatchKey.key]).execute()
    index_names_again(person_id)
    match_persons([person_id])
