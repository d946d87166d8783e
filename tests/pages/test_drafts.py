"""Drafts through the pages: kept by the script, shown again, two windows, strangers, discarded."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from models.operations.answers import save_answer
from models.queries.dossier import dossier
from models.rules.checklists import AnswerValues
from models.tables import Answer, AnswerDraft
from tests.moments import NOW, TODAY

ITEM = "/faelle/{number}/punkte/B14"


@pytest.fixture
def case(make_case):
    return make_case()


def keep(client, case, text, *, version=0, draft=0, htmx=True):
    data = {"version": version, "draft-version": draft, "strengths": text}
    send = client.htmx if htmx else client.post
    return send(ITEM.format(number=case.number) + "/entwurf", data)


def form_of(client, case, path=""):
    page = client.get(
        ITEM.format(number=case.number) + path, headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )
    return BeautifulSoup(page.data, "html.parser")


def test_a_draft_is_kept_and_comes_back_in_form_and_list(as_user, case):
    client = as_user("agentur")
    response = keep(client, case, "zuverlässig")
    assert response.status_code == 200
    assert response.json["version"] == 1
    form = form_of(client, case)
    assert form.select_one("[name=strengths]").text == "zuverlässig"
    assert form.select_one("#form-B14")["data-draft-version"] == "1"
    assert "noch nicht gespeichert" in form.select_one("#entwurf-B14").text
    shown = client.soup(f"/faelle/{case.number}?liste=beratung").select_one("#punkt-B14")
    assert "Ihr Entwurf vom" in shown.text
    assert not shown.select("form"), "the form is opened with the draft in it"
    assert client.soup("/").select_one("#entwuerfe a")["href"] == ITEM.format(number=case.number)


def test_saving_ends_the_draft(as_user, case):
    client = as_user("agentur")
    keep(client, case, "zuverlässig")
    client.htmx(ITEM.format(number=case.number), {"version": 0, "strengths": "zuverlässig"})
    assert Answer.get().values == {"strengths": "zuverlässig"}
    assert AnswerDraft.select().count() == 0
    assert not client.soup("/").select("#entwuerfe")


def test_somebody_answered_since_so_both_values_are_shown(as_user, case, people):
    keep(as_user("agentur"), case, "mein Entwurf")
    colleague = replace(people("agentur"), account_id=people("verwaltung").account_id)
    answer = AnswerValues(values={"strengths": "andere Angabe"})
    save_answer(dossier(case, TODAY), "B14", answer, seen_version=0, actor=colleague, now=NOW)
    both = form_of(as_user("agentur"), case).select_one("#konflikt-B14").text
    assert "mein Entwurf" in both
    assert "andere Angabe" in both


def test_two_windows_of_one_person_do_not_overwrite_each_other(as_user, case):
    client = as_user("agentur")
    assert keep(client, case, "erstes Fenster").json["version"] == 1
    assert keep(client, case, "zweites Fenster").status_code == 409
    assert keep(client, case, "erstes Fenster, mehr", draft=1).json["version"] == 2
    assert AnswerDraft.get().typed["strengths"] == ["erstes Fenster, mehr"]


@pytest.mark.parametrize("htmx", [True, False])
def test_leaving_without_saving_forgets_the_draft(as_user, case, htmx):
    client = as_user("agentur")
    keep(client, case, "zuverlässig")
    send = client.htmx if htmx else client.post
    response = send(ITEM.format(number=case.number) + "/entwurf/verwerfen", {})
    assert response.status_code == (200 if htmx else 303)
    assert AnswerDraft.select().count() == 0
    if htmx:
        part = BeautifulSoup(response.data, "html.parser")
        assert "Ihr Entwurf" not in part.text
        assert part.select_one("#punkt-B14 .who").text.strip() == "offen"


@pytest.mark.parametrize(("who", "status"), [("jobcenter", 404), ("tholey", 404), ("koordination", 403)])
@pytest.mark.parametrize("path", ["/entwurf", "/entwurf/verwerfen"])
def test_who_does_not_see_the_item_keeps_nothing(as_user, case, who, status, path):
    response = as_user(who).htmx(ITEM.format(number=case.number) + path, {"version": 0, "strengths": "x"})
    assert response.status_code == status
    assert AnswerDraft.select().count() == 0


def test_an_ended_login_gets_the_dialog(as_user, case):
    client = as_user("agentur")
    client.post("/logout", {})
    response = keep(client, case, "zuverlässig")
    assert response.status_code == 401
    assert b"login-dialog" in response.data


def test_a_text_that_is_too_long_is_refused(as_user, case):
    response = keep(as_user("agentur"), case, "x" * 20_001)
    assert response.status_code == 422
    assert AnswerDraft.select().count() == 0


def test_what_was_saved_by_itself_takes_no_focus(as_user, case):
    client = as_user("agentur")
    quiet = client.htmx(ITEM.format(number=case.number), {"version": 0, "strengths": "ja", "by-itself": "1"})
    assert not BeautifulSoup(quiet.data, "html.parser").select("[autofocus]")
    loud = client.htmx(ITEM.format(number=case.number), {"version": 1, "strengths": "ja, sehr"})
    assert BeautifulSoup(loud.data, "html.parser").select("[autofocus]")
    wrong = {"version": 2, "strengths": "x" * 5_000, "by-itself": "1"}
    refused = client.htmx(ITEM.format(number=case.number), wrong)
    assert refused.status_code == 422
    assert not BeautifulSoup(refused.data, "html.parser").select("[autofocus]")


def test_records_are_saved_by_a_deliberate_act_alone(as_user, case):
    page = as_user("tholey").soup(f"/faelle/{case.number}?liste=aufnahme")
    assert page.select_one("#form-A09").has_attr("data-by-itself")
    paper = form_of(as_user("tholey"), case, "/../A05")
    assert paper.select_one("#form-A05") is None or not paper.select_one("#form-A05").has_attr("data-by-itself")
