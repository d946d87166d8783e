"""Course access: further cases, each marked with the paragraph that it follows from."""

from datetime import date

import pytest

from models.rules.law.course_access import course_access
from models.rules.law.facts import ABSENT, CourseFacts


def d(text: str) -> date:
    return date.fromisoformat(text)


REFUGEE = {"paper": "AE252F", "title_granted": d("2026-03-10"), "title_valid_to": d("2029-03-09")}
SEEKER = {"paper": "AGS", "age": 25, "benefits": "AsylbLG", "able_to_work": True, "employed": False}
BAN = {"paper": "AE253", "benefits": "SGB II", "invitation_missed_without_reason": False,
       "kooperationsplan_names_course": False, "section_44_4_suspended": True}  # fmt: skip

LEADING = [
    ("§ 188 Abs. 3 BGB", {"paper": "AE252S", "title_granted": d("2024-02-29"), "title_valid_to": d("2027-02-28"),
                          "german": "0", "in_school": False}, "claim", "P1"),
    ("§ 26 Abs. 1 AufenthG: three years by law", {"paper": "AE251", "title_granted": d("2026-03-10")}, "claim", "P1"),
    ("§ 44 Abs. 1 S. 1 Nr. 2 AufenthG", REFUGEE | {"paper": "AE234"}, "claim", "P1"),
    ("§ 44 Abs. 2 S. 1 AufenthG: registered in time", REFUGEE | {"registered": d("2026-04-01"),
                                                                "today": d("2027-06-01")}, "claim", "P1"),
    ("§ 44 Abs. 2 S. 2 AufenthG: the year is over", REFUGEE | {"registered": ABSENT, "today": d("2027-03-11")},
     "hint", "P1"),
    ("§ 44 Abs. 1 S. 2 AufenthG: less than a year", REFUGEE | {"title_valid_to": d("2027-03-08")}, "hint", "P1"),
    ("§ 44 Abs. 1 S. 1 AufenthG", {"paper": "AGS", "decision": "SUBS", "title_granted": ABSENT}, "not_yet", "P1"),
    ("§ 44a Abs. 1a AufenthG", REFUGEE | {"title_granted": d("2025-01-15"), "registered": ABSENT, "german": "0",
     "obliged_by": "ABH § 44a Abs. 1 S. 1 Nr. 1", "today": d("2026-06-01")}, "obliged", "P2"),
    ("§ 15a Abs. 1 S. 1 Nr. 3 SGB II", BAN | {"invitation_missed_without_reason": True}, "hint", "P3"),
    ("§ 15a SGB II before the title is granted", BAN | {"paper": "ANE", "title_granted": ABSENT,
     "invitation_missed_without_reason": True}, "hint", "P3"),
    ("§ 5a IntV before the title is granted", BAN | {"paper": "ANE", "title_granted": ABSENT,
     "kooperationsplan_names_course": True}, "hint", "P4"),
    ("§ 44 Abs. 1 AufenthG: nothing for the Jobcenter to decide", BAN | {"paper": "ANE", "title_granted": ABSENT,
     "section_44_4_suspended": False}, "not_yet", "P1"),
    ("§ 104 Abs. 17 AufenthG", BAN | {"obligation_issued": d("2026-06-20"), "today": d("2026-11-22"),
                                     "obligation_basis": "§ 15 Abs. 6 SGB II a. F."}, "obliged", "P3"),
    ("§ 104 Abs. 17 AufenthG", BAN | {"old_obligation_before_2026_07_01": True}, "obliged", "P3"),
    ("§ 15a SGB II since July 2026", BAN | {"obligation_issued": d("2026-09-01"),
                                           "obligation_basis": "§ 15a Abs. 1 S. 1 Nr. 3 SGB II"}, "obliged", "P3"),
    ("§ 104 Abs. 17 AufenthG: issued too late", BAN | {"obligation_issued": d("2026-07-01"),
                                                      "obligation_basis": "§ 15 Abs. 6 SGB II a. F."}, "hint", "P3"),
    ("§ 5a IntV, § 24", BAN | {"paper": "AE24", "kooperationsplan_names_course": True}, "hint", "P4"),
    ("§ 5b AsylbLG, as K03 names an issued one", SEEKER | {"obliged_by": "§ 5b AsylbLG", "benefits": None,
     "obligation_basis": "§ 5b AsylbLG", "obligation_issued": d("2026-11-20")}, "obliged", "P5"),
    ("§ 5b AsylbLG, § 60a Abs. 2 S. 3", SEEKER | {"paper": "DUL23"}, "hint", "P5"),
    ("§ 5b AsylbLG, § 25 Abs. 5", SEEKER | {"paper": "AE255"}, "hint", "P5"),
    ("§ 5b Abs. 1 AsylbLG: from eighteen", SEEKER | {"age": 18}, "hint", "P5"),
    ("§ 44 Abs. 4 AufenthG: not suspended", SEEKER | {"age": 17, "section_44_4_suspended": False}, "hint", "P6"),
    ("§ 44 Abs. 4 AufenthG: the switch has ended", SEEKER | {"age": 17, "today": d("2027-01-01")}, "hint", "P6"),
    ("§ 5b Abs. 1 AsylbLG: under eighteen", SEEKER | {"age": 17, "section_44_4_suspended": True}, "none", "P5"),
    ("§ 60b AufenthG", SEEKER | {"paper": "DULB"}, "none", "P5"),
    ("§ 44 Abs. 3 S. 1 Nr. 1 AufenthG", REFUGEE | {"in_school": True, "benefits": "AsylbLG"}, "none", "P5"),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts", "result", "path"), LEADING)
def test_leading_path(norm, facts, result, path, law):
    outcome = course_access(CourseFacts(**facts), law)
    assert (outcome.result, outcome.path) == (result, path)
    assert (outcome.claim_valid_to is not None) == (result == "claim")
    assert outcome.paths[6].state == "open"


def test_the_claim_of_a_leap_day_ends_on_the_last_of_february(law):
    facts = {"paper": "AE252S", "title_granted": d("2024-02-29"), "title_valid_to": d("2027-02-28")}
    assert course_access(CourseFacts(**facts), law).claim_valid_to == d("2025-02-28")


def test_an_obligation_does_not_lapse(law):
    outcome = course_access(CourseFacts(**REFUGEE, obliged_by="ABH § 44a Abs. 1 S. 1 Nr. 1"), law)
    assert outcome.entitlement_lapses is False


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"age": 17}, "no"),
        ({"able_to_work": False}, "no"),
        ({"employed": True}, "no"),
        ({"in_school": True}, "no"),
        ({"benefits": "SGB II"}, "no"),
        ({"paper": "DUL"}, "no"),
        ({"paper": "AKN"}, "hint"),
        ({"paper": "DULC"}, "hint"),
        ({"obliged_by": "AsylbLG-Stelle § 5b"}, "obliged"),
    ],
)
def test_obligation_by_the_asylblg_body(change, state, law):
    assert course_access(CourseFacts(**SEEKER | change), law).paths[4].state == state


