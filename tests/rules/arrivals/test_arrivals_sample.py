"""The county's sample list, played completely."""

import json
import time

import pytest

from models.rules.arrivals.identity import identity_key, repetitions
from models.rules.arrivals.matching import Pair, find_pairs
from models.rules.arrivals.reader import read_table
from models.rules.arrivals.rows import ArrivalRow, RowErrors, parse_rows
from models.seed.arrivals_data import arrival_words
from tests.rules.arrivals.lists import SAMPLE, TODAY

EXPECTED = json.loads((SAMPLE / "arrivals.expected.json").read_text())

Played = tuple[list[ArrivalRow], dict[int, RowErrors], list[Pair], float]


@pytest.fixture(scope="module")
def played() -> Played:
    arrival_words()
    start = time.process_time()
    table = read_table((SAMPLE / "arrivals.csv").read_bytes(), "arrivals.csv")
    rows, rejected = parse_rows(table, TODAY, arrival_words())
    pairs = find_pairs(rows)
    return rows, rejected, pairs, time.process_time() - start


def test_every_bad_row_is_rejected_with_its_column_and_no_other_row(played: Played) -> None:
    _, rejected, _, _ = played
    assert {str(number): list(errors) for number, errors in rejected.items()} == {
        number: [column] for number, column in EXPECTED["rejected"].items()
    }


def test_every_row_is_either_good_or_rejected(played: Played) -> None:
    rows, rejected, _, _ = played
    assert len(rows) + len(rejected) == EXPECTED["rows"]
    assert {row.number for row in rows}.isdisjoint(rejected)


def test_all_pairs_are_found_and_no_others(played: Played) -> None:
    _, _, pairs, _ = played
    assert {(pair.row_a, pair.row_b) for pair in pairs} == {tuple(pair) for pair in EXPECTED["same_person"]}


def test_every_pair_says_why(played: Played) -> None:
    _, _, pairs, _ = played
    assert all(len(pair.reasons) >= 2 and 70 <= pair.score <= 100 for pair in pairs)
    swapped = next(pair for pair in pairs if (pair.row_a, pair.row_b) == (605, 998))
    assert [str(reason) for reason in swapped.reasons] == ["Vor- und Familienname vertauscht", "gleiches Geburtsdatum"]


def test_every_row_has_an_identity_of_its_own(played: Played) -> None:
    rows, _, _, _ = played
    assert len({identity_key(row) for row in rows}) == len(rows)
    assert repetitions(rows) == {}


def test_what_a_spreadsheet_would_run_arrives_as_plain_text(played: Played) -> None:
    rows, _, _, _ = played
    by_number = {row.number: row for row in rows}
    assert by_number[235].note == '=HYPERLINK("http://x";"klick")'
    assert by_number[360].note == "spricht „etwas“ Französisch; möchte Führerschein – Kl. B"
    assert by_number[108].family_name == "Haddad"


def test_it_takes_less_than_a_second_and_a_half(played: Played) -> None:
    assert played[3] < 1.5
