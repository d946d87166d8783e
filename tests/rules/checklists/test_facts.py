"""Answers feed the facts of the law and of conditions; what is not known stays out."""

import pytest

from models.rules.checklists import AnswerValues, gather, items_by_code, law_facts
from models.rules.states import AnswerState
from models.seed.checklist_data import definitions

ITEMS = items_by_code(definitions().values())


def facts(rule: str, **answers: dict[str, object]) -> dict[str, object]:
    return law_facts(ITEMS, {code: AnswerValues(values=values) for code, values in answers.items()}, rule)


def test_facts_of_the_legal_sphere():
    assert facts(
        "legal_sphere",
        A05={"paper": "AGS", "valid_to": "2027-01-14"},
        U01={"decision": "GFK", "served_on": "2026-11-14"},
        U02={"pending": "no"},
        B36={"able": "yes", "employed": "no", "in_school": "unknown"},
    ) == {"paper": "AGS", "decision": "GFK", "served": "2026-11-14", "action_pending": False, "erwerbsfaehig": True}


def test_facts_of_work_access():
    assert facts(
        "work_access",
        A05={"paper": "AGS"},
        A06={"registered_on": "2026-07-15"},
        A23={"obliged": "no"},
        A24={"since": "2026-07-01"},
        B20={"safe_country": "S29A", "dublin": "no"},
        B29={"letter": "none"},
        K17={"confirmed_on": "2026-10-01"},
    ) == {
        "status": "AGS",
        "registered": "2026-07-15",
        "must_live_in_reception_facility": False,
        "gestattet_since": "2026-07-01",
        "safe_country": "§ 29a",
        "dublin_request": False,
        "accelerated_letter": None,
    }


def test_the_same_name_means_the_course_for_the_course_rule():
    assert facts("course_access", A06={"registered_on": "2026-07-15"}, K17={"confirmed_on": "2026-10-01"}) == {
        "registered": "2026-10-01"
    }


def test_an_old_obligation_of_the_jobcenter():
    assert facts("course_access", K03={"issued_on": "2026-06-20", "kind": "OBLIGATION", "basis": "JCOLD"}) == {
        "obligation_issued": "2026-06-20",
        "issued": "2026-06-20",
        "obliged": True,
        "obligation_basis": "§ 15 Abs. 6 SGB II a. F.",
        "obliged_by": "§ 15 Abs. 6 SGB II a. F.",
    }


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"state": "NONE"}, {"title_granted": None}),
        ({"state": "APPLIED", "title": "AE253"}, {"title_granted": None, "title": "AE253"}),
        ({"state": "GRANTED", "granted_on": "2026-05-20"}, {"title_granted": "2026-05-20"}),
        ({"state": "GRANTED"}, {}),
    ],
)
def test_no_title_is_a_fact_and_a_title_without_a_day_is_none(values, wanted):
    assert facts("legal_sphere", U03=values) == wanted


@pytest.mark.parametrize(("issued", "wanted"), [("no", {"fiktion_issued": None}), ("yes", {}), ("unknown", {})])
def test_a_fiktion_that_was_not_issued_is_a_fact(issued, wanted):
    assert facts("legal_sphere", A28={"issued": issued}) == wanted


def test_what_nobody_knows_is_no_fact():
    answers = {
        "A24": AnswerValues(AnswerState.UNKNOWN),
        "A30": AnswerValues(values={"clarified": {"missing": "declined"}}),
        "A26": AnswerValues(AnswerState.NOT_APPLICABLE, reason="x"),
    }
    assert law_facts(ITEMS, answers, "work_access") == {}


def test_conditions_see_facts_that_answers_feed_and_the_case_goes_first():
    own = {"A05": AnswerValues(values={"paper": "AKN"}), "A10": AnswerValues(values={"adults": 2, "children": 1})}
    assert gather(ITEMS, own).facts == {"paper": "AKN", "status": "AKN", "adults": 2, "children": 1}
    known = gather(ITEMS, own, facts={"paper": "AE252F", "children": None, "age": 30})
    assert (known.facts["paper"], known.facts["children"], known.facts["age"]) == ("AE252F", 1, 30)


def test_a_cleared_answer_says_nothing():
    assert gather(ITEMS, {"A05": AnswerValues(AnswerState.CLEARED)}).answers == {}
