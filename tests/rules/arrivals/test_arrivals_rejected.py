"""The list of rejected rows can be corrected and sent again."""

import csv
import io

from models.rules.arrivals.columns import Column
from models.rules.arrivals.reader import read_table
from models.rules.arrivals.rows import parse_rows
from models.rules.lists.rejected import rejected_table
from models.rules.lists.table import Table
from models.seed.arrivals_data import arrival_words
from tests.rules.arrivals.lists import GOOD, HEADERS, SAMPLE, TODAY, csv_of


def rejected(table: Table) -> bytes:
    return rejected_table(table, parse_rows(table, TODAY, arrival_words())[1])


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def line(**changes: str) -> list[str]:
    return list((GOOD | {Column[name]: text for name, text in changes.items()}).values())


def test_the_rejected_rows_of_the_sample_come_back_as_they_were() -> None:
    table = read_table((SAMPLE / "arrivals.csv").read_bytes(), "arrivals.csv")
    content = rejected(table)
    assert content.startswith(b"\xef\xbb\xbf")
    again = read_table(content, "fehler.csv")
    assert again.ignored_headers == ()
    originals = {row.texts for row in table.rows}
    assert len(again.rows) == 32
    assert all(row.texts[:-1] in originals for row in again.rows)


def test_the_sentences_stand_in_the_last_column() -> None:
    table = read_table(csv_of(line(), line(SEX="q", POSTCODE="6660")), "liste.csv")
    head, only = lines(rejected(table))
    assert head == [*HEADERS, "Fehler"]
    assert only[-1].startswith("Geschlecht: „q“ ist kein Geschlecht.")
    assert "PLZ: „6660“ ist keine Postleitzahl." in only[-1]


def test_nothing_in_it_is_a_formula_and_the_way_back_loses_nothing() -> None:
    bad = line(SEX="=cmd|' /C calc'!A0", PHONE="+49 176 3028196", NOTE="@SUM(A1)")
    table = read_table(csv_of(bad), "liste.csv")
    content = rejected(table)
    assert not [cell for cells in lines(content) for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert dict(read_table(content, "fehler.csv").rows[0].cells) == dict(table.rows[0].cells)


def test_a_corrected_row_is_accepted_and_a_list_rejected_twice_stays_the_same() -> None:
    first = rejected(read_table(csv_of(line(SEX="q", PHONE="+49 176 3028196")), "liste.csv"))
    assert rejected(read_table(first, "fehler.csv")) == first
    rows, errors = parse_rows(read_table(first.replace(b";q;", b";w;"), "fehler.csv"), TODAY, arrival_words())
    assert errors == {}
    assert rows[0].phone == "+49 176 3028196"


def test_columns_that_are_not_ours_come_back_too() -> None:
    content = (
        "Hobby;Vorname;Name;Geb.-Datum;Geschl.;Nationalität;Ankunft;Gemeinde\n"
        "Schach;Samar;Hamdan;;w;Syrien;25.09.2024;Tholey"
    )
    head, only = lines(rejected(read_table(content.encode(), "liste.csv")))
    assert head[:2] == ["Hobby", "Vorname"]
    assert only[:3] == ["Schach", "Samar", "Hamdan"]


def test_what_stands_right_of_the_last_header_is_not_lost() -> None:
    table = read_table(csv_of([*line(NOTE="kommt"), "ab 9 Uhr"]), "liste.csv")
    rows, errors = parse_rows(read_table(rejected(table), "fehler.csv"), TODAY, arrival_words())
    assert errors == {}
    assert rows[0].note == "kommt; ab 9 Uhr"
