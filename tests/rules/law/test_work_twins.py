"""Work access: further cases, each marked with the paragraph that it follows from."""

from datetime import date

import pytest

from models.rules.law.facts import ABSENT, WorkFacts
from models.rules.law.work_access import work_access


def d(text: str) -> date:
    return date.fromisoformat(text)


PROCEDURE = {
    "status": "AGS", "safe_country": ABSENT, "accelerated_letter": ABSENT, "dublin_request": False,
    "protection_in_other_state": False, "cooperation_breached": False, "final_decision": False,
}  # fmt: skip
INSIDE = PROCEDURE | {"must_live_in_reception_facility": True, "registered": d("2026-07-15")}
OUTSIDE = PROCEDURE | {"must_live_in_reception_facility": False, "gestattet_since": d("2026-07-15")}
TOLERATED = {"status": "DUL", "removal_measures_pending": False, "safe_country": ABSENT, "own_fault_60a_6": False}
TOLERATED_INSIDE = TOLERATED | {"must_live_in_reception_facility": True, "tolerated_since": d("2026-05-31")}
TOLERATED_OUTSIDE = TOLERATED | {"must_live_in_reception_facility": False, "tolerated_since": d("2026-09-01")}
REFUSED = {"application_filed": d("2023-02-01"), "application_refused": d("2023-06-01")}

