"""Conferences about a case: only with a right to the case, only while it lasts; decisions become Wiedervorlagen."""

from datetime import timedelta

import pytest

from models.operations.erasure import erase_case
from models.rules.roles import SYSTEM
from models.rules.states import ConsentState
from models.tables import CaseConference, ConferenceTopic, Event, FollowUp
from tests.cast import make_case
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import case_again, coached, soup_of, text_of
from tests.workgroup_cast import ids_of

LATER = f"{TODAY + timedelta(days=10):%d.%m.%Y}"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def begun(*keys, **more):
    """The filled form of a conference with these organisations."""
    return {"token": "c1", "held_on": f"{TODAY:%d.%m.%Y}", "parties": ids_of(*keys)} | more


def topic(owner="", **more):
    """The filled form of a topic, with a decision where there is an ``owner``."""
    said = {"version": 0, "token": "t1", "topic": "Sprachkurs", "said": "Der Bus fährt zu spät."}
    decided = {"decision": "Kurs am Abend suchen", "owner": ids_of(owner)[0], "due_on": LATER} if owner else {}
    return said | decided | more


def test_a_decision_becomes_a_task_of_its_owner_and_shows_when_it_is_done(as_user):
    case = make_case()
    agentur, tholey = as_user("agentur"), as_user("tholey")
    here = f"/faelle/{case.number}/fallbesprechungen"
    page = agentur.get(f"{here}/neu").get_data(as_text=True)
    assert "Gemeinde Tholey</label>" in page  # "St. Wendel" alone may be the town or the county
    assert "Beschäftigungscoach</label>" not in page  # no consent E1, so no right to the case
    wish = begun("agentur", "tholey")
    place = agentur.post(f"{here}/neu", data=wish).headers["Location"].partition("?")[0]
    assert agentur.post(f"{here}/neu", data=wish).headers["Location"].startswith(place)  # a double click
    assert tholey.post(place, data=topic("tholey")).status_code == 303
    assert tholey.post(place, data=topic("tholey")).status_code == 303
    (task,) = FollowUp.select()
    assert (task.organisation_id, task.due_on) == (ids_of("tholey")[0], TODAY + timedelta(days=10))
    assert "Fallbesprechung 23.11.2026: Kurs am Abend suchen" in text_of(tholey.get("/"))
    assert "Kurs am Abend suchen" not in text_of(agentur.get("/"))
    FollowUp.update(state="done").where(FollowUp.id == task.id).execute()
    assert "erledigt" in text_of(agentur.get(place))
    assert agentur.get(f"{place}/fallbesprechung.pdf").mimetype == "application/pdf"
    told = Event.select().where(Event.kind.startswith("conference."))
    assert [row.kind for row in told] == ["conference.begun", "conference.topic"]
    assert "Bus" not in "".join(str(row.data) for row in told)


def test_only_organisations_with_a_right_to_the_case_take_part_and_read(as_user):
    case = coached(ConsentState.GRANTED)
    here = f"/faelle/{case.number}/fallbesprechungen"
    agentur, coach = as_user("agentur"), as_user("coach")
    stranger = agentur.post(f"{here}/neu", data=begun("agentur", "jobcenter"))
    assert stranger.status_code == 422 and "kein Recht an diesem Fall" in text_of(stranger)
    assert "wenigstens eine andere" in text_of(agentur.post(f"{here}/neu", data=begun("agentur")))
    place = agentur.post(f"{here}/neu", data=begun("agentur", "coach")).headers["Location"].partition("?")[0]
    assert coach.get(place).status_code == 200
    assert as_user("tholey").get(place).status_code == 404  # sees the case, did not take part
    assert as_user("tholey").get(f"{place}/fallbesprechung.pdf").status_code == 404
    assert as_user("marpingen").get(place).status_code == 404
    assert as_user("jobcenter").get(here).status_code == 404
    assert as_user("koordination").get(here).status_code == 403
    type(case).update(coach_consent=ConsentState.WITHDRAWN).where(type(case).id == case.id).execute()
    assert coach.get(place).status_code == 404
    gone = agentur.post(place, data=topic("coach"))
    assert gone.status_code == 422 and "den Fall noch sieht" in text_of(gone) and "Der Bus fährt" in text_of(gone)


