"""The next step and the acts of a case as tables: what waits for others comes first, else a sentence stands there."""

import pytest

from models.rules.case_acts import Act, ActFacts, acts_for, may_act, sees_act
from models.rules.next_step import StepFacts, next_step
from models.rules.permissions import Block, Relation, sight
from models.rules.roles import Role
from models.rules.states import ConsentState, HandoverState
from tests.moments import TODAY

AGENTUR = sight(Relation(Role.AGENTUR, agentur_case=True), TODAY)
GAVE = frozenset({Block.IDENTITY, Block.OWN_ENTRIES, Block.HANDOVER_STATE, Block.SNAPSHOT})
DIRECT = sight(Relation(Role.JOBCENTER, responsible=True), TODAY)
TOOK = sight(Relation(Role.JOBCENTER, responsible=True, handed_over=True), TODAY)
RESIDENT = sight(Relation(Role.MUNICIPALITY, own_resident=True), TODAY)
CONTACT = sight(Relation(Role.COACH, coach_reported=True), TODAY)
COACHED = sight(Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.GRANTED), TODAY)
BENEFIT = sight(Relation(Role.ASYLBLG, receives_asylblg=True), TODAY)
DRAFT = {"reference": "X-1", "handover": HandoverState.DRAFT}
NEW = {"fresh": True, "responsible": True}
NOTHING = "Für Sie ist hier gerade nichts offen."
ITEM = {"list_word": "beratung", "open_item": ("B14", "Stärken und Interessen")}


@pytest.mark.parametrize(
    ("facts", "text", "path"),
    [
        (StepFacts(Role.AGENTUR, AGENTUR, case_open=False, **ITEM), "Der Fall ist abgeschlossen.", ""),
        (StepFacts(Role.AGENTUR, AGENTUR, **DRAFT, **NEW), "Übergabe vorbereiten", "/uebergaben/X-1"),
        (
            StepFacts(Role.AGENTUR, AGENTUR, reference="X-1", handover=HandoverState.QUERIED, **ITEM),
            "Rückfrage beantworten",
            "/uebergaben/X-1",
        ),
        (
            StepFacts(Role.AGENTUR, AGENTUR, reference="X-1", handover=HandoverState.SENT, **ITEM),
            "Weiter: Stärken und Interessen",
            "?liste=beratung#punkt-B14",
        ),
        (
            StepFacts(Role.AGENTUR, AGENTUR, finishable="Beratung", **ITEM),
            "Beratung abschließen",
            "?liste=beratung#abschliessen",
        ),
        (
            StepFacts(Role.AGENTUR, AGENTUR, **NEW, finishable="Beratung", **ITEM),
            "Ersten Kontakt eintragen",
            "erstkontakt",
        ),
        (StepFacts(Role.AGENTUR, AGENTUR, **NEW, **ITEM), "Ersten Kontakt eintragen", "erstkontakt"),
        (StepFacts(Role.AGENTUR, AGENTUR, proposed=True, **ITEM), "Übergabe anlegen", "uebergabe-anlegen"),
        (StepFacts(Role.AGENTUR, GAVE, **DRAFT), NOTHING, ""),
        (StepFacts(Role.MUNICIPALITY, RESIDENT, coach_to_report=True, **ITEM), "An den Coach melden", "coach-melden"),
        (StepFacts(Role.MUNICIPALITY, RESIDENT, **DRAFT), NOTHING, ""),
        (
            StepFacts(Role.JOBCENTER, TOOK, reference="X-1", handover=HandoverState.ACCEPTED, first_talk_missing=True),
            "Ersttermin eintragen",
            "/uebergaben/X-1",
        ),
        (StepFacts(Role.COACH, CONTACT, coach_to_report=True), NOTHING, ""),
    ],
)
def test_the_next_step(facts, text, path):
    step = next_step(facts)
    assert (str(step.text), step.path) == (text, path)


#                    res pap svc chg drf con rep lif mel end clo reo per hou ret cns cmp crs agr who cnf
ACTS = """
agentur               x   x   x   x   x   x   .   .   x   .   x   .   x   x   .   x   x   x   x   x   x
gave                  .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   x   x   .   x   .   x
direct                x   x   x   .   .   x   .   .   x   .   x   .   x   x   .   x   x   x   .   x   x
took                  .   .   .   .   .   .   .   .   x   .   x   .   .   .   .   x   .   x   .   x   x
resident              x   x   x   .   .   .   x   x   x   .   .   .   x   x   .   x   .   .   .   .   x
contact               .   .   .   .   .   .   .   .   x   x   .   .   .   .   .   x   .   .   .   .   .
coached               .   .   x   .   .   .   .   .   x   x   .   .   .   .   .   x   .   x   x   .   x
benefit               x   .   .   .   .   .   .   .   x   .   .   .   .   .   .   .   .   .   .   .   x
"""
SIGHTS = {
    "agentur": (Role.AGENTUR, AGENTUR),
    "gave": (Role.AGENTUR, GAVE),
    "direct": (Role.JOBCENTER, DIRECT),
    "took": (Role.JOBCENTER, TOOK),
    "resident": (Role.MUNICIPALITY, RESIDENT),
    "contact": (Role.COACH, CONTACT),
    "coached": (Role.COACH, COACHED),
    "benefit": (Role.ASYLBLG, BENEFIT),
}
ROWS = [(who, *SIGHTS[who], marks) for who, *marks in map(str.split, ACTS.strip().split("\n"))]


@pytest.mark.parametrize(("who", "role", "blocks", "marks"), ROWS, ids=[row[0] for row in ROWS])
def test_who_may_do_what_with_an_open_case(who, role, blocks, marks):
    facts = ActFacts(role, blocks, responsible=True, fresh=True, sphere_open=True, asylblg=True, reports=True)
    assert [may_act(act, facts) for act in Act] == [mark == "x" for mark in marks]


@pytest.mark.parametrize(
    ("act", "past"),
    [
        (Act.CONTACT, {"fresh": False}),
        (Act.CONTACT, {"responsible": False}),
        (Act.CHANGE, {"sphere_open": False}),
        (Act.SERVICE, {"case_open": False}),
        (Act.CLOSE, {"case_open": False}),
    ],
)
def test_an_act_that_is_past_is_still_this_persons(act, past):
    facts = ActFacts(Role.AGENTUR, AGENTUR, **({"responsible": True, "fresh": True, "sphere_open": True} | past))
    assert sees_act(act, facts)
    assert not may_act(act, facts)
    assert str(act) not in dict(map(reversed, acts_for(facts)))


def test_a_closed_case_can_be_opened_again():
    facts = ActFacts(Role.AGENTUR, AGENTUR, case_open=False)
    assert may_act(Act.REOPEN, facts)
    assert not may_act(Act.CLOSE, facts)


def test_the_coach_is_reported_to_once():
    facts = ActFacts(Role.MUNICIPALITY, RESIDENT, asylblg=True, coach_reported=True)
    assert not may_act(Act.REPORT, facts)
    assert not may_act(Act.REPORT, ActFacts(Role.MUNICIPALITY, RESIDENT, asylblg=False))


@pytest.mark.parametrize(("who", "may"), [("agentur", True), ("resident", True), ("direct", False), ("benefit", False)])
def test_who_begins_a_new_case_after_a_closed_one(who, may):
    role, blocks = SIGHTS[who]
    assert may_act(Act.RETURN, ActFacts(role, blocks, case_open=False)) is may
