"""The waiting list in the browser: joined with a rank, answered once, seen by name by those alone who see the case."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.operations.enrolments import cancel_enrolment
from models.operations.waiting import join_waiting_list
from models.rules.reasons import Reason
from models.tables import Course, Enrolment
from tests.conftest import NOW
from tests.course_cast import LATER, SELF_PAYER, make_course, make_enrolment, make_provider, path_states

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
JOIN = {"course": "BB-IK-2027-01", "path": "P7", "act": "wait"}


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


@pytest.fixture
def full(people, make_case):
    """A course whose one seat is taken; returns the enrolment that holds it."""
    course = make_course(make_provider(), seats=1)
    return make_enrolment(make_case(family_name="Haidari", given_name="Nadia"), course, people("agentur"))


@pytest.fixture
def waits(full, people, make_case):
    """Puts a person on the list of the full course; returns the entry."""

    def join(given_name: str, key: str = "agentur", **more) -> Enrolment:
        case = make_case(given_name=given_name, **more)
        return Enrolment.get_by_id(
            join_waiting_list(case, full.course, SELF_PAYER, path_states(), actor=people(key), now=NOW)
        )

    return join


@pytest.fixture
def offered(full, waits, people):
    """An entry to which the seat was offered."""

    def free() -> Enrolment:
        entry = waits("Samira")
        cancel_enrolment(full, Reason("MOVED"), seen_version=full.version, actor=people("agentur"), now=NOW)
        return Enrolment.get_by_id(entry.id)

    return free


def test_a_full_course_leads_to_its_list(as_user, make_case, full, waits):
    waits("Amina")
    case = make_case(family_name="Zamani", given_name="Samira")
    client, address = as_user("agentur"), f"/faelle/{case.number}/kurs"
    row = client.soup(address).select_one("#course-group tbody tr")
    assert "voll" in row.text and "Warteliste: 1" in row.text
    refused = client.htmx(address, JOIN | {"act": "reserve"})
    assert refused.status_code == 422
    said = soup(refused).select_one("#course-error").text
    assert "Setzen Sie die Person auf die Warteliste; dort warten zurzeit 1." in said
    assert client.post(address, JOIN).headers["Location"] == address
    page = client.soup(address)
    assert "Rang 2 von 2: ohne Vorrang, eingetragen am" in page.select_one("section.panel").text
    assert "Amina" not in page.text
    again = client.post(address, JOIN)  # a second tab
    assert again.status_code == 422 and "steht schon auf der Warteliste" in soup(again).select_one("#course-error").text
    assert Enrolment.select().where(Enrolment.case == case.id).count() == 1


@sqlite
def test_a_plan_without_sgb2_is_refused_at_its_field(as_user, make_case, full):
    answer = as_user("agentur").post(f"/faelle/{make_case().number}/kurs", JOIN | {"in_plan": "y"})
    assert answer.status_code == 422 and "SGB II" in soup(answer).select_one("#in_plan-error").text


def test_an_offer_is_accepted_once(as_user, full, offered):
    entry = offered()
    client, case = as_user("agentur"), f"/faelle/{entry.case.number}"
    page = client.soup(f"{case}/kurs")
    assert "Ein Platz ist frei und bis 30.11.2026" in page.select_one(f"#entry-{entry.id}").text
    assert "1angeboten" in [f.text.strip() for f in client.soup(f"/kurse/{full.course.number}").select(".figure")]
    Enrolment.update(reserved_until=LATER).where(Enrolment.id == entry.id).execute()  # pages ask the clock
    data = {"version": entry.version, "path": "P7"}
    assert client.post(f"{case}/anmeldung/{entry.id}/angebot-annehmen", data).status_code == 303
    assert client.post(f"{case}/anmeldung/{entry.id}/angebot-annehmen", data).status_code == 409
    assert "reserviert" in client.soup(f"{case}/kurs").text
    assert (Enrolment.get_by_id(entry.id).state, Course.get().taken) == ("reserved", 1)


def test_an_offer_is_refused_with_a_reason_of_the_table(as_user, full, offered, waits):
    entry, following = offered(), waits("Amina")
    client, base = as_user("agentur"), f"/faelle/{entry.case.number}/anmeldung/{entry.id}"
    nothing = client.htmx(f"{base}/angebot-ablehnen", {"version": entry.version, "reason": "Umzug"})
    assert nothing.status_code == 422 and soup(nothing).select_one(f"#leave-{entry.id}-reason-error")
    data = {"version": entry.version, "reason": "OTHER"}
    silent = client.post(f"{base}/angebot-ablehnen", data)
    assert silent.status_code == 422 and soup(silent).select_one(f"#leave-{entry.id}-reason_text-error")
    assert client.post(f"{base}/angebot-ablehnen", data | {"reason_text": "zieht zur Tante"}).status_code == 303
    assert "Sonstiges: zieht zur Tante" in client.soup(f"/faelle/{entry.case.number}/kurs").text
    assert Enrolment.get_by_id(following.id).state == "offered"


@sqlite
def test_a_place_on_the_list_is_given_up(as_user, waits):
    entry = waits("Samira")
    client, base = as_user("agentur"), f"/faelle/{entry.case.number}/anmeldung/{entry.id}"
    data = {"version": entry.version, "reason": "WORK"}
    assert client.post(f"{base}/angebot-ablehnen", data).status_code == 422
    assert client.post(f"{base}/warteliste-verlassen", data).status_code == 303
    assert "Arbeit oder Ausbildung aufgenommen" in client.soup(f"/faelle/{entry.case.number}/kurs").text


@sqlite
def test_the_course_names_own_cases_and_counts_the_others(as_user, full, waits):
    waits("Samira")
    waits("Mahnaz", "jobcenter", sphere="S2")
    address = f"/kurse/{full.course.number}"
    for who, named, hidden in (("agentur", "Samira", "Mahnaz"), ("jobcenter", "Mahnaz", "Samira")):
        listed = as_user(who).soup(address).select_one("#course-people")
        assert "2 warten" in listed.text and "davon sehen Sie 1" in listed.text
        assert named in listed.text and hidden not in listed.text
    coach = as_user("coach").soup(address).select_one("#course-people")
    assert "davon sehen Sie 0" in coach.text and not coach.select("tbody tr")


ACTS = ("angebot-annehmen", "angebot-ablehnen", "warteliste-verlassen", "umbuchen")


@pytest.mark.parametrize("act", ACTS)
@sqlite
def test_strangers_and_colleagues_stay_outside(as_user, make_case, waits, act):
    entry = waits("Samira")
    data, base = {"version": entry.version, "reason": "WORK", "path": "P7"}, f"/anmeldung/{entry.id}/{act}"
    assert as_user("jobcenter").post(f"/faelle/{entry.case.number}{base}", data).status_code == 404
    for colleague in ("tholey", "coach", "asyl"):
        assert as_user(colleague).post(f"/faelle/{entry.case.number}{base}", data).status_code == 403
    elsewhere = make_case(given_name="Fremd")
    assert as_user("agentur").post(f"/faelle/{elsewhere.number}{base}", data).status_code == 404
    assert Enrolment.get_by_id(entry.id).state == "waiting"


def test_a_second_course_at_the_same_time_needs_a_reason(as_user, people, make_case):
    provider, case = make_provider(), make_case()
    first = make_enrolment(case, make_course(provider), people("agentur"))
    make_course(provider, "ABEND-1", title="Abendkurs")
    client, address = as_user("agentur"), f"/faelle/{case.number}/kurs"
    data = {"course": "ABEND-1", "path": "P7", "act": "reserve"}
    refused = client.post(address, data)
    assert refused.status_code == 422 and soup(refused).select_one("#reservation-form #double_reason-error")
    assert client.post(address, data | {"double_reason": "abends, Sprechtraining"}).status_code == 303
    page = client.soup(address)
    assert "abends, Sprechtraining" in page.text
    other = page.select_one(f'a[href$="anmeldung={first.id}"]')
    chosen = client.soup(other["href"])
    assert f"/anmeldung/{first.id}/stornieren" in chosen.select_one("#cancel-form")["action"]


def test_a_place_is_moved_to_another_course(as_user, full, waits):
    entry = waits("Amina")
    other = make_course(full.course.provider, "BB-2", title="Modul 4")
    client, base = as_user("agentur"), f"/faelle/{full.case.number}"
    options = [option["value"] for option in client.soup(f"{base}/kurs?umbuchen=1").select("#move-course option")]
    assert options == ["", "BB-2"]
    none = client.post(f"{base}/anmeldung/{full.id}/umbuchen", {"version": full.version, "course": ""})
    assert none.status_code == 422 and soup(none).select_one("#move-course-error")
    data = {"version": full.version, "course": "BB-2"}
    assert client.post(f"{base}/anmeldung/{full.id}/umbuchen", data).status_code == 303
    assert client.post(f"{base}/anmeldung/{full.id}/umbuchen", data).status_code == 409
    assert "Modul 4" in client.soup(f"{base}/kurs").text
    assert Course.get_by_id(other.id).taken == 1 and Enrolment.get_by_id(entry.id).state == "offered"


@sqlite
def test_lists_cost_the_same_however_many_wait(as_user, full, waits, statements_of):
    entry = waits("Samira")
    client = as_user("agentur")
    addresses = (f"/kurse/{full.course.number}", "/kurse/", f"/faelle/{entry.case.number}/kurs")
    for address in addresses:
        client.get(address)  # what a process keeps is read once
    few = [len(statements_of(client, address)) for address in addresses]
    for number in range(6):
        waits(f"Person {number}")
        make_course(full.course.provider, f"X-{number}", starts_on=full.course.starts_on + timedelta(days=number))
    assert [len(statements_of(client, address)) for address in addresses] == few
