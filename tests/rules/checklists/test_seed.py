"""The seed data against the client's lists, the sheet's sections and the facts of the law."""

import json
import re
from datetime import date

import pytest

from models.rules.checklists import (
    CASE_FACTS,
    LAW_FACTS,
    ChecklistDefinition,
    Kind,
    condition_sentence,
    definition_from_dict,
    definition_to_dict,
    items_by_code,
)
from models.rules.states import ListKey
from models.rules.transfer_sheet import SECTIONS
from models.seed.checklist_data import code_lists, definitions
from models.seed.code_data import code_contents
from models.seed.files import read
from tests.rules.checklists.expected import LISTS, expected_items

ALL_ITEMS = items_by_code(definitions().values())
NAMES = {"intake": "Aufnahme", "counselling": "Beratung", "courses": "Kurszuweisung", "handover": "Übergabe"}

NOT_ASKED_OF_ANYBODY = {
    "born",
    "nationality",
    "age",  # the person's record
    "today",  # the clock
    "section_44_4_suspended",  # a switch that the county maintains
}


@pytest.mark.parametrize("key", LISTS)
def test_every_item_of_the_client_stands_there_with_its_role_level_and_order(key):
    wanted = expected_items(key)
    codes = {code for code, _, _ in wanted}
    found = [(i.code, tuple(i.roles), i.level.value) for i in definitions()[ListKey(key)].items if i.code in codes]
    assert found == wanted


@pytest.mark.parametrize("key", NAMES)
def test_lists_carry_their_german_names(key):
    definition = definitions()[ListKey(key)]
    assert (definition.title, definition.version) == (NAMES[key], 1)


def test_numbers_of_the_lists_have_no_hole():
    for letter, count in {"A": 33, "B": 40, "K": 29, "U": 32, "C": 23}.items():
        assert {code for code in ALL_ITEMS if code[0] == letter} == {f"{letter}{n:02}" for n in range(1, count + 1)}


def test_every_item_says_why_it_is_asked():
    for item in ALL_ITEMS.values():
        assert item.help.endswith("."), item.code
        assert 30 <= len(item.help) <= 200, item.code
        assert item.help.count(". ") == 0 or "Abs. " in item.help, item.code


def test_labels_tell_apart_the_fields_of_one_item():
    for item in ALL_ITEMS.values():
        labels = [field.label for field in item.fields]
        assert all(labels), item.code
        assert len(set(labels)) == len(labels), item.code


@pytest.mark.parametrize("definition", definitions().values(), ids=lambda d: d.key)
def test_a_written_definition_reads_back_equal(definition: ChecklistDefinition):
    others = [other for other in definitions().values() if other.key != definition.key]
    written = json.loads(json.dumps(definition_to_dict(definition), sort_keys=True))  # a database may reorder keys
    again = definition_from_dict(written, code_lists(), others)
    assert again == definition
    assert definition_to_dict(again) == written


def test_sheet_targets_exist_on_the_transfer_sheet():
    targets = {section.letter for section in SECTIONS}
    for section in SECTIONS:
        for field in section.fields:
            targets.add(f"{section.letter}.{field.key}")
            targets.update(f"{section.letter}.{field.key}.{column.key}" for column in field.columns)
    used = {item.sheet for item in ALL_ITEMS.values()} | {f.sheet for i in ALL_ITEMS.values() for f in i.fields}
    assert used - {""} <= targets


def test_health_and_azr_stand_on_no_paper_outside():
    health = {item.code for item in ALL_ITEMS.values() if item.sensitive == "health"}
    assert health == {"B18", "U11"}
    assert not any(ALL_ITEMS[code].papers for code in health)
    on_paper = [item for item in ALL_ITEMS.values() if item.papers]
    assert not any(re.search(r"AZR|Gesundheit|Krank", f"{i.text} {i.fields}") for i in on_paper if i.code != "C21")


def test_the_two_gates_stand_where_the_case_model_puts_them():
    send = {item.code for item in ALL_ITEMS.values() if item.gate == "send"}
    assert send == {f"U{n:02}" for n in range(1, 12)} - {"U09"}
    assert {item.code for item in ALL_ITEMS.values() if item.gate == "accept"} == {"U16", "U17"}
    assert [f.key for item in ALL_ITEMS.values() for f in item.fields if f.gate] == ["informed_on"]


