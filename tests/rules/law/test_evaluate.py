"""Tables of cases: what is answered, what is refused in a sentence, and that nothing is taken from the expectation."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.law.course_access import course_access
from models.rules.law.evaluate import UnreadableTable, evaluate
from models.rules.law.facts import ABSENT, CourseFacts, SphereFacts, WorkFacts
from models.rules.law.legal_sphere import change_of_sphere
from models.rules.law.reading import DAYS, YES_OR_NO
from models.rules.law.work_access import work_access
from models.seed.law_data import load_law

LAW = load_law()
TABLE = json.loads((Path(__file__).parent / "law_cases.json").read_text(encoding="utf-8"))
SERVED = {"born": "1990-05-04", "decision": "GFK", "served": "2026-07-14"}
UNDATED = {"stay", "hint", "no_handover", "blocked", "none", "not_yet", "obliged"}


def _case(**parts):
    return {"id": "X", "rule": "legal_sphere", "facts": SERVED, **parts}


def test_expected_values_are_not_read():
    wrong = dict.fromkeys(("result", "sgb2_from", "unheard_of"), "1900-01-01")
    (answer,) = evaluate([_case(expected=wrong)], LAW)
    assert answer == {"id": "X", "result": "change", "sgb2_from": "2026-08-01", "unheard_of": None}


def test_without_expectation_all_that_the_rule_gives():
    for case in TABLE["cases"]:
        (answer,) = evaluate([case | {"expected": None}], LAW)
        assert {"id", "result", "say", "paragraphs", "missing"} <= set(answer)
        json.dumps(answer)


def test_a_bare_list_and_a_table_are_both_read():
    assert evaluate(TABLE, LAW) == evaluate(TABLE["cases"], LAW)


@pytest.mark.parametrize("table", [None, 3, "text", {}, {"cases": {}}])
def test_no_table(table):
    with pytest.raises(UnreadableTable) as caught:
        evaluate(table, LAW)
    assert "Tabelle" in str(caught.value.message)


@pytest.mark.parametrize(
    "case",
    [
        _case(rule="astrology"),
        _case(rule=None),
        _case(facts=None),
        _case(facts=[]),
        _case(facts=SERVED | {"served": "14.07.2026"}),
        _case(facts=SERVED | {"served": "2026-02-30"}),
        _case(facts=SERVED | {"served": 20260714}),
        _case(facts=SERVED | {"served": "9999-12-31"}),
        _case(facts=SERVED | {"hilfebeduerftig": "ja"}),
        _case(facts=SERVED | {"decision": 7}),
        _case(rule="course_access", facts={"age": True}),
        _case(rule="course_access", facts={"age": "25"}),
        _case(rule="work_access", facts={"safe_country": True}),
        _case(rule="work_access", facts={"today": "heute"}),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(case):
    good = _case(id="Y", expected={"result": None})
    broken, fine = evaluate([case, good], LAW)
    assert broken["id"] == "X"
    assert broken["error"].endswith(".")
    assert set(broken) == {"id", "error"}
    assert fine == {"id": "Y", "result": "change"}


def test_a_case_that_is_no_object():
    assert evaluate(["S01"], LAW)[0]["error"]


def test_null_means_there_is_none():
    case = _case(facts={"born": "1990-05-04", "decision": "ABV", "title_granted": None}, expected={"result": None})
    unknown = _case(facts={"born": "1990-05-04", "decision": "ABV"}, expected={"result": None})
    assert [answer["result"] for answer in evaluate([case, unknown], LAW)] == ["stay", "hint"]


def _some_facts(kind):
    """Any mixture of known, absent and unknown facts."""
    codes = st.sampled_from([None, "XYZ", *(row.code for row in LAW.residence_codes)])
    days = st.one_of(st.none(), st.just(ABSENT), st.dates(date(2014, 1, 1), date(2030, 12, 31)))
    words = {
        "paper": codes,
        "title": codes,
        "status": codes,
        "decision": st.sampled_from([None, *(row.code for row in LAW.decisions)]),
        "safe_country": st.sampled_from([None, ABSENT, "§ 29a", "Art. 62 VO 2024/1348"]),
        "accelerated_letter": st.sampled_from([None, ABSENT, *"abefgj"]),
        "nationality": st.sampled_from([None, "Serbien", "Georgien", "Türkei", "Syrien"]),
        "benefits": st.sampled_from([None, "SGB II", "AsylbLG"]),
        "course_kind": st.sampled_from([None, "IK", "BSK"]),
        "age": st.one_of(st.none(), st.integers(0, 99)),
        "born": st.one_of(st.none(), st.dates(date(1940, 1, 1), date(2025, 1, 1))),
        "today": st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2030, 1, 1))),
        "obliged_by": st.sampled_from([None, "ABH § 44a"]),
        "obligation_basis": st.sampled_from([None, "§ 15 Abs. 6 SGB II a. F.", "§ 15a Abs. 1 S. 1 Nr. 3 SGB II"]),
    }
    yes_no = st.sampled_from([None, True, False])
    plain = dict.fromkeys(DAYS, days) | dict.fromkeys(YES_OR_NO, yes_no)
    chosen = {name: (plain | words).get(name, st.none()) for name in kind.__dataclass_fields__}
    return st.builds(kind, **chosen)


@settings(max_examples=300, deadline=None)
@given(_some_facts(SphereFacts))
def test_no_change_date_unless_it_is_a_change(facts):
    outcome = change_of_sphere(facts, LAW)
    dates = {outcome.asylblg_until, outcome.sgb2_from, outcome.application_latest, outcome.sgb2_ends}
    assert outcome.reasons
    assert (outcome.result in UNDATED) == (dates == {None})
    assert outcome.result != "hint" or outcome.missing or outcome.paragraphs


@settings(max_examples=300, deadline=None)
@given(_some_facts(WorkFacts), st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2030, 1, 1))))
def test_no_date_when_work_is_blocked_and_no_claim_without_its_facts(facts, today):
    outcome = work_access(facts, LAW, today)
    assert outcome.reasons
    if outcome.result == "blocked":
        assert (outcome.waiting_complete, outcome.consent_free_for_any_job_from) == (None, None)
    if outcome.result == "claim":
        assert not outcome.missing
        assert not facts.cooperation_breached
        assert facts.accelerated_letter not in {"a", "b", "e", "f"} or facts.status not in {"AGS", "AKN"}
    if outcome.result == "hint" and outcome.waiting_complete:
        assert LAW.residence(facts.status).code in {"DUL", "DUL23"}


@settings(max_examples=300, deadline=None)
@given(_some_facts(CourseFacts))
def test_no_course_date_unless_claim_or_deadline(facts):
    outcome = course_access(facts, LAW)
    assert outcome.reasons
    assert (outcome.claim_valid_to is not None) == (outcome.result == "claim")
    assert (outcome.last_day is not None) == (outcome.result == "deadline")
    if not facts.course_kind:
        assert [path.path for path in outcome.paths] == ["P1", "P2", "P3", "P4", "P5", "P6", "P7"]
        assert outcome.paths[6].state == "open"
