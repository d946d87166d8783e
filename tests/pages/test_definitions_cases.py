"""What a newer version means for running cases: a notice, one click, and no answer is lost."""

import json

import pytest

from models.operations import checklist_drafts as drafts
from models.queries.checklist_editing import draft_of
from models.rules.states import ConsentState
from models.tables import Answer, CaseStage, ChecklistDefinition, Event
from tests.cast import member_of
from tests.files_cast import picture
from tests.handover_cast import ready_case
from tests.moments import NOW
from tests.pages.cases_cast import coached, soup_of, taken_over, text_of
from tests.pages.test_definitions import NEW
from tests.pages.test_evidence import upload

ITEM = {"text": "Schlüssel übergeben", "help": "Damit die Wohnung bezogen werden kann.", "level": "recommended",
        "roles": ["municipality"]}  # fmt: skip


def who():
    return {"actor": member_of("verwaltung"), "now": NOW}


def publish(*steps, key="intake"):
    """Publish a version that these steps make; returns the id of its row."""
    drafts.begin_draft(key, **who())
    for step in steps:
        step(key, seen_version=draft_of(key).version, **who())
    draft = draft_of(key)
    version = drafts.publish_draft(key, draft.token, seen_version=draft.version, **who())
    return ChecklistDefinition.get(key=key, version=version).id


def added(key, **more):
    drafts.add_item(key, ITEM, **more)


def retired(code):
    return lambda key, **more: drafts.retire_item(key, code, **more)


def restored(code):
    return lambda key, **more: drafts.restore_item(key, code, **more)


def stage_of(case, key="intake"):
    return CaseStage.get(CaseStage.case == case.id, CaseStage.key == key)


def adopt(client, case, word="aufnahme", **changes):
    stage = stage_of(case)
    latest = ChecklistDefinition.select().where(ChecklistDefinition.key == "intake").order_by(
        ChecklistDefinition.version.desc()
    )  # fmt: skip
    data = {"version": stage.version, "definition": latest.first().id} | changes
    return client.post(f"/faelle/{case.number}/listen/{word}/fassung", data)


def answered(client, case, code="A09", **values):
    response = client.post(f"/faelle/{case.number}/punkte/{code}", {"version": 0} | values)
    assert response.status_code == 303


def test_the_case_says_what_a_new_version_changes_and_adopts_it_with_one_click(as_user, make_case):
    case = make_case()
    client = as_user("tholey")
    address = f"/faelle/{case.number}?liste=aufnahme"
    assert not client.soup(address).select("#liste-fassung")
    new = publish(added, added, retired("A09"))
    notice = client.soup(address).select_one("#liste-fassung")
    assert "Neue Fassung der Liste Aufnahme: 2 Punkte kommen hinzu, 1 entfällt" in notice.text
    assert "entfällt: Beim Einwohnermeldeamt angemeldet am" in notice.text
    assert "Schlüssel übergeben" not in client.soup(address).select_one(".checklist__items").text
    assert adopt(client, case).status_code == 303
    page = client.soup(address)
    assert not page.select("#liste-fassung")
    assert page.select_one(f"#punkt-{NEW}") and "Schlüssel übergeben" in page.text and not page.select("#punkt-A09")
    assert stage_of(case).definition_id == new
    event = Event.select().where(Event.kind == "stage.adopted").get()
    assert event.case_id == case.id
    assert json.loads(event.data)["version"] == 2
    history = text_of(as_user("agentur").get(f"/faelle/{case.number}/verlauf"))
    assert "Aufnahme: Fassung 2 übernommen (2 Punkte kommen hinzu, 1 entfällt)" in history


def test_a_double_click_adopts_once_and_an_old_page_changes_nothing(as_user, make_case):
    case = make_case()
    client = as_user("tholey")
    first = publish(added)
    seen = {"version": stage_of(case).version, "definition": first}
    for _click in range(2):
        assert adopt(client, case, **seen).status_code == 303
    assert Event.select().where(Event.kind == "stage.adopted").count() == 1
    publish(added)
    assert adopt(client, case, **seen).status_code == 303, "nothing happens: it is that version already"
    assert adopt(client, case, version=1).status_code == 409
    assert adopt(client, case, definition=1).status_code == 409, "not the newest version"
    assert adopt(client, case, definition=999).status_code == 409
    assert stage_of(case).definition_id == first


def test_only_who_leads_the_list_adopts_and_never_a_finished_one(as_user, make_case):
    case = make_case()
    publish(added)
    for key in ("coach", "jobcenter"):
        assert adopt(as_user(key), case).status_code == 404
    assert adopt(as_user("asyl"), case).status_code == 403
    assert adopt(as_user("verwaltung"), case).status_code == 403, "the administrator has no part in cases"
    assert adopt(as_user("agentur"), case, word="nichts").status_code == 404
    CaseStage.update(state="finished", finished_on=NOW.date()).where(CaseStage.id == stage_of(case).id).execute()
    client = as_user("tholey")
    assert not client.soup(f"/faelle/{case.number}?liste=aufnahme").select("#liste-fassung")
    response = adopt(client, case)
    assert response.status_code == 422 and "schon abgeschlossen" in text_of(response)
    assert stage_of(case).definition.version == 1


