"""The page that checks files, and what the code on a sheet stands for."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from blueprints.shared import access
from models.operations import handover_answers as receiver
from models.queries import documents
from models.rules.states import DocumentKind
from models.tables import Document, Handover
from tests import handover_cast as cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def where(app, tmp_path):
    return cast.place(tmp_path)


@pytest.fixture
def sent(where):
    """A transmitted handover."""
    actor = cast.signing("agentur", where)
    return cast.send(cast.released(cast.ready_case()[1]), where, actor, now=access.now())


def content_of(handover: Handover) -> bytes:
    return documents.content_of(documents.current_document(handover.id, DocumentKind.TRANSFER_SHEET).id)


def checked(client, content: bytes, name: str = "bogen.pdf", htmx: bool = False) -> BeautifulSoup:
    """The page after an upload."""
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
    answer = client.post("/pruefen/", {"file": (BytesIO(content), name)}, headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "html.parser")


def test_everyone_logged_in_may_check(as_user, sent):
    content = content_of(sent)
    for key in ("tholey", "koordination", "coach"):
        page = checked(as_user(key), content)
        verdict = page.select_one("#verdict")
        assert "eine Unterschrift steht noch aus" in verdict.text
        assert "Muster Agentur, Agentur für Arbeit Saarland" in verdict.text
        assert "fortgeschrittene elektronische Signatur" in page.text and "qualifiziert" not in page.text
    assert Document.select().count() == 1, "an uploaded file is not stored"


def test_verdicts_in_words(as_user, sent, where):
    client, first = as_user("bamf"), content_of(sent)
    jobcenter = cast.signing("jobcenter", where)
    receiver.confirm_receipt(sent, seen_version=sent.version, actor=jobcenter, now=access.now())
    both = content_of(cast.accept(sent, where, jobcenter, now=access.now()))
    assert "Gültig unterschrieben und aktuell" in checked(client, both).select_one("#verdict").text
    assert "Echt, gilt aber nicht mehr" in checked(client, first).select_one("#verdict").text
    assert "Ungültig" in checked(client, both + b" ").select_one("#verdict").text
    assert "Keine unterschriebene PDF-Datei" in checked(client, b"hello").select_one("#verdict").text
    assert "Keine unterschriebene PDF-Datei" in checked(client, b"").select_one("#verdict").text


def test_htmx_gets_the_form_and_the_verdict(as_user, sent):
    page = checked(as_user("agentur"), content_of(sent), htmx=True)
    assert not page.select("html") and page.select_one("#verify #verdict") and page.select_one("#verify-form")


def test_no_file_is_an_error_at_the_field(as_user, where):
    client = as_user("agentur")
    assert client.soup("/pruefen/").h1.text == "Dokument prüfen"
    answer = client.post("/pruefen/", {})
    assert answer.status_code == 422 and b"file-error" in answer.data


def test_the_code_tells_version_and_state_and_no_person(as_user, app, sent):
    page = as_user("coach").soup(f"/p/{sent.code}")
    assert sent.reference in page.text and "übermittelt" in page.text
    assert sent.snapshot_sha256[:4] in page.text
    for secret in ("Rahimi", "Samira", "14.03.1994", "Tholey"):
        assert secret not in page.text
    assert as_user("coach").soup(f"/p/{sent.code.lower()}").select_one("#verify-form")
    assert as_user("coach").get("/p/AAAA-AAAA-AAAA").status_code == 404
    assert app.test_client().get(f"/p/{sent.code}").status_code == 302
