"""A provider proposes another course or start; the authority answers; places and tasks follow."""

from datetime import timedelta

import pytest

from models.operations.enrolment_answers import Confirmation, confirm_enrolment
from models.operations.proposals import accept_proposal, decline_proposal, propose, withdraw_proposal
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.proposals import Proposal
from models.rules.reasons import Reason
from models.rules.states import EnrolmentState
from models.tables import CaseTask, Course, CourseProposal, Enrolment, Event
from tests.conftest import NOW, TODAY
from tests.course_cast import OBLIGED, SOON, make_course, make_enrolment, make_provider, path_states, provider_actor

pytestmark = pytest.mark.usefixtures("database")
WHY = "Modul 3 ist voll besetzt."
LATER_START = SOON + timedelta(days=30)


@pytest.fixture
def asked(make_case, people):
    """An enrolment that a provider has to answer, another course of it, and both who act."""
    provider = make_provider(account=True)
    row = make_enrolment(make_case(), make_course(provider), people("agentur"), OBLIGED)
    Enrolment.update(state=EnrolmentState.SENT, sent_on=TODAY).where(Enrolment.id == row.id).execute()
    other = make_course(provider, "BB-IK-2027-02", starts_on=LATER_START)
    return Enrolment.get_by_id(row.id), other, provider_actor(provider), people("agentur")


def tasks(case_id):
    """Kind and organisation of what is to be done about courses."""
    query = CaseTask.select().where(CaseTask.case == case_id, CaseTask.lane == "due")
    return {(task.kind, task.organisation_id) for task in query if task.kind in ("course_answer", "course_proposal")}


def test_an_accepted_course_moves_the_place_with_its_path(asked):
    row, other, provider, agentur = asked
    propose(row, Proposal(other.number, None, WHY), seen_version=1, actor=provider, now=NOW)
    assert tasks(row.case_id) == {("course_proposal", row.case.responsible_id)}
    new = Enrolment.get_by_id(accept_proposal(row, path_states(), seen_version=2, actor=agentur, now=NOW))
    old = Enrolment.get_by_id(row.id)
    assert (new.course_id, new.state, new.access_path) == (other.id, EnrolmentState.RESERVED, "P5")
    assert (old.state, old.reason_code) == (EnrolmentState.CANCELLED, "OTHER_COURSE")
    assert [course.taken for course in Course.select().order_by(Course.id)] == [0, 1]
    assert (CourseProposal.get().state, CourseProposal.get().settled_by_id) == ("accepted", agentur.organisation_id)
    assert tasks(row.case_id) == set()
    with pytest.raises(StaleVersion):
        accept_proposal(old, path_states(), seen_version=old.version, actor=agentur, now=NOW)


def test_an_accepted_start_goes_back_to_the_provider(asked):
    row, _other, provider, agentur = asked
    propose(row, Proposal("", LATER_START, WHY), seen_version=1, actor=provider, now=NOW)
    assert accept_proposal(row, path_states(), seen_version=2, actor=agentur, now=NOW) == row.id
    after = Enrolment.get_by_id(row.id)
    assert (after.state, after.expected_start) == (EnrolmentState.SENT, LATER_START)
    assert tasks(row.case_id) == {("course_answer", provider.organisation_id)}


def test_what_came_in_between_leaves_everything_as_it_is(asked, people, make_case):
    row, other, provider, agentur = asked
    propose(row, Proposal(other.number, None, WHY), seen_version=1, actor=provider, now=NOW)
    Course.update(taken=Course.seats).where(Course.id == other.id).execute()
    with pytest.raises(RuleBroken) as refused:
        accept_proposal(row, path_states(), seen_version=2, actor=agentur, now=NOW)
    assert "course" in refused.value.fields
    assert CourseProposal.get().state == "open" and Enrolment.get_by_id(row.id).version == 2
    with pytest.raises(RuleBroken):
        accept_proposal(row, path_states(P5="no"), seen_version=2, actor=agentur, now=NOW)
    with pytest.raises(StaleVersion):
        decline_proposal(row, Reason("TRAVEL"), seen_version=1, actor=agentur, now=NOW)


def test_each_end_of_a_proposal_is_told(asked):
    row, other, provider, agentur = asked
    propose(row, Proposal(other.number, None, WHY), seen_version=1, actor=provider, now=NOW)
    propose(row, Proposal("", LATER_START, WHY), seen_version=2, actor=provider, now=NOW)
    with pytest.raises(RuleBroken):
        decline_proposal(row, Reason("FULL"), seen_version=3, actor=agentur, now=NOW)
    decline_proposal(row, Reason("CHILDCARE"), seen_version=3, actor=agentur, now=NOW)
    propose(row, Proposal("", LATER_START, WHY), seen_version=4, actor=provider, now=NOW)
    withdraw_proposal(row, seen_version=5, actor=provider, now=NOW)
    propose(row, Proposal("", LATER_START, WHY), seen_version=6, actor=provider, now=NOW)
    confirm_enrolment(row, Confirmation(TODAY, SOON), seen_version=7, actor=provider, now=NOW)
    states = [one.state for one in CourseProposal.select().order_by(CourseProposal.id)]
    assert states == ["replaced", "declined", "withdrawn", "replaced"]
    told = [event.kind.removeprefix("enrolment.") for event in Event.select().order_by(Event.id)]
    assert told[-6:] == [
        "proposed", "proposal_declined", "proposed", "proposal_withdrawn", "proposed", "confirmed"
    ]  # fmt: skip


def test_only_an_own_course_of_the_kind_with_a_free_seat_is_proposed_and_by_the_provider(asked):
    row, other, provider, agentur = asked
    foreign = make_course(make_provider("Institut Schaumberg"), "IS-1")
    vocational = make_course(row.course.provider, "BB-BK-1", kind="BBSK-B2")
    full = make_course(row.course.provider, "BB-IK-9", seats=1, taken=1)
    for number in (foreign.number, vocational.number, full.number, row.course.number, "gibt es nicht"):
        with pytest.raises(RuleBroken) as refused:
            propose(row, Proposal(number, None, WHY), seen_version=1, actor=provider, now=NOW)
        assert refused.value.fields.keys() == {"course"}, number
    with pytest.raises(NotAllowed):
        propose(row, Proposal(other.number, None, WHY), seen_version=1, actor=agentur, now=NOW)
    assert not CourseProposal.select().exists()
