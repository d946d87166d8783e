"""What a version changes, in words; and the steps of editing that lead there."""

import copy
from typing import Any

import pytest

from models.rules.checklists import definition_from_dict
from models.rules.checklists.changes import compare
from models.rules.checklists.editing import (
    changed,
    choices_from_lines,
    from_parts,
    lines_of,
    moved_item,
    name_from,
    parts_of,
    restored_item,
    without_item,
)
from models.rules.checklists.subjects import Asked, comparison_of, deciding, sample_of, subjects
from models.rules.message import Message
from models.seed.checklist_data import code_lists, definitions
from tests.rules.checklists.test_publishing import FIRST, LISTS, item


def read(data: dict[str, Any]) -> Any:
    return definition_from_dict(data, LISTS, loosely=True)


def said(data: dict[str, Any]) -> Any:
    return compare(read(FIRST), read(data), {})


def edited(code: str, **values: Any) -> dict[str, Any]:
    data = copy.deepcopy(FIRST)
    for one in data["items"]:
        if one["code"] == code:
            one.update(values)
    return data


def test_nothing_changed():
    assert not said(copy.deepcopy(FIRST))
    assert str(said(FIRST).sentence) == "es ändert sich nichts an den Punkten"


def test_points_that_come_go_and_move_are_counted():
    data = copy.deepcopy(FIRST)
    data["items"] = [data["items"][2], *data["items"][:2], item("A05"), item("A06")]
    found = said(data)
    assert str(found.sentence) == "2 Punkte kommen hinzu, 1 entfällt, die Reihenfolge ändert sich"
    assert [one.code for one in found.moved] == ["A03"], "one moved, the others stayed in their order"
    assert str(said(without_item(FIRST, "A04")).sentence) == "1 Punkt entfällt"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "Neu"}, "Text: „Punkt A02“ wird „Neu“."),
        ({"help": "Darum."}, "„Wozu brauchen wir das?“ lautet: „Darum.“"),
        ({"basis": "§ 1"}, "Rechtsgrundlage: keine wird § 1."),
        ({"level": "optional"}, "Stufe: Pflicht wird Kann."),
        ({"roles": ["agentur", "jobcenter"]}, "Zuständig: Gemeinde wird Agentur für Arbeit oder Jobcenter."),
        ({"condition": None}, "Gefragt: nur wenn A01 Ort: Amt wird immer."),
        ({"condition": {"fact": "children", "at_least": 1}}, "wird nur wenn Kinder im Haushalt: mindestens 1."),
        ({"papers": ["coach"]}, "Die Verknüpfung mit Bogen, Vordruck, Akte oder Reihenfolge ändert sich."),
        ({"fields": [{"key": "done", "kind": "tick", "label": "fertig"}]}, "heißt „fertig“ statt „erledigt“."),
        ({"fields": [{"key": "on", "kind": "date", "label": "am"}]}, "Feld „am“ (Datum) kommt hinzu."),
        ({"fields": [{"key": "on", "kind": "date", "label": "am"}]}, "Feld „erledigt“ entfällt."),
    ],
)  # fmt: skip
def test_a_change_of_an_item_has_its_sentence(values, sentence):
    (change,) = said(edited("A02", **values)).changed
    assert any(sentence in str(one) for one in change.sentences), [str(one) for one in change.sentences]


def test_a_change_of_choices_has_its_sentence():
    data = copy.deepcopy(FIRST)
    field = data["items"][0]["fields"][1]
    field["choices"] = [{"code": "BUS", "label": "Omnibus"},
                        {"code": "BAHN", "label": "Bahn", "valid_to": "2026-01-01"},
                        {"code": "RAD", "label": "Rad"}]  # fmt: skip
    field["required"] = False
    (change,) = said(data).changed
    assert str(change.sentences[0]) == (
        "Feld „Weg“: ist freiwillig; neu zur Wahl: „Rad“; „Bus“ heißt „Omnibus“; „Bahn“ gilt in anderer Zeit."
    )


def test_the_ends_of_a_list_stay():
    assert moved_item(FIRST, "A01", -1)["items"] == FIRST["items"]
    assert [one["code"] for one in moved_item(FIRST, "A01", 1)["items"]] == ["A02", "A01", "A03", "A04"]
    with pytest.raises(KeyError):
        moved_item(FIRST, "A09", 1)


def test_a_restored_item_stands_where_it_stood():
    order = [one["code"] for one in FIRST["items"]]
    for code in order:
        again = restored_item(without_item(FIRST, code), item(code), order)
        assert [one["code"] for one in again["items"]] == order


def test_empty_values_are_left_out_but_zero_is_a_limit():
    assert changed({"basis": "§ 1", "min": 3}, {"basis": "", "min": 0, "max": None}) == {"min": 0}


def test_names_are_made_of_labels():
    assert name_from("Größe des Büros", []) == "groesse_des_bueros"
    assert name_from("Ort", ["ort", "ort_2"]) == "ort_3"
    assert name_from("2. Gespräch", []) == "feld_2_gespraech"
    assert name_from("???", []) == "feld"


@pytest.mark.parametrize("text", ["= x", "A = ", "A = a | irgendwann", "A = a | bis 31.02.2026", "A = b = c"])
def test_a_line_that_is_no_choice_is_named(text):
    found = choices_from_lines(f"OK = gut\n{text}")
    assert isinstance(found, Message) and "Zeile 2" in str(found)


def test_lines_and_choices_are_the_same():
    text = "A = erste Wahl\nB = zweite | ab 01.01.2026 | bis 31.12.2026"
    data = edited("A04", fields=[{"key": "way", "kind": "choice", "choices": choices_from_lines(text)}])
    assert lines_of(read(data).by_code["A04"].field("way").choices.choices) == text


def test_every_condition_of_the_seed_survives_its_rows():
    lists = tuple(definitions().values())
    for one in lists:
        for entry in one.items:
            parts = parts_of(entry.condition)
            any_of = type(entry.condition).__name__ == "AnyOf"
            assert from_parts(parts, any_of=any_of) == entry.condition


def test_everything_that_decides_in_the_seed_can_be_chosen_and_switched():
    lists = tuple(definitions().values())
    for one in lists:
        offered = subjects(one, lists, "")
        keys = {leaf for entry in one.items if entry.condition for leaf in map(_key, entry.condition.leaves())}
        assert keys <= {subject.key for subject in deciding(one, offered)}
        for subject in deciding(one, offered):
            assert subject.asked != Asked.NOTHING or subject.item


def _key(leaf: Any) -> str:
    return f"fact:{leaf.name}" if hasattr(leaf, "name") else f"item:{leaf.item}.{leaf.field}"


def test_facts_offer_their_values_or_yes_and_no():
    lists = tuple(definitions().values())
    by_key = {one.key: one for one in subjects(lists[0], lists, "A06")}
    assert "DUL" in dict(by_key["fact:paper"].options)
    assert by_key["fact:coach_involved"].asked == Asked.YES_NO
    assert by_key["fact:age"].asked == by_key["fact:children"].asked == Asked.NUMBER
    assert "ASYL" in dict(by_key["fact:decision"].options)
    assert "item:A06.registered_on" not in by_key, "no item asks for itself"
    assert not any(key.startswith("item:B") for key in by_key), "no item asks for a later list"
    assert comparison_of(by_key["fact:paper"], "at_least", [], 1) is None
    answers, facts = sample_of({by_key["fact:age"]: "22", by_key["fact:paper"]: "nonsense"}, lists[0].by_code)
    assert (answers, facts) == ({}, {"age": 22})
    assert code_lists()
