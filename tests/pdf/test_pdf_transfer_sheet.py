"""The Übergabebogen: what stands on it, where, and what does not."""

import copy
import json
import re
from collections import Counter
from io import BytesIO

import pikepdf
import pytest

from models.rules.transfer_sheet import SECTIONS, canonical_json, given, not_given, sha256_short, snapshot_digest
from pdf.transfer_sheet import sample
from pdf.transfer_sheet.sheet import UnfitSnapshot, sheet_from_snapshot
from tests.pdf.test_pdf_conformance import odd_snapshot


@pytest.fixture
def snapshot() -> dict:
    return copy.deepcopy(sample.snapshot())


@pytest.fixture(scope="module")
def text(samples, text_of) -> str:
    return text_of(samples["transfer_sheet"])


def test_head_names_the_change_the_agreement_and_both_offices(text):
    for words in (
        "Übergabebogen",
        "Rechtskreiswechsel SGB III → SGB II zum 01.12.2026",
        "nach der Kooperationsvereinbarung zwischen Landkreis St. Wendel und Agentur für Arbeit Saarland",
        "abgebende Stelle Agentur für Arbeit Saarland K. Hoffmann, Vermittlungsfachkraft",
        "aufnehmende Stelle Kommunale Arbeitsförderung – Jobcenter",
        "Echtheit prüfen: 7K4M-Q2XD-9RTA",
        "§ 50 Abs. 1 SGB II",
        "Sozialdaten",
    ):
        assert words in text, words


def test_every_transmitted_section_and_field_is_printed_in_order(text):
    place, text = 0, text.replace("gestellt/ Termin", "gestellt/Termin")
    for section in SECTIONS:
        if section.letter == "L":
            continue
        place = text.index(f"{section.letter} {section.title}", place)
        for field in section.fields:
            assert field.label in text[place:]


def test_every_value_is_printed(text):
    letters_only = re.sub(r"[\s\u2010-]", "", text)
    for cells in sample.SECTIONS_GIVEN.values():
        for cell in cells.values():
            for printed in (cell, *(one for row in cell.get("rows", ()) for one in row.values())):
                if printed["value"].isascii():
                    assert re.sub(r"[\s\u2010-]", "", printed["value"]) in letters_only


def test_the_three_marks_differ(text):
    assert "AZR-Nummer nicht freigegeben" in text
    assert "E-Mail keine Angabe" in text
    assert "Führerschein nicht erhoben" in text


def test_sources_stand_once_a_section_and_at_values_that_differ(text):
    assert "A Person Quelle: Gemeinde Tholey, lt. Ankunftsnachweis, 20.05.2026 Familienname Rahimi Vorname(n)" in text
    assert "Kundennummer BA 123A456789 AA, Gespräch, 02.10.2026" in text


def test_a_value_without_source_does_not_borrow_the_sections(snapshot, render_snapshot, text_of):
    snapshot["sections"]["B"]["script"] = given("lateinisch")
    assert "Schrift lateinisch ohne Quelle" in text_of(render_snapshot(snapshot))


def test_a_gap_prints_its_reason(snapshot, render_snapshot, text_of):
    snapshot["sections"]["C"]["work_note"] = not_given("declined", "Karte noch nicht ausgestellt")
    assert "keine Angabe Lücke begründet: Karte noch nicht ausgestellt" in text_of(render_snapshot(snapshot))


def test_a_withheld_section_is_named_by_its_letter_alone(text, samples):
    assert "nicht übermittelt: L" in text
    assert "Rahmenbedingung" not in text
    with pikepdf.open(BytesIO(samples["transfer_sheet"])) as pdf:
        assert b"circumstances" not in pdf.attachments["uebergabe.json"].get_file().read_bytes()


def test_nothing_withheld_says_so_in_the_same_words(snapshot, render_snapshot, text_of):
    snapshot["withheld"] = []
    snapshot["sections"]["L"] = {
        "circumstances": given("keine"),
        "restriction": not_given("declined"),
        "report_available": given("nein"),
    }
    text = text_of(render_snapshot(snapshot))
    assert "nicht übermittelt: keine" in text
    assert "L Rahmenbedingungen" in text


