"""Access to work on a page: when, how, what is missing and who can supply it; a hint unless the law says "ist"."""

from datetime import date

import pytest

from models.base import db
from models.queries.case_view import view_of
from models.queries.dossier import dossier
from models.queries.residence import work_hint
from models.queries.work_page import work_page
from models.rules.states import ConsentState
from models.rules.times import stamp
from models.tables import Answer, Case, Person, ResidenceRecord
from tests.cast import make_case, member_of
from tests.conftest import NOW, TODAY
from tests.pages.cases_cast import coached, soup_of, taken_over, text_of


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands still."""
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def with_paper(code: str, **person) -> Case:
    case = make_case(**person)
    with db.atomic():
        ResidenceRecord.create(
            person=case.person_id, code=code, work_note="ET3", valid_from=date(2026, 1, 10), recorded_at=stamp(NOW)
        )
    return case


def answer(case: Case, item: str, **values: str) -> None:
    with db.atomic():
        Answer.create(
            case=case.id, item=item, holder="joint", state="done", values=values, answered_at=stamp(NOW),
            organisation=case.agentur_id,
        )  # fmt: skip


def item_of(fact: str) -> str:
    """The item that answers a fact in the procedure, as the seed has it."""
    from models.seed.checklist_data import definitions

    for definition in definitions().values():
        for item in definition.items:
            if any(fact in field.facts and field.rule in ("", "work_access") for field in item.fields):
                return item.code
    raise AssertionError(fact)


def complete(case: Case) -> None:
    """Everything that § 61 Abs. 2 AsylG asks for."""
    answer(case, item_of("must_live_in_reception_facility"), obliged="no")
    answer(case, item_of("gestattet_since"), since="2026-01-10")
    answer(case, "B20", safe_country="no", dublin="no")
    answer(case, item_of("accelerated_letter"), letter="none")
    answer(case, item_of("protection_in_other_state"), protected="no")
    answer(case, item_of("cooperation_breached"), breached="no")
    answer(case, item_of("final_decision"), final="no")


def test_missing_facts_lead_to_the_items_that_supply_them(as_user):
    case = with_paper("AGS")
    page = as_user("agentur").soup(f"/faelle/{case.number}/arbeit")
    text = " ".join(page.get_text(" ").split())
    assert "Hinweis: Angaben fehlen" in text and "das Programm erlaubt nichts" in text
    code = item_of("must_live_in_reception_facility")
    link = page.select_one(f'a[href="/faelle/{case.number}?liste=aufnahme#punkt-{code}"]')
    assert "Aufnahmeeinrichtung" in link.get_text()
    assert "liefert: Gemeinde" in text
    assert as_user("agentur").soup(f"/faelle/{case.number}?liste=aufnahme").select_one(f"#punkt-{code}")


def test_a_claim_says_from_which_day_and_by_which_paragraph(as_user):
    case = with_paper("AGS")
    complete(case)
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}/arbeit"))
    assert "Anspruch" in text and "ist zu erlauben" in text
    assert "erfüllt seit 11.04.2026" in text
    assert "§ 61 Abs. 2 S. 1, 2 AsylG" in text
    assert "Nichts: Alle Angaben" in text and "B20" in text
    assert "Beschäftigung nur mit Genehmigung" in text  # the note on the paper


def test_a_ban_stays_a_ban(as_user):
    case = with_paper("DULB")
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}/arbeit"))
    assert "gesperrt" in text and "§ 60b Abs. 5 S. 2 AufenthG" in text and "kein Tag" in text


def test_the_lists_of_the_maintained_law_warn_and_do_not_decide(as_user):
    case = with_paper("AGS", nationality="GEO")
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}/arbeit"))
    assert "Georgien steht auf der Liste § 29a" in text


def test_a_title_points_to_the_paper(as_user):
    case = with_paper("NE")
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}/arbeit"))
    assert "Maßgeblich ist der Eintrag auf dem Papier" in text


def test_nothing_known_asks_for_the_paper(as_user):
    case = make_case()
    page = as_user("agentur").soup(f"/faelle/{case.number}/arbeit")
    assert page.select_one(f'a[href="/faelle/{case.number}/aufenthalt"]')


@pytest.mark.parametrize(("key", "status"), [("agentur", 200), ("tholey", 403), ("marpingen", 404), ("jobcenter", 404),
                                             ("verwaltung", 403)])  # fmt: skip
def test_who_may_read_it(as_user, key, status):
    case = with_paper("AGS")
    assert as_user(key).get(f"/faelle/{case.number}/arbeit").status_code == status


def test_the_coach_is_told_the_day_alone(as_user):
    case = coached(ConsentState.GRANTED)
    with db.atomic():
        ResidenceRecord.create(person=case.person_id, code="AGS", recorded_at=stamp(NOW))
    complete(Case.get_by_id(case.id))
    text = text_of(as_user("coach").get(f"/faelle/{case.number}/arbeit"))
    assert "erfüllt seit 11.04.2026" in text
    assert as_user("coach").soup(f"/faelle/{case.number}").select_one("#work-page")
    assert "§ 61" not in text and "Anspruch" not in text and "Eine Erlaubnis ist das nicht" in text
    assert "Worauf das beruht" not in text and "Was noch fehlt" not in text
    before = coached(ConsentState.NONE, given_name="Zahra")
    assert as_user("coach").get(f"/faelle/{before.number}/arbeit").status_code == 403


def test_after_the_handover_the_jobcenter_reads_what_it_may_know(as_user):
    case = taken_over()
    assert as_user("jobcenter").get(f"/faelle/{case.number}/arbeit").status_code == 200
    assert as_user("agentur").get(f"/faelle/{case.number}/arbeit").status_code == 403


@pytest.mark.usefixtures("database")
def test_page_case_and_list_of_the_coach_say_the_same_day():
    case = with_paper("AGS")
    complete(case)
    held = dossier(Case.select(Case, Person).join(Person).where(Case.id == case.id).get(), TODAY)
    view = view_of(held, member_of("agentur"))
    assert work_hint(view) == work_page(view).outcome
    assert work_page(view).starts_on == date(2026, 4, 11)


def test_the_case_leads_to_the_page(as_user):
    case = with_paper("AGS")
    page = soup_of(as_user("agentur").get(f"/faelle/{case.number}"))
    assert page.select_one("#work-page")["href"] == f"/faelle/{case.number}/arbeit"
