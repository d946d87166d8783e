"""Texts in two languages: what is paired, what may be typed, who may be said to have checked it."""

from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.texts import (
    GERMAN,
    LANGUAGES,
    TRANSLATIONS,
    Pair,
    TextDocument,
    TextState,
    check_check,
    check_paragraphs,
    filled,
    first_language,
    language_for,
    paired,
    placeholders,
    state_of,
)
from models.seed.checklist_data import code_lists
from models.seed.files import read_folder

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(("code", "served"), [("prs", "prs"), ("pes", "prs"), ("fas", "prs"), ("ara", "ara")])
def test_who_reads_a_language_gets_its_translation(code, served):
    assert language_for(code).code == served


@pytest.mark.parametrize("code", ["deu", "kmr", "", "und"])
def test_other_languages_get_german_alone(code):
    assert language_for(code) is None


def test_the_first_language_with_a_translation_is_taken():
    assert first_language(["kmr", "pes", "eng"]) == "prs"
    assert first_language(["kmr"]) == ""


def test_languages_are_of_the_code_list():
    assert {choice.code for choice in code_lists()["languages"].choices} >= set(LANGUAGES)
    assert {code for code, one in LANGUAGES.items() if one.is_rtl} == {"ara", "prs"}


def test_what_changed_in_german_stands_alone():
    now, then = {"a": "neu", "b": "gleich", "c": "dazu"}, {"a": "alt", "b": "gleich"}
    assert paired(now, then, {"a": "old", "b": "same"}) == {
        "a": Pair("neu"),
        "b": Pair("gleich", "same"),
        "c": Pair("dazu"),
    }


def test_placeholders_are_filled_once():
    assert filled("{a} und {b}", {"a": "{b}", "b": "2"}) == "{b} und 2"
    with pytest.raises(KeyError):
        filled("{a}", {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("am Tag", "Es fehlt der Platzhalter {day}"),
        ("{day} {name}", "Der Platzhalter {name} ist in diesem Absatz nicht vorgesehen"),
        ("{day} {", "Geschweifte Klammern"),
        ("{Day} {day}", "Geschweifte Klammern"),
        ("{day}" + "x" * 2000, "Höchstens 2000 Zeichen"),
    ],
)
@pytest.mark.parametrize("language", [GERMAN, "ara"])
def test_placeholders_must_match_the_german_ones(text, words, language):
    with pytest.raises(RuleBroken) as broken:
        check_paragraphs({"a": "am {day}", "b": "ok"}, {"a": text, "b": "ok"}, language=language)
    assert words in str(broken.value.fields["a"])
    assert list(broken.value.fields) == ["a"]


def test_a_translation_may_be_missing_but_not_the_german_text():
    check_paragraphs({"a": "am {day}"}, {"a": ""}, language="ara")
    with pytest.raises(RuleBroken):
        check_paragraphs({"a": "am {day}"}, {"a": ""}, language=GERMAN)


@pytest.mark.parametrize(
    ("language", "is_current", "checked_by", "state"),
    [
        (GERMAN, False, "", TextState.BINDING),
        ("ara", True, "", TextState.UNCHECKED),
        ("ara", True, "A. Karimi", TextState.CHECKED),
        ("ara", False, "A. Karimi", TextState.OUTDATED),
    ],
)
def test_states(language, is_current, checked_by, state):
    assert state_of(language, is_current=is_current, checked_by=checked_by) == state


@pytest.mark.parametrize(
    ("name", "on", "field"),
    [
        (" ", DAY, "checked_by"),
        ("x" * 121, DAY, "checked_by"),
        ("A. Karimi", None, "checked_on"),
        ("A. Karimi", date(2026, 11, 25), "checked_on"),
        ("A. Karimi", date(2026, 11, 1), "checked_on"),
    ],
)
def test_a_check_needs_a_name_and_a_day_since_the_text_exists(name, on, field):
    with pytest.raises(RuleBroken) as broken:
        check_check(name, on, since=date(2026, 11, 20), today=DAY)
    assert list(broken.value.fields) == [field]


@pytest.mark.parametrize("data", read_folder("texts"), ids=lambda data: data["document"])
def test_the_files_are_complete_and_their_placeholders_match(data):
    assert data["document"] in set(TextDocument)
    german = {row["key"]: row["deu"] for row in data["paragraphs"]}
    assert len(german) == len(data["paragraphs"])
    for code in (GERMAN, *TRANSLATIONS):
        typed = {row["key"]: row[code] for row in data["paragraphs"]}
        check_paragraphs(german, typed, language=code)
        assert all(typed.values()), code
        assert all(placeholders(typed[key]) == placeholders(german[key]) for key in german)
