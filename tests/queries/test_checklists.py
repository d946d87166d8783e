"""The lists of a case as each organisation sees them, and how many queries that takes."""

import json
import logging
from datetime import date
from typing import Any

import pytest

from models.operations.answers import save_answer
from models.queries.case_view import view_of
from models.queries.checklists import open_lists
from models.queries.dossier import dossier
from models.queries.snapshot_items import items_to_release
from models.rules.checklists import AnswerValues, ItemState
from models.rules.states import AnswerState, EnrolmentState, HandoverState, ListKey, StageState
from models.rules.times import stamp
from models.tables import (
    Answer,
    AsylumDecision,
    Case,
    Course,
    Enrolment,
    Handover,
    Person,
    Provider,
    ResidenceRecord,
)
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")
ALL = [ListKey.INTAKE, ListKey.COUNSELLING, ListKey.COURSES, ListKey.HANDOVER]


def lists_of(case: Case, actor: Any, key: ListKey | None = None) -> Any:
    row = Case.select(Case, Person).join(Person).where(Case.id == case.id).get()
    return open_lists(dossier(row, TODAY), actor, key)


def codes(lists: Any) -> list[str]:
    shown = lists.chosen
    return [row.code for row in (*shown.rows, *shown.unclear, *shown.spare)]


def answer(case: Case, actor: Any, code: str, **values: Any) -> None:
    given = AnswerValues(AnswerState.DONE, values)
    save_answer(dossier(Case.get_by_id(case.id), TODAY), code, given, seen_version=0, actor=actor, now=NOW)


def accepted(case: Case, agentur: Any, jobcenter: Any, **items: Any) -> Case:
    """The case after the Jobcenter took it over with this snapshot."""
    Handover.create(
        reference=f"{case.number}-1", case=case, number=1, state=HandoverState.ACCEPTED, recorded_on=TODAY,
        sender=agentur.organisation_id, receiver=jobcenter.organisation_id, sent_at=stamp(NOW), received_at=stamp(NOW),
        accepted_at=stamp(NOW), snapshot=json.dumps({"items": items}), queries=[],
    )  # fmt: skip
    taken = {"accepted_on": TODAY, "agentur_sees_until": date(2027, 11, 23), "responsible": jobcenter.organisation_id}
    Case.update(**taken, legal_sphere="S2").where(Case.id == case.id).execute()
    return Case.get_by_id(case.id)


def test_the_agentur_sees_the_four_stages_and_not_the_coach(make_case, people):
    lists = lists_of(make_case(), people("agentur"))
    assert [(head.key, head.number, head.shown) for head in lists.heads] == [
        (key, number, True) for number, key in enumerate(ALL, start=1)
    ]
    assert lists.chosen.head.key == ListKey.INTAKE


def test_the_municipality_sees_its_list_how_far_the_rest_is_and_what_it_holds(make_case, people):
    lists = lists_of(make_case(), people("tholey"))
    assert [head.key for head in lists.heads] == ALL
    assert [head.shown for head in lists.heads] == [True, False, False, True]
    assert codes(lists_of(make_case(), people("tholey"), ListKey.HANDOVER)) == ["U01"]


def test_the_asylblg_unit_sees_only_items_that_it_holds(make_case, people):
    case = make_case()
    assert codes(lists_of(case, people("asyl"))) == ["A15"]
    assert codes(lists_of(case, people("asyl"), ListKey.COURSES)) == ["K01", "K02", "K03"]
    assert [head.key for head in lists_of(case, people("asyl")).heads] == [*ALL[:1], *ALL[2:]]


def test_the_coach_has_five_points_before_the_consent_and_the_whole_list_with_it(make_case, people):
    case = make_case(changes={"coach_reported_on": TODAY})
    before = lists_of(case, people("coach"))
    assert [head.key for head in before.heads] == [ListKey.COACH]
    assert codes(before) == ["C01", "C02", "C03", "C04", "C05"]
    assert before.heads[0].total == 5
    Case.update(coach_consent="granted").where(Case.id == case.id).execute()
    assert len(codes(lists_of(case, people("coach"), ListKey.COACH))) == 23
    assert codes(lists_of(case, people("coach"), ListKey.COUNSELLING)) == ["B26"]


