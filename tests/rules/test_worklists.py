"""Columns, order and names of saved lists; files that no spreadsheet takes for formulas."""

import csv
import io

import pytest
from openpyxl import load_workbook

from models.queries.list_files import TEXTS
from models.rules.errors import RuleBroken
from models.rules.roles import Role
from models.rules.table_files import as_csv, as_xlsx
from models.rules.worklists import (
    COLUMNS,
    MOST_LISTS,
    MOST_ROWS,
    STANDARD,
    check_room,
    check_rows,
    chosen_columns,
    chosen_order,
    kept_words,
    list_name,
    offered_columns,
)

EVIL = ("=1+1", "+49 151", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1")


def test_every_column_has_its_text():
    assert set(TEXTS) == set(COLUMNS)


def test_columns_stand_in_the_order_of_the_table_once():
    assert chosen_columns(Role.AGENTUR, ["frist", "geb", "frist", ""]) == ("geb", "frist")
    for role, standard in STANDARD.items():
        assert chosen_columns(role, []) == standard
        assert set(standard) <= set(offered_columns(role))


def test_the_coach_is_offered_no_birth_date():
    assert "geb" not in offered_columns(Role.COACH)
    with pytest.raises(RuleBroken, match="gibt es in Ihren Listen nicht"):
        chosen_columns(Role.COACH, ["geb"])


def test_an_unknown_order_has_its_sentence():
    assert chosen_order("") == "name"
    with pytest.raises(RuleBroken, match="gibt es nicht"):
        chosen_order("zufall")


@pytest.mark.parametrize(
    ("typed", "sentence"), [(" ", "Bitte einen Namen"), ("x" * 61, "höchstens"), (" Meine  LISTE ", "schon eine Liste")]
)
def test_names_that_cannot_be(typed, sentence):
    with pytest.raises(RuleBroken) as broken:
        list_name(typed, ["meine Liste"])
    assert sentence in str(broken.value.fields["name"])


def test_there_is_an_end_to_lists_and_rows():
    check_room(MOST_LISTS - 1)
    check_rows(range(MOST_ROWS))
    with pytest.raises(RuleBroken, match="gespeicherte Listen"):
        check_room(MOST_LISTS)
    with pytest.raises(RuleBroken) as broken:
        check_rows(range(MOST_ROWS + 1))
    assert "5.000 Fälle" in str(broken.value.message)


def test_a_saved_list_keeps_codes_alone():
    asked = {"gemeinde": "tholey", "stand": "alle", "q": "Rahimi", "kontakt": "Samira Rahimi", "stufe": ""}
    assert kept_words(asked) == {"gemeinde": "tholey", "stand": "alle"}


def test_no_cell_of_a_csv_file_is_a_formula():
    content = as_csv(("Name",), [(text,) for text in EVIL] + [("Öztürk; Şeyma",)])
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")]
    assert cells == ["Name", *(f"'{text}" for text in EVIL), "Öztürk; Şeyma"]


def test_no_cell_of_a_workbook_is_a_formula():
    book = load_workbook(io.BytesIO(as_xlsx("Fälle", ("Name", "geb."), [(text, "\x00\x07Öz") for text in EVIL])))
    (sheet,) = book.worksheets
    assert sheet.title == "Fälle"
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(str(cell.value).startswith(("'", "Öz")) for cell in cells)


def test_an_empty_table_is_a_header():
    assert as_csv(("Name",), []).decode("utf-8-sig") == "Name\r\n"
    assert load_workbook(io.BytesIO(as_xlsx("Fälle", ("Name",), []))).worksheets[0].max_row == 1
