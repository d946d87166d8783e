"""The engine: nothing foreign is loaded, user text stays text, the same sheet gives the same bytes."""

import copy
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import pytest
from jinja2 import UndefinedError

from models.rules.transfer_sheet import given
from models.seed.files import read_folder
from pdf.base.fonts import FACES, printable
from pdf.base.sheet import Metadata
from pdf.render import render_html, render_pdf
from pdf.transfer_sheet import sample

ROOT = Path(__file__).resolve().parents[2]
METADATA = Metadata("Titel", "Betreff", "Landkreis", datetime(2026, 11, 20, tzinfo=UTC), "1")
PAGE = '<html lang="de-DE"><head><title>x</title>{head}</head><body><p>Text</p>{body}</body></html>'


def named(family_name: str) -> dict:
    snapshot = copy.deepcopy(sample.snapshot())
    snapshot["sections"]["A"]["family_name"] = given(family_name, "AA, Gespräch, 02.10.2026")
    return snapshot


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "ftp://127.0.0.1/x",
        "data:image/png;base64,iVBORw0KGgo=",
        (ROOT / "pyproject.toml").as_uri(),
        (ROOT / "pdf" / "base" / "base.css").as_uri(),
    ],
)
@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<img alt="x" src="{}"/>'),
        ("", '<p style="background: url({})">x</p>'),
        ("", '<object data="{}">x</object>'),
        ('<link rel="stylesheet" href="{}"/>', ""),
        ('<link rel="attachment" href="{}"/>', ""),
        ('<style>@import "{}";</style>', ""),
        ("<style>@font-face {{ font-family: X; src: url({}) }}</style>", ""),
    ],
)
def test_a_document_loads_nothing_foreign(address, head, body):
    from pdf.base.engine import RefusedSource, write_pdf

    html = PAGE.format(head=head.format(address), body=body.format(address))
    with pytest.raises(RefusedSource):
        write_pdf(html, [], METADATA)


def test_our_own_picture_is_loaded():
    from pdf.base.engine import PICTURES, write_pdf

    address = (PICTURES / "muster.svg").as_uri()
    assert write_pdf(PAGE.format(head="", body=f'<img alt="x" src="{address}"/>'), [], METADATA).startswith(b"%PDF")


@pytest.mark.parametrize(
    "name",
    [
        "<img src=file:///etc/passwd>",
        '"><script>alert(1)</script>',
        "{{ 7 * 7 }} {% include 'x' %}",
        "url(http://127.0.0.1/)",
        "O'Brien & Söhne",
    ],
)
def test_user_text_prints_literally(render_snapshot, text_of, name):
    text = text_of(render_snapshot(named(name)))
    assert name.replace(" ", "") in text.replace(" ", "")


def test_the_same_snapshot_gives_the_same_bytes_in_another_process(samples, tmp_path):
    script = (
        "import sys; from tests.pdf.conftest import transfer_sheet; from pdf.transfer_sheet.sample import snapshot; "
        "sys.stdout.buffer.write(transfer_sheet(snapshot()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "TZ": "America/New_York"},
        capture_output=True,
        check=True,
    ).stdout
    assert other == samples["transfer_sheet"]


def test_another_snapshot_is_another_file(render_snapshot, samples):
    assert render_snapshot(named("Rahimi-Weber")) != samples["transfer_sheet"]


def test_weasyprint_is_imported_by_the_first_document_only():
    script = (
        "import sys, pdf.render, pdf.transfer_sheet.sample, pdf.receipt.sample; pdf.transfer_sheet.sample.sample(); "
        "sys.exit('weasyprint' in sys.modules or 'fontTools' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_every_element_of_the_templates_is_described():
    """``elements.css`` stands in the place of WeasyPrint's own sheet; what it leaves out would print inline."""
    pages = [path.read_text("utf-8") for path in (ROOT / "pdf").rglob("*.html")]
    used = {name for page in pages for name in re.findall(r"<([a-z][a-z0-9]*)", page)}
    described = set(re.findall(r"[a-z][a-z0-9]*", (ROOT / "pdf" / "base" / "elements.css").read_text("utf-8")))
    assert used - described <= {"span", "strong", "svg", "rect", "path"}


def test_every_column_has_its_width():
    from pdf.transfer_sheet.sheet import COLUMN_WIDTHS

    assert all(sum(widths) == 100 for widths in COLUMN_WIDTHS.values())


def test_a_page_that_is_not_well_formed_is_an_error():
    from pdf.base.engine import write_pdf

    with pytest.raises(ParseError):
        write_pdf("<html><body><br></body></html>", [], METADATA)


def test_a_sheet_without_a_printed_string_is_an_error():
    class Bare:
        metadata = METADATA
        foot = ""

    with pytest.raises(UndefinedError):
        render_pdf("receipt", Bare())


def test_templates_speak_through_gettext():
    english = {"Familienname": "Surname", "nicht erhoben": "not asked"}
    html = render_html("transfer_sheet", sample.sample(), translate=lambda text: english.get(text, text))
    assert "Surname" in html
    assert "Familienname" not in html
    assert "not asked" in html


def test_every_font_of_the_documents_is_installed():
    assert [face.file for face in FACES if not face.path.is_file()] == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Müller-Łuczak", "Müller-Łuczak"),
        ("سميرة", "سميرة"),
        ("ሰላም", "ሰላም"),
        ("Олександра", "Олександра"),
        ("فاطمه\u200cزهرا", "فاطمه\u200cزهرا"),
        ("Faṭīma Ḥusayn", "Faṭīma Ḥusayn"),
        ("a\x00b\x07c", "abc"),
        ("\u2066x\u2069", "x"),
        ("Zeile 1\nZeile 2", "Zeile 1\nZeile 2"),
        ("👍 gut", "[?] gut"),
        ("漢字", "[?][?]"),
    ],
)
def test_only_characters_with_a_glyph_reach_the_page(text, printed):
    import unicodedata

    assert unicodedata.normalize("NFC", printable(text)) == unicodedata.normalize("NFC", printed)


def test_a_second_sheet_is_fast_because_fonts_and_styles_are_kept(samples, render_snapshot, capsys):
    started, worked = time.perf_counter(), time.process_time()
    render_snapshot(sample.snapshot())
    took, worked = time.perf_counter() - started, time.process_time() - worked
    with capsys.disabled():
        print(f"\n  transfer sheet, 3 pages, fonts and styles kept: {took:.2f} s ({worked:.2f} s of CPU)")
    assert worked < 3


@pytest.mark.parametrize("data", read_folder("texts"), ids=lambda data: data["document"])
def test_no_text_of_a_document_needs_a_glyph_that_no_font_has(data):
    for row in data["paragraphs"]:
        assert {text for text in row.values() if "[?]" in printable(text)} == set(), row["key"]
