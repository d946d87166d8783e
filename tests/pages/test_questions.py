"""Questions between two organisations through the pages: asked, answered, closed, seen by nobody else."""

import pytest

from blueprints.shared import access
from models.operations.questions import end_questions
from models.queries.history import latest_entries
from models.queries.timeline import Wish, whole_timeline
from models.rules.states import QuestionState
from models.tables import Case, CaseTask, Event, Evidence, Question
from tests.cast import member_of
from tests.moments import NOW
from tests.pages.cases_cast import case_again, coached, office, soup_of, text_of, version_of
from tests.visit_cast import seen_by

TEXT = "Ist das Papier wirklich bis 2028 gültig?"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _ask(client, case, to="tholey", code="A05", text=TEXT, query=""):
    data = {"to": str(office(to).id), "text": text}
    return client.post(f"/faelle/{case.number}/punkte/{code}/rueckfrage{query}", data)


def _do(client, case, word, **data):
    question = Question.get()
    return client.post(f"/faelle/{case.number}/rueckfragen/{question.id}/{word}", {"version": question.version} | data)


def _offered(client, case, code):
    page = soup_of(client.get(f"/faelle/{case.number}/punkte/{code}/rueckfrage"))
    return {option.text for option in page.select("#to option") if option["value"]}


def test_a_question_is_asked_answered_and_closed_between_two(as_user):
    case = coached()
    agentur, home = as_user("agentur"), as_user("tholey")
    assert soup_of(agentur.get(f"/faelle/{case.number}/punkte/A05")).select_one("#ask-question")
    assert _ask(agentur, case).headers["Location"] == f"/faelle/{case.number}/rueckfragen?getan=gefragt"
    assert "Rückfrage zu Punkt A05 beantworten" in text_of(home.get("/"))
    assert "Antwort auf Ihre Rückfrage zu Punkt A05" in text_of(agentur.get("/?liste=wartet"))
    assert "Rückfrage: Sie sind am Zug" in text_of(home.get(f"/faelle/{case.number}"))
    assert TEXT in text_of(home.get(f"/faelle/{case.number}/rueckfragen"))
    assert TEXT in text_of(home.get(f"/faelle/{case.number}/punkte/A05"))
    assert _do(agentur, case, "antworten", answer="selbst").status_code == 403
    assert _do(home, case, "antworten", answer="Ja, bis 04.04.2028.").status_code == 303
    assert "Rückfrage zu Punkt A05 beantworten" not in text_of(home.get("/"))
    assert "Antwort auf Ihre Rückfrage zu Punkt A05 lesen" in text_of(agentur.get("/"))
    assert "Ja, bis 04.04.2028." in text_of(agentur.get(f"/faelle/{case.number}/rueckfragen"))
    assert _do(home, case, "schliessen").status_code == 403
    assert _do(agentur, case, "schliessen").status_code == 303
    assert not CaseTask.select().where(CaseTask.kind.startswith("question")).exists()
    assert "geschlossen" in text_of(home.get(f"/faelle/{case.number}/rueckfragen"))


def test_nobody_else_learns_of_it(as_user):
    case = coached(street="Am Tor 2")
    assert _offered(as_user("agentur"), case, "A05") >= {"Gemeinde Tholey"}
    _ask(as_user("agentur"), case, code="A05")
    for who, status in (("asyl", 200), ("coach", 200), ("freisen", 404), ("koordination", 403)):
        client = as_user(who)
        assert client.get(f"/faelle/{case.number}/rueckfragen").status_code == status
        assert TEXT not in text_of(client.get(f"/faelle/{case.number}/rueckfragen"))
        assert "Rückfrage zu Punkt" not in text_of(client.get("/"))
        assert _do(client, case, "antworten", answer="x").status_code == (404 if status == 200 else status)
    asyl = as_user("asyl")
    assert "Rückfrage:" not in text_of(asyl.get(f"/faelle/{case.number}"))
    view = seen_by(member_of("agentur"), case)
    assert any("Rückfrage gestellt" in str(entry.what) for entry in latest_entries(view))
    assert not any("Rückfrage" in str(entry.what) for entry in whole_timeline(view, Wish()))


