"""The two hard gates: what holds them, what never does, and what a printed reason closes."""

import pytest

from models.rules.checklists import AnswerValues, accepting_gaps, gather, items_by_code, printed_gaps, sending_gaps
from models.rules.message import Message
from models.rules.states import AnswerState
from models.rules.transfer_sheet import Gap
from models.seed.checklist_data import definitions

ITEMS = items_by_code(definitions().values())
HANDOVER = definitions()["handover"]
READY = {
    "U01": {"decision": "GFK", "served_on": "2026-11-14"},
    "U03": {"state": "APPLIED", "applied_on": "2026-11-18"},
    "U04": {"change_on": "2026-12-01", "follows": "PROPOSED"},
    "U08": {"current": True},
    "U10": {"sections": ["A", "B", "C", "D", "Q"]},
    "U12": {"informed_on": "2026-11-20"},
    "A10": {"adults": 1, "children": 0},
}


def known(changes=None, facts=None, **answers):
    values = {code: AnswerValues(values=entry) for code, entry in (READY | (changes or {})).items()}
    for code, answer in answers.items():
        values.pop(code, None)
        if answer is not None:
            values[code] = answer
    return gather(ITEMS, values, {}, {"change_expected": True} | (facts or {}))


def codes(gaps):
    return [gap.code for gap in gaps]


def test_ready_to_send():
    assert sending_gaps(HANDOVER, known()) == ()


@pytest.mark.parametrize("code", ["U01", "U03", "U04", "U08", "U10", "U12"])
def test_each_required_item_holds_the_gate_until_its_reason_is_printed(code):
    without = known(**{code: None})
    assert codes(sending_gaps(HANDOVER, without)) == [code]
    assert sending_gaps(HANDOVER, without, (), {code: "wird nachgereicht"}) == ()
    printed = printed_gaps(HANDOVER, without, (), {code: "wird nachgereicht"})
    assert [gap.reason for gap in printed] == ["wird nachgereicht"]
    assert codes(sending_gaps(HANDOVER, without, (), {code: "  "})) == [code]


def test_conditional_items_hold_it_only_where_they_apply():
    deviating = known({"U04": {"change_on": "2027-01-01", "follows": "OTHER"}})
    assert codes(sending_gaps(HANDOVER, deviating)) == ["U05"]
    assert codes(sending_gaps(HANDOVER, known({"A10": {"adults": 2, "children": 0}}))) == ["U06"]
    assert codes(sending_gaps(HANDOVER, known({"B18": {"restriction": "J"}}))) == ["U11"]
    assert sending_gaps(HANDOVER, known({"B18": {"restriction": "K"}})) == ()
    assert codes(sending_gaps(HANDOVER, known(facts={"change_expected": False}))) == ["U07"]


def test_an_unknown_household_does_not_hold_it():
    assert sending_gaps(HANDOVER, known(A10=None)) == ()


def test_agreement_consent_and_soll_items_never_hold_it():
    refused = known(
        {"B25": {"outcome": "REFUSED", "reason": "möchte nicht"}, "B26": {"consent": "refused"}},
        B24=None,
        U02=None,
    )
    assert sending_gaps(HANDOVER, refused) == ()
    health = known({"B18": {"restriction": "J"}, "U11": {"consent": "refused"}})
    assert sending_gaps(HANDOVER, health) == ()


def test_not_knowing_is_a_gap_with_its_own_printed_reason():
    unknown = known(U03=AnswerValues(AnswerState.UNKNOWN))
    assert sending_gaps(HANDOVER, unknown) == ()
    assert [(gap.code, gap.reason) for gap in printed_gaps(HANDOVER, unknown)] == [("U03", "unbekannt")]
    waived = known(U08=AnswerValues(AnswerState.NOT_APPLICABLE, reason="Person nicht erreichbar"))
    assert [gap.reason for gap in printed_gaps(HANDOVER, waived)] == ["Person nicht erreichbar"]
    assert codes(sending_gaps(HANDOVER, known(U03=AnswerValues(AnswerState.NOT_ASKED)))) == ["U03"]


def test_fields_of_the_sheet_hold_it():
    gaps = sending_gaps(HANDOVER, known(), [Gap("K", "strengths", Message("Stärken"))])
    assert codes(gaps) == ["K.strengths"]
    assert str(gaps[0].sentence) == "Stärken: fehlt im Abschnitt K des Übergabebogens (Agentur für Arbeit)"
    assert sending_gaps(HANDOVER, known(), [Gap("K", "strengths", Message("Stärken"))], {"K.strengths": "offen"}) == ()


def test_the_same_gap_is_told_once():
    sheet = [Gap("Q", "informed_on", Message("Person informiert am"))]
    gaps = sending_gaps(HANDOVER, known(U12=None), sheet)
    assert [(gap.code, gap.label) for gap in gaps] == [("U12", "Person informiert am")]
    sheet = [Gap("C", "decision_served_on", Message("Zustellung am"))]
    assert codes(sending_gaps(HANDOVER, known({"U01": {"decision": "GFK"}}), sheet)) == ["U01"]


def test_the_copy_follows_later():
    assert sending_gaps(HANDOVER, known({"U12": {"informed_on": "2026-11-20"}})) == ()
    marked = known({"U12": {"informed_on": {"missing": "not_asked"}, "copy_on": "2026-11-20"}})
    assert sending_gaps(HANDOVER, marked) == ()
    assert codes(printed_gaps(HANDOVER, marked)) == ["U12"]


def test_accepting_needs_receipt_and_check():
    assert codes(accepting_gaps(HANDOVER, known())) == ["U16", "U17"]
    half = known({"U16": {"received_on": "2026-11-23"}})
    assert [str(gap.sentence) for gap in accepting_gaps(HANDOVER, half)] == [
        "Unterschrift und Vollständigkeit geprüft: noch nicht beantwortet (Jobcenter)"
    ]
    both = known({"U16": {"received_on": "2026-11-23"}, "U17": {"checked": True}})
    assert accepting_gaps(HANDOVER, both) == ()
