"""Files are what their bytes say; broken, locked, active and lying ones are refused with a sentence."""

import zlib
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Object
from PIL import Image

from models.rules.errors import RuleBroken
from models.rules.files import LARGEST, check_file
from models.rules.states import MediaType
from pdf.checklist import sample as coach
from pdf.render import render_pdf
from tests.files_cast import ACTIVE, LOCKED, OWNER_ONLY, ZIP, packed_pdf, pdf, picture


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(RuleBroken) as broken:
        check_file(content, name)
    assert broken.value.fields["file"] == broken.value.message
    return str(broken.value.message)


def test_a_pdf_is_kept_as_it_came():
    content = pdf(pages=3)
    assert check_file(content, "Scan 12.PDF") == check_file(content, "")
    assert check_file(content, "x.pdf").content == content
    assert check_file(content, "x.pdf").media_type == MediaType.PDF


def test_our_own_papers_are_accepted():
    assert check_file(render_pdf("checklist", coach.blank()), "liste.pdf").media_type == MediaType.PDF


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_is_written_anew(mode):
    checked = check_file(picture("JPEG", mode=mode), "foto.jpeg")
    assert checked.media_type == MediaType.JPEG
    with Image.open(BytesIO(checked.content)) as kept:
        assert kept.size == (60, 40)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_png_is_written_anew(mode):
    checked = check_file(picture("PNG", mode=mode), "foto.png")
    with Image.open(BytesIO(checked.content)) as kept:
        assert (kept.format, kept.size) == ("PNG", (60, 40))


def test_a_picture_loses_what_is_hidden_in_it_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Kamera von Frau Rahimi"
    content = picture("JPEG", exif=exif, comment=b"St. Wendel, Mommstrasse")
    assert b"Rahimi" in content and b"Mommstrasse" in content
    kept = check_file(content, "a.jpg").content
    assert b"Rahimi" not in kept and b"Mommstrasse" not in kept
    with Image.open(BytesIO(kept)) as turned:
        assert turned.size == (40, 60) and not dict(turned.getexif())


def test_a_large_picture_is_made_as_small_as_a_page_needs():
    with Image.open(BytesIO(check_file(picture("PNG", (8000, 10), "L"), "a.png").content)) as kept:
        assert kept.size[0] == 4000


def test_the_same_file_gives_the_same_bytes():
    assert check_file(picture(), "a.jpg") == check_file(picture(), "b.jpg")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.pdf", "ist leer"),
        (b"%PDF-1.7" + b"0" * LARGEST, "gross.pdf", "größer als 10 MB"),
        (ZIP, "brief.docx", "kein PDF und kein Bild"),
        (b"MZ" + b"\0" * 90, "scan.pdf", "kein PDF und kein Bild"),
        (b"<html><script>alert(1)</script>", "scan.png", "kein PDF und kein Bild"),
        (b"GIF89a" + b"\0" * 90, "scan.gif", "kein PDF und kein Bild"),
        (pdf(), "foto.jpg", "heißt wie „Bild (JPEG)“, ist aber „PDF“"),
        (picture("PNG"), "scan.pdf", "heißt wie „PDF“, ist aber „Bild (PNG)“"),
        (b"%PDF-1.7\nnur ein Anfang", "scan.pdf", "beschädigt"),
        (pdf()[:-60], "scan.pdf", "beschädigt"),
        (pdf(pages=0), "scan.pdf", "keine Seiten"),
        (pdf(pages=201), "buch.pdf", "zu umfangreich"),
        (LOCKED, "scan.pdf", "Passwort"),
        (OWNER_ONLY, "scan.pdf", "Passwort"),
        (picture("JPEG", (300, 300))[:500], "foto.jpg", "Bild ist beschädigt"),
        (picture("PNG", (300, 300))[:90], "foto.png", "Bild ist beschädigt"),
        (b"\xff\xd8\xff" + b"\0" * 90, "foto.jpg", "Bild ist beschädigt"),
        (picture("PNG", (9000, 7000), "1"), "foto.png", "zu viele Bildpunkte"),
        (picture("PNG", (20000, 10000), "1"), "foto.png", "zu viele Bildpunkte"),
    ],
)
def test_bad_files_are_refused_with_their_sentence(content, name, sentence):
    assert sentence in refusal(content, name)


@pytest.mark.parametrize("what", ACTIVE)
@pytest.mark.parametrize("packed", [True, False])
def test_a_pdf_that_runs_or_carries_something_is_refused(what, packed):
    from pikepdf import ObjectStreamMode

    mode = ObjectStreamMode.generate if packed else ObjectStreamMode.disable
    assert "enthält Programme oder angehängte Dateien" in refusal(pdf(ACTIVE[what], object_stream_mode=mode), "a.pdf")


def _behind_many(document):
    document.pages[0].obj.Annots = Array(
        [Object.parse(b"null")] * 200_001 + [Dictionary(A=Dictionary(S=Name.JavaScript))]
    )


def _beside_many(document):
    document.Root.Parts = Array(Array([Array() for _part in range(60_000)]) for _row in range(10))


@pytest.mark.parametrize(
    ("change", "sentence"), [(_behind_many, "enthält Programme"), (_beside_many, "zu umfangreich")]
)
def test_nothing_hides_behind_or_in_many_parts(change, sentence):
    assert sentence in refusal(pdf(change), "a.pdf")


@pytest.mark.parametrize("name", [b"/LZWDecode", b"[/LZW ]", b"/L#5aWDecode", b"/#4cZ#57#44ecode"])
def test_what_may_grow_without_a_limit_is_not_unpacked(name):
    packed = bytes.fromhex("800b6050220c0c8501")  # ISO 32000-1, 7.4.4.2
    assert "beschädigt" in refusal(packed_pdf(packed, name), "a.pdf")


@pytest.mark.parametrize("filters", [b"/FlateDecode", b"[/FlateDecode/FlateDecode/FlateDecode]"])
def test_packed_objects_that_nobody_can_unpack_are_refused(filters):
    """A reader unpacks them, and fills its memory or runs what is in them."""
    packed = b"5 0 <</S/JavaScript>>" + b" " * 20_000_000
    for _filter in range(filters.count(b"Flate")):
        packed = zlib.compress(packed)
    assert "beschädigt" in refusal(packed_pdf(packed, filters), "a.pdf")
