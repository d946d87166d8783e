"""An access path is asked for, answered by its body or on paper, and opens a reservation."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from models.base import db
from models.operations.erasure import erase_case
from models.queries.case_view import view_of
from models.queries.course_access import access_of
from models.queries.dossier import dossier
from models.rules.roles import SYSTEM
from models.rules.times import stamp
from models.tables import Answer, Case, Event, Organisation, PathRequest, ResidenceRecord
from tests.cast import renew
from tests.conftest import NOW
from tests.course_cast import make_course, make_provider

TODAY = date.today()  # pages ask the clock
GRANT = {
    "version": 1,
    "granted": "granted",
    "able_to_work": "yes",
    "dated": f"{TODAY:%d.%m.%Y}",
    "reference": "66.3/114",
}


@pytest.fixture
def case(make_case) -> Case:
    """A person with an Aufenthaltsgestattung who receives AsylbLG and does not work."""
    case = make_case(changes={"receives_asylblg": True})
    ResidenceRecord.create(person=case.person, code="AGS", recorded_at=stamp(NOW))
    values = {"able": "yes", "employed": "no", "in_school": "no"}
    Answer.create(case=case.id, item="B36", values=values, state="done", answered_at=stamp(NOW))
    return case


def ask(client, case, wanted="P5-ASYLBLG"):
    return client.post(f"/faelle/{case.number}/zugangsanfrage", {"wanted": wanted})


def asked_by_agentur(as_user, case, wanted="P5-ASYLBLG") -> PathRequest:
    assert ask(as_user("agentur"), case, wanted).status_code == 303
    return PathRequest.get()


def known(case, actor):
    view = view_of(dossier(Case.get_by_id(case.id), TODAY), actor)
    return view, {code: view.known.answers[code].values for code in ("K01", "K03", "K04") if code in view.known.answers}


def test_the_unit_obliges_and_the_obligation_opens_a_reservation(as_user, people, case):
    row = asked_by_agentur(as_user, case)
    assert (row.body, row.state, row.told) == ("ASYLBLG", "open", {"employed": False, "in_school": False})
    unit = as_user("asyl")
    assert "Anfrage beantworten: P5" in unit.soup("/").text
    line = unit.soup("/zugangsanfragen/").select_one("tbody tr").text
    assert "nicht erwerbstätig, besucht keine Schule" in line and "arbeitsfähig" not in line.replace("erwerbs", "")
    address = f"/zugangsanfragen/{case.number}/P5"
    assert "§ 6 Abs. 1 Satz 3 IntV" in unit.soup(address).text
    part = unit.htmx(address, GRANT | {"able_to_work": "no", "reference": "123456789012"})
    shown = BeautifulSoup(part.data, "html.parser")
    assert part.status_code == 422 and shown.select_one("#path-able-to-work-error") and not shown.select_one("h1 h1")
    assert shown.select_one("#path-reference")["value"] == "123456789012"
    assert unit.post(address, GRANT).status_code == 303
    assert unit.post(address, GRANT).status_code == 200  # answered already: it is shown

    agentur = as_user("agentur")
    assert "Antwort auf die Anfrage ansehen: P5" in agentur.soup("/").text
    view, answers = known(case, people("agentur"))
    assert answers["K01"] == {"path": "P5"} and "K04" not in answers
    assert answers["K03"] == {
        "issued_on": TODAY.isoformat(), "issued_by": "ASYLBLG", "kind": "OBLIGATION", "basis": "ASYL4",
    }  # fmt: skip
    assert "Sozialamt" in view.known.answers["K03"].source or "AsylbLG" in view.known.answers["K03"].source
    assert access_of(view).leading == "P5"
    course = make_course(make_provider())
    page = agentur.soup(f"/faelle/{case.number}/kurs")
    assert "Arbeitsfähigkeit" not in page.text
    assert page.select_one("#path option[selected]")["value"] == "P5"
    chosen = {"path": "P5", "issued_by": "ASYLBLG", "dated": page.select_one("#dated")["value"]}
    assert agentur.post(f"/faelle/{case.number}/kurs", chosen | {"course": course.number}).status_code == 303
    assert "ansehen: P5" not in agentur.soup("/").text
    assert [e.kind for e in Event.select().where(Event.kind.startswith("path_request")).order_by(Event.id)] == [
        "path_request.asked", "path_request.granted",
    ]  # fmt: skip


def test_a_refusal_says_why_and_is_seen(as_user, case):
    row = asked_by_agentur(as_user, case)
    client, base = as_user("agentur"), f"/faelle/{case.number}/zugangsanfrage/{row.id}"
    twice = ask(client, case)
    assert twice.status_code == 422 and "läuft schon eine Anfrage" in twice.text
    speaks_itself = client.post(f"{base}/antwort", GRANT | {"source": "lt. Telefonat"})
    assert speaks_itself.status_code == 422 and "antwortet selbst" in speaks_itself.text
    answer = {"version": 1, "granted": "refused", "reason_code": "EMPLOYED"}
    assert as_user("asyl").post(f"/zugangsanfragen/{case.number}/P5", answer).status_code == 303
    assert client.post(f"{base}/zuruecknehmen", {"version": 1}).status_code == 409
    page = client.soup(f"/faelle/{case.number}/kurs")
    assert "erwerbstätig" in page.select_one(f"#path-request-{row.id}").text
    assert client.post(f"{base}/gesehen", {"version": 2}).status_code == 303
    assert "ansehen: P5" not in client.soup("/").text
    assert "erwerbstätig" in as_user("asyl").soup("/zugangsanfragen/?beantwortet=1").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_body_on_paper_is_answered_with_its_source(as_user, people, case):
    as_user("agentur")
    refused = ask(as_user("agentur"), case, "P6-BAMF")
    assert refused.status_code == 422 and "ausgesetzt" in refused.text
    row = asked_by_agentur(as_user, case, "P8-BAMF")
    client, address = as_user("agentur"), f"/faelle/{case.number}/zugangsanfrage/{row.id}/antwort"
    paper = GRANT | {"valid_to": f"{TODAY + timedelta(days=90):%d.%m.%Y}"}
    bare = client.post(address, paper)
    assert bare.status_code == 422 and f"path-{row.id}-source-error" in bare.text
    assert client.post(address, paper | {"source": "BAMF, Bescheid"}).status_code == 303
    view, answers = known(case, people("agentur"))
    assert answers["K04"]["valid_to"] == (TODAY + timedelta(days=90)).isoformat()
    assert view.known.answers["K01"].source.startswith("lt. BAMF")
    kept = client.soup(f"/faelle/{case.number}/kurs?weg=P8").select_one("#valid_to")["value"]
    assert kept == paper["valid_to"]
    with db.atomic():
        erase_case(case.id, "Test", actor=SYSTEM, now=NOW)
    assert not PathRequest.select().exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_strangers_and_colleagues_get_nothing(as_user, case, make_case):
    row = asked_by_agentur(as_user, case)
    address = f"/zugangsanfragen/{case.number}/P5"
    for colleague in ("agentur", "coach", "tholey"):
        assert as_user(colleague).get(address).status_code == 403
        assert as_user(colleague).get("/zugangsanfragen/").status_code == 403
    assert as_user("jobcenter").get(address).status_code == 404
    assert as_user("jobcenter").post(f"/faelle/{case.number}/zugangsanfrage/{row.id}/gesehen").status_code == 404
    assert as_user("asyl").post(f"/faelle/{case.number}/zugangsanfrage", {"wanted": "P5-ASYLBLG"}).status_code == 403
    other = make_case(given_name="Amina")
    assert as_user("agentur").post(f"/faelle/{other.number}/zugangsanfrage/{row.id}/gesehen").status_code == 404
    Case.update(asylblg_until=TODAY - timedelta(days=1)).execute()
    assert as_user("asyl").get(address).status_code == 404
    assert not as_user("asyl").soup("/zugangsanfragen/").select("tbody tr")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_inbox_is_paged_and_costs_as_many_statements_for_many(as_user, statements_of, make_case):
    client, agentur = as_user("asyl"), Organisation.get(Organisation.key == "agentur")

    def requests(count: int) -> None:
        for number in range(count):
            case = make_case(given_name=f"Name{'abcdefghij'[number % 10]}{number}", changes={"receives_asylblg": True})
            PathRequest.create(case=case, path="P5", body="ASYLBLG", asked_on=TODAY, organisation=agentur)
            renew(case)

    requests(2)
    client.soup("/zugangsanfragen/")
    few = len(statements_of(client, "/zugangsanfragen/"))
    requests(26)
    assert len(statements_of(client, "/zugangsanfragen/")) == few
    assert len(client.soup("/zugangsanfragen/?seite=2").select("tbody tr")) == 3
