"""The fields of the transfer sheet as data: the gate before sending, and the canonical form of a snapshot."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from models.rules.transfer_sheet import (
    SECTIONS,
    canonical_json,
    given,
    listed,
    not_given,
    required_gaps,
    sha256_short,
    snapshot_digest,
)
from pdf.transfer_sheet import sample
from pdf.transfer_sheet.sheet import ListTable, sheet_from_snapshot

SCHEMA = json.loads((Path(sample.__file__).parent / "schema.json").read_text("utf-8"))


@pytest.fixture
def snapshot() -> dict:
    return copy.deepcopy(sample.snapshot())


def gaps(snapshot: dict) -> list[tuple[str, str, str]]:
    found = required_gaps(snapshot["sections"], snapshot["withheld"])
    return [(letter, key, str(label)) for letter, key, label in found]


def test_sections_run_from_a_to_r():
    assert "".join(section.letter for section in SECTIONS) == "ABCDEFGHIJKLMNOPQR"


def test_keys_are_unique_within_a_section():
    for section in SECTIONS:
        keys = [field.key for field in section.fields]
        assert len(keys) == len(set(keys)), section.letter


def test_a_complete_snapshot_has_no_gaps(snapshot):
    assert gaps(snapshot) == []


@pytest.mark.parametrize("mark", ["not_collected", "declined", "not_released"])
def test_a_required_field_without_value_is_a_gap_whatever_the_mark(snapshot, mark):
    snapshot["sections"]["A"]["sex"] = not_given(mark)
    assert gaps(snapshot) == [("A", "sex", "Geschlecht")]


def test_a_printed_reason_closes_the_gap(snapshot):
    snapshot["sections"]["C"]["work_note"] = not_given("not_collected", "Karte liegt der Ausländerbehörde vor")
    assert gaps(snapshot) == []


def test_none_is_a_value(snapshot):
    snapshot["sections"]["N"]["steps"] = given("keine")
    assert gaps(snapshot) == []


def test_an_optional_field_is_never_a_gap(snapshot):
    snapshot["sections"]["A"]["azr_number"] = not_given()
    assert gaps(snapshot) == []


def test_a_required_column_counts_in_every_row(snapshot):
    rows = snapshot["sections"]["H"]["experience"]["rows"]
    rows[1]["kldb2"] = not_given()
    assert gaps(snapshot) == [("H", "experience.kldb2", "Berufserfahrung, Zeile 2: KldB-2")]


def test_an_empty_required_table_is_a_gap(snapshot):
    snapshot["sections"]["M"]["talks"] = listed([])
    assert gaps(snapshot) == [("M", "talks", "Gespräche")]


def test_informing_the_person_is_part_of_the_gate_and_the_copy_is_not(snapshot):
    snapshot["sections"]["Q"]["informed_on"] = not_given()
    assert gaps(snapshot) == [("Q", "informed_on", "Person informiert am")]


def test_a_withheld_section_is_no_gap(snapshot):
    del snapshot["sections"]["K"]
    snapshot["withheld"].append("K")
    assert gaps(snapshot) == []


def test_a_forgotten_section_is_a_gap(snapshot):
    del snapshot["sections"]["K"]
    assert [key for _, key, _ in gaps(snapshot)] == ["strengths", "target_occupation_1"]


def test_the_person_cannot_be_withheld(snapshot):
    del snapshot["sections"]["A"]
    snapshot["withheld"].append("A")
    assert ("A", "family_name", "Familienname") in gaps(snapshot)


def test_canonical_json_is_one_form_whatever_the_order():
    assert canonical_json({"b": "ä", "a": [1, None]}) == '{"a":[1,null],"b":"ä"}'.encode()
    assert snapshot_digest({"b": 1, "a": 2}) == snapshot_digest({"a": 2, "b": 1})


def test_canonical_json_refuses_what_json_does_not_know():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"n": float("nan")})


def test_the_short_digest_shows_its_ends():
    assert sha256_short("7f3c19ab" + "0" * 52 + "02de") == "7f3c 19ab … 02de"


def test_an_unknown_mark_is_refused():
    with pytest.raises(KeyError):
        not_given("forgotten")


def test_the_published_schema_accepts_the_sample(snapshot):
    jsonschema.Draft202012Validator(SCHEMA).validate(snapshot)


def test_the_published_schema_refuses_an_unknown_field(snapshot):
    snapshot["sections"]["A"]["religion"] = given("…")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(snapshot)


def test_the_published_schema_names_the_same_sections_and_fields():
    published = SCHEMA["properties"]["sections"]["properties"]
    assert {
        letter: {key: field["title"] for key, field in section["properties"].items()}
        for letter, section in published.items()
    } == {section.letter: {field.key: field.label for field in section.fields} for section in SECTIONS}
    for section in SECTIONS:
        for field in section.fields:
            rows = published[section.letter]["properties"][field.key].get("properties", {}).get("rows")
            columns = set(rows["items"]["properties"]) if rows else set()
            assert columns == {column.key for column in field.columns}


def test_notes_stand_on_the_sheet_only_where_there_are_any(snapshot):
    del snapshot["sections"]["K"]["notes"]
    jsonschema.validate(snapshot, SCHEMA)
    row = {"noted_on": given("20.11.2026"), "topic": given("Sprache und Kurs"), "text": given("Lernt abends."),
           "decision": not_given()}  # fmt: skip
    snapshot["sections"]["K"]["notes"] = listed([row])
    jsonschema.validate(snapshot, SCHEMA)
    assert gaps(snapshot) == []
    tables = [block for section in sheet_from_snapshot(snapshot).sections if section.letter == "K"
              for block in section.blocks if isinstance(block, ListTable)]  # fmt: skip
    assert [table.caption for table in tables] == ["Vermerke für die Übergabe"]
    assert tables[0].rows[0][2].text == "Lernt abends."
