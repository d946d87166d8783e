"""Which person a row means, and which rows of a list mean the same."""

from datetime import date

from models.rules.arrivals.identity import Repetition, identity_key, repetitions
from models.rules.arrivals.matching import find_pairs
from tests.rules.arrivals.lists import row


def test_a_family_shares_the_reference_not_the_identity() -> None:
    assert identity_key(row(given_name="Samar")) != identity_key(row(given_name="Samira"))


def test_with_a_reference_only_the_given_name_counts_beside_it() -> None:
    moved = row(municipality="tholey", date_of_birth=date(1973, 1, 1), family_name="Hamdanne", azr_number=None)
    assert identity_key(moved) == identity_key(row())


def test_without_a_reference_name_birth_and_municipality_count() -> None:
    plain = identity_key(row(bamf_reference=None))
    assert identity_key(row(bamf_reference=None, phone="0170 55555", street=None, azr_number=None)) == plain
    others = [
        row(bamf_reference=None, family_name="Hamdane"),
        row(bamf_reference=None, given_name="Samer"),
        row(bamf_reference=None, date_of_birth=date(1973, 12, 12)),
        row(bamf_reference=None, municipality="tholey"),
        row(),
    ]
    assert plain not in {identity_key(other) for other in others}


def test_marks_hyphens_and_blanks_do_not_count() -> None:
    one = row(bamf_reference=None, family_name="Al-Masrî", given_name="Ayşe Nur")
    other = row(bamf_reference=None, family_name="Al Masri", given_name="AYSE-NUR")
    assert identity_key(one) == identity_key(other) == "name:almasri:aysenur:1973-12-11:nonnweiler"


def test_a_reference_without_a_given_name_does_not_identify() -> None:
    assert identity_key(row(given_name="–", family_name="A")) != identity_key(row(given_name="–", family_name="B"))


def test_the_azr_number_is_no_key() -> None:
    assert identity_key(row(azr_number="999999999999")) == identity_key(row())
    assert "813073860281" not in identity_key(row())


def test_a_row_copied_twice_is_a_repetition_and_no_possible_duplicate() -> None:
    rows = [row(number=1, running_number="1"), row(number=2, running_number="2"), row(number=3)]
    assert repetitions(rows) == {2: Repetition(2, 1, True), 3: Repetition(3, 1, True)}
    assert find_pairs(rows) == []


def test_a_second_row_of_one_identity_that_says_something_else_is_shown() -> None:
    father, son = row(number=1), row(number=2, date_of_birth=date(2004, 5, 6))
    assert repetitions([father, son]) == {2: Repetition(2, 1, False)}
    (pair,) = find_pairs([father, son])
    assert (pair.row_a, pair.row_b) == (1, 2)
    assert str(pair.reasons[0]) == "gleiche Person nach Aktenzeichen oder Name: nur die erste Zeile zählt"
