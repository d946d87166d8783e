"""Two writers who stood in each other's way: a sentence and the typed text, never a failure page."""

import pytest
from bs4 import BeautifulSoup
from peewee import OperationalError

from blueprints.checklists import routes
from models.tables import Answer


def refuse_with(monkeypatch, text):
    def attempt(*_args):
        raise OperationalError(text)

    monkeypatch.setattr(routes, "attempt", attempt)


@pytest.mark.parametrize("text", ["deadlock detected\nDETAIL: Process 1 waits", "database is locked"])
def test_what_was_typed_is_offered_to_be_sent_again(as_user, make_case, monkeypatch, text):
    address, client = f"/faelle/{make_case().number}/punkte/A09", as_user("tholey")
    data = {"version": 0, "registered_on": "02.11.2026"}
    with monkeypatch.context() as patched:
        refuse_with(patched, text)
        response = client.post(address, data)
    assert response.status_code == 409
    form = BeautifulSoup(response.data, "html.parser").select_one("main form")
    assert form["action"] == address
    carried = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert (carried["registered_on"], carried["version"]) == ("02.11.2026", "0")
    monkeypatch.undo()
    assert (
        client.post(address, {name: text for name, text in carried.items() if name != "csrf_token"}).status_code == 303
    )
    assert Answer.get().values == {"registered_on": "2026-11-02"}


def test_htmx_gets_a_message_and_keeps_the_form(as_user, make_case, monkeypatch):
    refuse_with(monkeypatch, "database is locked")
    response = as_user("tholey").htmx(f"/faelle/{make_case().number}/punkte/A09", {"version": 0})
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#app-message"


def test_another_fault_of_the_database_is_a_failure_without_its_text(as_user, make_case, monkeypatch):
    refuse_with(monkeypatch, "disk I/O error for Rahimi")
    response = as_user("tholey").post(f"/faelle/{make_case().number}/punkte/A09", {"version": 0})
    assert response.status_code == 500
    assert b"Rahimi" not in response.data
