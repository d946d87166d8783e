"""The logs of the data protection officer: German words, no case content, narrowed to a case, an office and days."""

from datetime import timedelta

import pytest

from models.rules.times import stamp
from models.tables import AccessLog, Account, Case, Organisation
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import text_of


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


@pytest.fixture
def read(as_user):
    """A reading of a case, as the access log keeps it; gives who read."""

    def readings(office: str, case: Case, action: str, days_ago: int = 0) -> Account:
        as_user(office)
        who = Account.select().join(Organisation).where(Organisation.key == office).get()
        at = stamp(NOW - timedelta(days=days_ago))
        AccessLog.create(at=at, account=who, organisation=who.organisation, case_id=case.id, action=action)
        return who

    return readings


def test_readings_are_told_in_words_with_who_and_for_whom(as_user, make_case, read):
    case = make_case()
    coach = read("coach", case, "quick_entry")
    page = text_of(as_user("datenschutz").get("/datenschutz/"))
    who = f"{coach.name} ({coach.username}) {coach.organisation.name}"
    assert f"Checkliste, vom Papier eingetragen {case.number} {who}" in page
    assert "quick_entry" not in page
    assert "Rahimi" not in page


def test_changes_name_the_same_columns(as_user, make_case):
    case = make_case()
    page = text_of(as_user("datenschutz").get("/datenschutz/?art=ereignisse"))
    assert f"Fall angelegt {case.number}" in page
    assert "Angemeldet" in page
    assert "case.opened" not in page


def test_they_are_narrowed_to_a_case_an_office_and_days(as_user, make_case, read):
    one, other = make_case(), make_case()
    read("coach", one, "case")
    read("coach", other, "notes")
    read("agentur", one, "residence", days_ago=3)
    officer = as_user("datenschutz")
    page = text_of(officer.get(f"/datenschutz/?fall={one.number.lower()}"))
    assert (f"Fall {one.number}" in page, "Aufenthalt" in page, other.number in page) == (True, True, False)
    assert one.number not in text_of(officer.get("/datenschutz/?stelle=agentur&von=" + f"{TODAY:%d.%m.%Y}"))
    page = text_of(officer.get(f"/datenschutz/?stelle=agentur&bis={TODAY - timedelta(days=3):%d.%m.%Y}"))
    assert (f"Aufenthalt {one.number}" in page, "Vermerke" in page) == (True, False)
    assert "Dazu gibt es keine Einträge." in text_of(officer.get("/datenschutz/?fall=SWD-1999-00001"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("von=gestern", "Bitte ein Datum wie 22.11.2026 eingeben."),
        ("von=02.01.2026&bis=01.01.2026", "Der letzte Tag liegt vor dem ersten."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(as_user, asked, sentence):
    answer = as_user("datenschutz").get(f"/datenschutz/?{asked}")
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)


def test_the_next_page_asks_for_the_same(as_user, make_case, read):
    case = make_case()
    for _ in range(51):
        read("coach", case, "case")
    answer = as_user("datenschutz").get(f"/datenschutz/?art=zugriffe&fall={case.number}").get_data(as_text=True)
    assert f"/datenschutz/?art=zugriffe&amp;fall={case.number}&amp;seite=2" in answer
