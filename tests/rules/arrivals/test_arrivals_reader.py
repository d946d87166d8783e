"""Files become tables, whatever they are called, and what is no list is refused with a sentence."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from models.rules.arrivals.columns import Column, column_of
from models.rules.arrivals.reader import read_table
from models.rules.lists.table import MAX_BYTES, NotAList, clean, guarded, unguarded
from tests.rules.arrivals.lists import GOOD, HEADERS, SAMPLE, cells_of, csv_of, good_line, xlsx_of

GOOD_TEXT = csv_of(good_line()).decode()


def refusal(content: bytes, filename: str = "liste.csv") -> str:
    with pytest.raises(NotAList) as refused:
        read_table(content, filename)
    return str(refused.value.message)


@pytest.mark.parametrize(
    "content",
    [
        GOOD_TEXT.encode(),
        GOOD_TEXT.encode("utf-8-sig"),
        GOOD_TEXT.encode("cp1252"),
        GOOD_TEXT.encode("utf-16"),
        GOOD_TEXT.replace("\r\n", "\n").encode(),
        GOOD_TEXT.replace("\r\n", "\r").encode(),
        csv_of(good_line(), separator=","),
        csv_of(good_line(), separator="\t"),
        b"sep=;\r\n" + GOOD_TEXT.encode(),
        b"Ankunftsliste der Gemeinde Nonnweiler, Stand 22.11.2026\r\n\r\n" + GOOD_TEXT.encode(),
        (GOOD_TEXT + "\r\n;;;;;;;;\r\n\r\n").encode(),
        GOOD_TEXT.replace("Vorname;", '"Vorname";').replace("Samar;", '"Samar";').encode(),
    ],
)
def test_one_list_in_many_dresses(content: bytes) -> None:
    table = read_table(content, "liste.csv")
    assert len(table.rows) == 1
    assert table.rows[0].cells == GOOD


def test_lines_of_different_encodings_stand_in_one_list() -> None:
    line = dict(GOOD) | {Column.STREET: "Brühlstraße 5"}
    head, body = csv_of(list(line.values())).split(b"\r\n")
    content = b"\r\n".join((head, body, body.decode().encode("cp1252"), body.replace(b"Samar", b"Sam\x01ar")))
    rows = read_table(content, "liste.csv").rows
    assert [row.cells[Column.STREET] for row in rows] == ["Brühlstraße 5"] * 3
    assert rows[2].cells[Column.GIVEN_NAME] == "Samar"


def test_quoted_separators_quotes_and_line_ends_stay_in_their_cell() -> None:
    line = [*good_line()[:-1], '"spricht ""etwas"" Deutsch; kommt\nab 9 Uhr"']
    assert cells_of(csv_of(line))[Column.NOTE] == 'spricht "etwas" Deutsch; kommt ab 9 Uhr'


def test_commas_in_cells_do_not_make_it_a_comma_list() -> None:
    line = dict(GOOD) | {Column.LANGUAGES: "Arabisch, Kurmandschi, Türkisch", Column.NOTE: "a, b, c, d, e, f"}
    assert cells_of(csv_of(list(line.values())))[Column.LANGUAGES] == "Arabisch, Kurmandschi, Türkisch"


def test_rows_are_numbered_without_blank_ones_and_know_their_line() -> None:
    content = csv_of(good_line(), [""] * 21, [*good_line()[:-1], '"zwei\nZeilen"'], good_line())
    assert [(row.number, row.line) for row in read_table(content, "liste.csv").rows] == [(1, 2), (2, 4), (3, 6)]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("FAMILIENNAME", Column.FAMILY_NAME),
        ("Nachname", Column.FAMILY_NAME),
        (" Geb.-Datum ", Column.DATE_OF_BIRTH),
        ("geb. am", Column.DATE_OF_BIRTH),
        ("Staatsangehoerigkeit", Column.NATIONALITY),
        ("Strasse", Column.STREET),
        ("Straße / Nr.", Column.STREET),
        ("gueltig  bis", Column.VALID_TO),
        ("Postleitzahl", Column.POSTCODE),
        ("BAMF-Az.", Column.BAMF_REFERENCE),
        ("lfd.nr", Column.RUNNING_NUMBER),
        ("Fehler", None),
        ("Konfession", None),
    ],
)
def test_headers_are_recognised_in_their_variants(header: str, column: Column | None) -> None:
    assert column_of(header) is column


def test_columns_may_come_in_any_order_and_optional_ones_be_missing() -> None:
    content = (
        "Vorname;Name;Geb.-Datum;Geschl.;Nationalität;Ankunft am;Gemeinde;Hobby\n"
        "Samar;Hamdan;11.12.1973;w;Syrien;25.09.2024;Tholey;Schach"
    )
    table = read_table(content.encode(), "liste.csv")
    assert table.rows[0].cells[Column.FAMILY_NAME] == "Hamdan"
    assert table.ignored_headers == ("Hobby",)


def test_of_two_optional_columns_the_first_counts() -> None:
    content = GOOD_TEXT.replace(";Ort;", ";Wohnort;").replace("Bemerkung\r", "Bemerkung;Handy\r") + ";0170 1"
    table = read_table(content.encode(), "liste.csv")
    assert table.rows[0].cells[Column.PHONE] == "0151 9184876"
    assert table.ignored_headers == ("Handy",)


def test_a_row_with_more_cells_than_headers_says_so() -> None:
    assert read_table(csv_of([*good_line(), "noch etwas"]), "liste.csv").rows[0].has_surplus
    assert not read_table(csv_of([*good_line(), " "]), "liste.csv").rows[0].has_surplus


def test_a_workbook_reads_as_a_clerk_sees_it() -> None:
    line: list[object] = [*good_line()]
    line[0] = 1
    line[1] = 597189547844
    line[4] = datetime(1973, 12, 11)
    line[8] = date(2024, 9, 25)
    line[11] = 66620
    line[13] = 1519184876
    line[18] = 2.0
    line[19] = True
    content = xlsx_of(["Ankunftsliste"], [], HEADERS, line, formats={"N4": "00000000000", "L4": "00000"})
    cells = cells_of(content, "liste.xlsx")
    assert cells | {Column.RUNNING_NUMBER: "1"} == GOOD | {
        Column.AZR_NUMBER: "597189547844",
        Column.PHONE: "01519184876",
        Column.CHILDREN: "2",
        Column.INTERPRETER: "WAHR",
    }


def test_a_workbook_keeps_leading_zeros_only_where_the_clerk_sees_them() -> None:
    content = xlsx_of(HEADERS, [*good_line()[:11], 1067, *good_line()[12:]], formats={"L2": "00000"})
    assert cells_of(content)[Column.POSTCODE] == "01067"
    assert cells_of(xlsx_of(HEADERS, [*good_line()[:11], 1067.5]))[Column.POSTCODE] == "1067,5"


def test_the_sheet_with_the_list_is_found() -> None:
    workbook = load_workbook(io.BytesIO(xlsx_of(HEADERS, good_line())))
    workbook.create_sheet("Deckblatt", 0)["A1"] = "Übersicht"
    output = io.BytesIO()
    workbook.save(output)
    assert cells_of(output.getvalue()) == GOOD


def test_the_content_decides_not_the_name() -> None:
    assert cells_of(xlsx_of(HEADERS, good_line()), "liste.csv") == GOOD
    assert cells_of(GOOD_TEXT.encode(), "liste.xlsx") == GOOD


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "liste.csv", "leer"),
        (b"\xef\xbb\xbf \r\n", "liste.csv", "leer"),
        (PNG, "liste.csv", "keinen lesbaren Text"),
        (b"%PDF-1.7\n1 0 obj", "liste.csv", "PDF"),
        (b"<!DOCTYPE html><table><tr><td>Vorname</td></tr></table>", "liste.xls", "Webseite"),
        (b'{"Vorname": "Samar"}', "liste.csv", "JSON"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "liste.xls", "XLSX"),
        (b"PK\x03\x04 cut off", "liste.xlsx", "beschädigt"),
        (b"Liebe Kollegin,\nanbei die Liste.\n", "liste.csv", "Keine Kopfzeile"),
        (b"Liebe Kollegin,\nanbei die Liste.\n", "liste.xlsx", "heißt wie eine Excel-Arbeitsmappe"),
        (b"Hamdan;Samar;11.12.1973;w;Syrien\n", "liste.csv", "Keine Kopfzeile"),
        (b"Vorname;Name;Geschlecht;Ankunft;Gemeinde\nx", "liste.csv", "fehlen: Geburtsdatum, Staatsangehörigkeit."),
        (GOOD_TEXT.replace("Straße", "Nachname").encode(), "liste.csv", "doppelt vor: Familienname"),
        (csv_of(), "liste.csv", "keine Zeilen"),
        (GOOD_TEXT.encode() + b"\x00", "liste.csv", "keinen lesbaren Text"),
        (b"a" * (MAX_BYTES + 1), "liste.csv", "10 MB"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, filename: str, sentence: str) -> None:
    assert sentence in refusal(content, filename)


def test_too_many_rows_are_refused() -> None:
    assert "20.000" in refusal(csv_of(*[["x"]] * 20_001))


@pytest.mark.parametrize("following", [1, 3, 400])
def test_an_open_quotation_mark_does_not_swallow_rows_in_silence(following: int) -> None:
    content = csv_of(good_line(), [*good_line()[:-1], '"offen'], *[good_line()] * following)
    assert refusal(content) == "Ab Zeile 3 ist ein Anführungszeichen nicht geschlossen."


def test_a_broken_part_of_a_workbook_is_told_not_thrown() -> None:
    intact = zipfile.ZipFile(io.BytesIO(xlsx_of(HEADERS, good_line())))
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as broken:
        for name in intact.namelist():
            broken.writestr(name, intact.read(name)[:-40] if "sheet1" in name else intact.read(name))
    assert "beschädigt" in refusal(output.getvalue(), "liste.xlsx")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert "keine Excel-Arbeitsmappe" in refusal(output.getvalue(), "liste.xlsx")


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (90 * 1024 * 1024))
    assert "zu groß" in refusal(output.getvalue(), "liste.xlsx")


def test_entities_that_multiply_are_refused() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    cell = '<c t="inlineStr"><is><t>&l9;</t></is></c>'
    sheet = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><worksheet><sheetData><row>{cell}</row></sheetData></worksheet>'
    intact = zipfile.ZipFile(io.BytesIO(xlsx_of(HEADERS, good_line())))
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in intact.namelist():
            archive.writestr(name, sheet if "sheet1" in name else intact.read(name))
    assert "beschädigt" in refusal(output.getvalue(), "liste.xlsx")


def test_cells_are_freed_of_what_nobody_sees() -> None:
    assert clean("  Al\u2011Masri\u200f \u00a0 Omar\n") == "Al-Masri Omar"
    assert clean("A\u0308gypten") == "Ägypten"


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 176 1", "-", "@x", "\t=1", "'=1", "''+", "＝1", "O'Brien", "'Ali", "", "x"]
)
def test_guarding_is_taken_back_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "＝"))


def test_the_sample_has_all_columns() -> None:
    table = read_table((SAMPLE / "arrivals.csv").read_bytes(), "arrivals.csv")
    assert list(table.headers) == HEADERS
    assert table.ignored_headers == ()
