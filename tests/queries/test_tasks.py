"""What the database keeps and selects of the tasks is what the pure rules say, on random cases, on both engines."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.base import db
from models.operations import cases, coaching
from models.operations.openings import parties
from models.operations.tasks import rebuild_tasks, renew_tasks, wrong_tasks
from models.queries import today as queries
from models.queries.day_lists import FOCI, Chosen
from models.queries.dossier import dossier
from models.queries.scope import blocks_of
from models.queries.task_facts import facts_in, facts_of_cases
from models.rules.day import DUE_GROUPS, Group, group_of
from models.rules.states import ConsentState, EnrolmentState, HandoverState
from models.rules.tasks import TASK_RULES, Due, Lane, TaskKind, tasks_of
from models.rules.times import stamp
from models.tables import (
    Answer,
    AsylumDecision,
    AttendanceDay,
    Case,
    CaseNote,
    CaseTask,
    Course,
    Enrolment,
    Handover,
    Organisation,
    Person,
    ResidenceRecord,
)
from tests.cast import make_case, member_of
from tests.course_cast import make_course, make_provider
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")

_DAYS = st.integers(-200, 200).map(lambda away: TODAY + timedelta(days=away))
_DAY = st.none() | _DAYS
_HANDOVER = st.fixed_dictionaries(
    {
        "state": st.sampled_from(list(HandoverState)),
        "due_on": _DAY,
        "sent_at": st.none() | st.just(stamp(NOW)),
        "closed_at": st.none() | st.just(stamp(NOW)),
        "copy_given_on": _DAY,
        "asylblg_until": _DAY,
    }
)
_PAPER = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["AGS", "DUL", "AE252F", "AE24", "NE"]),
        "valid_to": _DAY,
        "granted_on": _DAY,
        "residence_condition_until": _DAY,
    }
)
_CASE = st.fixed_dictionaries(
    {
        "case": st.fixed_dictionaries(
            {
                "state": st.sampled_from(["open", "open", "open", "closed"]),
                "opened_on": _DAYS,
                "first_contact_on": _DAY,
                "coach_reported_on": _DAY,
                "coach_consent": st.sampled_from(list(ConsentState)),
                "coaching_ended_on": st.none() | _DAYS,
                "receives_asylblg": st.booleans(),
                "asylblg_until": _DAY,
            }
        ),
        "born": st.dates(date(1955, 1, 1), date(2015, 1, 1)),
        "handover": st.none() | _HANDOVER,
        "papers": st.lists(_PAPER, max_size=2),
        "decision": st.none() | st.tuples(st.sampled_from(["GFK", "ASYL", "OU", "ABV"]), _DAY),
        "seats": st.lists(st.tuples(st.sampled_from(list(EnrolmentState)), _DAY, _DAY, _DAY), max_size=2),
        "attendance": st.lists(st.tuples(_DAYS, st.sampled_from(["absent", "absent", "present"])), max_size=3),
        "notes": st.lists(st.tuples(st.sampled_from(["agentur", "jobcenter", "coach"]), _DAYS), max_size=3),
        "answers": st.dictionaries(
            st.sampled_from(["B02", "B19", "B25", "K01", "K02", "K03"]),
            st.sampled_from(
                [
                    {"outcome": "AGREED", "agreed_on": "2026-09-01", "alternative": "P5", "path": "P5"},
                    {"issued_on": "2026-09-01", "path": "P1", "held_on": "2026-09-02"},
                    {},
                ]
            ),
        ),
        "answered": st.sampled_from(["done", "done", "cleared"]),
    }
)


def _store(drawn: dict[str, Any], course: Course) -> Case:
    """The drawn case as rows, past the operations."""
    case = make_case(changes=drawn["case"], date_of_birth=drawn["born"])
    known = parties()
    if drawn["handover"]:
        Handover.create(
            reference=f"{case.number}-1", case=case.id, number=1, sender=known.agentur, receiver=known.jobcenter,
            recorded_on=TODAY, subject="Rahimi, Samira", **drawn["handover"],
        )  # fmt: skip
    for paper in drawn["papers"]:
        ResidenceRecord.create(person=case.person_id, recorded_at=stamp(NOW), **paper)
    if drawn["decision"]:
        code, served = drawn["decision"]
        AsylumDecision.create(person=case.person_id, code=code, served_on=served, recorded_at=stamp(NOW))
    for state, reserved_until, sent_on, confirmed_on in drawn["seats"]:
        row = Enrolment.create(
            case=case.id, course=course.id, state=state, access_path="P5" if sent_on else "P1", reserved_on=TODAY,
            reserved_until=reserved_until, sent_on=sent_on, confirmed_on=confirmed_on, started_on=confirmed_on,
            path_dated=sent_on, ended_on=sent_on, reason_code="NOT_HELD" if sent_on else "", organisation=known.agentur,
        )  # fmt: skip
        for day, mark in dict(drawn["attendance"]).items():
            AttendanceDay.create(enrolment=row, day=day, state=mark, organisation=known.agentur, marked_at=stamp(NOW))
    for key, noted_on in drawn["notes"]:
        organisation = Organisation.get(Organisation.key == key)
        CaseNote.create(
            case=case.id,
            organisation=organisation,
            topic="work",
            text="x",
            noted_on=noted_on,
            created_at="",
            changed_at="",
        )
    for item, values in drawn["answers"].items():
        Answer.create(case=case.id, item=item, state=drawn["answered"], values=values, answered_at=stamp(NOW))
    return Case.select(Case, Person).join(Person).where(Case.id == case.id).get()


def _shown(key: str, today: date) -> list[tuple[int, Due]]:
    """What the pure rules show to that organisation today, in the cases that it may know."""
    actor, found = member_of(key), []
    for case in Case.select(Case, Person).join(Person):
        inbox = actor.role == "jobcenter"
        for due in tasks_of(facts_of_cases([case.id], today)[case.id]):
            sent = inbox and due.handover and Handover.get_by_id(due.handover).sent_at is not None
            if due.is_shown(today) and (blocks_of(actor, case, today) or sent):
                found.append((actor.organisation_id, due))
    return found


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=st.lists(_CASE, min_size=1, max_size=4), away=st.integers(-30, 90))
def test_the_database_keeps_and_selects_what_the_rules_say(drawn, away):
    today = TODAY + timedelta(days=away)
    with db.atomic() as transaction:
        course = Course.get_or_none() or make_course(make_provider())
        stored = [_store(one, course) for one in drawn]
        renew_tasks([case.id for case in stored], today)
        assert wrong_tasks(today=today) == []
        for case in stored:
            _from_the_dossier(case, today)
        for key in ("agentur", "jobcenter", "tholey", "coach", "asyl"):
            _selected(key, today)
        transaction.rollback()


def _from_the_dossier(case: Case, today: date) -> None:
    apart = (TaskKind.WAITING, TaskKind.WORK)
    many = [due for due in tasks_of(facts_of_cases([case.id], today)[case.id]) if due.kind not in apart]
    assert [due for due in tasks_of(facts_in(dossier(case, today), None)) if due.kind not in apart] == many


def _selected(key: str, today: date) -> None:
    actor, pure = member_of(key), _shown(key, today)
    for group in (*DUE_GROUPS, Group.WAITING):
        if group == Group.WAITING:
            expected = sorted(due.due_on for office, due in pure if due.waits == office)
        else:
            mine = [due for office, due in pure if due.who == office and TASK_RULES[due.kind].lane == Lane.DUE]
            expected = sorted(due.due_on for due in mine if group_of(due.due_on, today) == group)
        lines, _more = queries.lines_of(actor, today, Chosen(group=group))
        assert [line.due_on for line in lines] == expected[: queries.PAGE], (key, group)
    numbers = [figure.number for figure in queries.figures_for(actor, today)[0]]
    lengths = [len(queries.lines_of(actor, today, one)[0]) for one in _tiles(actor)]
    assert numbers == [str(length) for length in lengths]


def _tiles(actor: Any) -> list[Chosen]:
    groups = [Chosen(group=group) for group in (Group.OVERDUE, Group.TODAY, Group.WEEK, Group.WAITING)]
    return [*groups, Chosen(focus=FOCI[actor.role][0])]


def test_tasks_come_and_go_with_the_operations(make_case, people):
    case = make_case()
    kinds = {row.kind for row in CaseTask.select()}
    assert kinds == {TaskKind.CONTACT, TaskKind.COACH_REPORT}
    coaching.report_to_coach(case, seen_version=case.version, actor=people("tholey"), now=NOW)
    assert {row.kind for row in CaseTask.select()} == {TaskKind.CONTACT, TaskKind.COACH_CONTACT}
    case = Case.get_by_id(case.id)
    cases.record_first_contact(case, TODAY, seen_version=case.version, actor=people("agentur"), now=NOW)
    assert {row.kind for row in CaseTask.select()} == {TaskKind.COACH_CONTACT, TaskKind.NO_CONTACT}


def test_what_was_changed_past_the_operations_is_found_and_built_anew(make_case):
    case = make_case()
    Case.update(first_contact_on=TODAY).where(Case.id == case.id).execute()
    assert wrong_tasks(today=TODAY) == [case.number]
    assert rebuild_tasks(today=TODAY) == 1
    assert wrong_tasks(today=TODAY) == []


def test_a_wrong_kind_or_lane_is_refused_by_the_database(make_case):
    case = make_case()
    for wrong in ({"kind": "nonsense", "lane": "due"}, {"kind": "served", "lane": "no"}):
        with pytest.raises(Exception, match=r"(?i)check"), db.atomic():
            CaseTask.create(case=case.id, due_on=TODAY, **wrong)
