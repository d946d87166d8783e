"""Every document conforms to PDF/A-3a and PDF/UA-1 and is the kind of file that it says."""

import copy
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest

from models.rules.transfer_sheet import given, not_given
from pdf.transfer_sheet import sample

ODD_NAMES = {
    "family_name": "Abdulrahman Al-Ḥusaynī ibn Muḥammad " + "Wolfeschlegelsteinhausen" * 4,
    "given_names": "Ольга ሰላም سميرة 👍 漢字",
    "other_spellings": "سميرة رحيمي / Самира Рахими / ሳሚራ ራሂሚ",
    "address": "x" * 500,
    "email": "a-very-long-address-without-any-hyphen@a-very-long-domain-of-a-provider.example",
}


def odd_snapshot() -> dict:
    """Long texts, other scripts, reasons for gaps, many rows: what real life does to a form."""
    snapshot = copy.deepcopy(sample.snapshot())
    sections = snapshot["sections"]
    sections["A"] |= {key: given(text, "AA, Gespräch, 02.10.2026") for key, text in ODD_NAMES.items()}
    sections["C"]["work_note"] = not_given("declined", "Die Karte liegt noch bei der Ausländerbehörde")
    sections["K"]["assessment"] = given("Ausführlich begründet. " * 22, "AA, Gespräch, 02.10.2026")
    sections["H"]["experience"]["rows"] *= 5
    sections["N"]["steps"]["rows"] *= 4
    long = given("Ein sehr langer Schritt, der erklärt werden muss. " * 10)
    sections["N"]["steps"]["rows"][3] = dict.fromkeys(("step", "who", "until", "state"), long)
    return snapshot


def test_all_documents_conform(samples, render_snapshot, conformance):
    pdfs = samples | {"odd": render_snapshot(odd_snapshot(), watermark=True)}
    assert conformance(pdfs) == {name: [] for name in pdfs}


def test_all_fonts_are_embedded(samples, poppler):
    for name, pdf in samples.items():
        fonts = poppler("pdffonts", pdf).splitlines()[2:]
        assert fonts, name
        for font in fonts:
            embedded, subset, unicode_map = font.split()[-5:-2]
            assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), (name, font)


def test_only_our_fonts_are_used(samples, poppler):
    for name, pdf in samples.items():
        for font in poppler("pdffonts", pdf).splitlines()[2:]:
            assert font.split()[0].split("+")[1].startswith(("Fira-Sans", "Noto-Sans")), name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("transfer_sheet", "Übergabebogen SWD-2026-00417-1, Fassung 1"),
        ("enrolment_form", "Kursanmeldung SWD-2026-00417-K1"),
        ("coach_checklist", "Checkliste Beschäftigungscoach SWD-2026-00417"),
        ("checklist roomy", "Aufnahme SWD-2026-00417"),
        ("day bundle", "Tagesmappe 20.11.2026"),
        ("receipt", "Empfangsbestätigung SWD-2026-00417-1, Fassung 1"),
        ("registration_proof", "Nachweis der Anmeldung SWD-2026-00417-K1"),
        ("timeline", "Verlauf SWD-2026-00417"),
        ("competence_profile", "Werdegang und Kompetenzen SWD-2026-00417"),
    ],
)
def test_files_are_tagged_and_titled(samples, poppler, name, title):
    about = poppler("pdfinfo", samples[name])
    assert f"Title:           {title}\n" in about
    assert "Tagged:          yes" in about
    assert "A4" in about


def test_the_watermark_is_no_content(samples, text_of, poppler):
    text = text_of(samples["transfer_sheet MUSTER"])
    assert text.startswith("MUSTER – Schulungsbetrieb, erfundene Daten")
    assert text.count("MUSTER") == 1
    assert "MUSTER" not in text_of(samples["transfer_sheet"])
    assert len(samples["transfer_sheet MUSTER"]) > len(samples["transfer_sheet"])


def leaves(kids: pikepdf.Object, pages: dict, page: int = 0) -> Iterator[tuple[int, int]]:
    """(page, marked content id) of all below a structure element in reading order, without the numbers of lists."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, kid
        elif "/K" in kid and kid.S != "/Lbl":
            yield from leaves(kid.K, pages, pages[kid.Pg.objgen] if "/Pg" in kid else page)


def test_what_is_read_aloud_follows_what_is_drawn(samples):
    """The structure tree names the marked content of each page in the order of its drawing: no column jumps."""
    for name, data in samples.items():
        with pikepdf.open(BytesIO(data)) as pdf:
            pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
            places = list(leaves(pdf.Root.StructTreeRoot.K, pages))
        assert len(places) > 40, name
        assert places == sorted(places), name
