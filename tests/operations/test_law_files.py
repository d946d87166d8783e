"""New versions of the data files reach an existing database, and never what an administrator entered."""

from dataclasses import replace
from datetime import date

import pytest
from peewee import DatabaseError

from models.base import db
from models.operations import law as operations
from models.operations import law_files, seeding
from models.queries.law import current_law, law_state, replaced_entries, standing_entries
from models.rules.law.entries import Entry, Topic
from models.seed.law_data import file_entries, load_law
from models.tables import Code, Event, LawChange, LawEntry
from tests.cast import member_of
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("database")
COUNTRY = {"country": "GMB", "name": "Gambia", "list": "§ 29a"}


def country(**changes) -> Entry:
    values = {"valid_from": date(2027, 1, 1), "source": "BGBl. 2026 I Nr. 400", "content": COUNTRY, "position": 50}
    return Entry(topic=Topic.SAFE_COUNTRIES, **(values | changes))


def follow(monkeypatch, change) -> int:
    """Bring in files whose entries were changed by ``change(entries)``."""
    entries, stand = file_entries()
    monkeypatch.setattr(law_files, "file_entries", lambda: (change(entries), stand))
    with db.atomic():
        return law_files.follow_files(now=NOW)


def corrected(key: str, **changes):
    return lambda entries: [replace(one, **changes) if one.key == key else one for one in entries]


def test_a_new_database_holds_the_law_of_the_files():
    assert current_law() == load_law()
    assert LawChange.select().count() == 0


def test_bringing_in_the_same_files_again_changes_nothing():
    before = law_state().version
    assert not any(seeding.seed(now=NOW).values())
    assert law_state().version == before


def test_a_new_entry_of_the_files_comes_in(monkeypatch):
    assert follow(monkeypatch, lambda entries: [*entries, country()]) == 1
    assert follow(monkeypatch, lambda entries: [*entries, country()]) == 0
    current_law_again()
    assert current_law().safe_country_lists("GMB", date(2027, 1, 1)) == ("§ 29a",)
    assert LawChange.get().act == "added"


def current_law_again() -> None:
    """As the next request does it: it reads the version along with the login."""
    from models.queries.law import notice_version

    notice_version(law_state().version)


def test_a_corrected_entry_of_the_files_replaces_the_old_one(monkeypatch):
    assert follow(monkeypatch, corrected("§ 29a|GEO", valid_to=date(2026, 12, 31))) == 1
    (standing,) = standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    assert standing.valid_to == date(2026, 12, 31)
    (old,) = replaced_entries(Topic.SAFE_COUNTRIES)
    assert (old.valid_to, old.replaced_by_id) == (None, standing.id)


def test_an_entry_that_left_the_files_is_taken_out_and_may_come_back(monkeypatch):
    assert follow(monkeypatch, lambda entries: [one for one in entries if one.key != "§ 29a|GEO"]) == 1
    assert standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO") == []
    assert follow(monkeypatch, lambda entries: entries) == 1
    assert len(standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO")) == 1


def end_georgia() -> LawEntry:
    (standing,) = standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    plan = operations.plan_end(standing.id, date(2026, 11, 30), source="Erlass vom 20.11.2026", note="")
    operations.carry_out(plan, seen_version=law_state().version, actor=member_of("verwaltung"), now=NOW)
    (ended,) = standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    return ended


def test_what_an_administrator_ended_stays_ended(monkeypatch):
    ended = end_georgia()
    assert follow(monkeypatch, lambda entries: entries) == 0
    assert follow(monkeypatch, corrected("§ 29a|GEO", valid_to=date(2028, 12, 31))) == 1
    assert standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO") == [ended]
    assert replaced_entries(Topic.SAFE_COUNTRIES)[0].reason == law_files.NOT_TAKEN
    assert Event.select().where(Event.kind == "law.not_taken_over").count() == 1
    assert follow(monkeypatch, corrected("§ 29a|GEO", valid_to=date(2028, 12, 31))) == 0


def test_what_an_administrator_entered_goes_before_a_new_entry_of_the_files(monkeypatch):
    plan = operations.plan_entry(country(source="Erlass der Ausländerbehörde"))
    operations.carry_out(plan, seen_version=1, actor=member_of("verwaltung"), now=NOW)
    follow(monkeypatch, lambda entries: [*entries, country(valid_from=date(2027, 3, 1))])
    (standing,) = standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GMB")
    assert standing.source == "Erlass der Ausländerbehörde"


def test_the_history_cannot_be_overwritten_or_deleted():
    (row,) = standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    for values in ({"source": "anders"}, {"valid_to": date(2026, 1, 1), "replaced_at": "x"}, {"content": {}}):
        with pytest.raises(DatabaseError, match="keeps its history"), db.atomic():
            LawEntry.update(**values).where(LawEntry.id == row.id).execute()
    with pytest.raises(DatabaseError, match="keeps its history"), db.atomic():
        LawEntry.delete().where(LawEntry.id == row.id).execute()


def test_a_corrected_code_list_reaches_an_existing_database():
    Code.update(label="Alt", norm="alt").where(Code.list == "sexes", Code.code == "w").execute()
    assert seeding.seed(now=NOW)["corrected codes"] == 1
    assert Code.get(Code.list == "sexes", Code.code == "w").label != "Alt"
    assert Event.select().where(Event.kind == "codes.corrected").count() == 1
    assert seeding.seed(now=NOW)["corrected codes"] == 0
