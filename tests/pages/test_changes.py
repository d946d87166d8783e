"""Changed since my last visit: marks in the list and on the case, the filter, and everything marked as read."""

import json

import pytest

from blueprints.shared import access, access_log
from models.base import db
from models.operations.erasure import erase_case
from models.operations.ledger import record
from models.operations.looks import Look, write_looks
from models.queries import changes
from models.queries.case_filters import Filters
from models.queries.case_list import open_list
from models.queries.changes import unread_of
from models.queries.scope import blocks_of
from models.rules.roles import SYSTEM
from models.tables import AccessLog, Event, LastLook, ReadMark
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, taken_over, text_of


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _written():
    db.close()  # looks and readings are written on a connection of their own
    access_log.flush()
    db.connect()


def _changes(case, actor, kind="answer.saved", **data):
    with db.atomic():
        record(actor, kind, data, now=NOW, case_id=case.id)


def _marked(client, query=""):
    rows = client.soup(f"/faelle/{query}").select("tbody tr")
    return [row.a.text for row in rows if row.select_one(".app-unread")]


def _sections(client, case, query=""):
    page = client.soup(f"/faelle/{case.number}{query}")
    return [stage.a.text for stage in page.select(".stage") if stage.select_one(".app-unread")], bool(
        page.select("#head-changed")
    )


def test_what_others_change_is_marked_until_it_was_looked_at(as_user, make_case, people):
    case, other = make_case(), make_case(given_name="Laila")
    client = as_user("agentur")
    assert _marked(client) == []
    _changes(case, people("tholey"), item="A13")
    assert _marked(client) == ["Rahimi, Samira"]
    assert _sections(client, case, "?liste=beratung") == (["1 Aufnahme"], False)
    _written()
    assert _marked(client) == []
    assert _sections(client, case) == (["1 Aufnahme"], False)
    assert _sections(client, case, "?liste=aufnahme") == (["1 Aufnahme"], False)
    _written()
    assert _sections(client, case, "?liste=aufnahme") == ([], False)
    assert _marked(as_user("tholey")) == []
    assert _sections(client, other) == ([], False)


def test_papers_and_persons_are_marked_at_the_head(as_user, make_case, people):
    case, client = make_case(), as_user("tholey")
    _changes(case, people("agentur"), "residence.recorded", code="AGS")
    assert _sections(client, case) == ([], True)
    _written()
    assert _sections(client, case) == ([], False)


def test_what_a_role_does_not_see_marks_nothing(as_user, make_case, people):
    case = coached()
    tholey, asyl, coach = as_user("tholey"), as_user("asyl"), as_user("coach")
    _changes(case, people("agentur"), item="B14")
    _changes(case, people("agentur"), item="C20")
    for client in (tholey, asyl, coach):
        assert _marked(client) == _marked(client, "?kontakt=geaendert") == []
    _changes(case, people("tholey"), item="C02")
    assert _marked(coach) == ["Rahimi, Samira"]
    assert _marked(tholey) == []


def test_after_acceptance_neither_side_is_told_of_the_others_work(as_user, people):
    case = taken_over()
    agentur, jobcenter = as_user("agentur"), as_user("jobcenter")
    _changes(case, people("jobcenter"), "handover.first_talk", on="2026-11-30")
    _changes(case, people("jobcenter"), item="U20")
    assert _marked(agentur, "?stand=uebergeben") == []
    _changes(case, SYSTEM, item="B02")
    assert _marked(jobcenter) == []
    _changes(case, SYSTEM, "enrolment.confirmed")
    assert _marked(jobcenter) == ["Rahimi, Samira"]