CLAIMS = [
    ("§ 188 Abs. 3 BGB", INSIDE | {"registered": d("2026-11-30")}, "2027-02-28"),
    ("§ 61 Abs. 1 S. 3 Nr. 2 AsylG", INSIDE | {"protection_in_other_state": True, "germany_must_reexamine": False},
     "2027-01-15"),
    ("§ 61 Abs. 1 S. 3 Nr. 1 AsylG", INSIDE | {"dublin_request": True, "protection_in_other_state": True},
     "2027-01-15"),
    ("§ 63a AsylG: Ankunftsnachweis", INSIDE | {"status": "AKN"}, "2026-10-15"),
    ("§ 61 Abs. 1 S. 5 AsylG: g does not block", INSIDE | {"accelerated_letter": "g"}, "2026-10-15"),
    ("§ 61 Abs. 2 S. 2 AsylG: tolerated before", OUTSIDE | {"gestattet_since": d("2026-07-01"), "stay_unbroken": True,
     "tolerated_since": d("2026-05-20")}, "2026-08-20"),
    ("§ 61 Abs. 2 S. 2 AsylG: lawful before", OUTSIDE | {"stay_unbroken": True,
     "lawful_or_tolerated_stay_since": d("2026-01-31")}, "2026-04-30"),
    ("§ 61 Abs. 2 S. 2 AsylG: later toleration takes nothing", OUTSIDE | {"tolerated_since": d("2026-08-01")},
     "2026-10-15"),
    ("§ 87d AsylG", OUTSIDE | {"safe_country": "§ 29a", "nationality": "Georgien",
     "application_filed": d("2023-08-30")}, "2026-10-15"),
    ("§ 61 Abs. 2 S. 4 AsylG: filed before September 2015", OUTSIDE | {"safe_country": ABSENT, "nationality": "Serbien",
     "application_filed": d("2015-08-31")}, "2026-10-15"),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts", "complete"), CLAIMS)
def test_claim(norm, facts, complete, law):
    outcome = work_access(WorkFacts(**facts), law)
    assert (outcome.result, outcome.waiting_complete) == ("claim", d(complete))


def test_work_permitted_in_the_procedure_stays_to_be_permitted_without_waiting(law):
    """§ 61 Abs. 1 S. 9 AsylG: "ist … zu erlauben"."""
    facts = TOLERATED_INSIDE | {"work_was_permitted_in_asylum_procedure": True}
    outcome = work_access(WorkFacts(**facts), law)
    assert (outcome.result, outcome.waiting_complete) == ("claim", None)
    open_ban = work_access(WorkFacts(**facts | {"own_fault_60a_6": None}), law)
    assert (open_ban.result, open_ban.missing) == ("hint", ("own_fault_60a_6",))
    measures = work_access(WorkFacts(**facts | {"removal_measures_pending": True}), law)
    assert measures.result == "hint"


def test_work_permitted_in_the_procedure_starts_no_new_waiting_outside(law):
    """§ 60a Abs. 5b AufenthG: "soll"; the stay in the procedure counts for § 32 Abs. 1 BeschV."""
    facts = TOLERATED_OUTSIDE | {"work_was_permitted_in_asylum_procedure": True}
    outcome = work_access(WorkFacts(**facts), law, d("2026-11-22"))
    assert (outcome.result, outcome.waiting_complete, outcome.missing) == ("hint", None, ())
    assert "ohne neue Wartezeit" in outcome.say
    assert "läuft noch" not in outcome.say


BLOCKED = [
    ("§ 61 Abs. 1 S. 5 AsylG", INSIDE | {"accelerated_letter": "b"}),
    ("§ 61 Abs. 1 S. 5, Abs. 2 S. 5 AsylG", OUTSIDE | {"accelerated_letter": "f"}),
    ("§ 61 Abs. 1 S. 4 AsylG", INSIDE | {"cooperation_breached": True}),
    ("§ 61 Abs. 1 S. 4, Abs. 2 S. 5 AsylG", OUTSIDE | {"cooperation_breached": True}),
    ("§ 61 Abs. 2 S. 4 AsylG", OUTSIDE | {"safe_country": "§ 29a", "nationality": "Serbien",
                                          "application_filed": d("2026-07-01")}),
    ("§ 87d AsylG: filed a day too late", OUTSIDE | {"safe_country": "§ 29a", "nationality": "Moldau",
                                                     "application_filed": d("2023-08-31")}),
    ("§ 60b Abs. 5 S. 2 AufenthG", TOLERATED_INSIDE | {"status": "DULB"}),
    ("§ 60a Abs. 6 S. 1 Nr. 2 AufenthG", TOLERATED_OUTSIDE | {"own_fault_60a_6": True}),
    ("§ 60a Abs. 6 S. 1 Nr. 3 AufenthG", TOLERATED_OUTSIDE | REFUSED | {"safe_country": "§ 29a",
                                                                       "nationality": "Nordmazedonien"}),
    ("§ 60a Abs. 6 S. 1 Nr. 3 AufenthG: never filed", TOLERATED_OUTSIDE | {"safe_country": "§ 29a",
     "nationality": "Serbien", "application_filed": ABSENT}),
    ("§ 60a Abs. 6 S. 1 Nr. 3 AufenthG: inside as well", TOLERATED_INSIDE | REFUSED | {"safe_country": "§ 29a",
     "nationality": "SRB", "work_was_permitted_in_asylum_procedure": True}),
    ("§ 104 Abs. 18 Nr. 2 AufenthG: tolerated a day too late", TOLERATED_OUTSIDE | REFUSED | {
        "safe_country": "Art. 62 VO 2024/1348", "nationality": "Türkei", "tolerated_since": d("2025-05-07"),
        "permission_held_on_2026_06_11": False}),
    ("§ 104 Abs. 18 Nr. 1 AufenthG: tolerated, but an application was filed", TOLERATED_OUTSIDE | {
        "safe_country": "§ 29a", "nationality": "Georgien", "tolerated_since": d("2023-08-30"),
        "application_filed": d("2023-09-10"), "application_refused": d("2024-01-15")}),
    ("§ 61 Abs. 1 S. 1, 6 AsylG", TOLERATED_INSIDE | {"removal_measures_pending": True}),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts"), BLOCKED)
def test_blocked(norm, facts, law):
    outcome = work_access(WorkFacts(**facts), law, d("2026-11-22"))
    assert (outcome.result, outcome.waiting_complete) == ("blocked", None)
    assert outcome.consent_free_for_any_job_from is None
    assert outcome.reasons
    assert outcome.paragraphs


HINTS_WITH_WAITING = [
    ("§ 61 Abs. 1 S. 6 AsylG: six months", TOLERATED_INSIDE | {"identity_clarified_by_passport": False}, "2026-11-30"),
    ("§ 61 Abs. 1 S. 7 AsylG: three", TOLERATED_INSIDE | {"identity_clarified_by_passport": True}, "2026-08-31"),
    ("§ 61 Abs. 1 S. 7 AsylG: apprenticeship", TOLERATED_INSIDE | {"job": "Berufsausbildung"}, "2026-08-31"),
    ("§ 32 Abs. 1 BeschV", TOLERATED_OUTSIDE | {"job": "ordinary"}, "2026-12-01"),
    ("§ 32 Abs. 1 BeschV: earlier stay", TOLERATED_OUTSIDE | {"tolerated_since": d("2026-11-01"), "job": "ordinary",
     "lawful_or_tolerated_stay_since": d("2026-09-01")}, "2026-12-01"),
    ("§ 104 Abs. 18 Nr. 1 AufenthG", TOLERATED_OUTSIDE | {"safe_country": "§ 29a", "nationality": "Moldau",
     "tolerated_since": d("2023-08-30"), "application_filed": ABSENT}, "2023-11-30"),
    ("§ 104 Abs. 18 Nr. 2 AufenthG: permission on the day", TOLERATED_OUTSIDE | REFUSED | {
        "safe_country": "Art. 62 VO 2024/1348", "nationality": "Ägypten", "permission_held_on_2026_06_11": True},
     "2026-12-01"),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts", "complete"), HINTS_WITH_WAITING)
def test_tolerated_people_get_a_hint(norm, facts, complete, law):
    outcome = work_access(WorkFacts(**facts), law)
    assert (outcome.result, outcome.waiting_complete) == ("hint", d(complete))


HINTS = [
    ("rules.md 6: inside without accelerated procedure", INSIDE | {"safe_country": "§ 29a"}, ()),
    ("§ 61 Abs. 2 S. 4 AsylG names the national lists only", OUTSIDE | {"safe_country": "Art. 62 VO 2024/1348"}, ()),
    ("six months outside: not settled", OUTSIDE | {"dublin_request": True}, ()),
    ("§ 61 Abs. 1 S. 2 Nr. 1 AsylG", INSIDE | {"final_decision": True}, ()),
    ("facility unknown", INSIDE | {"must_live_in_reception_facility": None}, ("must_live_in_reception_facility",)),
    ("letter unknown", INSIDE | {"accelerated_letter": None}, ("accelerated_letter",)),
    ("registration unknown", INSIDE | {"registered": None}, ("registered",)),
    ("exception unknown", INSIDE | {"protection_in_other_state": True}, ("germany_must_reexamine",)),
    ("registration does not stand in for gestattet", OUTSIDE | {"gestattet_since": None, "registered": d("2026-07-15")},
     ("gestattet_since",)),
    ("earlier stay, perhaps broken", OUTSIDE | {"tolerated_since": d("2026-05-20")}, ("stay_unbroken",)),
    ("earlier stay, broken", OUTSIDE | {"tolerated_since": d("2026-05-20"), "stay_unbroken": False}, ()),
    ("country unknown", OUTSIDE | {"safe_country": "§ 29a", "application_filed": d("2026-07-01")}, ("nationality",)),
    ("list unknown", TOLERATED_OUTSIDE | {"safe_country": None}, ("safe_country",)),
    ("application unknown", TOLERATED_OUTSIDE | {"safe_country": "§ 29a", "nationality": "Serbien"},
     ("application_filed", "application_refused")),
    ("refusal unknown", TOLERATED_OUTSIDE | {"safe_country": "§ 29a", "nationality": "Serbien",
     "application_filed": d("2023-02-01")}, ("application_refused",)),
    ("permission on the day unknown", TOLERATED_OUTSIDE | REFUSED | {"safe_country": "Art. 62 VO 2024/1348",
     "nationality": "Türkei"}, ("permission_held_on_2026_06_11",)),
    ("passport unknown", TOLERATED_INSIDE, ("identity_clarified_by_passport",)),
    ("tolerated since unknown", TOLERATED_OUTSIDE | {"tolerated_since": None}, ("tolerated_since",)),
    ("§ 60a Abs. 5b S. 2 AufenthG", TOLERATED_OUTSIDE | {"removal_measures_pending": True}, ()),
    ("§ 60c AufenthG", TOLERATED_OUTSIDE | {"status": "DULC"}, ()),
    ("§ 4a AufenthG", {"status": "AE253"}, ()),
    ("no paper", {}, ("status",)),
]  # fmt: skip


@pytest.mark.parametrize(("title", "facts", "missing"), HINTS)
def test_hint_without_any_date(title, facts, missing, law):
    outcome = work_access(WorkFacts(**facts), law, d("2026-11-22"))
    assert (outcome.result, outcome.missing) == ("hint", missing)
    assert outcome.waiting_complete is None


@pytest.mark.parametrize("facts", [OUTSIDE, TOLERATED_OUTSIDE])
def test_after_four_unbroken_years_no_consent_is_needed(facts, law):
    """§ 32 Abs. 2 Nr. 5, Abs. 3 BeschV: the same calendar day."""
    days = {"gestattet_since": d("2024-02-29"), "stay_unbroken": True}
    outcome = work_access(WorkFacts(**facts | days), law, d("2028-02-29"))
    assert outcome.consent_free_for_any_job_from == d("2028-02-29")
    assert "keine Zustimmung" in outcome.say
    broken = work_access(WorkFacts(**facts | days | {"stay_unbroken": None}), law)
    assert broken.consent_free_for_any_job_from is None


def test_the_sentence_says_whether_the_waiting_time_has_passed(law):
    facts = WorkFacts(**INSIDE)
    assert "läuft noch" in work_access(facts, law, d("2026-10-15")).say
    assert "Wartezeit erfüllt" in work_access(facts, law, d("2026-10-16")).say
    assert "Wartezeit" not in work_access(facts, law).say
