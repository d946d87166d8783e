"""Several people at once: each settled for herself, nobody twice, and no rank lost where a course is called off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models.base import db
from models.operations import course_batches
from models.operations.course_batches import Off, cancel_course, finish_cancellations, go_on, move_people
from models.operations.waiting import join_waiting_list
from models.queries.course_batches import result_of
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.states import SEAT_HOLDING, CaseState
from models.tables import Case, CaseTask, Course, CourseBatch, CourseBatchRow, Enrolment, Event
from tests.conftest import NOW, TODAY
from tests.course_cast import SELF_PAYER, make_course, make_enrolment, make_provider, path_states

pytestmark = pytest.mark.usefixtures("database")
TOMORROW = NOW + timedelta(days=1)
TOO_FEW = Off("TOO_FEW")


class World:
    """Two courses at the same time, and people in the first."""

    def __init__(self, make_case, clerk, provider):
        self.make_case, self.actor, self.count = make_case, clerk, 0
        self.old, self.new = make_course(provider), make_course(provider, "BB-2", seats=2)

    def placed(self, course: Course | None = None, **more) -> Enrolment:
        self.count += 1
        case = self.make_case(given_name=f"Person {self.count}", **more)
        return make_enrolment(case, course or self.old, self.actor)

    def moves(self, *rows: Enrolment, token: str = "once", may_list: bool = False) -> int:
        by = {"may_list": may_list, "token": token, "actor": self.actor, "now": TOMORROW}
        return move_people(self.old, {row.id: row.version for row in rows}, self.new, **by)

    def cancels(self, off: Off = TOO_FEW, token: str = "off", version: int = 1) -> int:
        return cancel_course(self.old, off, seen_version=version, token=token, actor=self.actor, now=TOMORROW)


@pytest.fixture
def world(make_case, people):
    return World(make_case, people("agentur"), make_provider())


def outcomes(batch_id: int) -> list[str]:
    rows = CourseBatchRow.select(CourseBatchRow.outcome).where(CourseBatchRow.batch == batch_id)
    return [outcome for (outcome,) in rows.order_by(CourseBatchRow.id).tuples()]


def adds_up(*courses: Course) -> bool:
    def held(course):
        return Enrolment.select().where(Enrolment.course == course.id, Enrolment.state.in_(SEAT_HOLDING)).count()

    return all(Course.get_by_id(course.id).taken == held(course) for course in courses)


def state_in(course: Course, row: Enrolment) -> list[str]:
    own = Enrolment.select(Enrolment.state).where(Enrolment.case == row.case_id, Enrolment.course == course.id)
    return [state for (state,) in own.tuples()]


def test_each_row_stands_for_itself(world):
    first, stale, closed, second, third = (world.placed() for _number in range(5))
    Enrolment.update(version=9).where(Enrolment.id == stale.id).execute()
    Case.update(state=CaseState.CLOSED).where(Case.id == closed.case_id).execute()
    batch = world.moves(first, stale, closed, second, third)
    assert outcomes(batch) == ["moved", "refused", "refused", "moved", "refused"]
    said = [row.sentence for row in CourseBatchRow.select().order_by(CourseBatchRow.id)]
    assert "inzwischen geändert" in said[1] and "Fall ist abgeschlossen" in said[2] and "Der Kurs ist voll" in said[4]
    assert (state_in(world.old, first), state_in(world.new, first)) == (["cancelled"], ["reserved"])
    assert (state_in(world.old, third), state_in(world.new, third)) == (["reserved"], [])
    taken = CourseBatchRow.get(CourseBatchRow.enrolment == first.id).became
    assert (taken.waiting_since, taken.reserved_on) == (TODAY, TOMORROW.date())
    assert adds_up(world.old, world.new)


def test_who_finds_no_seat_waits_there_with_her_day_if_that_is_wanted(world):
    rows = [world.placed() for _number in range(3)]
    batch = world.moves(*rows, may_list=True)
    assert outcomes(batch) == ["moved", "moved", "listed"]
    entry = CourseBatchRow.get(CourseBatchRow.outcome == "listed").became
    assert (entry.state, entry.waiting_since, entry.reserved_on) == ("waiting", TODAY, TOMORROW.date())
    assert state_in(world.old, rows[2]) == ["cancelled"] and adds_up(world.old, world.new)


def test_sending_a_form_twice_counts_once_and_a_gone_person_is_told(world):
    row = world.placed()
    assert world.moves(row) == world.moves(row) == CourseBatch.get().id
    assert outcomes(world.moves(row, token="other")) == ["refused"]
    assert "nicht mehr in diesem Kurs" in CourseBatchRow.get(CourseBatchRow.outcome == "refused").sentence
    assert Enrolment.select().where(Enrolment.course == world.new.id).count() == 1


def test_an_interrupted_batch_goes_on_where_it_stopped(world, monkeypatch):
    rows = [world.placed() for _number in range(2)]
    done, real = [], course_batches.moved

    def breaks_off(*args, **more):
        if done:
            raise RuntimeError("the light went out")
        done.append(real(*args, **more))
        return done[0]

    monkeypatch.setattr(course_batches, "moved", breaks_off)
    with pytest.raises(RuntimeError):
        world.moves(*rows)
    batch = CourseBatch.get().id
    assert outcomes(batch) == ["moved", ""] and result_of(world.actor, batch, TODAY).is_open
    monkeypatch.undo()
    for _twice in range(2):
        go_on(batch, actor=world.actor, now=TOMORROW)
        assert outcomes(batch) == ["moved", "moved"] and adds_up(world.old, world.new)
    assert Enrolment.select().where(Enrolment.course == world.new.id).count() == 2


def test_a_cancelled_course_sends_all_to_the_list_of_another_by_rank(world, make_case, people):
    late, early, closed = world.placed(), world.placed(), world.placed()
    foreign = world.placed(sphere="S2")
    Enrolment.update(reserved_on=TODAY - timedelta(days=9)).where(Enrolment.id == early.id).execute()
    Enrolment.update(reserved_on=TODAY - timedelta(days=5)).where(Enrolment.id == foreign.id).execute()
    Case.update(state=CaseState.CLOSED).where(Case.id == closed.case_id).execute()
    batch = world.cancels(Off("OTHER", "Wasserschaden", world.new))
    assert sorted(outcomes(batch)) == ["ended", "listed", "listed", "listed"]
    assert [state_in(world.new, row) for row in (early, foreign, late)] == [["offered"], ["offered"], ["waiting"]]
    ended = Enrolment.get_by_id(late.id)
    assert (ended.state, ended.reason_code) == ("cancelled", "NOT_HELD") and state_in(world.new, closed) == []
    course = Course.get_by_id(world.old.id)
    assert (course.cancel_code, course.cancel_text, course.taken) == ("OTHER", "Wasserschaden", 0)
    tasks = {(task.kind, task.organisation_id, task.case_id) for task in CaseTask.select()}
    assert {("course_offer", foreign.case.responsible_id, foreign.case_id)} <= tasks
    assert {("course_off", late.case.responsible_id, late.case_id)} <= tasks
    assert ("course_off", early.case.responsible_id, early.case_id) not in tasks
    assert Event.select().where(Event.kind == "course.cancelled").count() == 1 and adds_up(world.old, world.new)
    shown = result_of(world.actor, batch, TODAY)
    assert len(shown.lines) == 3 and sum(shown.others.values()) == 1
    with pytest.raises(NotVisible):
        result_of(people("jobcenter"), batch, TODAY)


def test_an_interrupted_cancellation_is_finished_before_the_calendar_ends_the_rest(world, monkeypatch):
    rows, real = [world.placed() for _number in range(2)], course_batches.relisted

    def breaks_off(left, *args, **more):
        if left.id == rows[1].id:
            raise RuntimeError("the light went out")
        return real(left, *args, **more)

    monkeypatch.setattr(course_batches, "relisted", breaks_off)
    with pytest.raises(RuntimeError):
        world.cancels(Off("ROOM", "", world.new))
    monkeypatch.undo()
    assert [finish_cancellations(now=TOMORROW) for _twice in "ab"] == [1, 0]
    assert [state_in(world.new, row) for row in rows] == [["offered"]] * 2 and adds_up(world.old, world.new)


def test_a_course_is_called_off_once_and_only_with_a_reason(world):
    row = world.placed()
    other_kind = make_course(world.old.provider, "BSK-1", kind="BBSK-B2")
    for off, field in ((Off(""), "reason"), (Off("OTHER"), "reason_text"), (Off("ROOM", "x"), "reason_text")):
        with pytest.raises(RuleBroken) as refused:
            world.cancels(off)
        assert field in refused.value.fields
    for target in (world.old, other_kind):
        with pytest.raises(RuleBroken) as refused:
            world.cancels(Off("ROOM", "", target))
        assert "course" in refused.value.fields
    with pytest.raises(StaleVersion):
        world.cancels(version=7)
    assert not CourseBatch.select().exists()
    assert world.cancels() == world.cancels(version=7)  # a double click
    with pytest.raises(RuleBroken, match="schon abgesagt"):
        world.cancels(token="second", version=2)
    with pytest.raises(RuleBroken, match="abgesagt"):
        world.placed()
    assert Enrolment.get_by_id(row.id).state == "cancelled"
    assert CaseTask.get(CaseTask.kind == "course_off").case_id == row.case_id


def test_batches_that_cross_do_not_lock_each_other_out(world):
    here = [world.placed() for _number in range(4)]
    Course.update(seats=9).where(Course.id == world.new.id).execute()
    there = [world.placed(world.new) for _number in range(4)]
    waits = world.make_case(given_name="Wartet")
    Course.update(seats=4).where(Course.id == world.old.id).execute()
    join_waiting_list(waits, world.old, SELF_PAYER, path_states(), actor=world.actor, now=NOW)

    def to_and_fro(number: int) -> None:
        rows, course, target = (here, world.old, world.new) if number % 2 else (there, world.new, world.old)
        chosen = {row.id: row.version for row in rows}
        with db.connection_context():
            by = {"may_list": True, "token": f"t{number}", "actor": world.actor, "now": TOMORROW}
            move_people(course, chosen, target, **by)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(to_and_fro, range(4)))
    assert adds_up(world.old, world.new)
    for row in (*here, *there):
        own = Enrolment.select().where(Enrolment.case == row.case_id, Enrolment.state.not_in(["cancelled"]))
        assert own.count() == 1