def test_answers_to_a_dropped_item_stay_readable_and_come_back_with_it(as_user, make_case):
    case = make_case()
    client = as_user("tholey")
    address = f"/faelle/{case.number}?liste=aufnahme"
    answered(client, case, registered_on="02.11.2026")
    before = Answer.get(Answer.case == case.id, Answer.item == "A09")
    publish(retired("A09"))
    assert client.soup(address).select_one("#punkt-A09 .item__value"), "as long as the case keeps its version"
    adopt(client, case)
    page = client.soup(address)
    gone = page.select_one("#liste-entfallen")
    assert "Angabe, nach der nicht mehr gefragt wird" in gone.text
    assert "Beim Einwohnermeldeamt angemeldet am: 02.11.2026" in gone.text and "Muster Tholey" in gone.text
    history = text_of(as_user("agentur").get(f"/faelle/{case.number}/verlauf"))
    assert "Beim Einwohnermeldeamt angemeldet am: 02.11.2026" in history
    after = Answer.get(Answer.case == case.id, Answer.item == "A09")
    assert (after.values, after.version) == (before.values, before.version)
    publish(restored("A09"))
    adopt(client, case)
    page = client.soup(address)
    assert "02.11.2026" in page.select_one("#punkt-A09 .item__value").text
    assert not page.select("#liste-entfallen")


def test_an_answer_to_an_item_that_the_version_does_not_ask_is_refused_with_a_sentence(as_user, make_case):
    old = make_case()
    client = as_user("tholey")
    publish(added, retired("A09"))
    new = make_case()
    for case, code in ((old, NEW), (new, "A09")):
        at = f"/faelle/{case.number}/punkte/{code}"
        for response in (client.post(at, {"version": 0, "done": "yes"}), client.get(at),
                         client.htmx(at, {"version": 0, "registered_on": "1.11.2026"})):  # fmt: skip
            assert response.status_code == 422
            assert "Diesen Punkt fragt die Fassung der Liste „Aufnahme“ in diesem Fall nicht." in text_of(response)
    assert not Answer.select().where(Answer.item.in_([NEW, "A09"])).count()
    assert client.post(f"/faelle/{old.number}/punkte/A77", {"version": 0}).status_code == 404, "no list ever had it"
    stranger = as_user("coach")
    assert stranger.post(f"/faelle/{old.number}/punkte/{NEW}", {"version": 0, "done": "yes"}).status_code == 404
    assert client.post(f"/faelle/{old.number}/punkte/B26", {"version": 0}).status_code in (403, 404), "not her list"


def test_a_condition_on_an_item_of_another_version_stays_open_and_faults_nothing(as_user, make_case):
    case = make_case()
    publish(
        lambda key, **more: drafts.change_condition(key, "B23", None, "", **more),
        lambda key, **more: drafts.change_item(key, "B01", {"text": "Termin vereinbart"}, **more),
        key="counselling",
    )
    publish(
        lambda key, **more: drafts.change_item(key, "A13", {"text": "Verständigung"}, **more),
        added,
    )
    client = as_user("agentur")
    for word in ("aufnahme", "beratung", "kurszuweisung", "uebergabe"):
        assert client.get(f"/faelle/{case.number}?liste={word}").status_code == 200
    notice = client.soup(f"/faelle/{case.number}?liste=beratung").select_one("#liste-fassung")
    assert "Text: „" in notice.text and "wird „Termin vereinbart“." in notice.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_case_that_was_taken_over_survives_new_versions(as_user):
    case = taken_over()
    publish(retired("A09"), added)
    for key in ("jobcenter", "agentur"):
        assert as_user(key).get(f"/faelle/{case.number}").status_code == 200
    assert soup_of(as_user("jobcenter").get(f"/faelle/{case.number}")).select_one("h1")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_handover_is_prepared_after_an_answered_item_was_dropped(as_user):
    case, _handover = ready_case()
    publish(retired("B14"), key="counselling")
    client = as_user("agentur")
    stage, newest = stage_of(case, "counselling"), ChecklistDefinition.get(key="counselling", version=2).id
    data = {"version": stage.version, "definition": newest}
    assert client.post(f"/faelle/{case.number}/listen/beratung/fassung", data).status_code == 303
    page = client.soup(f"/faelle/{case.number}?liste=beratung")
    assert "genau" in page.select_one("#liste-entfallen").text
    there = client.get(f"/faelle/{case.number}/uebergabe").headers["Location"]
    for address in (there, f"{there}/vorschau.pdf"):
        assert client.get(address).status_code == 200, address


def test_the_coach_adopts_her_own_list(as_user, make_case):
    case = coached(ConsentState.GRANTED)
    publish(lambda key, **more: drafts.add_item(key, ITEM | {"roles": ["coach"]}, **more), key="coach")
    client = as_user("coach")
    assert client.soup(f"/faelle/{case.number}?liste=coach").select_one("#liste-fassung")
    stage, newest = stage_of(case, "coach"), ChecklistDefinition.get(key="coach", version=2).id
    data = {"version": stage.version, "definition": newest}
    assert client.post(f"/faelle/{case.number}/listen/coach/fassung", data).status_code == 303
    assert ITEM["text"] in client.soup(f"/faelle/{case.number}?liste=coach").select_one(".checklist__items").text


def test_evidence_of_a_dropped_item_stays_readable_for_who_sees_the_item(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    assert upload(client, case, picture("PNG"), "scan.png", code="A09").status_code == 303
    publish(retired("A09"))
    adopt(client, case)
    link = client.soup(f"/faelle/{case.number}?liste=aufnahme").select_one("#liste-entfallen a[href*='/dateien/']")
    assert client.get(link["href"]).status_code == 200
    assert as_user("agentur").get(link["href"]).status_code == 200
    for stranger in ("coach", "jobcenter", "marpingen"):
        assert as_user(stranger).get(link["href"]).status_code == 404