def test_only_who_sees_the_same_is_asked(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    assert "keine andere Stelle" in text_of(agentur.get(f"/faelle/{case.number}/punkte/B04/rueckfrage"))
    assert as_user("tholey").get(f"/faelle/{case.number}/punkte/B04/rueckfrage").status_code == 404
    refused = _ask(agentur, case, to="freisen")
    assert refused.status_code == 422 and "eine Stelle wählen, die diesen Punkt sieht" in text_of(refused)
    assert soup_of(refused).select_one("#text").text.strip() == TEXT
    for text in ("  ", "x" * 1001):
        assert _ask(agentur, case, text=text).status_code == 422
    assert not Question.select().exists()
    assert _ask(agentur, case).status_code == 303
    again = _ask(agentur, case)
    assert again.status_code == 422 and "gibt es schon" in text_of(again)
    empty = _do(as_user("tholey"), case, "antworten", answer=" ")
    assert empty.status_code == 422 and "Bitte etwas schreiben." in text_of(empty)


@pytest.mark.parametrize("way", ["move", "close", "day"])
def test_a_question_ends_with_the_sight_of_one_side(as_user, make_case, way):
    case, agentur, home = make_case(), as_user("agentur"), as_user("tholey")
    _ask(agentur, case)
    if way == "move":
        moved = {"on_day": "20.11.2026", "municipality": "freisen"}
        home.post(f"/faelle/{case.number}/aenderung-melden/gemeindewechsel", version_of(case) | moved)
    elif way == "close":
        ended = {"outcome": "work", "outcome_on": "20.11.2026", "note": ""}
        agentur.post(f"/faelle/{case.number}/abschliessen", version_of(case) | ended)
    else:
        Case.update(municipality=office("freisen")).where(Case.id == case.id).execute()
        assert end_questions(now=NOW) == 1
        assert end_questions(now=NOW) == 0
    question = Question.get()
    assert (question.state, question.ended) == (QuestionState.CLOSED, "case" if way == "close" else "sight")
    assert [row.kind for row in Event.select().where(Event.kind == "question.ended")] == ["question.ended"]
    assert not CaseTask.select().where(CaseTask.kind.startswith("question")).exists()
    assert "beendet" in text_of(agentur.get(f"/faelle/{case.number}/rueckfragen"))
    assert _do(home, case, "antworten", answer="zu spät").status_code == (403 if way == "close" else 404)


def test_evidence_is_asked_about_where_both_see_it(as_user, make_case):
    case, home = make_case(), as_user("tholey")
    home.post(f"/faelle/{case.number}/punkte/A05/vorgelegt", {"seen_on": "20.11.2026", "note": "Reisepass"})
    proof = Evidence.get()
    link = f"/faelle/{case.number}/punkte/A05/rueckfrage?nachweis={proof.id}"
    agentur = as_user("agentur")
    assert link in agentur.get(f"/faelle/{case.number}/punkte/A05").get_data(as_text=True)
    assert _ask(agentur, case, query=f"?nachweis={proof.id}").status_code == 303
    assert Question.get().evidence_id == proof.id
    told = "zum Nachweis: vorgelegt am 20.11.2026, keine Kopie (Reisepass)"
    assert told in text_of(agentur.get(link))
    assert told in text_of(home.get(f"/faelle/{case.number}/rueckfragen"))
    assert agentur.get(f"/faelle/{case.number}/punkte/A04/rueckfrage?nachweis={proof.id}").status_code == 404
    assert case_again(case).version == case.version


def test_a_page_of_an_earlier_login_still_asks_about_the_evidence(as_user, make_case):
    case = make_case()
    as_user("tholey").post(
        f"/faelle/{case.number}/punkte/A05/vorgelegt", {"seen_on": "20.11.2026", "note": "Reisepass"}
    )
    agentur, query = as_user("agentur"), f"?nachweis={Evidence.get().id}"
    place = f"/faelle/{case.number}/punkte/A05/rueckfrage{query}"
    outdated = agentur.post(place, {"to": str(office("tholey").id), "text": TEXT, "csrf_token": "of an earlier login"})
    form = soup_of(outdated).select_one("main form")
    assert (outdated.status_code, form["action"]) == (400, place)
    assert form.select_one("[name=text]")["value"] == TEXT
