"""Rows in normal form, and a German sentence for each column that cannot be read."""

from datetime import date

import pytest

from models.rules.arrivals.columns import REQUIRED, Column
from models.rules.arrivals.rows import ArrivalRow, parse_row
from models.rules.lists.table import TableRow
from models.seed.arrivals_data import arrival_words
from tests.rules.arrivals.lists import GOOD, TODAY, parsed


def value(name: str, column: str, text: str) -> object:
    """The value that a row gets from this cell; the test fails where the row is rejected."""
    result = parsed(**{column: text})
    assert isinstance(result, ArrivalRow), result
    return getattr(result, name)


def sentence(column: str, text: str) -> str:
    """What is said of this cell; the test fails where anything else is said or nothing."""
    result = parsed(**{column: text})
    assert isinstance(result, dict), result
    assert list(result) == [Column[column]]
    return str(result[Column[column]])


def test_a_good_row_in_normal_form() -> None:
    assert parsed() == ArrivalRow(
        number=1,
        running_number="1",
        azr_number="813073860281",
        family_name="Hamdan",
        given_name="Samar",
        date_of_birth=date(1973, 12, 11),
        sex="w",
        nationality="SYR",
        languages=("ara",),
        arrived_on=date(2024, 9, 25),
        municipality="nonnweiler",
        street="Kirchstraße 13",
        postcode="66620",
        town="Nonnweiler",
        phone="0151 9184876",
        document_label="Ankunftsnachweis",
        valid_to=date(2027, 7, 10),
        bamf_reference="1035333-475",
        marital_status="VW",
        children=0,
        interpreter_needed=False,
        note=None,
    )


@pytest.mark.parametrize(
    ("name", "column", "text", "expected"),
    [
        ("date_of_birth", "DATE_OF_BIRTH", "1.2.1990", date(1990, 2, 1)),
        ("date_of_birth", "DATE_OF_BIRTH", "1990-02-01", date(1990, 2, 1)),
        ("date_of_birth", "DATE_OF_BIRTH", "01/02/1990", date(1990, 2, 1)),
        ("date_of_birth", "DATE_OF_BIRTH", "01. 02. 1990", date(1990, 2, 1)),
        ("date_of_birth", "DATE_OF_BIRTH", "29.02.2004", date(2004, 2, 29)),
        ("arrived_on", "ARRIVED_ON", "2026-03-01 00:00:00", date(2026, 3, 1)),
        ("arrived_on", "ARRIVED_ON", "15.12.2026", date(2026, 12, 15)),
        ("valid_to", "VALID_TO", "unbefristet", None),
        ("valid_to", "VALID_TO", "01.01.2020", date(2020, 1, 1)),
        ("valid_to", "VALID_TO", "", None),
        ("sex", "SEX", "Männlich", "m"),
        ("sex", "SEX", "WEIBLICH", "w"),
        ("sex", "SEX", "divers", "d"),
        ("sex", "SEX", "ohne Angabe", "x"),
        ("nationality", "NATIONALITY", "Syrien, Arabische Republik", "SYR"),
        ("nationality", "NATIONALITY", "TUERKEI", "TUR"),
        ("nationality", "NATIONALITY", "ukrainisch", "UKR"),
        ("nationality", "NATIONALITY", "AFG", "AFG"),
        ("nationality", "NATIONALITY", "Kosovo", "XKX"),
        ("nationality", "NATIONALITY", "staatenlos", "XXA"),
        ("nationality", "NATIONALITY", "ungeklärt", "XXX"),
        ("languages", "LANGUAGES", "Dari, Paschtu", ("prs", "pus")),
        ("languages", "LANGUAGES", "Persisch", ("pes",)),
        ("languages", "LANGUAGES", "arabisch und Kurmandschi; Arabisch/Englisch", ("ara", "kmr", "eng")),
        ("languages", "LANGUAGES", "", ()),
        ("municipality", "MUNICIPALITY", "nonnweiler", "nonnweiler"),
        ("municipality", "MUNICIPALITY", "Gemeinde Nonnweiler", "nonnweiler"),
        ("azr_number", "AZR_NUMBER", "813 073 860 281", "813073860281"),
        ("azr_number", "AZR_NUMBER", "", None),
        ("postcode", "POSTCODE", "D-66620", "66620"),
        ("postcode", "POSTCODE", "", None),
        ("phone", "PHONE", "+49 (0)176 / 302-81.96", "+49 (0)176 / 302-81.96"),
        ("phone", "PHONE", "1519184876", "01519184876"),
        ("phone", "PHONE", "491763028196", "+491763028196"),
        ("phone", "PHONE", "-", None),
        ("bamf_reference", "BAMF_REFERENCE", "1035333 – 475", "1035333-475"),
        ("bamf_reference", "BAMF_REFERENCE", "1035333475", "1035333-475"),
        ("bamf_reference", "BAMF_REFERENCE", "k. A.", None),
        ("marital_status", "MARITAL_STATUS", "", "NB"),
        ("marital_status", "MARITAL_STATUS", "Unbekannt", "NB"),
        ("marital_status", "MARITAL_STATUS", "eingetragene Lebenspartnerschaft", "LP"),
        ("children", "CHILDREN", "", None),
        ("children", "CHILDREN", "keine", 0),
        ("interpreter_needed", "INTERPRETER", "Ja", True),
        ("interpreter_needed", "INTERPRETER", "FALSCH", False),
        ("interpreter_needed", "INTERPRETER", "", None),
        ("interpreter_needed", "INTERPRETER", "unbekannt", None),
        ("family_name", "FAMILY_NAME", "Ould M’Bareck (gen. Öztürk)", "Ould M’Bareck (gen. Öztürk)"),
        ("family_name", "FAMILY_NAME", "Nguyễn", "Nguyễn"),
        ("given_name", "GIVEN_NAME", "-", "–"),
        ("document_label", "DOCUMENT", "Bescheinigung vom Bürgerbüro", "Bescheinigung vom Bürgerbüro"),
        ("document_label", "DOCUMENT", "", None),
    ],
)
def test_tolerable_variants_are_taken_over(name: str, column: str, text: str, expected: object) -> None:
    assert value(name, column, text) == expected


