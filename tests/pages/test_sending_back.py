"""The intake list goes back to the municipality with a reason, becomes a task there, and comes back."""

import pytest

from models.queries.dossier import dossier
from models.rules.states import ConsentState, ListKey, StageState
from models.tables import Account, Case, CaseStage, CaseTask, Event, StageReturn
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import case_again, coached, taken_over, text_of


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def stage(case: Case, key: ListKey = ListKey.INTAKE) -> CaseStage:
    """A list of the case as it stands."""
    return CaseStage.get(CaseStage.case == case.id, CaseStage.key == key)


def address(case: Case, what: str = "zurueckgeben", word: str = "aufnahme") -> str:
    """Where the act is done."""
    return f"/faelle/{case.number}/listen/{word}/{what}"


def typed(case: Case, **values: object) -> dict[str, object]:
    """The filled form."""
    return {"version": stage(case).version, "reason": "Papier fehlt", "items": ["A05"]} | values


def test_it_becomes_a_task_there_with_links_and_comes_back(as_user, make_case):
    case, agentur, home = make_case(), as_user("agentur"), as_user("tholey")
    assert "An die Gemeinde zurückgeben" in text_of(agentur.get(f"/faelle/{case.number}?liste=aufnahme"))
    assert agentur.post(address(case), data=typed(case)).status_code == 303
    assert stage(case).state == StageState.IN_PROGRESS
    assert "Liste zurückgegeben: Aufnahme – Rahimi, Samira" in text_of(home.get("/?liste=spaeter"))
    assert "Zurückgegebene Liste wird ergänzt: Aufnahme" in text_of(agentur.get("/?liste=wartet"))
    page = home.soup(f"/faelle/{case.number}?liste=aufnahme")
    assert page.select_one("#next-step").get_text(strip=True) == "Zurückgegebene Liste ergänzen"
    box = page.select_one("#liste-zurueck")
    assert "Papier fehlt" in box.get_text() and box.select_one("a")["href"] == "#punkt-A05"
    assert home.post(address(case, "ergaenzt"), data={"version": stage(case).version}).status_code == 303
    assert not CaseTask.select().where(CaseTask.kind == "returned").exists()
    assert dossier(case_again(case), TODAY).stages[ListKey.INTAKE].back is None
    kinds = [event.kind for event in Event.select().where(Event.kind.startswith("stage."))]
    assert kinds == ["stage.returned", "stage.completed"]


def test_finishing_the_list_settles_it(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    CaseStage.update(state=StageState.FINISHED).where(CaseStage.id == stage(case).id).execute()
    agentur.post(address(case), data=typed(case))
    assert stage(case).state == StageState.IN_PROGRESS, "a finished list opens again"
    assert StageReturn.get().settled_at is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": " "}, "Bitte einen Grund angeben."),
        ({"reason": "x" * 501}, ""),
        ({"items": ["Z99"]}, "Wählen Sie Punkte dieser Liste."),
        ({"items": ["B02"]}, "Wählen Sie Punkte dieser Liste."),
    ],
)
def test_bad_input_gets_its_sentence_and_changes_nothing(as_user, make_case, wrong, sentence):
    case = make_case()
    before = stage(case).version
    answer = as_user("agentur").post(address(case), data=typed(case, **wrong))
    assert answer.status_code == 422 and sentence in answer.text
    assert StageReturn.select().count() == 0 and stage(case).version == before


