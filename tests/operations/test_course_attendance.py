"""A sheet of attendance: all of a month or nothing, few statements, one event for each case, nobody's typing lost."""

from datetime import date, timedelta

import pytest

from models.base import db
from models.operations.course_attendance import FilledSheet, record_attendance
from models.operations.erasure import erase_case
from models.operations.notes import write_note
from models.operations.tasks import wrong_tasks
from models.queries.audit import verify_ledger
from models.queries.case_view import view_of
from models.queries.dossier import dossier_numbered
from models.rules.course_attendance import Month, Typed, cell_name
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.lesson_times import lesson_rows, read_lessons
from models.rules.notes import NotePlan
from models.rules.roles import SYSTEM
from models.rules.states import DayMark, NoteTopic
from models.rules.tasks import TaskKind
from models.tables import AttendanceDay, CaseTask, Course, Event
from tests.conftest import LEDGER_KEY, NOW, TODAY
from tests.course_cast import OBLIGED, SELF_PAYER, make_course, make_participant, make_provider, provider_actor

pytestmark = pytest.mark.usefixtures("database")
NOVEMBER = Month(date(2026, 11, 1))
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)
PRESENT, EXCUSED, ABSENT = DayMark.PRESENT, DayMark.EXCUSED, DayMark.ABSENT


@pytest.fixture
def taught(people, make_case):
    """A course that runs since October, Monday to Friday, and people in it."""

    def make(count: int = 1, *, account: bool = True, named=OBLIGED):
        lessons = lesson_rows(read_lessons("Mo-Fr 8:30-12:30"))
        times = {"starts_on": date(2026, 10, 12), "ends_on": date(2027, 3, 26), "lessons": lessons}
        course = make_course(make_provider(account=account), "BB-1", **times)
        rows = [make_participant(make_case(), course, people("agentur"), named) for _number in range(count)]
        return course, rows

    return make


def _fill(typed, shown=None, source="", month=NOVEMBER):
    return FilledSheet(
        "BB-1", month, {one: Typed(days, (shown or {}).get(one, {})) for one, days in typed.items()}, source
    )


def test_a_month_of_a_full_course_takes_few_statements_and_one_event_a_case(taught, monkeypatch):
    course, rows = taught(25)
    actor, days = (
        provider_actor(course.provider),
        [date(2026, 11, n) for n in (*range(2, 7), *range(9, 14), *range(16, 21))],
    )
    sent, run = [], type(db.obj).execute_sql
    monkeypatch.setattr(
        type(db.obj), "execute_sql", lambda self, sql, *a, **k: (sent.append(sql), run(self, sql, *a, **k))[1]
    )
    stored = record_attendance(_fill({row.id: dict.fromkeys(days, PRESENT) for row in rows}), actor=actor, now=NOW)
    assert stored == AttendanceDay.select().count() == 25 * len(days)
    assert len([sql for sql in sent if "access_log" not in sql]) < 45
    events = list(Event.select().where(Event.kind == "enrolment.attendance"))
    assert {event.case_id for event in events} == {row.case_id for row in rows} and len(events) == 25
    assert "Rahimi" not in events[0].data and (events[0].organisation, events[0].actor) == ("bosenberg", actor.name)
    assert verify_ledger(LEDGER_KEY, list).findings == []


def test_a_mark_is_changed_and_taken_back(taught):
    course, (row,) = taught()
    actor = provider_actor(course.provider)
    record_attendance(_fill({row.id: {MONDAY: PRESENT, TUESDAY: ABSENT}}), actor=actor, now=NOW)
    shown = {row.id: {MONDAY: PRESENT, TUESDAY: ABSENT}}
    record_attendance(_fill({row.id: {MONDAY: EXCUSED, TUESDAY: None}}, shown), actor=actor, now=NOW)
    assert [(one.day, one.state, one.version) for one in AttendanceDay.select()] == [(MONDAY, EXCUSED, 2)]
    assert record_attendance(_fill({row.id: {MONDAY: EXCUSED}}), actor=actor, now=NOW) == 0


def test_two_tabs_one_day(taught):
    course, (row,) = taught()
    actor = provider_actor(course.provider)
    record_attendance(_fill({row.id: {MONDAY: PRESENT}}), actor=actor, now=NOW)
    with pytest.raises(StaleVersion):
        record_attendance(_fill({row.id: {MONDAY: ABSENT, TUESDAY: PRESENT}}), actor=actor, now=NOW)
    assert AttendanceDay.select().count() == 1
    record_attendance(_fill({row.id: {TUESDAY: PRESENT}}), actor=actor, now=NOW)
    assert AttendanceDay.select().count() == 2