@pytest.mark.parametrize(
    ("column", "text", "part"),
    [
        ("DATE_OF_BIRTH", "31.02.1990", "gibt es im Kalender nicht"),
        ("DATE_OF_BIRTH", "30.02.2023", "gibt es im Kalender nicht"),
        ("DATE_OF_BIRTH", "29.02.2023", "gibt es im Kalender nicht"),
        ("DATE_OF_BIRTH", "00.00.1980", "01.01.1980"),
        ("DATE_OF_BIRTH", "1980", "01.01.1980"),
        ("DATE_OF_BIRTH", "12.03.85", "vier Ziffern"),
        ("DATE_OF_BIRTH", "01.01.2031", "in der Zukunft"),
        ("DATE_OF_BIRTH", "23.11.2026", "in der Zukunft"),
        ("DATE_OF_BIRTH", "01.01.1900", "120 Jahre"),
        ("DATE_OF_BIRTH", "", "fehlt"),
        ("DATE_OF_BIRTH", "45000", "kein Datum"),
        ("ARRIVED_ON", "gestern", "kein Datum"),
        ("ARRIVED_ON", "10.12.1973", "vor der Geburt"),
        ("ARRIVED_ON", "01.02.2062", "in der Zukunft"),
        ("ARRIVED_ON", "", "fehlt"),
        ("VALID_TO", "2026-13-40", "gibt es im Kalender nicht"),
        ("VALID_TO", "demnächst", "kein Datum"),
        ("VALID_TO", "01.01.0207", "vor 1990"),
        ("SEX", "q", "kein Geschlecht"),
        ("SEX", "", "fehlt"),
        ("NATIONALITY", "Atlantis", "als Staat nicht bekannt"),
        ("NATIONALITY", "", "fehlt"),
        ("LANGUAGES", "Arabisch, Klingonisch", "„Klingonisch“ ist als Sprache nicht bekannt"),
        ("MUNICIPALITY", "Saarlouis", "keine Gemeinde des Landkreises"),
        ("MUNICIPALITY", "", "fehlt"),
        ("POSTCODE", "6660", "5 Ziffern"),
        ("POSTCODE", "6662O", "5 Ziffern"),
        ("POSTCODE", "66606", "gehört nicht zu Nonnweiler"),
        ("AZR_NUMBER", "12345", "12 Ziffern"),
        ("AZR_NUMBER", "5,97E+11", "12 Ziffern"),
        ("BAMF_REFERENCE", "103-475", "sieht aus wie"),
        ("FAMILY_NAME", "", "fehlt"),
        ("GIVEN_NAME", "", "fehlt"),
        ("FAMILY_NAME", "-", "keinen Buchstaben"),
        ("FAMILY_NAME", "Hamdan2", "keine Ziffern"),
        ("GIVEN_NAME", "سمر", "lateinischer Schrift"),
        ("GIVEN_NAME", "<b>Samar</b>", "lateinischer Schrift"),
        ("FAMILY_NAME", "a" * 121, "höchstens 120"),
        ("PHONE", "bei der Nachbarin", "keine Telefonnummer"),
        ("PHONE", "112", "keine Telefonnummer"),
        ("MARITAL_STATUS", "kompliziert", "kein Familienstand"),
        ("CHILDREN", "viele", "Anzahl"),
        ("CHILDREN", "-1", "Anzahl"),
        ("CHILDREN", "2,5", "Anzahl"),
        ("CHILDREN", "45", "Anzahl"),
        ("INTERPRETER", "vielleicht", "„ja“ oder „nein“"),
        ("STREET", "x" * 121, "höchstens 120"),
        ("NOTE", "x" * 1_001, "höchstens 1000"),
    ],
)
def test_what_cannot_be_read_is_refused_in_its_column_only(column: str, text: str, part: str) -> None:
    assert part in sentence(column, text)


