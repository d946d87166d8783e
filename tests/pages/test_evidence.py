"""Evidence of items: noted as shown, added as a file, removed with a reason, and seen by those who see the item."""

from datetime import date
from typing import Any

import pytest

from models.base import db
from models.operations import erasure
from models.queries.audit import verify_ledger
from models.rules.roles import SYSTEM
from models.rules.states import ConsentState
from models.tables import AccessLog, Case, Event, Evidence, Upload, UploadContent
from tests.conftest import LEDGER_KEY
from tests.files_cast import ACTIVE, LOCKED, ZIP, multipart, pdf, picture
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, soup_of, taken_over, text_of

ITEM = "/faelle/{case.number}/punkte/{code}"


def shown(client: Any, case: Case, code: str = "A05", *, htmx: bool = False, **data: Any) -> Any:
    address = ITEM.format(case=case, code=code) + "/vorgelegt"
    return (client.htmx if htmx else client.post)(address, {"seen_on": "20.11.2026", "note": "Ankunftsnachweis"} | data)


def upload(client: Any, case: Case, content: bytes, name: str = "scan.pdf", code: str = "A05", **more: Any) -> Any:
    address = ITEM.format(case=case, code=code) + "/datei"
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if more.get("htmx") else {}
    body = multipart(content, name, csrf_token=client.token())
    return client.open(address, method="POST", headers=headers, **body)


def file_address(client: Any, case: Case, code: str = "A05") -> str:
    return client.soup(ITEM.format(case=case, code=code)).select_one("#nachweise a[href*='/dateien/']")["href"]


def stored() -> tuple[int, int, int]:
    return Evidence.select().count(), Upload.select().count(), UploadContent.select().count()


def events(kind: str) -> int:
    return Event.select().where(Event.kind == kind).count()


def test_a_paper_that_was_shown_is_noted_without_a_copy(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    assert client.soup(ITEM.format(case=case, code="A05")).select_one("#vorgelegt-form [name=seen_on]")["value"]
    response = shown(client, case)
    assert response.status_code == 303
    assert response.headers["Location"].endswith("/punkte/A05#nachweise")
    part = client.soup(ITEM.format(case=case, code="A05")).select_one("#nachweise").get_text(" ")
    assert "vorgelegt am 20.11.2026, keine Kopie" in part and "Ankunftsnachweis" in part
    assert "Muster Tholey, Gemeinde Tholey" in part
    assert events("evidence.added") == 1 and stored() == (1, 0, 0)
    assert Evidence.get().seen_on == date(2026, 11, 20)


def test_htmx_gets_the_part_again_and_a_sentence(as_user, make_case):
    response = shown(as_user("tholey"), make_case(), htmx=True)
    assert response.status_code == 200
    part = soup_of(response)
    assert not part.select("html") and part.select_one("#nachweise .evidence__row")
    assert "Nachweis eingetragen" in part.select_one("#app-status").text
    assert part.select_one("#nachweise-titel").has_attr("autofocus")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"seen_on": ""}, "Bitte ausfüllen"),
        ({"seen_on": "31.13.2026"}, "Datum wie"),
        ({"seen_on": "24.11.2099"}, "in der Zukunft"),
        ({"note": "x" * 201}, "höchstens 200 Zeichen"),
    ],
)
def test_what_cannot_be_noted_is_said_at_its_field(as_user, make_case, htmx, typed, sentence):
    case = make_case()
    response = shown(as_user("tholey"), case, htmx=htmx, **typed)
    assert response.status_code == 422
    field = next(iter(typed))
    assert sentence in soup_of(response).select_one(f"#{field}-error").text
    assert soup_of(response).select_one(f"#{field}")["value"] == typed[field]
    assert stored() == (0, 0, 0) and events("evidence.added") == 0


