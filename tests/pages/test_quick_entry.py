"""A printed list typed in at one go: rows of their own, conflicts, versions of the paper, the scan."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from models.base import db
from models.queries.definitions import _read
from models.rules.states import ConsentState
from models.tables import Answer, Case, CaseStage, ChecklistDefinition, Event, Evidence, Person
from tests.files_cast import ZIP, multipart, pdf
from tests.moments import TODAY
from tests.pages.cases_cast import coached, soup_of, text_of


def address(case: Case, word: str = "coach", version: int = 1) -> str:
    return f"/faelle/{case.number}/papier/{word}/{version}"


def values(form: Tag) -> dict[str, list[str]]:
    """What a browser would post of a form as it stands."""
    typed: dict[str, list[str]] = {}
    for control in form.select("[name]"):
        name = str(control["name"])
        if control.name == "select":
            typed[name] = [str(one["value"]) for one in control.select("option[selected]")] or [""]
        elif control.get("type") in ("checkbox", "radio"):
            typed.setdefault(name, []).extend([str(control["value"])] if control.has_attr("checked") else [])
        else:
            typed[name] = [control.text if control.name == "textarea" else str(control.get("value", ""))]
    return typed


def opened(client: Any, case: Case, word: str = "coach", version: int = 1) -> dict[str, list[str]]:
    return values(client.soup(address(case, word, version)).select_one("#schnell-form"))


def post(client: Any, case: Case, typed: dict[str, Any], word: str = "coach", *, htmx: bool = False) -> Any:
    return (client.htmx if htmx else client.post)(address(case, word), typed)


def answered() -> dict[str, Any]:
    return {row.item: row.values for row in Answer.select()}


@pytest.fixture
def case(app) -> Case:
    return coached(ConsentState.GRANTED)


PAPER = {
    "C02.contact_on": "20.11.2026", "C02.way": "PHONE", "C04.explained": "yes", "C10.keyword": "Pflege",
    "C13.reminded": "yes",
}  # fmt: skip


def test_all_items_of_the_list_stand_in_one_form(as_user, case):
    page = as_user("coach").soup(address(case))
    assert [row["id"] for row in page.select(".quick__row")] == [f"punkt-C{number:02}" for number in range(1, 24)]
    form = page.select_one("#schnell-form")
    assert (form["method"], form["action"], form["hx-target"]) == ("post", address(case), "#schnell")
    assert form.select_one("[name='C02.contact_on']")["id"] == "C02-contact_on"
    assert page.select_one("label[for=C04-explained]").text == "C04 Ziel des Coachings erklärt, freiwillig"
    assert "123456789012" not in page.text


def keys(page: BeautifulSoup, code: str) -> list[str]:
    return [str(field["name"]) for field in page.select(f"#punkt-{code} [name]")]


@pytest.mark.parametrize("htmx", [True, False])
def test_one_post_saves_every_changed_item_on_its_own(as_user, case, htmx):
    client = as_user("coach")
    typed = opened(client, case)
    chosen = {name: text for name, text in PAPER.items() if name in typed}
    assert len(chosen) >= 4, sorted(typed)
    response = post(client, case, typed | chosen, htmx=htmx)
    assert response.status_code == 200
    part = soup_of(response)
    assert bool(part.select("html")) is not htmx
    assert f"{len({name[:3] for name in chosen})} Punkte gespeichert" in part.text
    assert "gespeichert: " in part.select_one("#punkt-C02").text and "20.11.2026" in part.select_one("#punkt-C02").text
    assert set(answered()) == {name[:3] for name in chosen}, "untouched items are left alone"
    assert Event.select().where(Event.kind == "answer.saved").count() == len(answered())


def test_nothing_changed_saves_nothing(as_user, case):
    client = as_user("coach")
    response = post(client, case, opened(client, case))
    assert response.status_code == 200 and "Es war nichts zu ändern." in response.text
    assert not Answer.select().exists()


def test_a_double_click_saves_once(as_user, case):
    client = as_user("coach")
    typed = opened(client, case) | {"C02.contact_on": "2.11.2026", "C02.way": "PHONE"}
    assert post(client, case, typed).status_code == 200
    again = post(client, case, typed)
    assert again.status_code == 200 and "nichts zu ändern" in again.text
    assert Event.select().where(Event.kind == "answer.saved").count() == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_an_error_at_one_field_holds_up_no_other_row(as_user, case, htmx):
    client = as_user("coach")
    wrong = {"C02.contact_on": "31.13.2026", "C04.explained": "yes"}
    response = post(client, case, opened(client, case) | wrong, htmx=htmx)
    assert response.status_code == 422
    part = soup_of(response)
    assert part.select_one("#C02-contact_on")["value"] == "31.13.2026", "what was typed stays"
    assert "TT.MM.JJJJ" in part.select_one("#C02-contact_on-error").text
    assert part.select_one("#error-summary a")["href"] == "#C02-contact_on"
    assert "1 Punkt gespeichert, 1 bitte prüfen" in part.select_one("#error-summary").text
    assert set(answered()) == {"C04"}
    right = values(part.select_one("#schnell-form")) | {"C02.contact_on": "20.11.2026"}
    assert post(client, case, right, htmx=htmx).status_code == 200
    assert set(answered()) == {"C02", "C04"}


@pytest.mark.parametrize("htmx", [True, False])
def test_a_conflict_shows_both_values_and_saves_the_rest(as_user, case, htmx):
    client = as_user("coach")
    typed = opened(client, case)
    first = {"version": 0, "contact_on": "19.11.2026"}
    assert client.post(f"/faelle/{case.number}/punkte/C02", first).status_code == 303
    mine = typed | {"C02.contact_on": "20.11.2026", "C04.explained": "yes"}
    response = post(client, case, mine, htmx=htmx)
    assert response.status_code == 409
    part = soup_of(response)
    both = part.select_one("#konflikt-C02 .app-conflict").text
    assert "20.11.2026" in both and "19.11.2026" in both
    assert answered()["C02"]["contact_on"] == "2026-11-19" and "C04" in answered()
    form = values(part.select_one("#schnell-form"))
    kept = post(client, case, form | {"C02.keep": "1"}, htmx=htmx)
    assert kept.status_code == 200 and "behalten" in soup_of(kept).select_one("#punkt-C02").text
    assert answered()["C02"]["contact_on"] == "2026-11-19"
    assert post(client, case, form, htmx=htmx).status_code == 200
    assert answered()["C02"]["contact_on"] == "2026-11-20"


def test_who_touched_nothing_has_no_conflict(as_user, case):
    client = as_user("coach")
    typed = opened(client, case)
    client.post(f"/faelle/{case.number}/punkte/C02", {"version": 0, "contact_on": "19.11.2026"})
    assert post(client, case, typed | {"C04.explained": "yes"}).status_code == 200
    assert answered()["C02"]["contact_on"] == "2026-11-19"


def test_note_and_reason_of_a_missing_value_survive(as_user, case):
    client = as_user("coach")
    item = f"/faelle/{case.number}/punkte/C02"
    client.post(item, {"version": 0, "contact_on-missing": "unknown", "answer-note": "am Aushang gefragt"})
    response = post(client, case, opened(client, case) | {"C02.way": "PHONE"})
    assert response.status_code == 200
    row = Answer.get(Answer.item == "C02")
    assert row.note == "am Aushang gefragt"
    assert row.values == {"contact_on": {"missing": "unknown"}, "way": "PHONE"}


def test_values_of_the_person_in_two_items_are_both_saved(as_user, make_case):
    case, client = make_case(phone="0160 1", changes={"coach_reported_on": TODAY}), as_user("tholey")
    typed = opened(client, case, "aufnahme")
    assert typed["A12.phone"] == ["0160 1"]
    assert typed["A12.version"] == typed["A13.version"] == [str(Person.get_by_id(case.person_id).version)]
    mother = next(name for name in typed if name.startswith("A13.mother"))
    response = post(client, case, typed | {"A12.phone": "0170 2", mother: "prs"}, "aufnahme")
    assert response.status_code == 200, text_of(response)
    person = Person.get_by_id(case.person_id)
    assert (person.phone, person.mother_tongue) == ("0170 2", "prs")


def test_items_of_others_are_shown_and_not_taken(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    page = client.soup(address(case, "aufnahme"))
    assert page.select_one("[data-when^='A']"), "a field that depends on another names it as this form does"
    assert not keys(page, "A21") and page.select_one("#punkt-A21")
    forged = opened(client, case, "aufnahme") | {"A21.version": "0", "A21.shown": "", "A21.held_on": "20.11.2026"}
    assert post(client, case, forged, "aufnahme").status_code == 200
    assert "A21" not in answered()


def test_an_item_that_an_earlier_row_frees_is_saved_with_it(as_user, case):
    client = as_user("coach")
    typed = opened(client, case)
    missed = {"C11.appointment_on": "20.11.2026", "C14.attended": "no", "C15.reason": "TRAVEL"}
    known = {name: text for name, text in missed.items() if name in typed}
    assert len(known) == 3, sorted(name for name in typed if name[:3] in ("C11", "C14", "C15"))
    response = post(client, case, typed | known)
    assert response.status_code == 200, text_of(response)[:600]
    assert {"C11", "C14", "C15"} <= set(answered())


def test_the_end_of_the_coaching_is_saved_last_and_leads_out(as_user, case):
    Case.update(coach_reported_on=date(2026, 11, 2)).where(Case.id == case.id).execute()
    client = as_user("coach")
    typed = opened(client, case)
    open_points = next(name for name in typed if name.startswith("C23.") and name[4:] not in ("version", "shown"))
    response = post(client, case, typed | {"C22.ended_on": "20.11.2026", open_points: "Kita fragen"})
    assert response.headers["Location"] == "/faelle/"
    assert {"C22", "C23"} <= set(answered())


def test_before_the_consent_there_are_five_points(as_user):
    case = coached()
    page = as_user("coach").soup(address(case))
    assert [row["id"] for row in page.select(".quick__row")] == [f"punkt-C{number:02}" for number in range(1, 6)]


def test_strangers_other_roles_and_unknown_papers(as_user, case, make_case):
    coach = as_user("coach")
    assert coach.get(address(make_case())).status_code == 404
    assert coach.post(address(make_case()), {}).status_code == 404
    assert as_user("freisen").get(address(case, "aufnahme")).status_code == 404
    assert as_user("agentur").get(address(case)).status_code == 404, "the list of the coach is hers"
    assert as_user("verwaltung").get(address(case)).status_code == 403
    for wrong in (address(case, "nichts"), address(case, version=2), address(case) + "9"):
        assert coach.get(wrong).status_code == 404, wrong


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_code_leads_to_the_login_and_back(app, case):
    response = app.test_client().get(address(case))
    assert response.status_code == 302
    assert response.headers["Location"] == f"/login?target={address(case)}"


def test_a_finished_list_says_so_and_takes_nothing(as_user, case):
    client = as_user("coach")
    typed = opened(client, case)
    CaseStage.update(state="finished", finished_on=TODAY).where(CaseStage.case == case.id).execute()
    page = client.soup(address(case))
    assert "Die Liste ist abgeschlossen." in page.select_one("#schnell-zu").text
    assert not page.select("#schnell-los")
    response = post(client, case, typed | {"C04.explained": "yes"})
    assert response.status_code == 422 and not Answer.select().exists()


def newer_version(case: Case) -> None:
    """The case works with version 2 of the list: C13 is gone, C24 is new."""
    old = ChecklistDefinition.get(ChecklistDefinition.key == "coach")
    content = json.loads(json.dumps(old.content))
    content["version"] = 2
    content["items"] = [item for item in content["items"] if item["code"] != "C13"]
    new = {**content["items"][0], "code": "C24", "text": "Nur in der neuen Fassung", "fields": [
        {"key": "done", "kind": "tick"}]}  # fmt: skip
    new.pop("from", None)
    content["items"].append(new)
    with db.atomic():
        row = ChecklistDefinition.create(key="coach", version=2, title=old.title, content=content, published_at="")
        stage = (CaseStage.case == case.id) & (CaseStage.key == "coach")
        CaseStage.update(definition=row.id).where(stage).execute()
    _read.cache_clear()


def test_an_older_paper_says_so_and_still_maps_its_points(as_user, case):
    newer_version(case)
    client = as_user("coach")
    page = client.soup(address(case))
    told = " ".join(page.select_one("#andere-fassung").text.split())
    assert "Das Papier ist Fassung 1, der Fall arbeitet mit Fassung 2." in told
    assert "C13 Erinnerung 1 Tag vorher" in told and "C24 Nur in der neuen Fassung" in told
    typed = values(page.select_one("#schnell-form")) | {"C02.contact_on": "20.11.2026"}
    assert post(client, case, typed).status_code == 200
    assert answered()["C02"]["contact_on"] == "2026-11-20"
    assert not client.soup(address(case, version=2)).select("#andere-fassung")


def scan(
    client: Any, case: Case, content: bytes, name: str = "scan.pdf", *, htmx: bool = False, version: int = 1
) -> Any:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
    body = multipart(content, name, csrf_token=client.token())
    return client.open(address(case) + "/scan", method="POST", headers=headers, **body)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_scan_is_kept_with_list_and_version_and_shown_in_the_case(as_user, case, htmx):
    client = as_user("coach")
    response = scan(client, case, pdf(), htmx=htmx)
    assert response.status_code == 200
    assert "Papier der Fassung 1: PDF" in text_of(response) and not soup_of(response).select("#schnell")
    row = Evidence.get()
    assert (row.list, row.item, row.kind, row.paper_version) == ("coach", "", "scan", 1)
    page = client.soup(f"/faelle/{case.number}")
    link = page.select_one("aside a[href*='/dateien/']")
    assert "Checkliste Beschäftigungscoach, Papier der Fassung 1" in link.text
    assert client.get(link["href"]).data == pdf()
    assert as_user("tholey").get(link["href"]).status_code == 404
    assert as_user("agentur").get(link["href"]).status_code == 404
    bad = scan(client, case, ZIP, htmx=htmx)
    assert bad.status_code == 422 and "kein PDF und kein Bild" in text_of(bad)
    assert scan(client, case, pdf(), htmx=htmx).status_code == 422
    assert Evidence.select().count() == 1


def test_a_scan_is_removed_with_a_reason(as_user, case):
    client = as_user("coach")
    scan(client, case, pdf())
    place = f"{address(case)}/scan/{Evidence.get().id}/entfernen"
    assert client.post(place, {"version": 1, "reason": ""}).status_code == 422
    assert client.post(place, {"version": 1, "reason": "falscher Fall"}).status_code == 200
    assert not client.soup(address(case)).select(".evidence__row")


def test_every_link_of_the_page_leads_somewhere(as_user, case):
    client = as_user("coach")
    for link in client.soup(address(case)).select("main a[href^='/']"):
        assert client.get(link["href"].split("#")[0]).status_code == 200, link["href"]


def test_the_page_of_the_case_leads_to_it(as_user, case):
    page = as_user("coach").soup(f"/faelle/{case.number}")
    assert page.select_one("#vom-papier")["href"] == address(case)
