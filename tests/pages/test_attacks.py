"""What strangers and broken clients send: always a page with a sentence, never an unexpected error."""

import io

import pytest

from models.base import db, is_sqlite
from models.operations.ledger import record
from models.queries.audit import verify_ledger
from models.rules.roles import SYSTEM
from models.tables import Answer, AnswerDraft, Case, Document, SavedList
from tests.cast import PASSWORD, make_case, member_of
from tests.conftest import LEDGER_KEY, NOW
from tests.course_cast import make_course, make_enrolment, make_provider
from tests.files_cast import multipart
from tests.operations.arrival_lists import OMAR, csv_of

BEYOND = "99999999999999999999"
"""Larger than any number that the databases keep."""
NEVER_SHOWN = (BEYOND, "-1", "7")


PAGED = {"agentur": ("/faelle/", "/kurse/", "/uebergaben/"), "datenschutz": ("/datenschutz/",)}
NUMBERED = {
    "tholey": ("/ankuenfte/{}", "/ankuenfte/{}/abgelehnt.csv"),
    "agentur": ("/ankuenfte/erfasst/{}", "/kurse/traeger/{}", "/static/app-{}.css"),
}


@pytest.mark.parametrize("role", PAGED)
def test_what_is_no_page_is_the_first_page(as_user, role):
    client = as_user(role)
    for address in PAGED[role]:
        for number in (BEYOND, "9223372036854775807", "-1", "zwei"):
            assert client.get(address, query_string={"seite": number}).status_code == 200, (address, number)


@pytest.mark.parametrize("role", NUMBERED)
def test_a_number_that_no_record_has_is_not_found(as_user, role):
    client = as_user(role)
    for address in NUMBERED[role]:
        for number in (BEYOND, "2147483648", "2147483647"):
            assert client.get(address.format(number)).status_code == 404, (address, number)


def test_a_broken_target_leads_to_the_start(app):
    actor = member_of("agentur")
    for target in ("//[", "http://[", "/x\r\nSet-Cookie: a=b", "/\t\\evil.example"):
        client = app.test_client()
        assert client.get("/login", query_string={"target": target}).status_code == 200
        response = client.post("/login", {"username": actor.username, "password": PASSWORD, "target": target})
        assert (response.status_code, response.headers["Location"]) == (303, "/"), target


def test_a_version_that_was_never_shown_changes_nothing(as_user):
    case, client = make_case(), as_user("agentur")
    closing = {"outcome": "other", "outcome_on": "22.11.2026", "note": "fort"}
    for version in NEVER_SHOWN:
        assert client.post(f"/faelle/{case.number}/abschliessen", closing | {"version": version}).status_code == 409
    assert Case.get_by_id(case.id).state == "open"


def test_an_answer_over_a_version_that_was_never_shown_stands_beside_the_stored_one(as_user):
    case, client = make_case(), as_user("agentur")
    address = f"/faelle/{case.number}/punkte/K09"
    typed = {"times": "MORNING", "extent": "FULL"}
    assert client.post(address, typed | {"version": "0"}).status_code == 303
    for version in NEVER_SHOWN:
        assert client.post(address, typed | {"times": "EVENING", "version": version}).status_code == 409
    assert Answer.get(Answer.case == case.id, Answer.item == "K09").values["times"] == ["MORNING"]


def test_a_character_that_no_database_keeps_is_refused(app, as_user):
    client = app.test_client()
    assert client.post("/login", {"username": "a\0b", "password": PASSWORD}).status_code == 400
    agentur = as_user("agentur")
    for address in ("/faelle/%00", "/kurse/%00", "/uebergaben/%00", "/p/%00"):
        assert agentur.get(address).status_code == 404, address
    assert agentur.get("/faelle/?gemeinde=%00").status_code == 400
    assert agentur.post("/faelle/suche", {"q": "a\0b"}).status_code == 400


def test_rows_that_are_left_out_are_numbers_of_rows(as_user):
    client = as_user("tholey")
    upload = client.post("/ankuenfte/", {"file": (io.BytesIO(csv_of(OMAR)), "liste.csv")})
    assert upload.status_code == 303
    confirmed = {"version": 1, "left_out": ["9" * 5000, "-1", "zwei", BEYOND]}
    assert client.post(f"{upload.headers['Location']}/einlesen", confirmed).status_code == 303


def test_a_table_of_rules_that_is_too_deep_is_refused(app, tmp_path):
    table = tmp_path / "deep.json"
    table.write_text("[" * 100_000, "utf-8")
    result = app.test_cli_runner().invoke(args=["rules", "evaluate", str(table)])
    assert (result.exit_code, "not JSON" in result.output) == (1, True)


