"""Which values differ, which case may end, and when two records must not be made one."""

from dataclasses import replace

import pytest

from models.rules.merging import (
    FIELDS,
    SILENT,
    Side,
    Standing,
    differs,
    must_stay,
    obstacle,
    sides_that_may_stay,
    taken_over,
)
from models.tables import Person

EMPTY = {"languages": [], "interpreter_needed": None, "children_in_household": None, "household": None}
NOBODY = {column: EMPTY.get(column, "") for field in FIELDS for column in field.columns} | {
    name: EMPTY.get(name, "") for name in SILENT
}
ONE = Standing("SWD-2026-00001", "Gemeinde Tholey", responsible=1, sphere="S3")
OTHER = replace(ONE, number="SWD-2026-00002")


def _person(**values):
    return NOBODY | values


def test_every_value_of_a_person_is_compared_or_left_out_on_purpose():
    compared = {column for field in FIELDS for column in field.columns}
    bookkeeping = {
        "id", "sort_key", "name_key", "given_key", "identity_key", "provenance", "version", "created_at", "merged_into",
    }  # fmt: skip
    assert set(Person._meta.fields) == compared | set(SILENT) | bookkeeping
    assert "azr_number" not in compared


def test_only_what_both_say_differently_has_to_be_chosen():
    by_key = {field.key: field for field in FIELDS}
    left, right = _person(phone="1", email="", languages=["prs"]), _person(phone="2", email="a@b", languages=["prs"])
    assert differs(by_key["phone"], left, right)
    assert not differs(by_key["email"], left, right)
    assert not differs(by_key["languages"], left, right)


def test_the_record_that_stays_takes_what_was_chosen_and_what_it_lacks():
    kept = _person(phone="1", marital_status="NB", street="Hauptstr. 1", postcode="66636")
    gone = _person(phone="2", marital_status="LD", street="Kirchweg 2", town="Tholey", azr_number="123456789012")
    assert taken_over(kept, gone, frozenset()) == {"marital_status": "LD", "azr_number": "123456789012"}
    chosen = taken_over(kept, gone, frozenset({"phone", "address"}))
    assert chosen["phone"] == "2"
    assert (chosen["street"], chosen["postcode"], chosen["town"]) == ("Kirchweg 2", "", "Tholey")


@pytest.mark.parametrize(
    ("left", "right", "sentence"),
    [
        ({}, {}, None),
        ({"is_signed": True}, {}, None),
        ({"is_signed": True}, {"is_signed": True}, "In beiden Fällen ist ein Übergabebogen unterschrieben"),
        ({}, {"is_accepted": True}, "hat das Jobcenter schon übernommen"),
        ({"responsible": 2}, {}, "verschiedene Stellen zuständig"),
        ({"responsible": 2, "is_open": False}, {}, None),
        ({"sphere": "S2"}, {}, "verschiedene Rechtskreise"),
        ({"sphere": "UNK"}, {}, None),
        ({"consents": {"E1": "granted"}}, {"consents": {"E1": "withdrawn"}}, "widersprechen sich"),
        ({"consents": {"E1": "granted"}}, {"has_seat": True}, "Keiner der beiden Fälle kann enden"),
        ({"hidden": True}, {"hidden": True}, "Angaben anderer Stellen"),
    ],
)
def test_when_two_records_must_not_be_made_one(left, right, sentence):
    found = obstacle(replace(ONE, **left), replace(OTHER, **right))
    assert (found is None) if sentence is None else (sentence in str(found))


def test_which_case_may_go_on():
    both = (Side.LEFT, Side.RIGHT)
    assert sides_that_may_stay(ONE, OTHER) == both
    assert sides_that_may_stay(ONE, replace(OTHER, is_signed=True)) == (Side.RIGHT,)
    assert sides_that_may_stay(replace(ONE, has_seat=True), OTHER) == (Side.LEFT,)
    assert sides_that_may_stay(replace(ONE, is_open=False), OTHER) == (Side.RIGHT,)
    assert must_stay(ONE) is None