def test_a_second_click_and_a_stale_page_change_nothing(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    form = typed(case)
    assert client.post(address(case), data=form).status_code == 303
    stale = client.post(address(case), data=form | {"reason": "Noch etwas"})
    assert stale.status_code == 409 and "Noch etwas" in stale.text
    again = client.post(address(case), data=typed(case))
    assert again.status_code == 422 and "schon zurückgegeben" in again.text
    assert StageReturn.select().count() == 1
    home = as_user("tholey")
    seen = {"version": stage(case).version}
    assert home.post(address(case, "ergaenzt"), data=seen).status_code == 303
    assert home.post(address(case, "ergaenzt"), data=seen).status_code == 409
    assert home.post(address(case, "ergaenzt"), data={"version": stage(case).version}).status_code == 422


def test_who_may_not(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    assert as_user("tholey").post(address(case), data=typed(case)).status_code == 403
    assert as_user("marpingen").post(address(case), data=typed(case)).status_code == 404
    assert as_user("asyl").get(address(case)).status_code == 403
    assert agentur.get(address(case, word="beratung")).status_code == 403
    assert agentur.get(address(case, word="unsinn")).status_code == 404
    assert agentur.post(address(case, "ergaenzt"), data={"version": stage(case).version}).status_code == 403
    assert StageReturn.select().count() == 0


def test_nobody_sends_to_a_municipality_without_an_account(as_user, make_case):
    case = make_case()
    Account.update(state="locked").where(Account.username == "user.tholey").execute()
    assert as_user("agentur").post(address(case), data=typed(case)).status_code == 403
    assert StageReturn.select().count() == 0


def test_the_coach_gets_her_points_of_the_counselling_back(as_user):
    case, agentur, coach = coached(ConsentState.GRANTED), as_user("agentur"), as_user("coach")
    form = typed(case, items=["B26"], version=stage(case, ListKey.COUNSELLING).version)
    assert "An den Coach zurückgeben" in text_of(agentur.get(f"/faelle/{case.number}?liste=beratung"))
    assert agentur.post(address(case, word="beratung"), data=form).status_code == 303
    assert "Liste zurückgegeben: Beratung" in text_of(coach.get("/?liste=spaeter"))
    assert coach.soup(f"/faelle/{case.number}?liste=beratung").select_one("#ergaenzt")
    done = {"version": stage(case, ListKey.COUNSELLING).version}
    assert as_user("tholey").post(address(case, "ergaenzt", "beratung"), data=done).status_code in (403, 404)
    assert coach.post(address(case, "ergaenzt", "beratung"), data=done).status_code == 303
    assert StageReturn.get().settled_at is not None


def test_where_several_hold_items_one_is_chosen_and_gets_only_hers(as_user):
    case, agentur = coached(ConsentState.GRANTED), as_user("agentur")
    Case.update(receives_asylblg=True).where(Case.id == case.id).execute()
    page = agentur.soup(address(case, word="kurszuweisung"))
    assert [one["value"] for one in page.select("[name=to]")] == ["coach", "asylblg"]
    form = typed(case, items=["K03"], version=stage(case, ListKey.COURSES).version)
    assert agentur.post(address(case, word="kurszuweisung"), data=form).status_code == 422, "nobody was chosen"
    wrong = agentur.post(address(case, word="kurszuweisung"), data=form | {"to": "coach"})
    assert wrong.status_code == 422 and "die diese Stelle beantwortet" in text_of(wrong)
    assert agentur.post(address(case, word="kurszuweisung"), data=form | {"to": "provider"}).status_code == 422
    assert agentur.post(address(case, word="kurszuweisung"), data=form | {"to": "asylblg"}).status_code == 303
    assert "Liste zurückgegeben: Kurszuweisung" in text_of(as_user("asyl").get("/?liste=spaeter"))
    assert "zurückgegeben" not in text_of(as_user("coach").get("/?liste=spaeter"))


def test_the_jobcenter_has_nothing_to_send_to_the_asylblg_unit(as_user):
    case = taken_over()
    Case.update(receives_asylblg=True).where(Case.id == case.id).execute()
    jobcenter = as_user("jobcenter")
    assert not jobcenter.soup(f"/faelle/{case.number}?liste=kurszuweisung").select("#zurueckgeben")
    assert jobcenter.get(address(case, word="kurszuweisung")).status_code == 403


def test_nothing_goes_to_a_coach_who_sees_none_of_it(as_user):
    case = coached()
    assert as_user("agentur").get(address(case, word="beratung")).status_code == 403
