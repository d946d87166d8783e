"""The order of courses in a case, with its reasons, as the people who arrange courses meet it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.operations import availability, language_skills
from models.operations.answers import save_answer
from models.queries.case_view import view_of
from models.queries.dossier import dossier, dossier_numbered
from models.rules.checklists import AnswerValues
from models.rules.competences.availability import SLOTS, Availability
from models.rules.competences.languages import Skill
from models.rules.lesson_times import lesson_rows, read_lessons
from models.tables import Case
from tests.course_cast import SOON, make_course, make_provider
from tests.moments import NOW, TODAY

SAID = "Angabe der Person"
GERMAN = Skill("deu", False, "A2", "A2", "A2", "A2", "EINSTUFUNG", TODAY, "kvhs", source=SAID)
MORNINGS = Availability(
    frozenset(slot for slot in SLOTS if slot.endswith("morning")), childcare="F", children=2, ages="3"
)
MORNING, EVENING = (lesson_rows(read_lessons(text)) for text in ("Mo–Fr 8:30–12", "Mo–Do 17:30–20:45"))


def _tell(case: Case, actor) -> None:
    def view():
        return view_of(dossier_numbered(actor, case.number, TODAY), actor)

    language_skills.add_skill(view(), GERMAN, now=NOW)
    availability.keep_availability(view(), MORNINGS, SAID, seen_version=0, now=NOW)


def _choice(page: BeautifulSoup) -> dict[str, str]:
    """What is said of each course, by its number, in the order of the page."""
    rows = page.select("#course-group tbody tr")
    return {row.select_one("input")["value"]: row.select_one("td").text for row in rows}


def test_what_suits_stands_first_with_its_reasons(as_user, people, make_case) -> None:
    case, provider = make_case(), make_provider()
    _tell(case, people("agentur"))
    make_course(provider, "K-ABEND", lessons=EVENING, starts_on=SOON - timedelta(days=20), site="Markt 1, 66636 Tholey")
    make_course(
        provider, "K-SCHWER", lessons=MORNING, level_from="B1", level_to="B2", starts_on=SOON - timedelta(days=30)
    )
    make_course(provider, "K-GUT", lessons=MORNING, childcare=True, site="Markt 1, 66636 Tholey", transport="Bus R2")
    page = as_user("agentur").soup(f"/faelle/{case.number}/kurs")
    said = _choice(page)
    assert list(said) == ["K-GUT", "K-ABEND", "K-SCHWER"]
    assert "Das Eingangsniveau A2 ist das der Person." in said["K-GUT"] and "Passt zur Verfügbarkeit" in said["K-GUT"]
    assert "Kinder werden während des Kurses betreut." in said["K-GUT"] and "(zu prüfen)" in said["K-GUT"]
    assert "Dagegen: Die Person kann nicht kommen: Montag Abend" in said["K-ABEND"]
    assert "Keine Kinderbetreuung" in said["K-ABEND"]
    assert "Setzt B1 voraus, die Person hat A2." in said["K-SCHWER"]
    assert "Entscheiden müssen Sie." in page.select_one("#course-order").text
    assert "nicht bekannt" not in page.select_one("#course-order").text


def test_an_unknown_level_says_so_and_courses_without_a_level_come_first(as_user, make_case) -> None:
    case, provider = make_case(), make_provider()
    make_course(provider, "K-A2")
    make_course(provider, "K-0", level_from="0", starts_on=SOON + timedelta(days=30))
    page = as_user("agentur").soup(f"/faelle/{case.number}/kurs")
    said = _choice(page)
    assert list(said) == ["K-0", "K-A2"]
    assert "Setzt A2 voraus; das Niveau ist nicht bekannt." in said["K-A2"]
    order = page.select_one("#course-order").text
    assert "das Sprachniveau: Kurse ohne vorausgesetztes Niveau stehen zuerst; die Verfügbarkeit in der Woche" in order


def test_the_times_of_the_list_count_where_there_is_no_plan(as_user, people, make_case) -> None:
    case, provider, actor = make_case(), make_provider(), people("agentur")
    times = AnswerValues(values={"times": ["EVENING"], "extent": "PART"})
    save_answer(dossier(case, TODAY), "K09", times, seen_version=0, actor=actor, now=NOW)
    make_course(provider, "K-1", lessons=MORNING)
    make_course(provider, "K-2", lessons=EVENING, starts_on=SOON + timedelta(days=7))
    said = _choice(as_user("agentur").soup(f"/faelle/{case.number}/kurs"))
    assert list(said) == ["K-2", "K-1"] and "Montag Vormittag" in said["K-1"]


def test_the_coach_sees_no_proposal(as_user, make_case) -> None:
    case = make_case(changes={"coach_reported_on": TODAY, "coach_consent": "granted"})
    make_course(make_provider())
    page = as_user("coach").get(f"/faelle/{case.number}/kurs")
    assert page.status_code == 200 and b"course-order" not in page.data


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_many_courses_cost_no_more_statements(as_user, people, make_case, statements_of) -> None:
    case, provider, client = make_case(), make_provider(), as_user("agentur")
    _tell(case, people("agentur"))
    make_course(provider, "K-1", lessons=MORNING)
    address = f"/faelle/{case.number}/kurs"
    client.get(address)
    few = len(statements_of(client, address))
    for number in range(2, 60):
        make_course(provider, f"K-{number}", lessons=MORNING)
    assert len(statements_of(client, address)) == few
    assert len(_choice(client.soup(address))) == 10


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_another_page_of_courses_keeps_what_was_typed(as_user, make_case) -> None:
    case, provider, client = make_case(), make_provider(), as_user("agentur")
    for number in range(12):
        make_course(provider, f"K-{number:02}", starts_on=SOON + timedelta(days=number))
    address = f"/faelle/{case.number}/kurs"
    typed = {"path": "P8", "issued_by": "ASYLBLG", "dated": "01.11.2026", "seite": "1"}
    turned = client.post(address, typed | {"act": "more"})
    page = BeautifulSoup(turned.data, "html.parser")
    assert turned.status_code == 200 and list(_choice(page)) == ["K-10", "K-11"]
    assert page.select_one("#dated")["value"] == "01.11.2026"
    assert page.select_one("#path option[selected]")["value"] == "P8"
    refused = client.post(address, typed | {"act": "reserve", "seite": "2"})
    page = BeautifulSoup(refused.data, "html.parser")
    assert refused.status_code == 422 and list(_choice(page)) == ["K-10", "K-11"]
    assert page.select_one("#earlier-courses") and not page.select_one("#more-courses")
