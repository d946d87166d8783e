"""How a course goes: begun, finished, broken off; who may tell it; and the seats that follow."""

from datetime import timedelta

import pytest

from models.operations.course_progress import News, note_progress
from models.rules.enrolments import Act
from models.rules.errors import NotAllowed, RuleBroken
from models.rules.reasons import NO_REASON, Reason
from models.rules.states import EnrolmentState
from models.tables import Consent, Course, Enrolment, Event
from tests.conftest import NOW, TODAY
from tests.course_cast import OBLIGED, SELF_PAYER, make_course, make_enrolment, make_provider, provider_actor

pytestmark = pytest.mark.usefixtures("database")
START, END = TODAY - timedelta(days=10), TODAY - timedelta(days=1)


@pytest.fixture
def confirmed(make_case, people):
    """An enrolment that the provider confirmed."""

    def make(named=OBLIGED, *, account: bool = False) -> Enrolment:
        row = make_enrolment(make_case(), make_course(make_provider(account=account)), people("agentur"), named)
        sent = TODAY if account else None
        known = {"state": EnrolmentState.CONFIRMED, "reserved_on": START, "sent_on": sent}
        Enrolment.update(known).where(Enrolment.id == row.id).execute()
        return Enrolment.get_by_id(row.id)

    return make


def test_a_course_begins_and_ends_and_its_seat_is_free(confirmed, people):
    row, actor = confirmed(), people("agentur")
    note_progress(row, News(Act.START, START, NO_REASON, "lt. Träger"), seen_version=1, actor=actor, now=NOW)
    running = Enrolment.get_by_id(row.id)
    assert (running.state, running.started_on) == (EnrolmentState.STARTED, START)
    assert Course.get().taken == 1
    note_progress(running, News(Act.FINISH, END, NO_REASON, "lt. Träger"), seen_version=2, actor=actor, now=NOW)
    over = Enrolment.get_by_id(row.id)
    assert (over.state, over.ended_on, Course.get().taken) == (EnrolmentState.FINISHED, END, 0)
    kinds = [event.kind for event in Event.select().order_by(Event.id)]
    assert kinds[-2:] == ["enrolment.started", "enrolment.finished"]


def test_a_dropout_has_a_reason(confirmed, people):
    row, actor = confirmed(), people("agentur")
    with pytest.raises(RuleBroken) as refused:
        note_progress(row, News(Act.DROP, END, NO_REASON, "lt. Träger"), seen_version=1, actor=actor, now=NOW)
    assert "reason" in refused.value.fields
    note_progress(row, News(Act.DROP, END, Reason("MOVED"), "lt. Träger"), seen_version=1, actor=actor, now=NOW)
    assert Enrolment.get_by_id(row.id).state == EnrolmentState.DROPPED_OUT


@pytest.mark.parametrize("day", [None, TODAY + timedelta(days=1), START - timedelta(days=1)])
def test_it_has_a_day_that_has_come(confirmed, people, day):
    with pytest.raises(RuleBroken) as refused:
        note_progress(
            confirmed(), News(Act.START, day, NO_REASON, "lt. T."), seen_version=1, actor=people("coach"), now=NOW
        )
    assert "on" in refused.value.fields


def test_what_has_not_begun_does_not_end(confirmed, people):
    row, actor = confirmed(), people("agentur")
    with pytest.raises(RuleBroken):
        note_progress(row, News(Act.FINISH, END, NO_REASON, "lt. T."), seen_version=1, actor=actor, now=NOW)
    note_progress(row, News(Act.START, START, NO_REASON, "lt. T."), seen_version=1, actor=actor, now=NOW)
    early = News(Act.FINISH, START - timedelta(days=1), NO_REASON, "lt. T.")
    with pytest.raises(RuleBroken) as refused:
        note_progress(row, early, seen_version=2, actor=actor, now=NOW)
    assert "on" in refused.value.fields


def test_the_provider_tells_by_law_or_with_the_consent_e4(confirmed, people):
    row = confirmed(SELF_PAYER, account=True)
    provider, news = provider_actor(row.course.provider), News(Act.START, START)
    with pytest.raises(NotAllowed):
        note_progress(row, news, seen_version=1, actor=provider, now=NOW)
    ended = TODAY - timedelta(days=731)
    Consent.create(case=row.case_id, purpose="E4", state="granted", decided_on=ended, recorded_at="x")
    with pytest.raises(NotAllowed):  # also before the daily run
        note_progress(row, news, seen_version=1, actor=provider, now=NOW)
    Consent.create(case=row.case_id, purpose="E4", state="granted", decided_on=TODAY, recorded_at="x")
    hearsay = News(Act.START, START, NO_REASON, "lt. Träger")
    with pytest.raises(RuleBroken, match="antwortet selbst"):
        note_progress(row, hearsay, seen_version=1, actor=people("agentur"), now=NOW)
    note_progress(row, news, seen_version=1, actor=provider, now=NOW)
    assert Enrolment.get_by_id(row.id).state == EnrolmentState.STARTED


def test_an_obliged_person_s_start_is_told_without_consent(confirmed):
    row = confirmed(account=True)
    actor = provider_actor(row.course.provider)
    note_progress(row, News(Act.START, START), seen_version=1, actor=actor, now=NOW)
    assert Enrolment.get_by_id(row.id).started_on == START