def test_a_double_click_notes_once(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    assert shown(client, case, htmx=True).status_code == 200
    again = shown(client, case, htmx=True)
    assert again.status_code == 422 and "steht schon bei diesem Punkt" in text_of(again)
    assert stored()[0] == events("evidence.added") == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_a_file_is_kept_and_handed_out_safely(as_user, make_case, htmx):
    case, client, content = make_case(), as_user("tholey"), pdf()
    assert upload(client, case, content, "Rahimi Ausweis.pdf", htmx=htmx).status_code == (200 if htmx else 303)
    address = file_address(client, case)
    assert address.startswith(f"/faelle/{case.number}/dateien/") and address.endswith(".pdf")
    assert Upload.get().sha256 in address
    response = client.get(address)
    assert response.data == content and response.mimetype == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="{case.number}-A05.pdf"'
    told = Event.get(Event.kind == "evidence.added").data
    assert Upload.get().sha256 in told and "Rahimi" not in told
    assert "1 Nachweis" in client.soup(f"/faelle/{case.number}?liste=aufnahme").select_one("#punkt-A05").text


def test_a_picture_is_shown_in_the_browser(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    upload(client, case, picture("PNG"), "foto.png")
    response = client.get(file_address(client, case))
    assert response.mimetype == "image/png"
    assert response.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.pdf", "leer"),
        (ZIP, "brief.docx", "kein PDF und kein Bild"),
        (b"MZ" + bytes(99), "scan.pdf", "kein PDF und kein Bild"),
        (picture("PNG"), "scan.pdf", "heißt wie"),
        (b"%PDF-1.7" + bytes(10 * 1024 * 1024), "gross.pdf", "größer als 10 MB"),
        (LOCKED, "scan.pdf", "Passwort"),
        (pdf()[:-60], "scan.pdf", "beschädigt"),
        (pdf(ACTIVE["script"]), "scan.pdf", "Programme"),
        (b"", "", "Bitte eine Datei auswählen"),
    ],
)
def test_a_bad_file_gets_its_sentence_and_nothing_is_changed(as_user, make_case, htmx, content, name, sentence):
    case = make_case()
    response = upload(as_user("tholey"), case, content, name, htmx=htmx)
    assert response.status_code == 422
    assert sentence in soup_of(response).select_one("#file-error").text
    assert soup_of(response).select_one("#kopie").has_attr("open")
    assert stored() == (0, 0, 0) and events("evidence.added") == 0


@pytest.mark.parametrize("htmx", [True, False])
def test_a_request_above_the_limit_of_the_server_gets_a_sentence(as_user, make_case, htmx):
    response = upload(as_user("tholey"), make_case(), bytes(13 * 1024 * 1024), htmx=htmx)
    assert response.status_code == 413
    assert "Die Datei ist größer als 10 MB. Es wurde nichts gespeichert." in text_of(response)
    if htmx:
        assert response.headers["HX-Retarget"] == "#app-message"
    assert stored() == (0, 0, 0)


