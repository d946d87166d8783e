"""Several people of a course in the browser: ticked and moved, or told that it is off, with a result for each."""

import pytest
from bs4 import BeautifulSoup

from models.tables import Course, CourseBatch, CourseBatchRow, Enrolment
from tests.course_cast import make_course, make_enrolment, make_provider

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OLD = "/kurse/BB-IK-2027-01"


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


@pytest.fixture
def course(people, make_case):
    """A course with one person of the Agentur and one of the Jobcenter, and another one at the same time."""
    row = make_course(provider := make_provider())
    make_course(provider, "BB-2", title="Abendkurs", seats=1)
    make_enrolment(make_case(family_name="Haidari", given_name="Nadia"), row, people("agentur"))
    make_enrolment(make_case(given_name="Mahnaz", sphere="S2"), row, people("jobcenter"))
    return row


def ticks(client) -> list[str]:
    return [box["value"] for box in client.soup(OLD).select("input[name=people]")]


def test_people_are_ticked_and_moved_with_a_result_that_can_be_opened_again(as_user, course):
    client = as_user("agentur")
    shown = client.soup(OLD).select_one("#course-people")
    assert "Haidari, Nadia" in shown.text and "Mahnaz" not in shown.text and "anderer Stellen: 1." in shown.text
    chosen = ticks(client)
    assert len(chosen) == 1
    nobody = client.htmx(f"{OLD}/umbuchen", {"course": "BB-2"})
    assert nobody.status_code == 422 and "mindestens eine Person" in soup(nobody).select_one("#error-summary").text
    nowhere = client.htmx(f"{OLD}/umbuchen", {"people": chosen, "course": "BB-IK-2027-01", "token": "t"})
    assert nowhere.status_code == 422 and soup(nowhere).select_one("input[name=people][checked]")["value"] == chosen[0]
    answers = [client.post(f"{OLD}/umbuchen", {"people": chosen, "course": "BB-2", "token": "t"}) for _twice in "ab"]
    address = f"/kurse/ergebnisse/{CourseBatch.get().id}"
    assert {answer.headers["Location"] for answer in answers} == {address}
    page = client.soup(address)
    assert "umgebucht" in page.select_one("tbody tr").text and "reserviert, bis" in page.select_one("tbody tr").text
    assert client.soup(OLD).select_one(f"a[href='{address}']")
    assert Course.get(Course.number == "BB-2").taken == 1


def test_a_course_is_called_off_for_all_and_names_own_people_alone(as_user, course):
    client = as_user("agentur")
    page = client.soup(f"{OLD}/absagen")
    assert "Betroffen: 2 Personen, davon 1 anderer Stellen" in page.select_one("#cancel-form").text
    version = page.select_one("input[name=version]")["value"]
    data = {"version": version, "token": "t", "course": "BB-2"}
    silent = client.htmx(f"{OLD}/absagen", data)
    assert silent.status_code == 422 and soup(silent).select_one("#reason-error")
    data |= {"reason": "TOO_FEW"}
    assert client.post(f"{OLD}/absagen", data | {"version": "9"}).status_code == 409
    address = client.post(f"{OLD}/absagen", data).headers["Location"]
    result = client.soup(address)
    assert "Haidari" in result.text and "Mahnaz" not in result.text and "auf die Warteliste gesetzt: 1" in result.text
    assert "zu wenige Anmeldungen" in client.soup(OLD).text and not client.soup(OLD).select_one("#cancel-course")
    assert as_user("jobcenter").get(address).status_code == 404
    states = {state for (state,) in Enrolment.select(Enrolment.state).tuples()}
    assert states == {"cancelled", "offered", "waiting"}


@sqlite
def test_strangers_and_colleagues_stay_outside(as_user, course):
    foreign = ticks(as_user("jobcenter"))
    data = {"people": foreign, "course": "BB-2", "token": "t"}
    answer = as_user("agentur").post(f"{OLD}/umbuchen", data)
    assert answer.status_code == 422 and "mindestens eine Person" in soup(answer).text
    assert as_user("agentur").post("/kurse/GIBT-ES-NICHT/umbuchen", data).status_code == 404
    for colleague in ("coach", "tholey", "asyl"):
        client = as_user(colleague)
        assert client.post(f"{OLD}/umbuchen", data).status_code == 403
        assert client.get(f"{OLD}/absagen").status_code == 403
    assert not as_user("coach").soup(OLD).select("input[name=people], #cancel-course")
    assert not CourseBatchRow.select().exists()


@sqlite
def test_an_interrupted_batch_is_shown_as_open_and_goes_on(as_user, course):
    client = as_user("agentur")
    client.post(f"{OLD}/umbuchen", {"people": ticks(client), "course": "BB-2", "token": "t"})
    lost = make_course(course.provider, "BB-3")
    CourseBatch.update(target=lost.id, course=course.id).execute()
    CourseBatchRow.update(outcome="", became=None).execute()
    address = f"/kurse/ergebnisse/{CourseBatch.get().id}"
    assert "Noch nicht fertig" in client.soup(address).text
    assert as_user("jobcenter").post(f"{address}/fortsetzen").status_code == 404
    assert client.post(f"{address}/fortsetzen").headers["Location"] == address
    assert "nicht mehr in diesem Kurs" in client.soup(address).text