def test_every_fact_of_the_law_can_be_answered_somewhere():
    fed = {name for item in ALL_ITEMS.values() for field in item.fields for name in field.facts}
    asked = set().union(*LAW_FACTS.values())
    assert asked - fed == NOT_ASKED_OF_ANYBODY
    assert fed - asked <= set(CASE_FACTS)


def test_every_condition_has_a_sentence():
    owners = [*ALL_ITEMS.values(), *definitions().values()]
    for owner in owners:
        sentence = condition_sentence(owner, ALL_ITEMS)
        assert (sentence is None) == (owner.condition is None)
        assert owner.condition is None or str(sentence).startswith("nur wenn ")


def test_conditions_ask_only_for_what_answers_or_the_case_supply():
    fed = {name for item in ALL_ITEMS.values() for field in item.fields for name in field.facts}
    of_the_case = {"sphere", "age", "coach_involved", "change_expected", "direct_jobcenter"}
    assert set(CASE_FACTS) <= fed | of_the_case


def test_system_items_are_the_two_of_the_client():
    assert {code for code, item in ALL_ITEMS.items() if item.by_rule} == {"U09", "U26"}


def test_code_lists_are_complete_and_fit_the_table():
    for content in code_contents():
        assert content["list"] in code_lists()
        assert content["title"]
        assert content["source"]
        for code in content["codes"]:
            assert isinstance(code["code"], str), code
            assert len(code["code"]) <= 20
            assert 0 < len(code["label"]) <= 200


def test_every_country_has_its_keys():
    rows = read("codes/countries.yaml")["codes"]
    assert len(rows) == 202
    assert all(re.fullmatch(r"[A-Z]{3}", row["code"]) and re.fullmatch(r"\d{3}", row["destatis"]) for row in rows)
    assert len({row["destatis"] for row in rows}) == len(rows)
    keys = {row["code"]: row["destatis"] for row in rows}
    told = "SYR 475, AFG 423, IRQ 438, IRN 439, ERI 224, SOM 273, ETH 225, UKR 166, TUR 163, RUS 160, "
    told += "GEO 430, NGA 232, PAK 461, DZA 221, LBN 451, ALB 121, SRB 170, XKX 150, MKD 144, MDA 146, "
    told += "MAR 252, TUN 285, EGY 287, GIN 261, GMB 237, VEN 367"
    assert {pair.split()[0]: pair.split()[1] for pair in told.split(", ")}.items() <= keys.items()
    assert [row["destatis"] for row in rows[-3:]] == ["997", "998", "999"]


def test_municipalities_are_the_eight_of_the_county():
    rows = read("municipalities.yaml")["municipalities"]
    assert [row["ags"] for row in rows] == [f"10046{n}" for n in range(111, 119)]
    assert {row["postcodes"][0] for row in rows} == {
        "66606",
        "66636",
        "66646",
        "66625",
        "66620",
        "66629",
        "66649",
        "66640",
    }


@pytest.mark.parametrize(
    ("name", "law_file", "key"),
    [
        ("residence_documents", "law/residence_codes.yaml", "residence_codes"),
        ("bamf_decisions", "law/decisions.yaml", "decisions"),
        ("work_notes", "law/decisions.yaml", "work_notes"),
    ],
)
def test_display_lists_know_the_codes_that_the_law_treats(name, law_file, key):
    assert {row["code"] for row in read(law_file)[key]} == set(code_lists()[name].by_code) - {"none"}


def test_abolished_courses_are_not_offered():
    kinds = ALL_ITEMS["K06"].field("kind").choices
    offered = {choice.code for choice in kinds if choice.offered_on(date(2026, 11, 22))}
    assert {"AIK", "JOB-BSK"} <= offered
    assert not offered & {"FRAUEN", "ELTERN", "JUGEND"}


def test_several_choices_and_signatures_keep_their_kind():
    kinds = {(code, f.key): f.kind for code, item in ALL_ITEMS.items() for f in item.fields}
    assert kinds["B16", "circumstances"] == Kind.CHOICES
    assert ALL_ITEMS["U13"].field("sheet").signature