def test_a_child_may_be_born_on_the_day_of_the_list() -> None:
    assert isinstance(parsed(DATE_OF_BIRTH="22.11.2026", ARRIVED_ON="22.11.2026"), ArrivalRow)


def test_all_errors_of_a_row_are_told() -> None:
    result = parsed(SEX="q", NATIONALITY="Atlantis", POSTCODE="6660", FAMILY_NAME="")
    assert isinstance(result, dict)
    assert set(result) == {Column.SEX, Column.NATIONALITY, Column.POSTCODE, Column.FAMILY_NAME}


def test_a_shifted_row_is_refused_in_many_columns() -> None:
    texts = ["", *GOOD.values()][: len(GOOD)]
    cells = dict(zip(GOOD, texts, strict=True))
    result = parse_row(TableRow(1, 2, tuple(texts), cells), TODAY, arrival_words())
    assert isinstance(result, dict)
    assert {Column.FAMILY_NAME, Column.DATE_OF_BIRTH, Column.SEX, Column.MUNICIPALITY} <= set(result)


def test_surplus_cells_are_refused() -> None:
    result = parse_row(TableRow(1, 2, (), GOOD, has_surplus=True), TODAY, arrival_words())
    assert isinstance(result, dict)
    assert list(result) == [Column.NOTE]


def test_only_required_columns_are_needed() -> None:
    cells = {column: GOOD[column] for column in REQUIRED}
    result = parse_row(TableRow(1, 2, (), cells), TODAY, arrival_words())
    assert isinstance(result, ArrivalRow)
    assert (result.street, result.document_label, result.languages, result.marital_status) == (None, None, (), "NB")


def test_a_municipality_brings_only_its_own_people() -> None:
    assert isinstance(parsed(only_municipality="nonnweiler"), ArrivalRow)
    result = parsed(only_municipality="tholey")
    assert isinstance(result, dict)
    assert str(result[Column.MUNICIPALITY]) == "Eine Gemeinde kann nur ihre eigenen Zeilen einlesen."


def test_what_a_code_cannot_say_goes_into_the_note() -> None:
    result = parsed(MARITAL_STATUS="getrennt lebend", LANGUAGES="Arabisch, Zaghawa", NOTE="kommt ab 9 Uhr")
    assert isinstance(result, ArrivalRow)
    assert (result.marital_status, result.languages) == ("VH", ("ara", "mis"))
    assert result.note == "getrennt lebend; Sprachen: Arabisch, Zaghawa; kommt ab 9 Uhr"


def test_a_long_value_is_cut_in_its_sentence() -> None:
    assert len(sentence("NATIONALITY", "x" * 500)) < 150


def test_braces_in_a_cell_are_only_text() -> None:
    assert "{value}" in sentence("NATIONALITY", "{value}")