def test_strangers_and_offices_without_cases_see_nothing(make_case, people):
    case = make_case()
    for key in ("freisen", "coach", "jobcenter", "koordination", "bamf", "datenschutz", "verwaltung"):
        lists = lists_of(case, people(key))
        assert (lists.heads, lists.chosen, lists.view.blocks) == ((), None, frozenset()), key


def test_a_direct_case_belongs_to_the_jobcenter_and_has_no_handover(make_case, people):
    lists = lists_of(make_case(sphere="S2"), people("jobcenter"))
    assert lists.heads[3].state == StageState.WAIVED
    counselling = lists_of(make_case(sphere="S2"), people("jobcenter"), ListKey.COUNSELLING)
    assert next(row for row in counselling.chosen.rows if row.code == "B04").mine


def test_after_acceptance_the_jobcenter_sees_what_was_released_and_its_own(make_case, people):
    agentur, jobcenter, case = people("agentur"), people("jobcenter"), make_case()
    answer(case, agentur, "B14", strengths="geduldig")
    answer(case, agentur, "B40", assessment="nicht freigegeben")
    answer(case, agentur, "B18", restriction="J")
    released = {
        "state": "done", "values": {"strengths": "geduldig"}, "text": "geduldig", "date": "2026-11-20",
        "organisation": "Agentur für Arbeit Saarland", "source": "",
    }  # fmt: skip
    case = accepted(case, agentur, jobcenter, B14=released)
    lists = lists_of(case, jobcenter, ListKey.COUNSELLING)
    assert lists.chosen is not None
    view = lists.view
    assert view.known.answers["B14"].values == {"strengths": "geduldig"}
    assert view.entries["B14"].source == f"aus dem Übergabebogen {case.number}-1"
    assert "B40" not in view.known.answers
    handover = lists_of(case, jobcenter, ListKey.HANDOVER)
    states = {row.code: row for row in (*handover.chosen.rows, *handover.chosen.unclear, *handover.chosen.spare)}
    assert states["U16"].text == "23.11.2026"
    assert states["U11"].view.applies is None, "what was not released decides nothing and shows nothing"


def test_after_acceptance_the_agentur_keeps_what_it_contributed(make_case, people):
    agentur, tholey, case = people("agentur"), people("tholey"), make_case()
    answer(case, tholey, "A01", received_on="2026-11-02")
    answer(case, agentur, "B14", strengths="geduldig")
    case = accepted(case, agentur, people("jobcenter"))
    assert codes(lists_of(case, agentur, ListKey.COUNSELLING)) == ["B14"]
    assert not lists_of(case, agentur, ListKey.COUNSELLING).chosen.rows[0].mine
    assert "A01" not in lists_of(case, agentur).view.known.answers
    late = dossier(case, date(2027, 11, 24))
    assert view_of(late, agentur).blocks == frozenset()


def test_entries_of_others_since_the_acceptance_reach_the_jobcenter_with_the_courses(make_case, people):
    agentur, jobcenter, case = people("agentur"), people("jobcenter"), make_case()
    Answer.create(case=case, item="K09", state="done", values={"times": ["MORNING"]}, answered_at=stamp(NOW))
    Answer.create(case=case, item="B15", state="done", values={"target_1": "Koch"}, answered_at=stamp(NOW))
    view = lists_of(accepted(case, agentur, jobcenter), jobcenter).view
    assert "K09" in view.known.answers
    assert "B15" not in view.known.answers


def test_a_snapshot_carries_the_released_fields_alone(make_case, people):
    agentur, case = people("agentur"), make_case(phone="0160 1", email="s@example.org")
    answer(case, agentur, "B02", held_on="2026-10-01", place="AGENTUR", way="PERSON")
    answer(case, agentur, "B18", restriction="J", effects=["HEBEN"], report="no")
    answer(case, agentur, "B14", strengths="geduldig")
    held = dossier(Case.get_by_id(case.id), TODAY)
    items = items_to_release(held, {"A", "L", "M"})
    assert items["A12"]["values"] == {"phone": "0160 1", "email": "s@example.org"}
    assert items["B02"]["values"] == {"held_on": "2026-10-01", "way": "PERSON"}, "the place stands on no sheet"
    assert (items["B02"]["organisation"], items["B02"]["date"]) == ("Agentur für Arbeit Saarland", "2026-11-23")
    assert not {"B14", "B18"} & items.keys(), "withheld, and health without the consent E3"


