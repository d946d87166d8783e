"""The list of cases: columns, order, files of what is on the screen, and lists saved under a name."""

import csv
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from blueprints.shared import access, access_log
from models.base import db
from models.operations.worklists import save_list
from models.rules.errors import RuleBroken
from models.tables import AccessLog, Account, Event, Person, SavedList
from tests.cast import renew
from tests.handover_cast import draft
from tests.moments import NOW
from tests.pages.cases_cast import coached, soup_of, text_of


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _cells(page):
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]


def _headers(page):
    return [cell.get_text(strip=True) for cell in page.select("thead th")]


def _csv(response):
    text = response.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _save(client, name, query="", **form):
    return client.post(f"/faelle/listen{query}", {"name": name, **form})


def test_columns_and_order_stand_in_the_address(as_user, make_case):
    first, second = make_case(family_name="Zaki"), make_case(family_name="Abdi", languages=["som"])
    client = as_user("agentur")
    page = client.soup("/faelle/?spalte=sprachen&spalte=telefon&ordnung=nummer")
    assert _headers(page) == ["Name", "Sprachen", "Telefon"]
    assert [row[0].split()[-1] for row in _cells(page)] == [first.number, second.number]
    assert _cells(page)[1][1] == "Somali"
    newest = client.soup("/faelle/?ordnung=neueste")
    assert [row[0].split()[-1] for row in _cells(newest)] == [second.number, first.number]
    assert _headers(newest) == ["Name", "geb.", "Gemeinde", "Stand", "zuständig", "nächste Frist"]


def test_filters_keep_columns_and_pages_keep_all(as_user, make_case):
    for number in range(26):
        make_case(given_name=f"Kind {number:02}")
    page = as_user("agentur").soup("/faelle/?spalte=geb&spalte=frist&ordnung=nummer")
    assert [field["value"] for field in page.select("#case-filters [type=hidden]")] == ["geb", "frist", "nummer"]
    assert page.select_one("[rel=next]")["href"] == "/faelle/?spalte=geb&spalte=frist&ordnung=nummer&seite=2"


def test_what_does_not_exist_has_its_sentence(as_user):
    client = as_user("coach")
    for address in ("/faelle/?spalte=geb", "/faelle/liste.csv?spalte=azr", "/faelle/spalten?ordnung=zufall"):
        response = client.get(address)
        assert response.status_code == 422, address
        assert re.search("Die (Spalte|Reihenfolge) „.*“ gibt es", text_of(response))


def test_the_page_of_columns_offers_what_the_role_may_see(as_user):
    page = as_user("coach").soup("/faelle/spalten?gemeinde=tholey&spalte=frist")
    assert [box["value"] for box in page.select("[name=spalte]")] == [
        "gemeinde", "sprachen", "telefon", "erreichbar", "gemeldet", "einwilligung", "frist",
    ]  # fmt: skip
    assert [box["value"] for box in page.select("[name=spalte][checked]")] == ["frist"]
    assert page.select_one("[type=hidden][name=gemeinde]")["value"] == "tholey"


def test_a_file_holds_exactly_what_is_on_the_screen(as_user, make_case):
    for number in range(27):
        make_case(given_name=f"Kind {number:02}", date_of_birth=date(1990, 1, number + 1))
    due = make_case(family_name="Zaki")
    draft(due)
    renew(due)
    client, query = as_user("agentur"), "?spalte=geb&spalte=stand&spalte=frist"
    shown = [row for number in (1, 2) for row in _cells(client.soup(f"/faelle/{query}&seite={number}"))]
    header, *rows = _csv(client.get(f"/faelle/liste.csv{query}"))
    assert header == ["Name", "Fallnummer", "geb.", "Stand", "nächste Frist"]
    assert [" ".join((row[0], row[1])) for row in rows] == [row[0] for row in shown]
    assert [row[2] for row in rows] == [row[1] for row in shown]
    assert [row[3].replace(" · neu", " neu") for row in rows] == [row[2] for row in shown]
    assert re.sub(r"[()]", "", rows[-1][4]) == shown[-1][3] != ""
    book = load_workbook(io.BytesIO(client.get(f"/faelle/liste.xlsx{query}").data))
    assert [["" if cell is None else cell for cell in row] for row in book.worksheets[0].values] == [header, *rows]


def test_a_file_has_no_formula_no_name_in_its_address_and_is_noted(as_user, make_case):
    case = make_case(family_name="=cmd|' /C calc'!A0", phone="+49 151 1")
    client = as_user("agentur")
    response = client.get("/faelle/liste.csv?spalte=telefon")
    assert response.headers["Content-Disposition"] == 'attachment; filename="faelle-2026-11-23.csv"'
    assert _csv(response)[1] == ["'=cmd|' /C calc'!A0, Samira", case.number, "'+49 151 1"]
    db.close()  # the log is written on a connection of its own
    access_log.flush()
    db.connect()
    assert AccessLog.select().where(AccessLog.action == "list_file", AccessLog.case_id == case.id).count() == 1


def test_a_file_withholds_what_the_list_withholds(as_user, make_case):
    coached(given_name="Laila")
    make_case(given_name="Fremd")
    content = as_user("coach").get("/faelle/liste.csv").data.decode()
    assert "Rahimi, Laila" in content
    assert "Fremd" not in content
    assert "14.03.1994" not in content
    assert as_user("koordination").get("/faelle/liste.csv").status_code == 403