def test_the_list_is_narrowed_to_changed_cases(as_user, make_case, people):
    case, foreign = make_case(), make_case(given_name="Fremd", municipality="freisen")
    make_case(given_name="Laila")
    client = as_user("tholey")
    assert "Kein Fall passt" in client.soup("/faelle/?kontakt=geaendert").text
    for changed in (case, foreign):
        _changes(changed, people("agentur"), item="A13")
    assert _marked(client, "?kontakt=geaendert") == ["Rahimi, Samira"]
    assert len(client.soup("/faelle/?kontakt=geaendert").select("tbody tr")) == 1
    assert client.get("/faelle/liste.csv?kontakt=geaendert").data.decode().count("Rahimi") == 1


def test_changes_elsewhere_crowd_out_none_of_the_own(as_user, make_case, people, monkeypatch):
    monkeypatch.setattr(changes, "MOST", 1)
    case, client = make_case(), as_user("tholey")
    client.get("/faelle/")
    for changed in (case, *(make_case(given_name=f"Fremd {number}", municipality="freisen") for number in range(6))):
        _changes(changed, people("agentur"), item="A13")
    assert _marked(client, "?kontakt=geaendert") == ["Rahimi, Samira"]


def test_everything_is_marked_as_read(as_user, make_case, people):
    case, client = make_case(), as_user("agentur")
    _changes(case, people("tholey"), item="A13")
    client.get(f"/faelle/{case.number}")
    _written()
    assert LastLook.select().count()
    assert client.post("/faelle/gelesen").headers["Location"] == "/faelle/?getan=gelesen"
    assert "Alles als gelesen markiert." in text_of(client.get("/faelle/?getan=gelesen"))
    assert not LastLook.select().where(LastLook.account == people("agentur").account_id).exists()
    assert _sections(client, case, "?liste=aufnahme") == ([], False)
    assert as_user("koordination").post("/faelle/gelesen").status_code == 403


def test_a_look_changes_no_record_and_is_no_event(as_user, make_case, people):
    case, client = make_case(), as_user("agentur")
    _changes(case, people("tholey"), item="A13")
    events, case_row = Event.select().count(), json.dumps(case.__data__, default=str)
    client.get(f"/faelle/{case.number}")
    _written()
    assert Event.select().count() == events
    assert json.dumps(type(case).get_by_id(case.id).__data__, default=str) == case_row
    assert AccessLog.select().where(AccessLog.case_id == case.id).count() == 1


def test_an_older_look_never_takes_the_place_of_a_newer_one(make_case, people, database):
    case, me = make_case(), people("agentur").account_id
    for last in (7, 5, 9):
        write_looks([Look(me, case.id, "case", last), Look(me, case.id, "case", last - 1)])
    assert [(row.section, row.last_event) for row in LastLook.select()] == [("case", 9)]


def test_a_look_at_a_case_that_was_erased_is_left_out(make_case, people, database):
    case, me = make_case(), people("agentur").account_id
    write_looks([Look(me, case.id, "case", 1)])
    erase_case(case.id, "Frist", actor=people("agentur"), now=NOW)
    assert not LastLook.select().exists()
    write_looks([Look(me, case.id, "case", 2)])
    assert not LastLook.select().exists()


def test_before_the_first_login_nothing_is_unread(make_case, people, database):
    case = make_case()
    _changes(case, people("tholey"), item="A13")
    actor = people("agentur")
    ReadMark.delete().where(ReadMark.account == actor.account_id).execute()
    assert open_list(actor, Filters(), TODAY).changed == frozenset()
    assert unread_of(actor, case.id, blocks_of(actor, case, TODAY)) == {}


def test_marks_cost_one_query_each(as_user, make_case, people, monkeypatch):
    case, client = make_case(), as_user("agentur")
    _changes(case, people("tholey"), item="A13")
    sent = []
    execute = db.obj.execute_sql
    monkeypatch.setattr(
        db.obj, "execute_sql", lambda sql, *rest, **more: sent.append(sql) or execute(sql, *rest, **more)
    )
    for address in ("/faelle/", f"/faelle/{case.number}"):
        client.get(address)
        sent.clear()
        client.get(address)
        assert sum("last_look" in sql for sql in sent) == 1, address
        assert sum("read_mark" in sql for sql in sent) == 1, address