def test_the_newest_paper_decision_and_seat_answer_their_items(make_case, people):
    case = make_case()
    tholey = people("tholey").organisation_id
    at = {"organisation": tholey, "recorded_at": stamp(NOW)}
    ResidenceRecord.create(person=case.person_id, code="AKN", **at)
    ResidenceRecord.create(
        person=case.person_id, code="AGS", valid_to=date(2027, 1, 14), work_note="ET3", seen_on=date(2026, 11, 9), **at
    )
    ResidenceRecord.create(person=case.person_id, code="DUL", voided_at=stamp(NOW), void_reason="Irrtum", **at)
    AsylumDecision.create(person=case.person_id, code="GFK", served_on=date(2026, 11, 14), **at)
    provider = Provider.create(name="Bildungswerk Bosenberg")
    course = Course.create(number="K1", provider=provider, kind="AIK", title="Kurs 1", starts_on=TODAY, seats=9)
    Enrolment.create(
        case=case, course=course, state=EnrolmentState.STARTED, access_path="P5", reserved_on=TODAY,
        started_on=TODAY, organisation=people("agentur").organisation_id, path_issued_by="ASYLBLG",
    )  # fmt: skip
    intake = {row.code: row for row in lists_of(case, people("agentur"), ListKey.INTAKE).chosen.rows}
    assert intake["A05"].text.endswith("gültig bis: 14.01.2027")
    assert intake["A05"].who == "aus dem Aufenthaltspapier vom 09.11.2026, Gemeinde Tholey"
    assert intake["A23"].state == ItemState.OPEN, "a Gestattung asks for the duty to live in the facility"
    lists = lists_of(case, people("agentur"), ListKey.COURSES)
    facts = lists.view.known.facts
    assert (facts["paper"], facts["decision"], facts["served"]) == ("AGS", "GFK", "2026-11-14")
    assert (facts["course_kind"], facts["course_state"], facts["benefits"]) == ("IK", "running", "AsylbLG")
    rows = {row.code: row for row in lists.chosen.rows}
    assert rows["K12"].text.startswith("Kurs: Kurs 1 · Träger: Bildungswerk Bosenberg")
    assert rows["K03"].fields[0].key == "issued_on", "what the record leaves open is answered in the list"


def test_what_nobody_can_judge_yet_stands_aside(make_case, people):
    chosen = lists_of(make_case(), people("agentur"), ListKey.INTAKE).chosen
    assert "A24" in [row.code for row in chosen.unclear]
    assert next(row for row in chosen.unclear if row.code == "A24").why.endswith("Aufenthaltspapier")
    assert "A24" not in [lack.code for lack in chosen.missing]


def test_progress_and_missing_come_from_one_rule(make_case, people):
    case = make_case()
    chosen = lists_of(case, people("tholey"), ListKey.INTAKE).chosen
    required = [row.code for row in chosen.rows if row.level == "Pflicht" and row.state != ItemState.DONE]
    assert [lack.code for lack in chosen.missing] == required
    assert chosen.head.done + chosen.head.open == chosen.head.total
    assert chosen.missing[0].who == "Gemeinde"


@pytest.fixture
def queries() -> Any:
    """The statements sent to the database while a test looks."""
    seen: list[str] = []

    class Collector(logging.Handler):
        def emit(self, log: logging.LogRecord) -> None:
            seen.append(str(log.msg))

    logger, collector = logging.getLogger("peewee"), Collector()
    logger.addHandler(collector)
    logger.disabled = False  # a test that sets logging up may have switched it off
    logger.setLevel(logging.DEBUG)
    yield seen
    logger.removeHandler(collector)
    logger.setLevel(logging.NOTSET)


def test_the_number_of_queries_does_not_grow_with_the_answers(make_case, people, queries):
    actor, empty, full = people("agentur"), make_case(), make_case()
    for code, values in (("B04", {"compared": True}), ("B14", {"strengths": "x"}), ("B27", {"informed": True})):
        answer(full, actor, code, **values)
    lists_of(empty, actor)  # the definitions are read once per process
    counts = []
    for case in (empty, full):
        queries.clear()
        lists_of(case, actor, ListKey.COUNSELLING)
        counts.append(len(queries))
    assert 0 < counts[0] == counts[1] <= 17
