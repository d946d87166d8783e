"""The waiting list of a course: who comes first, what an offer holds, and where a seat goes that nobody takes."""

from datetime import date, timedelta

import pytest

from models.operations.course_progress import News, note_progress
from models.operations.courses import update_course
from models.operations.enrolment_answers import Confirmation, confirm_enrolment, decline_enrolment
from models.operations.enrolments import cancel_enrolment, expire_reservations, move_enrolment, reserve_seat
from models.operations.seats import offer_free_seats
from models.operations.waiting import (
    accept_offer,
    join_waiting_list,
    keep_waiting_lists,
    leave_waiting_list,
    refuse_offer,
)
from models.queries.seats import entries_of, figures_of
from models.rules.enrolments import Act, NamedPath
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.reasons import NO_REASON, Reason
from models.rules.states import SEAT_HOLDING, EnrolmentState
from models.tables import Case, CaseTask, Course, Enrolment, Event
from tests.conftest import NOW, TODAY
from tests.course_cast import SELF_PAYER, SOON, make_course, make_enrolment, make_provider, path_states
from tests.operations.test_courses import data_of

pytestmark = pytest.mark.usefixtures("database")
MOVED = Reason("MOVED")
PLAN = NamedPath("P4", "§ 5a IntV", "JC", date(2026, 11, 2))
BY_JC = NamedPath("P3", "§ 44a AufenthG", "JC", date(2026, 11, 2))
PATHS = path_states(P3="hint", P4="hint")
FIVE_WORKING_DAYS = date(2026, 11, 30)


@pytest.fixture
def full(make_case, people):
    """A course with one seat, which somebody holds; ``joins`` puts others on its list."""

    clerk = people("agentur")
    only = make_course(make_provider(), seats=1)

    class Full:
        course, actor, count = only, clerk, 0
        holder = make_enrolment(make_case(), only, clerk)

        def joins(self, named: NamedPath = SELF_PAYER, days: int = 0, *, sphere: str = "S3", **more) -> int:
            self.count += 1
            case = make_case(given_name=f"Person {self.count}", sphere=sphere)
            now = NOW + timedelta(days=days)
            return join_waiting_list(case, self.course, named, PATHS, actor=self.actor, now=now, **more)

        def frees(self) -> None:
            cancel_enrolment(self.holder, MOVED, seen_version=self.holder.version, actor=self.actor, now=NOW)

    return Full()


def row_of(number: int) -> Enrolment:
    return Enrolment.get_by_id(number)


def state_of(number: int) -> str:
    return row_of(number).state


def adds_up(course: Course) -> bool:
    held = Enrolment.select().where(Enrolment.course == course.id, Enrolment.state.in_(SEAT_HOLDING)).count()
    current = Course.get_by_id(course.id)
    return current.taken == held <= current.seats and figures_of([current])[course.id].elsewhere == 0


def test_rank_is_priority_then_day_then_number(full):
    plain, early = full.joins(), full.joins(days=-1)
    planned, obliged = full.joins(PLAN, sphere="S2"), full.joins(BY_JC, days=-2, sphere="S2")
    ticked = full.joins(sphere="S2", in_plan=True)
    order = [entry.id for entry in entries_of([full.course.id])[full.course.id]]
    assert order == [obliged, planned, ticked, early, plain]


def test_a_plan_is_a_plan_of_sgb2_alone(full):
    with pytest.raises(RuleBroken) as refused:
        full.joins(in_plan=True)
    assert "in_plan" in refused.value.fields


