"""The directory: everybody finds everybody, without login names; each person and the administration keep it right."""

from datetime import timedelta

import pytest

from blueprints.shared import access
from models.operations.absences import set_absence
from models.rules.states import AccountState
from models.rules.times import stamp
from models.tables import Account, Event
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import office, soup_of, text_of


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _mine(key):
    return Account.get(Account.username == f"user.{key}")


def test_everybody_finds_everybody_and_who_stands_in(as_user, people):
    made = {"organisation": office("tholey"), "created_at": stamp(NOW), "state": AccountState.ACTIVE}
    deputy = Account.create(username="zweite.kraft", name="B. Vertreter", **made)
    Account.create(username="weg", name="Gesperrt, Gerd", **made | {"state": AccountState.LOCKED})
    set_absence(_mine("tholey"), TODAY, TODAY + timedelta(days=9), deputy.id, actor=people("tholey"), now=NOW)
    for who in ("bamf", "koordination", "agentur"):
        told = text_of(as_user(who).get("/kontakte/"))
        assert "abwesend bis 02.12.2026 Vertretung: B. Vertreter" in told
        assert "zweite.kraft" not in told and "user.tholey" not in told and "Gesperrt" not in told
    only = text_of(as_user("agentur").get("/kontakte/?art=jobcenter"))
    assert "Muster Jobcenter" in only and "B. Vertreter" not in only


def test_each_keeps_her_own_contact_and_the_administration_all(as_user):
    client, mine = as_user("agentur"), _mine("agentur")
    said = {"function": "Beratung", "phone": "0681 944-1", "email": "k@beispiel.example"}
    wrong = client.post("/konto/kontakt", said | {"version": mine.version, "phone": "ruf an", "email": "kaputt"})
    assert wrong.status_code == 422
    assert "Bitte eine Telefonnummer wie 06851 801-0 eingeben." in text_of(wrong)
    assert soup_of(wrong).select_one("[name=email]")["value"] == "kaputt"
    assert client.post("/konto/kontakt", said | {"version": mine.version}).status_code == 303
    assert client.post("/konto/kontakt", said | {"version": mine.version, "function": "X"}).status_code == 409
    assert "k@beispiel.example" in text_of(as_user("bamf").get("/kontakte/"))
    admin, address = as_user("verwaltung"), f"/verwaltung/konten/{mine.id}/kontakt"
    assert soup_of(admin.get(address)).select_one("[name=phone]")["value"] == "0681 944-1"
    assert admin.post(address, said | {"version": _mine("agentur").version, "phone": "0681 944-2"}).status_code == 303
    assert _mine("agentur").phone == "0681 944-2"
    assert client.get(address).status_code == 403
    assert [row.data for row in Event.select().where(Event.kind == "account.contact_set") if "0681" in row.data] == []