def test_a_ledger_with_bytes_instead_of_text_is_broken_not_unreadable(database):
    if not is_sqlite():
        pytest.skip("PostgreSQL keeps no bytes in a column of text")
    with db.atomic():
        record(SYSTEM, "account.created", {"account": 1}, now=NOW)
    db.execute_sql("DROP TRIGGER event_kept")
    db.execute_sql("UPDATE event SET data = x'ff00'")
    assert verify_ledger(LEDGER_KEY).findings == [
        "a value that no event, chain or anchor can have; events were readable up to 0"
    ]


def test_a_list_is_not_saved_without_the_field_of_its_name(as_user):
    client = as_user("agentur")
    assert client.post("/faelle/listen").status_code == 422
    assert client.post("/faelle/listen", {"name": "Meine"}).status_code == 303
    saved = SavedList.get()
    assert client.post(f"/faelle/listen/{saved.id}/umbenennen", {"version": saved.version}).status_code == 422


def test_a_saved_list_that_no_database_can_number_is_not_found(as_user):
    client = as_user("agentur")
    for number in (BEYOND, "-1", "zwei", "2147483648"):
        assert client.get("/faelle/", query_string={"liste": number}).status_code == 404, number


def test_mail_and_drafts_over_a_version_that_was_never_shown_are_stale(as_user):
    case, client = make_case(), as_user("agentur")
    draft = f"/faelle/{case.number}/punkte/B14/entwurf"
    for version in (BEYOND, "-1"):
        said = {"address": "k@beispiel.de", "digest": "y", "version": version}
        assert client.post("/konto/nachricht", said).status_code == 409
        assert client.htmx(draft, {"version": version, "strengths": "x"}).status_code == 409
        assert client.htmx(draft, {"version": 0, "draft-version": version, "strengths": "x"}).status_code == 409
    assert AnswerDraft.select().count() == 0


def test_a_draft_is_no_store_for_names_of_fields(as_user):
    case, client = make_case(), as_user("agentur")
    typed = {"x" * 500 + str(number): "" for number in range(50)}
    assert client.htmx(f"/faelle/{case.number}/punkte/B14/entwurf", typed).status_code == 422


def test_a_name_with_a_character_that_no_database_keeps_is_refused(as_user):
    case, client = make_case(), as_user("agentur")
    assert client.htmx(f"/faelle/{case.number}/punkte/B14/entwurf", {"a\0b": "x"}).status_code == 400


def test_what_only_looks_like_a_digit_is_nobody(as_user):
    case, client = make_case(), as_user("agentur")
    plan = {"due_on": "01.12.2030", "reason": "Anruf", "assigned": "²"}
    assert client.post(f"/faelle/{case.number}/wiedervorlage", plan).status_code == 422
    away = {"begins_on": "01.12.2030", "ends_on": "02.12.2030", "deputy": "²"}
    assert client.post("/konto/abwesenheit", away).status_code == 422
    for provider in ("²", BEYOND):
        assert client.get("/kurse/", query_string={"traeger": provider}).status_code == 200


FILE_FIELDS = {
    "/konto": "old_password",
    "/konto/nachricht": "address",
    "/faelle/listen": "name",
    "/ankuenfte/person": "family_name",
    "/faelle/{}/wiedervorlage": "due_on",
    "/faelle/{}/haushalt": "number",
    "/faelle/{}/personalien": "family_name",
    "/faelle/{}/punkte/B14/vorgelegt": "seen_on",
}


def test_files_and_json_where_a_text_belongs_are_none(as_user):
    case, client = make_case(), as_user("agentur")
    for address, name in FILE_FIELDS.items():
        parts = multipart(b"abc", "a.png", csrf_token=client.token(), version="1")
        parts["data"] = parts["data"].replace(b'name="file"', f'name="{name}"'.encode())
        answer = client.open(address.format(case.number), method="POST", **parts)
        assert answer.status_code in (409, 422), address
        token = {"X-CSRFToken": client.token()}
        for data in ([1, 2], "x", {"version": [1]}, None):
            answer = client.open(address.format(case.number), method="POST", json=data, headers=token)
            assert answer.status_code in (409, 422), (address, data)


def test_a_text_outlives_an_outdated_page_without_a_script(as_user, people):
    case, client = make_case(), as_user("agentur")
    enrolment = make_enrolment(case, make_course(make_provider()), people("agentur"))
    said = {"version": "7", "reason": "OTHER", "reason_text": "zieht nach <Trier>"}
    refused = client.post(f"/faelle/{case.number}/anmeldung/{enrolment.id}/stornieren", said)
    assert refused.status_code == 409 and "zieht nach &lt;Trier&gt;" in refused.text


def test_a_form_is_not_issued_without_saying_how_it_is_signed(as_user, people):
    case, client = make_case(), as_user("agentur")
    enrolment = make_enrolment(case, make_course(make_provider()), people("agentur"))
    said = {"version": "1", "signed": "x"}
    assert client.post(f"/faelle/{case.number}/anmeldung/{enrolment.id}/bogen", said).status_code == 422
    assert Document.select().count() == 0
