"""Seats: taken and given back one at a time, never one too many, each with a named access path."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from models.base import db
from models.operations.courses import update_course
from models.operations.enrolment_answers import Confirmation, confirm_enrolment, decline_enrolment, send_to_provider
from models.operations.enrolments import cancel_enrolment, expire_reservations, reserve_seat
from models.rules.enrolments import NamedPath
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.reasons import NO_REASON, Reason
from models.rules.states import ConsentState, EnrolmentState
from models.tables import CaseStage, Consent, Course, Enrolment, Event
from tests.conftest import NOW, TODAY
from tests.course_cast import (
    LATER,
    OBLIGED,
    SELF_PAYER,
    SOON,
    make_course,
    make_enrolment,
    make_provider,
    path_states,
    provider_actor,
)

MOVED = Reason("MOVED")
pytestmark = pytest.mark.usefixtures("database")


def taken(course: Course) -> int:
    return Course.get_by_id(course.id).taken


def test_a_reservation_takes_a_seat_and_holds_it_for_two_weeks(make_case, people):
    case, course = make_case(), make_course(make_provider())
    row = make_enrolment(case, course, people("agentur"), OBLIGED)
    assert (row.state, row.access_path, row.path_issued_by) == (EnrolmentState.RESERVED, "P5", "ASYLBLG")
    assert row.reserved_until == TODAY + timedelta(days=14)
    assert taken(course) == 1
    assert CaseStage.get(CaseStage.case == case, CaseStage.key == "courses").state == "in_progress"
    assert Event.select().where(Event.kind == "enrolment.reserved", Event.case_id == case.id).count() == 1


def test_a_full_course_is_refused_and_nothing_changes(make_case, people):
    course = make_course(make_provider(), seats=1)
    make_enrolment(make_case(), course, people("agentur"))
    events = Event.select().count()
    with pytest.raises(RuleBroken, match="Der Kurs ist voll"):
        make_enrolment(make_case(given_name="Amina"), course, people("agentur"))
    assert (taken(course), Enrolment.select().count(), Event.select().count()) == (1, 1, events + 1)


def test_one_person_at_once_in_two_overlapping_courses_gets_one_seat(make_case, people):
    provider, case, actor = make_provider(), make_case(), people("agentur")
    courses = [make_course(provider, f"K-{number}") for number in range(8)]

    def try_to_reserve(course: Course) -> bool:
        with db.connection_context():
            try:
                make_enrolment(case, course, actor)
            except RuleBroken:
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_to_reserve, courses)) == 1
    assert sum(taken(course) for course in courses) == 1


def test_an_overlapping_course_is_refused_by_its_name(make_case, people):
    provider, case = make_provider(), make_case()
    make_enrolment(case, make_course(provider), people("agentur"))
    later = make_course(provider, "BB-2", starts_on=LATER, ends_on=None)
    with pytest.raises(RuleBroken) as refused:
        make_enrolment(case, later, people("agentur"))
    assert f"Modul 3, Bildungswerk Bosenberg, ab {SOON:%d.%m.%Y}" in str(refused.value.message)
    after = make_course(provider, "BB-3", starts_on=LATER + timedelta(days=1), ends_on=None)
    assert make_enrolment(case, after, people("agentur")).state == EnrolmentState.RESERVED


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"cancelled_on": TODAY}, "Der Kurs ist abgesagt"),
        ({"starts_on": TODAY}, "Der Kurs hat schon begonnen"),
        ({"register_until": TODAY - timedelta(days=1)}, "Die Anmeldefrist des Kurses ist vorbei"),
    ],
)
def test_a_course_that_takes_nobody_says_why(make_case, people, values, sentence):
    course = make_course(make_provider(), **values)
    with pytest.raises(RuleBroken, match=sentence):
        make_enrolment(make_case(), course, people("agentur"))
    assert taken(course) == 0


@pytest.mark.parametrize(
    ("named", "states", "field"),
    [
        (NamedPath(""), {}, "path"),
        (NamedPath("P9"), {}, "path"),
        (NamedPath("P8"), {}, "path"),
        (NamedPath("P0"), {}, "path"),
        (NamedPath("P2", "", "ABH", TODAY), {}, "path"),
        (NamedPath("P1"), {"P1": "not_yet"}, "path"),
        (NamedPath("P5"), {}, "issued_by"),
        (NamedPath("P5", issued_by="ASYLBLG"), {}, "dated"),
        (NamedPath("P5", issued_by="JC", dated=TODAY), {}, "issued_by"),
        (NamedPath("P5", issued_by="ASYLBLG", dated=TODAY + timedelta(days=1)), {}, "dated"),
        (NamedPath("P1", valid_to=TODAY - timedelta(days=1)), {"P1": "claim"}, "valid_to"),
        (NamedPath("P6", issued_by="BAMF", dated=date(2026, 3, 1)), {"P6": "suspended"}, "dated"),
    ],
)
def test_a_seat_needs_a_named_path_that_is_open(make_case, people, named, states, field):
    course = make_course(make_provider())
    with pytest.raises(RuleBroken) as refused:
        reserve_seat(make_case(), course, named, path_states(**states), actor=people("agentur"), now=NOW)
    assert field in refused.value.fields
    assert taken(course) == 0


@pytest.mark.parametrize(
    ("named", "states", "kind"),
    [
        (SELF_PAYER, {}, "AIK"),
        (OBLIGED, {}, "AIK"),
        (NamedPath("P1"), {"P1": "claim"}, "AIK"),
        (NamedPath("P6", issued_by="BAMF", dated=date(2026, 2, 1)), {"P6": "suspended"}, "AIK"),
        (NamedPath("P8", issued_by="AA", dated=TODAY), {}, "BBSK-B2"),
        (NamedPath("P0"), {}, "EOK"),
        (NamedPath("P9", issued_by="AA", dated=TODAY), {}, "MAT"),
    ],
)
def test_an_open_path_or_one_with_its_paper_is_enough(make_case, people, named, states, kind):
    course = make_course(make_provider(), kind=kind)
    reserve_seat(make_case(), course, named, path_states(**states), actor=people("agentur"), now=NOW)
    assert taken(course) == 1


def test_a_closed_case_gets_no_seat(make_case, people):
    course = make_course(make_provider())
    with pytest.raises(RuleBroken, match="abgeschlossen"):
        make_enrolment(make_case(changes={"state": "closed", "outcome": "work"}), course, people("agentur"))
    assert taken(course) == 0


def test_a_cancelled_seat_is_free_again_and_only_once(make_case, people):
    actor, course = people("agentur"), make_course(make_provider())
    row = make_enrolment(make_case(), course, actor)
    cancel_enrolment(row, MOVED, seen_version=row.version, actor=actor, now=NOW)
    assert (taken(course), Enrolment.get_by_id(row.id).state) == (0, EnrolmentState.CANCELLED)
    with pytest.raises(StaleVersion):
        cancel_enrolment(row, MOVED, seen_version=row.version, actor=actor, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        cancel_enrolment(row, MOVED, seen_version=row.version + 1, actor=actor, now=NOW)
    assert "storniert" in str(refused.value.message)
    assert taken(course) == 0


def test_a_cancellation_needs_a_reason(make_case, people):
    row = make_enrolment(make_case(), make_course(make_provider()), people("agentur"))
    with pytest.raises(RuleBroken) as refused:
        cancel_enrolment(row, NO_REASON, seen_version=row.version, actor=people("agentur"), now=NOW)
    assert "reason" in refused.value.fields


def test_a_reservation_expires_after_its_last_day(make_case, people):
    course = make_course(make_provider())
    row = make_enrolment(make_case(), course, people("agentur"))
    assert expire_reservations(now=NOW + timedelta(days=14)) == 0
    assert expire_reservations(now=NOW + timedelta(days=15)) == 1
    assert expire_reservations(now=NOW + timedelta(days=16)) == 0
    assert (taken(course), Enrolment.get_by_id(row.id).state) == (0, EnrolmentState.EXPIRED)


def test_a_course_never_shrinks_below_the_seats_taken(make_case, people):
    from tests.operations.test_courses import data_of

    actor, course = people("agentur"), make_course(make_provider())
    for name in ("A", "B", "C"):
        make_enrolment(make_case(given_name=name), course, actor)
    with pytest.raises(RuleBroken) as refused:
        update_course(course.id, data_of(course, seats=2), seen_version=1, actor=actor, now=NOW)
    assert "seats" in refused.value.fields
    update_course(course.id, data_of(course, seats=3), seen_version=1, actor=actor, now=NOW)
    assert Course.get_by_id(course.id).seats == 3


def with_form(row: Enrolment) -> Enrolment:
    Enrolment.update(form={"family_name": "Rahimi"}).where(Enrolment.id == row.id).execute()
    return Enrolment.get_by_id(row.id)


def test_nothing_is_sent_without_form_and_consent(make_case, people):
    actor = people("agentur")
    row = make_enrolment(make_case(), make_course(make_provider()), actor)
    with pytest.raises(RuleBroken, match="Anmeldebogen"):
        send_to_provider(row, TODAY, seen_version=row.version, actor=actor, now=NOW)
    row = with_form(row)
    with pytest.raises(RuleBroken, match="Ohne Einwilligung E2") as refused:
        send_to_provider(row, None, seen_version=row.version, actor=actor, now=NOW)
    assert "consented_on" in refused.value.fields
    assert Enrolment.get_by_id(row.id).state == EnrolmentState.RESERVED
    send_to_provider(row, TODAY, seen_version=row.version, actor=actor, now=NOW)
    sent = Enrolment.get_by_id(row.id)
    assert (sent.state, sent.sent_on, sent.reserved_until) == (EnrolmentState.SENT, TODAY, None)
    assert Consent.get(Consent.purpose == "E2").state == ConsentState.GRANTED


def test_a_consent_for_another_provider_or_of_long_ago_does_not_count(make_case, people):
    actor, case = people("agentur"), make_case()
    other = make_provider("Institut Schaumberg", account=True)
    row = with_form(make_enrolment(case, make_course(make_provider()), actor))
    Consent.create(
        case=case, purpose="E2", recipient=other.organisation_id, state="granted", decided_on=TODAY, recorded_at="x"
    )
    ended = TODAY - timedelta(days=731)
    Consent.create(case=case, purpose="E2", state="granted", decided_on=ended, recorded_at="x")
    with pytest.raises(RuleBroken, match="E2"):
        send_to_provider(row, None, seen_version=row.version, actor=actor, now=NOW)
    Consent.create(case=case, purpose="E2", state="granted", decided_on=TODAY, recorded_at="x")
    send_to_provider(row, None, seen_version=row.version, actor=actor, now=NOW)
    assert Consent.select().count() == 3


def test_a_confirmation_by_the_provider_keeps_who_said_it(make_case, people):
    actor, course = people("coach"), make_course(make_provider())
    row = make_enrolment(make_case(), course, people("agentur"))
    said = Confirmation(TODAY, SOON, "lt. Träger, Telefonat")
    confirm_enrolment(row, said, seen_version=row.version, actor=actor, now=NOW)
    row = Enrolment.get_by_id(row.id)
    assert (row.state, row.confirmed_on, row.source) == (EnrolmentState.CONFIRMED, TODAY, "lt. Träger, Telefonat")
    assert taken(course) == 1
    assert expire_reservations(now=NOW + timedelta(days=60)) == 0


@pytest.mark.parametrize(
    ("confirmed_on", "expected_start", "field"),
    [
        (None, None, "confirmed_on"),
        (TODAY + timedelta(days=1), None, "confirmed_on"),
        (TODAY, TODAY - timedelta(days=1), "expected_start"),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(make_case, people, confirmed_on, expected_start, field):
    row = make_enrolment(make_case(), make_course(make_provider()), people("agentur"))
    said = Confirmation(confirmed_on, expected_start, "lt. Träger")
    with pytest.raises(RuleBroken) as refused:
        confirm_enrolment(row, said, seen_version=1, actor=people("agentur"), now=NOW)
    assert field in refused.value.fields


def test_a_declined_seat_is_free_again(make_case, people):
    actor, course = people("agentur"), make_course(make_provider())
    row = make_enrolment(make_case(), course, actor)
    decline_enrolment(row, Reason("LEVEL"), "lt. Träger", seen_version=1, actor=actor, now=NOW)
    row = Enrolment.get_by_id(row.id)
    assert (row.state, row.reason_code, taken(course)) == (EnrolmentState.DECLINED, "LEVEL", 0)


def test_who_speaks_for_a_provider_names_the_source(make_case, people):
    actor, row = people("agentur"), make_enrolment(make_case(), make_course(make_provider()), people("agentur"))
    with pytest.raises(RuleBroken) as refused:
        confirm_enrolment(row, Confirmation(TODAY, None), seen_version=1, actor=actor, now=NOW)
    assert "source" in refused.value.fields
    with pytest.raises(RuleBroken) as refused:
        decline_enrolment(row, Reason("FULL"), seen_version=1, actor=actor, now=NOW)
    assert "source" in refused.value.fields


def test_a_provider_that_has_it_answers_itself(make_case, people):
    actor, provider = people("agentur"), make_provider(account=True)
    row = with_form(make_enrolment(make_case(), make_course(provider), actor))
    send_to_provider(row, TODAY, seen_version=1, actor=actor, now=NOW)
    with pytest.raises(RuleBroken, match="antwortet selbst"):
        confirm_enrolment(row, Confirmation(TODAY, None, "lt. Träger"), seen_version=2, actor=actor, now=NOW)
    confirm_enrolment(row, Confirmation(TODAY, None), seen_version=2, actor=provider_actor(provider), now=NOW)
    assert Enrolment.get_by_id(row.id).state == EnrolmentState.CONFIRMED