def test_too_many_cases_for_a_file_have_their_sentence(as_user, make_case, monkeypatch):
    make_case()
    monkeypatch.setattr("models.queries.list_files.MOST_ROWS", 0)
    monkeypatch.setattr("models.rules.worklists.MOST_ROWS", 0)
    response = as_user("agentur").get("/faelle/liste.xlsx")
    assert (response.status_code, "Grenzen Sie sie zuerst ein" in text_of(response)) == (422, True)


def test_a_list_is_saved_opened_renamed_and_deleted(as_user, make_case):
    make_case()
    make_case(municipality="freisen")
    client = as_user("agentur")
    query = "?gemeinde=freisen&spalte=telefon&ordnung=neueste&q=Rahimi"
    assert _save(client, "Freisen, Telefon", query).headers["Location"] == "/faelle/listen?getan=liste-gespeichert"
    saved = SavedList.get()
    page = client.soup("/faelle/listen?getan=liste-gespeichert")
    assert "Liste gespeichert." in page.text
    section = page.select_one(f"#list-{saved.id}")
    assert "1 Fall" in section.text
    address = section.a["href"]
    assert address == f"/faelle/?gemeinde=freisen&ordnung=neueste&spalte=telefon&liste={saved.id}"
    opened = client.soup(address)
    assert (opened.select_one("#saved-name").text, _headers(opened)) == ("Freisen, Telefon", ["Name", "Telefon"])
    assert len(_cells(opened)) == 1
    client.post(f"/faelle/listen/{saved.id}/umbenennen", {"name": "Freisen", "version": 1})
    assert client.soup(address).select_one("#saved-name").text == "Freisen"
    again = client.post(f"/faelle/listen/{saved.id}/umbenennen", {"name": "Zweiter", "version": 1})
    assert again.status_code == 409
    assert client.post(f"/faelle/listen/{saved.id}/loeschen", {"version": 2}).status_code == 303
    assert client.post(f"/faelle/listen/{saved.id}/loeschen", {"version": 2}).status_code == 404
    assert [event.kind for event in Event.select().where(Event.kind.startswith("list."))] == [
        "list.saved", "list.renamed", "list.deleted",
    ]  # fmt: skip


def test_bad_names_stay_typed_and_change_nothing(as_user):
    client = as_user("agentur")
    response = _save(client, "x" * 61)
    page = soup_of(response)
    assert response.status_code == 422
    assert page.select_one("#name")["value"] == "x" * 61
    assert "höchstens 60 Zeichen" in page.select_one("#name-error").text
    _save(client, "Eins")
    assert "schon eine Liste" in text_of(_save(client, "eins"))
    saved = SavedList.get()
    renamed = client.post(f"/faelle/listen/{saved.id}/umbenennen", {"name": " ", "version": 1})
    assert renamed.status_code == 422
    assert "Bitte einen Namen" in soup_of(renamed).select_one(f"#name-{saved.id}-error").text
    assert client.post("/faelle/listen?spalte=azr", {"name": "Zwei"}).status_code == 422
    assert SavedList.select(SavedList.name, SavedList.version).tuples()[:] == [("Eins", 1)]


def test_a_double_click_saves_once(as_user):
    client = as_user("agentur")
    assert [_save(client, "Eins").status_code for _ in range(2)] == [303, 422]
    assert SavedList.select().count() == 1


def test_shared_lists_are_seen_by_the_organisation_and_changed_by_their_owner(as_user, people):
    owner = as_user("agentur")
    _save(owner, "Für alle", shared="y")
    _save(owner, "Nur für mich")
    saved = SavedList.get(SavedList.shared)
    colleague = Account.create(
        username="zweite", organisation=people("agentur").organisation_id, name="Zweite", state="active",
        password_hash="x", created_at="2026",
    )  # fmt: skip
    SavedList.update(account=colleague.id).where(SavedList.id == saved.id).execute()
    page = owner.soup("/faelle/listen")
    assert "geteilt von Zweite" in page.select_one(f"#list-{saved.id}").text
    assert not page.select(f"#list-{saved.id} form")
    assert owner.post(f"/faelle/listen/{saved.id}/loeschen", {"version": 1}).status_code == 403
    stranger = as_user("jobcenter")
    assert "Für alle" not in stranger.soup("/faelle/listen").text
    assert stranger.get(f"/faelle/?liste={saved.id}").status_code == 404
    assert stranger.post(f"/faelle/listen/{saved.id}/umbenennen", {"name": "X", "version": 1}).status_code == 404


@pytest.mark.usefixtures("database")
def test_nobody_has_more_lists_than_one_may_have(people, monkeypatch):
    monkeypatch.setattr("models.rules.worklists.MOST_LISTS", 2)
    for number in range(2):
        save_list(f"Liste {number}", {}, ["geb"], shared=False, actor=people("agentur"), now=NOW)
    with pytest.raises(RuleBroken) as broken:
        save_list("Zu viel", {}, ["geb"], shared=False, actor=people("agentur"), now=NOW)
    assert "Löschen Sie zuerst eine" in str(broken.value.message)


def test_looking_and_exporting_write_nothing_but_the_log(as_user, make_case):
    make_case()
    client = as_user("agentur")
    before = {table: table.select().count() for table in (Event, Person, SavedList)}
    for address in ("/faelle/listen", "/faelle/spalten", "/faelle/liste.csv", "/faelle/liste.xlsx"):
        assert client.get(address).status_code == 200
    assert {table: table.select().count() for table in before} == before
