"""What others say of our files: veraPDF, poppler with NSS, OpenSSL, qpdf. Skipped where they are not set up."""

import json
import shutil
import subprocess

import pytest

from pdf.signatures.authority import root_pem
from tests.pdf.signatures.house import tool


@pytest.fixture(scope="module")
def files(sheets, house, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tools")
    (folder / "root.pem").write_bytes(root_pem(house.authority))
    for step in ("without_fields", "unsigned", "once", "twice"):
        (folder / f"{step}.pdf").write_bytes(getattr(sheets, step))
    return folder


def test_every_step_conforms_to_pdfa_3a_and_pdfua_1(files):
    steps = [files / f"{step}.pdf" for step in ("without_fields", "unsigned", "once", "twice")]
    results = [json.loads(line) for line in tool("pdf_conformance.sh", "3a,ua1", *steps).splitlines()]
    assert len(results) == 8
    assert [result for result in results if not result.get("compliant")] == []


def test_a_reader_calls_both_signatures_valid_and_trusted(files):
    said = tool("pdfsig_trusted.sh", files / "root.pem", files / "twice.pdf")
    assert said.count("Signature is Valid.") == 2
    assert said.count("Certificate is Trusted.") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert "Anna Beispiel" in said


def test_openssl_verifies_both_signatures(files):
    said = tool("openssl_signatures.sh", files / "twice.pdf", files / "root.pem")
    assert said.count("CMS OK") == 2
    assert "sig 1" in said
    assert "covers file end: True" in said
    assert "FAILED" not in said


@pytest.mark.parametrize("step", ["unsigned", "once", "twice"])
def test_qpdf_finds_the_structure_sound(files, step):
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed on this machine")
    checked = subprocess.run(["qpdf", "--check", files / f"{step}.pdf"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_attachment_is_there_after_both_signatures(files):
    if shutil.which("pdfdetach") is None:
        pytest.skip("pdfdetach is not installed on this machine")
    target = files / "out.json"
    subprocess.run(["pdfdetach", "-save", "1", "-o", target, files / "twice.pdf"], check=True, timeout=60)
    assert json.loads(target.read_text()) == {"reference": "SWD-2026-00417-1"}
