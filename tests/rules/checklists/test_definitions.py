"""Every mistake in a definition is refused, with list, item and key in the text."""

import copy
import re
from typing import Any

import pytest

from models.rules.checklists import Choice, ChoiceList, DefinitionError, definition_from_dict

LISTS = {"places": ChoiceList((Choice("A", "Amt"), Choice("B", "Büro")))}
GOOD: dict[str, Any] = {
    "key": "intake",
    "version": 1,
    "title": "Aufnahme",
    "items": [
        {
            "code": "A01",
            "text": "Ankunft",
            "help": "Damit jeder es weiß.",
            "roles": ["municipality"],
            "level": "required",
            "fields": [
                {"key": "place", "kind": "choice", "label": "Ort", "codes": "places"},
                {"key": "on", "kind": "date", "label": "am", "when": {"field": "place", "in": ["A"]}},
            ],
        },
        {
            "code": "A02",
            "text": "Zahl",
            "help": "Damit jeder es weiß.",
            "roles": ["municipality", "agentur"],
            "level": "optional",
            "condition": {"item": "A01", "field": "place", "is": "A"},
            "after": ["A01"],
            "fields": [{"key": "number", "kind": "number", "label": "Zahl", "min": 0}],
        },
    ],
}


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """A copy of the good definition with one thing different."""
    data = copy.deepcopy(GOOD)
    target: Any = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return data


def test_the_good_one_is_read():
    definition = definition_from_dict(GOOD, LISTS)
    assert definition.by_code["A02"].field("number").minimum == 0
    assert definition.by_code["A01"].field("place").choices.label("B") == "Büro"


FIRST, SECOND = ("items", 0), ("items", 1)
PLACE = (*FIRST, "fields", 0)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("version",), "1", "intake: „version“"),
        (("version",), True, "intake: „version“"),
        (("title",), " ", "intake: „title“"),
        (("items",), [], "intake: „items“"),
        (("colour",), "red", "intake: Unbekannter Eintrag „colour“"),
        ((*FIRST, "code"), "1A", "intake 1A: Die Nummer eines Punkts ist"),
        ((*FIRST, "colour"), "red", "intake A01: Unbekannter Eintrag „colour“"),
        ((*FIRST, "roles"), ["mayor"], "intake A01: „mayor“ ist für „roles“ unbekannt"),
        ((*FIRST, "roles"), [], "intake A01: „roles“"),
        ((*FIRST, "level"), "must", "intake A01: „must“ ist für „level“ unbekannt"),
        ((*FIRST, "help"), "", "intake A01: „help“"),
        ((*FIRST, "fields"), [], "intake A01: „fields“"),
        ((*FIRST, "gate"), "leave", "intake A01: „leave“ ist für „gate“"),
        ((*FIRST, "papers"), ["newspaper"], "intake A01: Den Vordruck „newspaper“"),
        ((*SECOND, "code"), "A01", "intake A01: Diese Nummer steht doppelt"),
        ((*PLACE, "kind"), "dat", "intake A01.place: „dat“ ist für „kind“"),
        ((*PLACE, "key"), "Place", "intake A01.Place: Der Name eines Felds"),
        ((*PLACE, "key"), "on", "intake A01: Das Feld „on“ steht doppelt"),
        ((*PLACE, "codes"), "towns", "intake A01.place: Die Werteliste „towns“"),
        ((*PLACE, "codes"), None, "intake A01.place: Eine Auswahl gehört"),
        ((*PLACE, "choices"), {"A": "Amt"}, "intake A01.place: „choices“ muss eine Liste"),
        ((*PLACE, "choices"), ["Amt"], "intake A01.place: Eine Auswahl braucht"),
        ((*PLACE, "choices"), [{"code": True, "label": "ja"}], "intake A01.place: „code“ fehlt oder ist kein Text"),
        ((*PLACE, "choices"), [{"code": "A", "label": "a"}] * 2, "intake A01.place: Das Kürzel „A“ steht doppelt"),
        ((*PLACE, "fact"), "weather", "intake A01.place: Die Tatsache „weather“"),
        ((*PLACE, "rule"), "weather", "intake A01.place: Die Regel „weather“"),
        ((*PLACE, "means"), {"C": True}, "intake A01.place: „means“ nennt das Kürzel „C“"),
        ((*PLACE, "signature"), True, "intake A01.place: Nur ein Dokument"),
        ((*FIRST, "fields", 1, "when"), {"field": "town", "in": ["A"]}, "intake A01.on: „Nur bei“ nennt ein Feld"),
        ((*FIRST, "fields", 1, "when"), {"field": "place", "in": ["C"]}, "intake A01.on: „Nur bei“ nennt ein Feld"),
        ((*FIRST, "fields", 1, "when"), {"field": "place"}, "intake A01.on: „when“ braucht"),
        ((*SECOND, "fields", 0, "min"), "few", "intake A02.number: „min“"),
        ((*SECOND, "after"), ["A09"], "intake A02: „Erst nach“ nennt A09"),
        ((*SECOND, "condition"), {"item": "A09", "is": "A"}, "intake A02: Die Bedingung fragt nach A09"),
        ((*SECOND, "condition"), {"item": "A01", "is": "A"}, "intake A02: Die Bedingung muss ein Feld von A01"),
        ((*SECOND, "condition"), {"item": "A01", "field": "place", "is": "C"}, "dem unbekannten Wert „C“"),
        ((*SECOND, "condition"), {"item": "A01", "field": "place", "is": True}, "dem unbekannten Wert „True“"),
        ((*SECOND, "condition"), {"item": "A01", "field": "place", "at_least": 1}, "„at_least“ passt nicht"),
        ((*SECOND, "condition"), {"fact": "weather", "is": "bad"}, "intake A02: Die Bedingung fragt nach der unb"),
        ((*SECOND, "condition"), {"fact": "sphere", "is": "S9"}, "dem unbekannten Wert „S9“"),
        ((*FIRST, "condition"), {"item": "A02", "at_least": 1}, "drehen sich im Kreis: A01 → A02 → A01"),
        ((*FIRST, "after"), ["A02"], "drehen sich im Kreis"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(path, value, told):
    with pytest.raises(DefinitionError, match=re.escape(told)):
        definition_from_dict(changed(path, value), LISTS)


def test_a_sensitive_item_stands_on_no_paper():
    data = changed((*FIRST, "sensitive"), "health")
    data["items"][0]["papers"] = ["coach"]
    with pytest.raises(DefinitionError, match="intake A01: Ein besonders geschützter Punkt"):
        definition_from_dict(data, LISTS)


def test_codes_are_unique_over_all_lists():
    other = definition_from_dict(GOOD | {"key": "coach"}, LISTS)
    with pytest.raises(DefinitionError, match="A01: Diese Nummer steht doppelt"):
        definition_from_dict(GOOD, LISTS, [other])


def test_a_new_version_replaces_the_old_one_of_its_own_list():
    old = definition_from_dict(GOOD, LISTS)
    assert definition_from_dict(GOOD | {"version": 2}, LISTS, [old]).version == 2


def test_conditions_may_ask_for_items_of_the_lists_before():
    before = definition_from_dict(GOOD, LISTS)
    item = copy.deepcopy(GOOD["items"][0])
    item |= {"code": "B01", "condition": {"item": "A02", "at_least": 2}}
    later = definition_from_dict(GOOD | {"key": "counselling", "items": [item]}, LISTS, [before])
    assert later.items[0].condition.field == "number"
