"""What is issued: the snapshot inside, the same text, both standards, signature fields, the receipt."""

import hashlib
import json
import subprocess
from io import BytesIO
from pathlib import Path

import jsonschema
import pikepdf
import pytest

from models.operations.handover_answers import confirm_receipt
from models.queries import documents
from models.rules.states import DocumentKind
from models.rules.transfer_sheet import canonical_json, sha256_short
from pdf.signatures.fields import HANDOVER_FIELDS
from pdf.transfer_sheet import issue, sample
from pdf.transfer_sheet.issue import CODE_SIGNS, new_code
from tests import handover_cast as cast
from tests.moments import NOW
from tests.pdf.conftest import TOOLS

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SCHEMA = json.loads((Path(sample.__file__).parent / "schema.json").read_text("utf-8"))


@pytest.fixture
def issued(tmp_path, database):
    """An accepted handover with watermark MUSTER: its row, the sheet with one and with two signatures, the receipt."""
    where = cast.place(tmp_path, watermark=True)
    agentur, jobcenter = cast.signing("agentur", where), cast.signing("jobcenter", where)
    row = cast.send(cast.released(cast.ready_case()[1]), where, agentur)
    one = _stored(row, DocumentKind.TRANSFER_SHEET)
    confirm_receipt(row, seen_version=row.version, actor=jobcenter, now=NOW)
    row = cast.accept(row, where, jobcenter)
    return row, one, _stored(row, DocumentKind.TRANSFER_SHEET), _stored(row, DocumentKind.RECEIPT)


def _stored(row, kind) -> bytes:
    return documents.content_of(documents.current_document(row.id, kind).id)


def test_the_snapshot_is_inside_and_fits_the_published_schema(issued, tmp_path, poppler):
    row, _one, both, _receipt = issued
    path = tmp_path / "both.pdf"
    path.write_bytes(both)
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, path], check=True, capture_output=True)
    inside = (tmp_path / "uebergabe.json").read_bytes()
    assert inside.decode() == row.snapshot
    snapshot = json.loads(inside)
    assert canonical_json(snapshot) == inside
    assert hashlib.sha256(inside).hexdigest() == row.snapshot_sha256
    jsonschema.Draft202012Validator(SCHEMA).validate(snapshot)
    assert snapshot["items"]["B14"]["text"] and snapshot["items"]["U01"]["organisation"]


def test_the_page_says_what_the_snapshot_says(issued, poppler):
    row, one, both, receipt = issued
    text = poppler("pdftotext", both, "-layout")
    for value in ("Rahimi", "Apothekenangestellte", row.reference, row.code, sha256_short(row.snapshot_sha256)):
        assert value in text, value
    assert text == poppler("pdftotext", one, "-layout"), "the second signature changes no page"
    assert "123456789012" not in text
    told = poppler("pdftotext", receipt, "-layout")
    assert row.reference in told and "noch nicht vereinbart" in told
    assert "Rahimi" not in told, "the receipt names no client"


def test_both_fields_are_reserved_before_the_first_signature(issued):
    _row, one, both, _receipt = issued
    with pikepdf.open(BytesIO(one)) as document:
        assert [str(field.T) for field in document.Root.AcroForm.Fields] == [field.name for field in HANDOVER_FIELDS]
    assert one.count(b"/ByteRange") == 1 and both.count(b"/ByteRange") == 2


@pytest.mark.skipif(not (TOOLS / "pdf_conformance.sh").exists(), reason="the independent checks are not here")
def test_what_is_issued_conforms(issued, tmp_path):
    paths = []
    for number, content in enumerate(issued[1:]):
        paths.append(tmp_path / f"issued-{number}.pdf")
        paths[-1].write_bytes(content)
    done = subprocess.run([TOOLS / "pdf_conformance.sh", "3a,ua1", *paths], capture_output=True, text=True)
    verdicts = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(verdicts) == 6 and all(one["compliant"] for one in verdicts), done.stdout + done.stderr


def test_a_preview_is_no_record(tmp_path, database, poppler):
    where = cast.place(tmp_path)
    actor = cast.signing("agentur", where)
    _case, handover = cast.ready_case()
    pdf = issue.preview(cast.collected(handover), where, actor=actor, now=NOW)
    text = poppler("pdftotext", pdf, "-layout")
    assert "Entwurf, nicht unterschrieben" in text and "ENTWURF" in text
    assert b"/ByteRange" not in pdf


def test_codes_are_easy_to_read_and_never_the_same():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 14 and set(code) <= {*CODE_SIGNS, "-"} for code in codes)
    assert not set("01IO25SZMW") & set(CODE_SIGNS)
