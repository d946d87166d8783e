"""Everything that keeps a draft from being published is found, each with its German sentence at its place."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.checklists import Choice, ChoiceList, definition_from_dict, definition_to_dict
from models.rules.checklists.mistakes import Place
from models.rules.checklists.publishing import Published, mistakes_in, next_code
from models.seed.checklist_data import code_lists, definitions, definitions_from
from models.seed.files import read_folder

LISTS = {"places": ChoiceList((Choice("A", "Amt"), Choice("B", "Büro")))}


def item(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code, "text": f"Punkt {code}", "help": "Damit jeder es weiß.", "roles": ["municipality"],
        "level": "required", "fields": [{"key": "done", "kind": "tick", "label": "erledigt"}],
    } | more  # fmt: skip


FIRST = {
    "key": "intake",
    "version": 1,
    "title": "Aufnahme",
    "items": [
        item("A01", fields=[
            {"key": "place", "kind": "choice", "label": "Ort", "codes": ["places"]},
            {"key": "way", "kind": "choice", "label": "Weg", "choices": [{"code": "BUS", "label": "Bus"},
                                                                          {"code": "BAHN", "label": "Bahn"}]},
            {"key": "on", "kind": "date", "label": "am", "when": {"field": "place", "in": ["A"]}},
        ]),
        item("A02", condition={"item": "A01", "field": "place", "is": "A"}),
        item("A03", **{"from": "person.address"}),
        item("A04"),
    ],
}  # fmt: skip
LAST = {
    "key": "handover",
    "version": 1,
    "title": "Übergabe",
    "items": [
        item("U01", gate="send"),
        item("U02", condition={"item": "A04", "answered": True}),
        item("U03", fields=[{"key": "informed_on", "kind": "date", "label": "am", "gate": "send"}]),
    ],
}


def published(*contents: dict[str, Any]) -> Published:
    versions: dict[str, list[Any]] = {}
    for content in contents or (FIRST, LAST):
        before = [one[-1] for one in versions.values()]
        versions.setdefault(content["key"], []).append(definition_from_dict(content, LISTS, before, loosely=True))
    return Published(versions, LISTS, frozenset({"person.address"}), frozenset({"A.address"}))


def draft(path: tuple[str | int, ...] = (), value: object = None, of: dict[str, Any] = FIRST) -> dict[str, Any]:
    data = copy.deepcopy(of) | {"version": 2}
    target: Any = data
    for step in path[:-1]:
        target = target[step]
    if path:
        target[path[-1]] = value
    return data


def told(data: object, around: Published | None = None) -> list[tuple[Place, str]]:
    return [(one.place, str(one.sentence)) for one in mistakes_in(data, around or published())]


def test_a_draft_that_changes_nothing_has_no_mistake():
    assert told(draft()) == []
    assert told(draft(of=LAST)) == []


A01, A02, FIELDS = ("items", 0), ("items", 1), ("items", 0, "fields")


@pytest.mark.parametrize(
    ("path", "value", "place", "sentence"),
    [
        ((*A01, "condition"), {"item": "A02", "answered": True}, ("A01",), "drehen sich im Kreis: A01 → A02 → A01"),
        ((*A01, "after"), ["A02"], ("A01",), "drehen sich im Kreis"),
        ((*A02, "code"), "A01", ("A01",), "Diese Nummer steht doppelt."),
        ((*FIELDS, 1, "key"), "place", ("A01",), "Das Feld „place“ steht doppelt."),
        ((*A02, "roles"), ["mayor"], ("A02",), "„mayor“ ist für „roles“ unbekannt"),
        ((*A02, "level"), "must", ("A02",), "„must“ ist für „level“ unbekannt"),
        ((*A02, "condition"), {"fact": "weather", "is": "bad"}, ("A02",), "unbekannten Tatsache „weather“"),
        ((*A02, "condition"), {"item": "A01", "field": "town", "is": "A"}, ("A02",), "„town“ ist keines"),
        ((*A02, "condition"), {"item": "A01", "field": "place", "is": "Z"}, ("A02",), "unbekannten Wert „Z“"),
        ((*A02, "condition"), {"item": "U01", "answered": True}, ("A02",), "fragt nach U01"),
        ((*A02, "condition"), {"any": []}, ("A02",), "Liste von 1 bis 20"),
        ((*FIELDS, 0, "codes"), ["towns"], ("A01", "place"), "Die Werteliste „towns“ gibt es nicht."),
        ((*FIELDS, 0, "fact"), "weather", ("A01", "place"), "Die Tatsache „weather“ gibt es nicht."),
        ((*FIELDS, 2, "kind"), "text", ("A01", "on"), "Die Art des Felds „am“ kann nicht wechseln"),
        ((*FIELDS, 1, "kind"), "choices", ("A01", "way"), "Die Art des Felds „Weg“ kann nicht wechseln"),
        ((*FIELDS, 1, "choices"), [{"code": "BUS", "label": "Bus"}], ("A01", "way"), "„BAHN = Bahn“ kann nicht"),
        ((*FIELDS, 2, "when"), {"field": "way", "in": ["BOOT"]}, ("A01", "on"), "„Nur bei“ nennt ein Feld"),
        (("items", 2, "fields"), [{"key": "other", "kind": "tick"}], ("A03", "done"), "füllt der Fall selbst"),
        (("items", 2, "from"), "person.shoe_size", ("A03",), "„person.shoe_size“; einen solchen Eintrag"),
        (("items", 2, "sheet"), "Z.nothing", ("A03",), "„Z.nothing“; diese Stelle gibt es auf dem Übergabebogen nicht"),
        (("items", 3, "code"), "U01", ("U01",), "Diese Nummer gehört zur Liste „Übergabe“."),
        (("items", 3, "code"), "A05", (), "Die Liste „Übergabe“ braucht das noch, Punkt U02"),
        ((*A02, "roles"), ["privacy"], ("A02",), "„privacy“ beantwortet keine Punkte."),
        ((*A02, "condition"), {"item": "A01", "field": "on", "is": "a\0"}, ("A02",), "lässt sich nicht mit"),
        ((*FIELDS, 1, "means"), {"BUS": "a\0"}, ("A01", "way"), "„means“ ordnet"),
        ((*A01, "text"), "a\ud800", ("A01",), "Steuerzeichen"),
        (("key",), "other", (), "Diese Liste gibt es nicht"),
        (("title",), "", (), "„title“ fehlt"),
        (("items",), [], (), "„items“ muss eine Liste mit 1 bis"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_place(path, value, place, sentence):
    found = told(draft(path, value))
    assert found, "nothing found"
    assert any(where[1:] == (*place, "", "")[:2] and sentence in text for where, text in found), found


def test_a_condition_on_a_retired_item_is_found_in_this_list_and_in_those_behind():
    data = draft()
    data["items"] = [one for one in data["items"] if one["code"] not in ("A01", "A04")]
    sentences = [text for _place, text in told(data)]
    assert "Die Bedingung fragt nach A01; diesen Punkt gibt es nicht oder er ist entfallen." in sentences
    assert any("Punkt U02: Die Bedingung fragt nach A04" in text for text in sentences)


def test_what_holds_a_gate_stays():
    data = draft(of=LAST)
    data["items"] = data["items"][1:2]
    places = [(place.item, place.field) for place, text in told(data) if "kann nicht entfallen" in text]
    assert places == [("U01", ""), ("U03", "informed_on")]


def test_a_protected_item_stays_protected():
    guarded = draft((*A02, "sensitive"), "health") | {"version": 1}
    places = [place.item for place, text in told(draft(), published(guarded, LAST)) if "besondere Schutz" in text]
    assert places == ["A02"]
    assert told(draft((*A02, "sensitive"), "health"), published(guarded, LAST)) == []


def test_all_mistakes_of_form_are_named_at_once():
    data = draft((*A01, "fields", 0, "kind"), "picture")
    data["items"][0]["fields"][1]["choices"] = []
    data["items"][1]["help"] = ""
    data["items"][3] = "nothing"
    assert [(place.item, place.field) for place, _text in told(data)] == [
        ("A01", "place"), ("A01", "way"), ("A02", ""), ("", ""),
    ]  # fmt: skip


def test_an_item_that_comes_back_must_fit_its_old_answers():
    second = draft()
    second["items"] = [one for one in second["items"] if one["code"] != "A03"]
    third = copy.deepcopy(second) | {"version": 3}
    third["items"].append(item("A03", fields=[{"key": "done", "kind": "date", "label": "am"}]))
    found = told(third, published(FIRST, second, LAST))
    assert [place for place, text in found if "kann nicht wechseln" in text] == [Place("intake", "A03", "done")]


def test_a_number_is_given_once_for_ever():
    around = published()
    assert next_code(FIRST, around.ever("intake")) == "A05"
    shorter = draft()
    shorter["items"] = shorter["items"][:2]
    assert next_code(shorter, around.ever("intake")) == "A05"
    full = draft(("items", 0, "code"), "A99")
    assert next_code(full, around.ever("intake")) == ""


@pytest.mark.parametrize("data", [None, 7, "text", [], {}, {"key": "intake"}, {"key": ["intake"]}, {"items": {}}])
def test_what_is_no_list_is_refused_without_a_fault(data):
    assert told(data)


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**30), st.floats(allow_nan=True), st.text(max_size=8), st.dates(),
    st.sampled_from(["A01", "place", "BUS", "yes", "is", "in"]),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.text(max_size=5), st.integers()), inner, max_size=3)
    ),
    max_leaves=6,
)


def _paths(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(deep for key, value in inner for deep in _paths(value, (*path, key)))]


PATHS = [path for path in _paths(FIRST) if path]
OPTIONAL = ("after", "papers", "condition", "gate", "sensitive", "means", "when", "min", "decimals", "codes",
            "max_length", "signature", "required", "fact", "rule", "unit")  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(PATHS), value=ANYTHING)
def test_no_value_at_any_place_is_a_fault(path, value):
    told(draft(path, value))


@settings(max_examples=400, deadline=None)
@given(name=st.sampled_from(OPTIONAL), where=st.sampled_from([A01, (*FIELDS, 1), ()]), value=ANYTHING)
def test_no_value_of_an_optional_entry_is_a_fault(name, where, value):
    told(draft((*where, name), value))


def test_the_lists_of_the_seed_can_be_published_again():
    versions = {key: [one] for key, one in definitions().items()}
    records = {i.derived_from for one in definitions().values() for i in one.items}
    places = {p for one in definitions().values() for i in one.items for p in (i.sheet, *(f.sheet for f in i.fields))}
    around = Published(versions, code_lists(), frozenset(records), frozenset(places))
    for one in definitions().values():
        assert mistakes_in(definition_to_dict(one), around) == ()


def test_lists_of_different_versions_stand_beside_each_other():
    contents = {data["key"]: copy.deepcopy(data) for data in read_folder("checklists")}
    contents["intake"]["items"] = [one for one in contents["intake"]["items"] if one["code"] != "A13"]
    loose = definitions_from(contents.values(), code_lists(), loosely=True)
    assert loose["counselling"].by_code.keys() == definitions()["counselling"].by_code.keys()
