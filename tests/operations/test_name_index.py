"""The words of names stay in step with the persons, also for people who were there before the index."""

from importlib import import_module

import pytest

from models.base import db, is_sqlite
from models.operations.name_index import add_trigrams, rebuild_name_index
from models.operations.person_values import update_person_values
from models.queries import name_words
from models.queries.case_search import search_cases
from models.queries.name_words import has_trigrams, words_near
from models.rules.case_search import read_search
from models.tables import Case, NameWord, Person, SearchName
from tests.cast import make_case
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


def _found(actor, text):
    return [(row.number, str(hit.why)) for row, hit in search_cases(actor, read_search(text), TODAY).rows]


def _words(case: Case) -> set[str]:
    return {row.word for row in SearchName.select().where(SearchName.person == case.person_id)}


def test_parts_of_names_and_slips_of_the_pen_are_found_on_both_engines(people):
    case = make_case(family_name="Bondarenko", given_name="Oleksandra")
    for typed in ("darenk", "Bondarenka", "Bomdarenko", "aleksandra", "Oleksandra Bondar"):
        assert [number for number, _ in _found(people("agentur"), typed)] == [case.number], typed


def test_every_typed_word_must_be_found(people):
    make_case()
    assert _found(people("agentur"), "Rahimi Oksana") == []


def test_another_spelling_is_found_by_those_who_see_it(people):
    case = make_case(changes={"coach_reported_on": TODAY})
    update_person_values(
        case.person_id, {"other_spellings": "Abdulrahimzai"}, source="Pass", case_id=case.id, seen_version=1,
        actor=people("agentur"), now=NOW,
    )  # fmt: skip
    assert _found(people("tholey"), "Abdulrahimzai") == [(case.number, "andere Schreibweise: Abdulrahimzai")]
    assert _found(people("coach"), "Abdulrahimzai") == []
    assert _found(people("coach"), "Samira") == [(case.number, "Vorname beginnt so")]


def test_words_that_nobody_is_called_by_any_more_are_forgotten(people):
    case = make_case(other_spellings="Unverwechselbar")
    assert NameWord.select().where(NameWord.word == "unverwechselbar").exists()
    update_person_values(
        case.person_id, {"other_spellings": ""}, source="Pass", case_id=case.id, seen_version=1,
        actor=people("agentur"), now=NOW,
    )  # fmt: skip
    assert not NameWord.select().where(NameWord.word == "unverwechselbar").exists()
    assert words_near("unverwechselbar") == []
    assert _words(case) == {"rahimi", "samira"}


def test_the_migration_fills_the_index_for_everybody_who_is_there(people):
    case = make_case(birth_name="Karimi")
    before = set(SearchName.select(SearchName.word, SearchName.person, SearchName.further).tuples())
    SearchName.delete().execute()
    NameWord.delete().execute()
    migration = import_module("models.migrations.0005_lists")
    with db.obj.bind_ctx((migration.Person, migration.EarlierName, *migration.TABLES)):
        migration._fill(db.obj)
    assert set(SearchName.select(SearchName.word, SearchName.person, SearchName.further).tuples()) == before
    assert _found(people("agentur"), "Karimi") == [(case.number, "früherer Name: Karimi")]


def test_the_index_can_be_built_anew(people):
    case = make_case()
    SearchName.delete().execute()
    assert rebuild_name_index() == Person.select().count()
    assert _words(case) == {"rahimi", "samira"}


def test_without_the_extension_names_are_still_found_by_beginning_and_sound(people):
    if is_sqlite():
        assert add_trigrams()
        return
    case = make_case()
    db.execute_sql("DROP INDEX name_word_trigram")
    try:
        assert not has_trigrams()
        for typed in ("rahi", "Rahemi"):
            assert [number for number, _ in _found(people("agentur"), typed)] == [case.number]
        assert _found(people("agentur"), "ahim") == []
    finally:
        assert add_trigrams()
    assert name_words.has_trigrams()