def test_the_foot_ties_each_page_to_the_snapshot(samples, poppler, snapshot):
    foot = f"Übergabebogen SWD-2026-00417-1 · Fassung 1 · SHA-256 {sha256_short(snapshot_digest(snapshot))}"
    for page in ("1", "2", "3"):
        page_text = poppler("pdftotext", samples["transfer_sheet"], "-layout", "-f", page, "-l", page)
        assert foot in page_text
        assert f"Seite {page} von 3" in page_text


def test_the_boxes_leave_room_for_ink(text):
    assert text.count("elektronisch unterschrieben, siehe Prüfergebnis") == 2
    assert text.count("Ort, Datum, Unterschrift (nur auf Papier)") == 2
    assert text.index("Abgegeben Agentur für Arbeit Saarland") < text.index("Angenommen Kommunale Arbeitsförderung")


def test_the_json_inside_is_the_snapshot_byte_for_byte(samples, snapshot):
    with pikepdf.open(BytesIO(samples["transfer_sheet"])) as pdf:
        (entry,) = pdf.Root.AF
        assert entry.AFRelationship == "/Data"
        assert entry.Desc == "Übermittelte Angaben, maschinenlesbar"
        assert entry.EF.F.Subtype == "/application/json"
        data = pdf.attachments["uebergabe.json"].get_file().read_bytes()
    assert data == canonical_json(snapshot)
    assert json.loads(data)["sections"]["A"]["birth_date"]["code"] == "1994-03-14"


def test_pdfdetach_finds_the_json(samples, poppler):
    assert "1: uebergabe.json" in poppler("pdfdetach", samples["transfer_sheet"], "-list")


def test_headings_are_bookmarks(samples):
    with pikepdf.open(BytesIO(samples["transfer_sheet"])) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Übergabebogen"
        assert [child.title[0] for child in title.children] == list("ABCDEFGHIJKMNOPQR")


def test_cells_know_their_headings(samples):
    with pikepdf.open(BytesIO(samples["transfer_sheet"])) as pdf:
        elements = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/S" in obj]
        kinds = Counter(str(element.S) for element in elements)
        headings = {bytes(element.ID) for element in elements if element.S == "/TH"}
        for cell in (element for element in elements if element.S == "/TD"):
            assert cell.A.Headers
            assert {bytes(name) for name in cell.A.Headers} <= headings
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == len(SECTIONS) - 1
    assert kinds["/Figure"] == 1


def test_long_texts_and_many_rows_make_pages_and_lose_nothing(render_snapshot, text_of, pages_of):
    pdf = render_snapshot(odd_snapshot())
    text = re.sub(r"\s", "", text_of(pdf))
    assert "x" * 500 in text
    assert "Wolfeschlegelsteinhausen" * 4 in re.sub("[\u2010-]", "", text)
    assert text.count("Einsehrlanger") == 40
    assert 4 <= pages_of(pdf) <= 12


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (lambda s: s.update(format="x"), "format"),
        (lambda s: s["sections"].pop("K"), "section K is either transmitted or withheld"),
        (lambda s: s["withheld"].append("K"), "section K is either"),
        (lambda s: (s["sections"].pop("A"), s["withheld"].append("A")), "section A cannot be withheld"),
        (lambda s: s["sections"]["A"].pop("sex"), "wrong fields: ..sex"),
        (lambda s: s["sections"]["A"].update(religion=given("x")), "wrong fields: ..religion"),
        (lambda s: s["sections"].update(Z={}), "unknown sections"),
    ],
)
def test_an_unfit_snapshot_is_refused_without_personal_data(snapshot, break_it, sentence):
    break_it(snapshot)
    with pytest.raises(UnfitSnapshot, match=sentence) as refusal:
        sheet_from_snapshot(snapshot)
    assert "Rahimi" not in str(refusal.value)
