"""Mein Tag: what each role has to do, its lists and numbers, and a fixed number of queries."""

from datetime import timedelta

import pytest

from models.base import db
from models.operations.tasks import rebuild_tasks
from models.rules.states import ConsentState
from models.rules.times import stamp
from models.tables import Answer, AsylumDecision, Case, CaseStage, Handover, ResidenceRecord
from tests.cast import make_case as stored_case
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, office, soup_of, text_of


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def handover(case: Case, state: str = "draft", **values: object) -> None:
    """A handover in that state, due in three days, as if the operations had written it."""
    defaults = {"due_on": TODAY + timedelta(days=3), "subject": "Rahimi, S. (übermittelt)", "recorded_on": TODAY}
    Handover.create(
        reference=f"{case.number}-1", case=case.id, number=1, state=state, sender=office("agentur"),
        receiver=office("jobcenter"), sent_at=None if state == "draft" else stamp(NOW), **(defaults | values),
    )  # fmt: skip
    with db.atomic():
        rebuild_tasks(today=TODAY)


def test_a_draft_is_a_task_of_the_agentur_alone(as_user, make_case):
    case = make_case(changes={"first_contact_on": TODAY})
    handover(case)
    page = soup_of(as_user("agentur").get("/"))
    step = page.select_one("#next-step")
    assert step["href"] == f"/uebergaben/{case.number}-1"
    assert "Übergabe vorbereiten – Rahimi, Samira" in page.get_text(" ")
    for other in ("jobcenter", "coach", "asyl", "tholey"):
        assert "Übergabe vorbereiten" not in text_of(as_user(other).get("/"))


def test_the_jobcenter_sees_what_was_transmitted_by_the_name_transmitted(as_user, make_case):
    handover(make_case(), "sent")
    text = text_of(as_user("jobcenter").get("/"))
    assert "Eingang der Übergabe bestätigen – Rahimi, S. (übermittelt)" in text
    waiting = text_of(as_user("agentur").get("/?liste=wartet"))
    assert "Das Jobcenter bestätigt den Eingang – Rahimi, Samira" in waiting


def test_what_is_overdue_comes_first_and_is_counted(as_user, make_case):
    handover(make_case(changes={"first_contact_on": TODAY}), due_on=TODAY - timedelta(days=1))
    page = soup_of(as_user("agentur").get("/"))
    tiles = {tile["href"]: tile.strong.get_text() for tile in page.select("a.figure")}
    assert len(tiles) <= 5
    assert tiles["/?liste=ueberfaellig"] == "1" and tiles["/?liste=heute"] == "0"
    assert page.select("h2")[1].get_text() == "Überfällig"
    assert "Rahimi" in text_of(as_user("agentur").get("/?liste=ueberfaellig"))
    assert "Hier ist zurzeit nichts offen." in text_of(as_user("agentur").get("/?liste=heute"))


def test_the_coach_sees_who_is_new_since_yesterday_and_no_birth_date(as_user):
    case = coached(date_of_birth=NOW.date().replace(year=1994))
    Case.update(coach_reported_on=TODAY - timedelta(days=1)).where(Case.id == case.id).execute()
    coached(ConsentState.GRANTED, given_name="Karim")
    with db.atomic():
        rebuild_tasks(today=TODAY)
    page = text_of(as_user("coach").get("/?liste=neu"))
    assert "Ersten Kontakt aufnehmen – Rahimi, Samira" in page and "Karim" not in page
    Case.update(coach_reported_on=TODAY - timedelta(days=4)).where(Case.id == case.id).execute()
    with db.atomic():
        rebuild_tasks(today=TODAY)
    assert "Samira" not in text_of(as_user("coach").get("/?liste=neu"))
    assert "Samira" in text_of(as_user("coach").get("/?liste=ohne-kontakt"))


def test_the_lists_of_day_one(as_user, make_case):
    served = make_case(changes={"first_contact_on": TODAY})
    AsylumDecision.create(person=served.person_id, code="GFK", served_on=TODAY, recorded_at=stamp(NOW))
    make_case(sphere="S2", given_name="Olena")
    asked = make_case(given_name="Karim", changes={"receives_asylblg": True})
    values = {"alternative": "P5"}
    Answer.create(case=asked.id, item="K02", state="done", values=values, answered_at=stamp(NOW))
    with db.atomic():
        rebuild_tasks(today=TODAY)
    assert "Bescheid zugestellt, keine Übergabe" in text_of(as_user("agentur").get("/?liste=ohne-uebergabe"))
    assert "Erstes Gespräch führen – Rahimi, Olena" in text_of(as_user("jobcenter").get("/?liste=direkt"))
    assert "angefragt (P5) – Rahimi, Karim" in text_of(as_user("asyl").get("/?liste=verpflichtung"))
    assert "An den Beschäftigungscoach melden – Rahimi, Samira" in text_of(as_user("tholey").get("/?liste=coach"))
    assert "Samira" not in text_of(as_user("marpingen").get("/?liste=coach"))