def test_one_wrong_day_stores_nothing(taught):
    course, (row,) = taught()
    actor, future = provider_actor(course.provider), TODAY + timedelta(days=1)
    with pytest.raises(RuleBroken) as refused:
        record_attendance(_fill({row.id: {MONDAY: PRESENT, future: PRESENT}}), actor=actor, now=NOW)
    assert list(refused.value.fields) == [cell_name(row.id, future)]
    assert (
        not AttendanceDay.select().exists() and not Event.select().where(Event.kind == "enrolment.attendance").exists()
    )


def test_foreign_courses_and_people_are_not_there_and_sight_ends(taught, make_case, people):
    course, (row,) = taught()
    other = make_provider("Institut Schaumberg", account=True)
    stranger = make_participant(make_case(), make_course(other, "S-1", starts_on=course.starts_on), people("agentur"))
    marks = {MONDAY: PRESENT}
    with pytest.raises(NotVisible):
        record_attendance(_fill({row.id: marks}), actor=provider_actor(other), now=NOW)
    with pytest.raises(NotVisible):
        record_attendance(_fill({stranger.id: marks}), actor=provider_actor(course.provider), now=NOW)
    Course.update(ends_on=TODAY - timedelta(weeks=8, days=1)).where(Course.id == course.id).execute()
    with pytest.raises(NotVisible):
        record_attendance(_fill({row.id: marks}), actor=provider_actor(course.provider), now=NOW)


def test_a_clerk_writes_for_a_provider_on_paper_alone_and_names_the_source(taught, people):
    course, (row,) = taught(account=False)
    marks, agentur = {row.id: {MONDAY: ABSENT}}, people("agentur")
    with pytest.raises(RuleBroken) as refused:
        record_attendance(_fill(marks), actor=agentur, now=NOW)
    assert "source" in refused.value.fields
    record_attendance(_fill(marks, source="lt. Träger, Kursliste"), actor=agentur, now=NOW)
    assert AttendanceDay.get().source == "lt. Träger, Kursliste"
    with pytest.raises(NotVisible):  # not his case
        record_attendance(_fill(marks, source="lt. Träger"), actor=people("jobcenter"), now=NOW)
    course.provider.organisation = people("tholey").organisation_id
    course.provider.save()
    with pytest.raises(NotVisible):  # it has the form, and speaks itself
        record_attendance(_fill(marks, source="lt. Träger"), actor=agentur, now=NOW)
    type(row).update(sent_on=None).execute()
    shown = {row.id: {MONDAY: ABSENT}}
    record_attendance(_fill({row.id: {MONDAY: EXCUSED}}, shown, source="lt. Träger"), actor=agentur, now=NOW)
    assert AttendanceDay.get().state == EXCUSED


def test_two_missed_days_are_a_task_until_she_comes_again_or_somebody_spoke(taught, people):
    course, (row,) = taught()
    actor, agentur = provider_actor(course.provider), people("agentur")
    asked = lambda: [task.organisation_id for task in CaseTask.select().where(CaseTask.kind == TaskKind.MISSED)]  # noqa: E731
    record_attendance(_fill({row.id: {MONDAY: ABSENT, TUESDAY: ABSENT}}), actor=actor, now=NOW)
    assert asked() == [agentur.organisation_id]
    record_attendance(_fill({row.id: {WEDNESDAY: EXCUSED}}), actor=actor, now=NOW)
    assert asked() == []
    gone = {row.id: {WEDNESDAY: EXCUSED}}
    record_attendance(_fill({row.id: {WEDNESDAY: None}}, gone), actor=actor, now=NOW)
    assert asked()
    view = view_of(dossier_numbered(agentur, row.case.number, TODAY), agentur)
    write_note(view, NotePlan(NoteTopic.LANGUAGE, "angerufen", "", TUESDAY, False), now=NOW)
    assert asked() == [] and wrong_tasks(today=TODAY) == []


def test_nothing_without_law_or_consent_and_nothing_after_erasure(taught):
    course, (row,) = taught(named=SELF_PAYER)
    actor = provider_actor(course.provider)
    with pytest.raises(RuleBroken, match="nichts gespeichert"):
        record_attendance(_fill({row.id: {MONDAY: PRESENT}}), actor=actor, now=NOW)
    type(row).update(access_path="P5").execute()
    record_attendance(_fill({row.id: {MONDAY: PRESENT}}), actor=actor, now=NOW)
    erase_case(row.case_id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert not AttendanceDay.select().exists()