def test_the_same_file_twice_is_refused_and_shared_by_two_items(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    upload(client, case, pdf())
    again = upload(client, case, pdf())
    assert again.status_code == 422 and "Diese Datei liegt hier schon." in text_of(again)
    assert upload(client, case, pdf(), code="A06").status_code in (303, 404)
    assert upload(client, case, pdf(), code="A09").status_code == 303
    assert Upload.select().count() == UploadContent.select().count() == 1
    other = make_case()
    upload(client, other, pdf())
    assert Upload.select().count() == 2, "each case keeps its own, so that each can be erased"


def test_a_stranger_gets_404_and_who_does_not_hold_the_item_403(as_user, make_case):
    case = make_case()
    upload(as_user("tholey"), case, pdf())
    address = file_address(as_user("tholey"), case)
    for client in (as_user("freisen"), as_user("coach"), as_user("jobcenter")):
        assert client.get(address).status_code == 404
        assert shown(client, case).status_code == 404
        assert upload(client, case, pdf(pages=2)).status_code == 404
    assert as_user("verwaltung").get(address).status_code == 403
    assert as_user("agentur").get(address).status_code == 200, "who sees the item sees its evidence"
    assert shown(as_user("agentur"), case, "A09").status_code == 403
    assert upload(as_user("agentur"), case, pdf(), code="A09").status_code == 403
    assert stored() == (1, 1, 1)


def test_a_file_of_an_item_out_of_sight_is_not_handed_out(as_user, make_case):
    case = make_case()
    agentur = as_user("agentur")
    assert upload(agentur, case, pdf(), code="B14").status_code == 303
    address = file_address(agentur, case, "B14")
    assert as_user("tholey").get(address).status_code == 404
    other = make_case()
    assert agentur.get(address.replace(case.number, other.number)).status_code == 404
    assert agentur.get(address.replace(".pdf", ".png")).status_code == 404
    assert agentur.get(address[:-8] + "0000.pdf").status_code == 404
    assert agentur.get(f"/faelle/{case.number}/dateien/x").status_code == 404


def test_the_coach_sees_evidence_of_her_items_alone(as_user):
    case = coached(ConsentState.GRANTED)
    upload(as_user("tholey"), case, pdf())
    coach = as_user("coach")
    assert coach.get(file_address(as_user("tholey"), case)).status_code == 404
    assert upload(coach, case, pdf(pages=2), code="C09").status_code == 303
    assert coach.get(file_address(coach, case, "C09")).status_code == 200
    assert as_user("agentur").get(file_address(coach, case, "C09")).status_code == 404


def test_after_the_acceptance_each_side_keeps_its_own(as_user):
    case = taken_over()
    with db.atomic():
        Evidence.insert(
            case=case.id, list="counselling", item="B14", kind="seen", seen_on=TODAY, recorded_at=NOW.isoformat()[:26],
            organisation=case.agentur_id,
        ).execute()  # fmt: skip
    jobcenter = as_user("jobcenter")
    page = jobcenter.soup(ITEM.format(case=case, code="B14"))
    assert not page.select(".evidence__row")
    assert shown(jobcenter, case, "B14").status_code == 303
    assert Evidence.select().where(Evidence.holder == "jobcenter").count() == 1
    assert len(jobcenter.soup(ITEM.format(case=case, code="B14")).select(".evidence__row")) == 1
    assert shown(as_user("agentur"), case, "B14").status_code in (403, 404)


def removal(client: Any, case: Case, data: dict[str, Any], *, htmx: bool = False) -> Any:
    address = f"{ITEM.format(case=case, code='A05')}/nachweise/{Evidence.get().id}/entfernen"
    return client.htmx(address, data) if htmx else client.post(address, data)


@pytest.mark.parametrize("htmx", [True, False])
def test_evidence_is_removed_with_a_reason_that_stays(as_user, make_case, htmx):
    case, client = make_case(), as_user("tholey")
    upload(client, case, pdf())
    address = file_address(client, case)
    refused = removal(client, case, {"version": 1, "reason": " "}, htmx=htmx)
    assert refused.status_code == 422 and "Bitte einen Grund angeben" in text_of(refused)
    assert removal(client, case, {"version": 7, "reason": "falsche Person"}, htmx=htmx).status_code == 409
    assert removal(client, case, {"reason": "falsche Person"}, htmx=htmx).status_code == 422
    assert client.get(address).status_code == 200
    assert removal(client, case, {"version": 1, "reason": "falsche Person"}, htmx=htmx).status_code in (200, 303)
    assert client.get(address).status_code == 404
    assert stored() == (1, 1, 0), "a wrong copy is deleted, the entry stays"
    row = Evidence.get()
    assert (row.remove_reason, row.removed_at is None) == ("falsche Person", False)
    assert events("evidence.removed") == 1
    assert removal(client, case, {"version": 1, "reason": "falsche Person"}, htmx=htmx).status_code == 404
    assert upload(client, case, pdf()).status_code == 303, "the same file may be added again"
    assert stored() == (2, 1, 1)


def test_a_file_that_another_item_needs_stays(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    upload(client, case, pdf())
    upload(client, case, pdf(), code="A09")
    removal(client, case, {"version": 1, "reason": "doppelt"})
    assert client.get(file_address(client, case, "A09")).status_code == 200


def test_another_organisation_cannot_remove_it(as_user, make_case):
    case = make_case()
    shown(as_user("tholey"), case)
    assert removal(as_user("agentur"), case, {"version": 1, "reason": "x"}).status_code == 403
    assert removal(as_user("freisen"), case, {"version": 1, "reason": "x"}).status_code == 404
    assert not as_user("agentur").soup(ITEM.format(case=case, code="A05")).select("#nachweise [id^=entfernen]")


def test_a_closed_case_takes_no_evidence(as_user, make_case):
    case = make_case(changes={"state": "closed", "outcome": "work", "outcome_on": TODAY})
    assert shown(as_user("tholey"), case).status_code == 422
    assert upload(as_user("tholey"), case, pdf()).status_code == 422
    page = as_user("tholey").soup(ITEM.format(case=case, code="A05"))
    assert "Der Fall ist abgeschlossen." in page.select_one("#nachweise").text
    assert not page.select("#vorgelegt-form") and stored() == (0, 0, 0)


def test_the_history_tells_of_it_to_those_who_see_the_item(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    shown(client, case, "B14", note="Zeugnis von Herrn Geheim")
    told = text_of(client.get(f"/faelle/{case.number}/verlauf?art=angaben"))
    assert "Nachweis eingetragen: " in told and "Geheim" not in told


def test_erasing_the_case_erases_its_evidence(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    shown(client, case)
    upload(client, case, pdf())
    erasure.erase_case(case.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert stored() == (0, 0, 0)
    assert verify_ledger(LEDGER_KEY).findings == []


def test_reading_a_file_is_logged(as_user, make_case):
    from blueprints.shared import access_log

    case, client = make_case(), as_user("tholey")
    upload(client, case, pdf())
    client.get(file_address(client, case))
    access_log.flush()
    db.connect(reuse_if_open=True)
    assert AccessLog.select().where(AccessLog.action == "file", AccessLog.case_id == case.id).count() == 1