def test_nobody_waits_twice_or_for_a_course_with_free_seats(full, make_case, people):
    entry = row_of(full.joins())
    with pytest.raises(RuleBroken, match="steht schon auf der Warteliste"):
        join_waiting_list(entry.case, full.course, SELF_PAYER, PATHS, actor=full.actor, now=NOW)
    with pytest.raises(RuleBroken, match="schon einen Platz"):
        join_waiting_list(full.holder.case, full.course, SELF_PAYER, PATHS, actor=full.actor, now=NOW)
    other = make_course(full.course.provider, "BB-2", seats=3)
    with pytest.raises(RuleBroken, match="freie Plätze: Reservieren"):
        join_waiting_list(make_case(given_name="X"), other, SELF_PAYER, PATHS, actor=full.actor, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        join_waiting_list(make_case(given_name="Y"), full.course, NamedPath(""), PATHS, actor=full.actor, now=NOW)
    assert "path" in refused.value.fields
    assert Enrolment.select().where(Enrolment.state == "waiting").count() == 1


def test_a_freed_seat_is_offered_to_the_first_and_held(full, make_case):
    second, first = full.joins(), full.joins(BY_JC, sphere="S2")
    full.frees()
    offered = row_of(first)
    assert (offered.state, offered.offered_on, offered.reserved_until) == ("offered", TODAY, FIVE_WORKING_DAYS)
    assert state_of(second) == "waiting" and adds_up(full.course)
    task = CaseTask.get(CaseTask.kind == "course_offer")
    assert (task.case_id, task.due_on, task.organisation_id) == (
        offered.case_id,
        FIVE_WORKING_DAYS,
        offered.case.responsible_id,
    )
    with pytest.raises(RuleBroken, match="Der Kurs ist voll"):
        make_enrolment(make_case(given_name="Spät"), full.course, full.actor)


def test_an_offer_ends_with_the_registration(full):
    last = TODAY + timedelta(days=2)
    Course.update(register_until=last).where(Course.id == full.course.id).execute()
    entry = full.joins()
    full.frees()
    assert row_of(entry).reserved_until == last


@pytest.mark.parametrize("how", ["decline", "drop", "expire", "more seats"])
def test_every_seat_that_becomes_free_is_offered(full, how):
    entry, row, by = full.joins(), full.holder, {"actor": full.actor, "now": NOW}
    if how == "decline":
        decline_enrolment(row, Reason("LEVEL"), "lt. Träger", seen_version=1, **by)
    elif how == "drop":
        confirm_enrolment(row, Confirmation(TODAY, SOON, "lt. Träger"), seen_version=1, **by)
        note_progress(row, News(Act.DROP, TODAY, MOVED, "lt. Träger"), seen_version=2, **by)
    elif how == "expire":
        assert expire_reservations(now=NOW + timedelta(days=15)) == 1
    else:
        update_course(full.course.id, data_of(full.course, seats=2), seen_version=1, **by)
    assert state_of(entry) == "offered" and adds_up(full.course)


def test_an_accepted_offer_is_a_reservation_and_ends_other_waiting(full, make_case):
    rival = make_course(full.course.provider, "BB-2", seats=1)
    make_enrolment(make_case(given_name="Dort"), rival, full.actor)
    entry = row_of(full.joins())
    elsewhere = join_waiting_list(entry.case, rival, SELF_PAYER, PATHS, actor=full.actor, now=NOW)
    full.frees()
    entry = row_of(entry.id)
    accept_offer(entry, SELF_PAYER, PATHS, seen_version=entry.version, actor=full.actor, now=NOW)
    taken = row_of(entry.id)
    assert (taken.state, taken.reserved_until) == (EnrolmentState.RESERVED, TODAY + timedelta(days=14))
    assert (state_of(elsewhere), row_of(elsewhere).reason_code) == ("cancelled", "OTHER_COURSE")
    with pytest.raises(StaleVersion):
        accept_offer(entry, SELF_PAYER, PATHS, seen_version=entry.version, actor=full.actor, now=NOW)
    assert adds_up(full.course) and adds_up(rival)


def test_who_is_placed_gives_an_offer_elsewhere_to_the_next(full, make_case):
    entry, following = row_of(full.joins()), full.joins()
    full.frees()
    other = make_course(full.course.provider, "BB-2")
    reserve_seat(entry.case, other, SELF_PAYER, PATHS, actor=full.actor, now=NOW)
    assert (state_of(entry.id), state_of(following)) == ("cancelled", "offered")
    assert adds_up(full.course) and adds_up(other)


def test_a_refused_offer_goes_to_the_next_with_a_reason(full):
    first, second = full.joins(), full.joins()
    full.frees()
    entry = row_of(first)
    with pytest.raises(RuleBroken) as refused:
        refuse_offer(entry, NO_REASON, seen_version=entry.version, actor=full.actor, now=NOW)
    assert "reason" in refused.value.fields
    refuse_offer(entry, Reason("OTHER", "Oma zieht um"), seen_version=entry.version, actor=full.actor, now=NOW)
    ended = row_of(first)
    assert (ended.state, ended.reason_code, ended.reason) == ("cancelled", "OTHER", "Oma zieht um")
    assert state_of(second) == "offered" and adds_up(full.course)
    assert Event.select().where(Event.kind == "enrolment.refused", Event.case_id == entry.case_id).count() == 1


def test_who_leaves_frees_no_seat(full):
    first, second = full.joins(), full.joins()
    entry = row_of(first)
    leave_waiting_list(entry, MOVED, seen_version=entry.version, actor=full.actor, now=NOW)
    full.frees()
    assert (state_of(first), state_of(second)) == ("cancelled", "offered") and adds_up(full.course)


def test_a_lapsed_offer_goes_behind_all_others_and_the_second_ends_it(full):
    first, second = full.joins(BY_JC, sphere="S2"), full.joins()
    full.frees()
    assert keep_waiting_lists(now=NOW + timedelta(days=7)) == (0, 0, 0)
    assert keep_waiting_lists(now=NOW + timedelta(days=8)) == (1, 0, 1)
    assert (state_of(first), row_of(first).lapses, state_of(second)) == ("waiting", 1, "offered")
    keep_waiting_lists(now=NOW + timedelta(days=16))
    assert (state_of(second), state_of(first)) == ("waiting", "offered")
    assert keep_waiting_lists(now=NOW + timedelta(days=30)) == (1, 0, 1)
    assert (state_of(first), row_of(first).reason_code) == ("expired", "NO_ANSWER")
    assert state_of(second) == "offered" and adds_up(full.course)


def test_an_offer_that_is_over_is_not_taken_any_more(full):
    entry = row_of(full.joins())
    full.frees()
    entry = row_of(entry.id)
    late = NOW + timedelta(days=8)
    with pytest.raises(RuleBroken, match="Frist des Angebots ist vorbei"):
        accept_offer(entry, SELF_PAYER, PATHS, seen_version=entry.version, actor=full.actor, now=late)
    assert state_of(entry.id) == "offered"


def test_an_offer_needs_a_path_that_is_still_open(full):
    entry = row_of(full.joins(BY_JC, sphere="S2"))
    full.frees()
    entry = row_of(entry.id)
    with pytest.raises(RuleBroken) as refused:
        accept_offer(entry, BY_JC, path_states(), seen_version=entry.version, actor=full.actor, now=NOW)
    assert "path" in refused.value.fields and state_of(entry.id) == "offered"


@pytest.mark.parametrize(
    ("change", "code"), [({"cancelled_on": TODAY}, "NOT_HELD"), ({"starts_on": TODAY, "seats": 1}, "BEGUN")]
)
def test_a_list_ends_with_its_course(full, change, code):
    waits = full.joins()
    Course.update(**change).where(Course.id == full.course.id).execute()
    full.frees()
    assert state_of(waits) == "waiting"
    assert keep_waiting_lists(now=NOW) == (0, 1, 0)
    assert (state_of(waits), row_of(waits).reason_code) == ("expired", code)


def test_a_closed_case_keeps_its_day_but_gets_no_offer(full):
    closed, following = full.joins(), full.joins()
    Case.update(state="closed", outcome="work").where(Case.id == row_of(closed).case_id).execute()
    full.frees()
    assert (state_of(closed), state_of(following)) == ("waiting", "offered")


def test_a_free_seat_belongs_to_the_list_first(full, make_case):
    entry = full.joins()
    Course.update(seats=2).where(Course.id == full.course.id).execute()
    with pytest.raises(RuleBroken, match="bekommt zuerst die Warteliste"):
        make_enrolment(make_case(given_name="Spät"), full.course, full.actor)
    assert offer_free_seats([full.course.id], now=NOW) == 1 and state_of(entry) == "offered"


def test_who_has_an_offer_gets_no_second_seat_in_the_course(full):
    entry = row_of(full.joins())
    full.frees()
    Course.update(seats=3).where(Course.id == full.course.id).execute()
    with pytest.raises(RuleBroken, match="Nehmen Sie dort das Angebot an"):
        reserve_seat(entry.case, full.course, SELF_PAYER, PATHS, actor=full.actor, now=NOW)
    assert state_of(entry.id) == "offered" and adds_up(full.course)


def test_two_courses_at_once_need_a_reason(make_case, people):
    provider, case, actor = make_provider(), make_case(), people("agentur")
    make_enrolment(case, make_course(provider), actor)
    other = make_course(provider, "BB-2", kind="ALPHA")
    by = {"actor": actor, "now": NOW}
    with pytest.raises(RuleBroken) as refused:
        reserve_seat(case, other, SELF_PAYER, PATHS, **by)
    assert set(refused.value.fields) == {"course", "double_reason"}
    row = row_of(reserve_seat(case, other, SELF_PAYER, PATHS, "abends, der andere ist vormittags", **by))
    assert row.double_reason == "abends, der andere ist vormittags"
    with pytest.raises(RuleBroken, match="in diesem Kurs schon einen Platz"):
        reserve_seat(case, other, SELF_PAYER, PATHS, "noch einmal", **by)


def test_a_move_is_both_or_neither(full, make_case):
    entry = full.joins()
    blocked = make_course(full.course.provider, "BB-2", seats=1, taken=1)
    by = {"seen_version": full.holder.version, "actor": full.actor, "now": NOW}
    with pytest.raises(RuleBroken, match="voll"):
        move_enrolment(full.holder, blocked, PATHS, **by)
    assert (state_of(full.holder.id), state_of(entry)) == ("reserved", "waiting")
    other = make_course(full.course.provider, "BB-3")
    moved = row_of(move_enrolment(full.holder, other, PATHS, **by))
    assert (moved.state, moved.course_id, moved.access_path) == ("reserved", other.id, "P7")
    assert (state_of(full.holder.id), row_of(full.holder.id).reason_code) == ("cancelled", "OTHER_COURSE")
    assert state_of(entry) == "offered" and adds_up(full.course) and adds_up(other)


@pytest.mark.parametrize("broken", ["reserve", "confirm", "accept"])
def test_a_crash_leaves_nothing_half_done(full, make_case, monkeypatch, broken):
    entry = row_of(full.joins())
    if broken == "accept":
        full.frees()
        entry = row_of(entry.id)
    other = make_course(full.course.provider, "BB-2")
    before = (list(Enrolment.select().order_by(Enrolment.id).dicts()), list(Course.select().dicts()))
    by = {"actor": full.actor, "now": NOW}

    def crash(*_args, **_more):
        raise ConnectionError("gone")

    monkeypatch.setattr("models.operations.enrolments.record", crash)
    monkeypatch.setattr("models.operations.enrolment_answers.record", crash)
    new_case = make_case(given_name="Neu")
    act = {
        "reserve": lambda: reserve_seat(new_case, other, SELF_PAYER, PATHS, **by),
        "confirm": lambda: confirm_enrolment(full.holder, Confirmation(TODAY, None, "lt. T."), seen_version=1, **by),
        "accept": lambda: accept_offer(entry, SELF_PAYER, PATHS, seen_version=entry.version, **by),
    }
    with pytest.raises(ConnectionError):
        act[broken]()
    assert before == (list(Enrolment.select().order_by(Enrolment.id).dicts()), list(Course.select().dicts()))


def test_a_crash_after_a_seat_became_free_is_made_up_for(full, monkeypatch):
    entry = full.joins()

    def crash(*_args, **_more):
        raise ConnectionError("gone")

    with monkeypatch.context() as patch:
        patch.setattr("models.operations.seats.record", crash)
        with pytest.raises(ConnectionError):
            full.frees()
    assert (state_of(full.holder.id), state_of(entry)) == ("cancelled", "waiting") and adds_up(full.course)
    assert keep_waiting_lists(now=NOW) == (0, 0, 1)
    assert state_of(entry) == "offered" and adds_up(full.course)