def test_functions_without_a_tick_are_asked_about_and_stay(as_user):
    case, agentur = make_case(), as_user("agentur")
    (tholey,) = ids_of("tholey")
    wish = begun("agentur", "asyl") | {f"functions-{tholey}": "Teamleitung"}
    answer = agentur.post(f"/faelle/{case.number}/fallbesprechungen/neu", data=wish)
    assert answer.status_code == 422 and "ist aber nicht angekreuzt: War die Stelle dabei?" in text_of(answer)
    assert soup_of(answer).select_one(f"#functions-{tholey}")["value"] == "Teamleitung"
    assert not CaseConference.select().exists()


def test_a_decision_without_owner_and_a_stale_version_lose_nothing(as_user):
    case = make_case()
    here, agentur = f"/faelle/{case.number}/fallbesprechungen", as_user("agentur")
    place = agentur.post(f"{here}/neu", data=begun("agentur", "tholey")).headers["Location"].partition("?")[0]
    nobody = agentur.post(place, data=topic(decision="Kurs am Abend suchen"))
    assert nobody.status_code == 422 and "Wer macht das?" in text_of(nobody) and "Bis wann?" in text_of(nobody)
    assert not ConferenceTopic.select().exists()
    azr = agentur.post(place, data=topic(said="AZR 123456789012"))
    assert azr.status_code == 422 and "AZR-Nummer" in text_of(azr)
    agentur.post(place, data=topic("tholey"))
    row = ConferenceTopic.get()
    change = f"{place}/themen/{row.id}"
    assert agentur.post(change, data=topic("agentur", version=1)).status_code == 303
    (task,) = FollowUp.select()
    assert task.organisation_id == ids_of("agentur")[0]
    late = agentur.post(change, data=topic("tholey", version=1, said="Anders erinnert"))
    assert late.status_code == 409 and "Anders erinnert" in text_of(late) and "Der Bus fährt" in text_of(late)


def test_one_begun_by_mistake_is_taken_back_as_long_as_it_is_empty(as_user):
    case = make_case()
    here, agentur, tholey = f"/faelle/{case.number}/fallbesprechungen", as_user("agentur"), as_user("tholey")
    place = agentur.post(f"{here}/neu", data=begun("agentur", "tholey")).headers["Location"].partition("?")[0]
    assert not tholey.soup(place).select("#conference-drop")
    assert tholey.post(f"{place}/verwerfen").status_code == 403
    assert agentur.soup(place).select("#conference-drop")
    assert agentur.post(f"{place}/verwerfen").headers["Location"] == f"{here}?getan=verworfen"
    assert not CaseConference.select().exists() and agentur.get(place).status_code == 404
    place = (
        agentur.post(f"{here}/neu", data=begun("agentur", "tholey", token="c2")).headers["Location"].partition("?")[0]
    )
    tholey.post(place, data=topic("tholey"))
    assert not agentur.soup(place).select("#conference-drop")
    assert agentur.post(f"{place}/verwerfen").status_code == 403
    assert "Fallbesprechung am 23.11.2026 verworfen" in text_of(agentur.get(f"/faelle/{case.number}/verlauf"))


def test_conferences_go_with_the_case(as_user):
    case = make_case()
    agentur, here = as_user("agentur"), f"/faelle/{case.number}/fallbesprechungen"
    place = agentur.post(f"{here}/neu", data=begun("agentur", "tholey")).headers["Location"].partition("?")[0]
    agentur.post(place, data=topic("tholey"))
    erase_case(case_again(case).id, "Frist", actor=SYSTEM, now=NOW)
    assert not CaseConference.select().exists() and not ConferenceTopic.select().exists()