def test_a_municipality_is_reminded_of_its_open_intakes(as_user, make_case):
    done, first = make_case(), make_case()
    make_case(changes={"state": "closed"})
    make_case(municipality="freisen", family_name="Fremd")
    CaseStage.update(state="finished").where(CaseStage.case == done.id, CaseStage.key == "intake").execute()
    tholey = as_user("tholey")
    links = [link["href"] for link in soup_of(tholey.get("/")).select("#open-intakes a")]
    assert links == [f"/faelle/{first.number}?liste=aufnahme"]
    newest = [make_case().number for _ in range(6)]
    links = [link["href"] for link in soup_of(tholey.get("/")).select("#open-intakes a")]
    assert links == [
        *(f"/faelle/{number}?liste=aufnahme" for number in reversed(newest[1:])),
        "/faelle/?stufe=aufnahme",
    ]
    assert not soup_of(as_user("agentur").get("/")).select("#open-intakes")


def test_new_cases_past_their_goal_are_told_apart_from_what_is_overdue(as_user):
    client = as_user("agentur")
    for name, opened in (("Yusuf", TODAY), ("Rahimi", TODAY - timedelta(days=30))):
        stored_case(family_name=name, changes={"opened_on": opened})
    with db.atomic():
        rebuild_tasks(today=TODAY)
    page = client.soup("/")
    assert page.select_one('a[href="/?liste=neu-ueber-ziel"]').get_text() == "1 davon über dem Ziel"
    assert page.select_one('a[href="/?liste=ueberfaellig"] strong').get_text() == "0"
    assert len(page.select("#own-goal")) == 1
    late = text_of(client.get("/?liste=neu-ueber-ziel"))
    assert "Ziel war" in late and "Rahimi" in late and "Yusuf" not in late


@pytest.mark.parametrize("role", ["koordination", "bamf", "datenschutz", "verwaltung"])
def test_who_has_no_cases_gets_an_honest_small_page(as_user, make_case, role):
    case = make_case()
    handover(case, due_on=TODAY - timedelta(days=1))
    text = text_of(as_user(role).get("/?liste=ueberfaellig&seite=2"))
    assert "Mein Tag" in text and "Rahimi" not in text and "Nächster Schritt" not in text
    assert (case.number in text) == (role in ("koordination", "bamf"))


@pytest.mark.parametrize(
    "address", ["/?liste=unsinn", "/?liste=neu&seite=99999", "/?seite=0", "/?liste=spaeter&seite=41"]
)
def test_senseless_addresses_do_no_harm(as_user, make_case, address):
    make_case()
    assert as_user("agentur").get(address).status_code == 200


def test_long_lists_are_paged(as_user):
    for number in range(27):
        stored_case(family_name=f"Yusuf {number:02}")
    client = as_user("agentur")
    first, second = text_of(client.get("/?liste=neu")), text_of(client.get("/?liste=neu&seite=2"))
    assert "Yusuf 26" in first and "Yusuf 01" not in first
    assert "Yusuf 01" in second and "Yusuf 26" not in second and "Nächste Seite" not in second


QUERIES = {"agentur": 15, "jobcenter": 14, "coach": 12, "tholey": 14, "asyl": 10, "koordination": 6}
"""Login, tasks, Wiedervorlagen, numbers, what waits, new cases, absences, drafts; the Agentur also open requests,
who keeps the catalogue also courses before their start,
who holds appointments also those of the day, the municipality also intakes not begun and begun.

All of them announcements, what the working group gave them, and its open invitations. The coordination: login, two
numbers, its tasks, announcements.
"""


@pytest.mark.parametrize("role", QUERIES)
def test_the_day_costs_a_fixed_number_of_queries(as_user, statements_of, role):
    client = as_user(role)
    for number in range(3):
        case = stored_case(
            family_name=f"Yusuf {number}", changes={"coach_reported_on": TODAY, "receives_asylblg": True}
        )
        handover(case, "sent", asylblg_until=TODAY)
        ResidenceRecord.create(person=case.person_id, code="AGS", valid_to=TODAY, recorded_at=stamp(NOW))
    with db.atomic():
        rebuild_tasks(today=TODAY)
    assert len(statements_of(client, "/")) == QUERIES[role]