def test_missing_facts_make_a_hint_that_names_them(law):
    outcome = course_access(CourseFacts(paper="AGS", benefits="AsylbLG", section_44_4_suspended=True), law)
    assert (outcome.result, outcome.path) == ("hint", "P5")
    assert outcome.missing == ("age", "able_to_work", "employed")


DEADLINES = [
    ("§ 9 Abs. 3 DeuFöV", {"course_kind": "BSK", "registered": d("2026-08-03"), "course_formed": False},
     "2026-08-31", False),
    ("§ 9 Abs. 3 DeuFöV", {"course_kind": "JOB-BSK", "registered": d("2026-08-03"), "course_formed": False},
     "2026-08-31", False),
    ("§ 7 Abs. 4 IntV", {"course_kind": "ALPHA", "registered": d("2026-03-02")}, "2026-04-13", False),
    ("§ 6 Abs. 3 DeuFöV", {"course_kind": "BSK", "issued": d("2026-11-30"), "registered": ABSENT, "obliged": False},
     "2027-02-28", True),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts", "last_day", "lapses"), DEADLINES)
def test_deadline(norm, facts, last_day, lapses, law):
    outcome = course_access(CourseFacts(**facts), law)
    assert (outcome.result, outcome.last_day, outcome.entitlement_lapses) == ("deadline", d(last_day), lapses)
    assert outcome.then


@pytest.mark.parametrize(
    ("facts", "result", "missing"),
    [
        ({"course_kind": "IK"}, "hint", ("registered",)),
        ({"course_kind": "IK", "registered": d("2026-03-02"), "course_started": d("2026-03-20")}, "none", ()),
        ({"course_kind": "BSK", "issued": d("2026-03-02")}, "hint", ("registered",)),
        ({"course_kind": "BSK", "issued": d("2026-03-02"), "registered": ABSENT}, "hint", ("obliged",)),
        ({"course_kind": "BSK", "issued": d("2026-03-02"), "registered": ABSENT, "obliged": True}, "hint", ()),
        ({"course_kind": "BSK", "registered": ABSENT, "obliged": False}, "hint", ("issued",)),
        ({"course_kind": "BSK", "registered": d("2026-03-02"), "course_formed": True}, "none", ()),
        ({"course_kind": "Kochkurs"}, "hint", ("course_kind",)),
    ],
)
def test_no_deadline_without_its_facts(facts, result, missing, law):
    outcome = course_access(CourseFacts(**facts), law)
    assert (outcome.result, outcome.missing, outcome.last_day) == (result, missing, None)
