"""The agreement of first steps: what may stand in it, how it is closed, who notes progress, which tasks follow."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.agreements import (
    STEP_LABELS,
    AgreementPlan,
    Closing,
    NextTalk,
    StepPlan,
    TalkSaid,
    check_closing,
    check_plan,
    check_reason,
    may_settle,
    step_text,
)
from models.rules.appointments import Slot
from models.rules.errors import RuleBroken
from models.rules.roles import Role
from models.rules.states import ListKey
from models.rules.tasks import TaskFacts, TaskKind, tasks_of
from models.rules.tasks.facts import StepFacts
from models.seed.checklist_data import definitions
from models.seed.files import read
from models.seed.law_data import load_law

TODAY = date(2026, 11, 23)
SOON = TODAY + timedelta(days=30)
STEP = StepPlan(1, "COURSE", "Integrationskurs", "PERSON", SOON)
PLAN = AgreementPlan("Arbeiten als Köchin", (STEP,))


def wrong(call, *args, **more) -> dict[str, str]:
    with pytest.raises(RuleBroken) as broken:
        call(*args, **more)
    return {name: str(text) for name, text in broken.value.fields.items()}


def test_a_plan_with_a_goal_and_a_step_may_be_kept():
    check_plan(PLAN, TODAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"goal": " "}, "goal"),
        ({"goal": "x" * 501}, "goal"),
        ({"steps": ()}, "kind_1"),
        ({"talk": NextTalk(on=TODAY - timedelta(days=1), begins="9:30")}, "next_on"),
        ({"talk": NextTalk(on=SOON)}, "next_begins"),
        ({"talk": NextTalk(on=SOON, begins="halb zehn")}, "next_begins"),
        ({"talk": NextTalk(on=SOON, begins="23:15")}, "next_begins"),
        ({"talk": NextTalk(on=SOON, begins="9:30", site="OTHER")}, "next_where"),
        ({"talk": NextTalk(on=SOON, begins="9:30", place="x" * 151)}, "next_where"),
        ({"talk": NextTalk(place="Zimmer 114")}, "next_on"),
        ({"talk": NextTalk(on=SOON, begins="9:30", site="QUATSCH")}, "next_site"),
        ({"talk": NextTalk(chosen=7, on=SOON, begins="9:30")}, "next_on"),
        ({"services": "x" * 501}, "services"),
        ({"interpreter": "x" * 121}, "interpreter"),
    ],
)
def test_what_is_wrong_stands_at_its_field(change, field):
    assert list(wrong(check_plan, replace(PLAN, **change), TODAY)) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "QUATSCH"}, "kind_1"),
        ({"who": ""}, "who_1"),
        ({"until": None}, "until_1"),
        ({"until": TODAY - timedelta(days=1)}, "until_1"),
        ({"until": date(2029, 1, 1)}, "until_1"),
        ({"kind": "OTHER", "detail": ""}, "detail_1"),
        ({"detail": "x" * 151}, "detail_1"),
    ],
)
def test_what_is_wrong_with_a_step_stands_in_its_line(change, field):
    assert list(wrong(check_plan, replace(PLAN, steps=(replace(STEP, **change),)), TODAY)) == [field]


@pytest.mark.parametrize(
    ("closing", "field"),
    [
        (Closing(None), "agreed_on"),
        (Closing(date(2026, 11, 24)), "agreed_on"),
        (Closing(date(2026, 10, 31)), "agreed_on"),
        (Closing(TODAY, with_pin=True), "paper_reason"),
        (Closing(TODAY, copy_on=date(2026, 11, 22)), "copy_on"),
        (Closing(TODAY, copy_on=date(2026, 11, 24)), "copy_on"),
    ],
)
def test_how_it_may_be_closed(closing, field):
    assert list(wrong(check_closing, closing, opened_on=date(2026, 11, 1), today=TODAY)) == [field]


def test_on_paper_or_with_the_key_and_a_reason():
    for closing in (Closing(TODAY, copy_on=TODAY), Closing(TODAY, with_pin=True, paper_reason="wish")):
        check_closing(closing, opened_on=date(2026, 11, 1), today=TODAY)


def test_a_refusal_has_a_reason():
    assert list(wrong(check_reason, " ")) == ["reason"]


@pytest.mark.parametrize(
    ("role", "who", "may"),
    [
        (Role.AGENTUR, "PERSON", True),
        (Role.AGENTUR, "COACH", True),
        (Role.COACH, "COACH", True),
        (Role.COACH, "PERSON", False),
        (Role.JOBCENTER, "AGENTUR", False),
    ],
)
def test_who_notes_progress(role, who, may):
    assert may_settle(role, who) is may


def test_the_codes_are_those_of_the_list_and_of_the_translated_texts():
    item = next(item for item in definitions()[ListKey.COUNSELLING].items if item.code == "B38")
    assert {choice.code: choice.label for choice in item.field("step_1").choices.choices} == dict(STEP_LABELS)
    texts = {row["key"] for row in read("texts/agreement.yaml")["paragraphs"]}
    assert {f"step_{kind.lower()}" for kind in STEP_LABELS} | {"who_person", "who_agentur", "who_coach"} <= texts


def test_the_next_appointment_in_words_and_as_an_appointment():
    talk = NextTalk(on=date(2027, 1, 12), begins="9.30", site="AGENTUR", place="Zimmer 114")
    check_plan(replace(PLAN, talk=talk), TODAY)
    plan = talk.plan(counsellor=3, despite="direkt danach")
    assert (plan.slot, plan.kind, plan.counsellor) == (Slot(talk.on, "09:30", "10:30"), "counselling", 3)
    assert TalkSaid(talk.on, "09:30", "Zimmer 114").words == "12.01.2027, 09:30 Uhr, Zimmer 114"
    assert TalkSaid(talk.on, "", "Zimmer 114").words == "12.01.2027, Zimmer 114", "an old draft without a time"
    assert NextTalk(chosen=7).said is None is NextTalk().said


def test_a_step_in_words():
    assert step_text("COURSE", "ab Modul 3") == "Deutschkurs: ab Modul 3"
    assert step_text("OTHER", "Bibliothek") == "Bibliothek"
    assert step_text("CV", "") == "Lebenslauf"


def due(**facts: object) -> list[tuple[int | None, int | None, str]]:
    steps = tuple(StepFacts("CV", who, SOON) for who in ("PERSON", "AGENTUR", "COACH"))
    known = TaskFacts(load_law(), agentur=1, coach=2, responsible=1, steps=steps, first_contact=True, **facts)
    return [(one.who, one.waits, one.word) for one in tasks_of(known) if one.kind == TaskKind.STEP]


def test_open_steps_are_tasks_and_the_coach_has_hers_with_consent_alone():
    assert due(coach_agreed=True) == [(1, None, "CV"), (1, None, "CV"), (2, 1, "CV")]
    assert due() == [(1, None, "CV")] * 3
    assert due(coach_agreed=True, coaching_ended=True) == [(1, None, "CV")] * 3
    assert due(accepted=True) == [] == due(case_open=False)
