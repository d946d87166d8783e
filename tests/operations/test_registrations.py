"""What a provider says of a registration is kept with who said it, reaches the case, and is corrected with an event."""

import json
from datetime import timedelta

import pytest

from models.operations.enrolment_answers import Confirmation, confirm_enrolment
from models.operations.registrations import Correction, correct_registration
from models.queries.case_view import view_of
from models.queries.dossier import dossier
from models.rules.errors import RuleBroken
from models.rules.registrations import NOTHING_SAID, Registration
from models.rules.states import EnrolmentState
from models.tables import Case, CourseRegistration, Enrolment, Event
from tests.conftest import NOW, TODAY
from tests.course_cast import OBLIGED, SELF_PAYER, make_course, make_enrolment, make_provider, provider_actor

pytestmark = pytest.mark.usefixtures("database")
TESTED = TODAY - timedelta(days=2)
RESULT = Correction(None, Registration(TESTED, "BA-77/26", "A2", "M3"))


@pytest.fixture
def sent(make_case, people):
    """An enrolment that lies with a provider, and the acting person there."""

    def make(named=OBLIGED):
        row = make_enrolment(make_case(), make_course(make_provider(account=True)), people("agentur"), named)
        Enrolment.update(state=EnrolmentState.SENT, sent_on=TODAY).where(Enrolment.id == row.id).execute()
        return row, provider_actor(row.course.provider)

    return make


def confirm(row, actor, said=NOTHING_SAID):
    confirm_enrolment(row, Confirmation(TODAY, None, "", said), seen_version=1, actor=actor, now=NOW)


def test_what_was_said_reaches_the_case_with_who_said_it(sent, people):
    row, actor = sent()
    confirm(row, actor, Registration(TODAY + timedelta(days=5), "BA-76/26"))
    correct_registration(row, RESULT, seen_version=2, actor=actor, now=NOW)
    stored = CourseRegistration.get()
    assert (stored.pk_number, stored.test_module, stored.organisation_id) == ("BA-77/26", "M3", actor.organisation_id)
    event = Event.get(Event.kind == "enrolment.corrected")
    assert json.loads(event.data)["before"]["pk_number"] == "BA-76/26"
    view = view_of(dossier(Case.get_by_id(row.case_id), TODAY), people("agentur"))
    assert view.known.answers["K07"].values == {"tested_on": TESTED.isoformat(), "result": "M3"}
    assert view.known.answers["K05"].values == {"file": "BA-77/26"}
    assert view.known.answers["K07"].source.startswith("lt. Träger")
    assert view.known.answers["K07"].source.endswith("Bildungswerk Bosenberg")


def test_a_result_is_told_by_law_or_with_the_consent_e4(sent):
    row, actor = sent(SELF_PAYER)
    confirm(row, actor, Registration(TESTED))
    with pytest.raises(RuleBroken) as refused:
        correct_registration(row, RESULT, seen_version=2, actor=actor, now=NOW)
    assert refused.value.fields.keys() == {"test_level"}
    assert CourseRegistration.get().test_level == "" and Enrolment.get_by_id(row.id).version == 2


def test_only_a_living_registration_is_corrected_and_by_who_may_speak(sent, people):
    row, actor = sent()
    with pytest.raises(RuleBroken):
        correct_registration(row, RESULT, seen_version=1, actor=actor, now=NOW)
    confirm(row, actor)
    assert not CourseRegistration.select().exists()
    told = Correction(None, RESULT.said, "lt. Träger, Telefonat")
    with pytest.raises(RuleBroken, match="antwortet selbst"):
        correct_registration(row, told, seen_version=2, actor=people("agentur"), now=NOW)
    Enrolment.update(sent_on=None).where(Enrolment.id == row.id).execute()
    correct_registration(row, told, seen_version=2, actor=people("agentur"), now=NOW)
    assert CourseRegistration.get().source == "lt. Träger, Telefonat"
    Enrolment.update(state=EnrolmentState.DROPPED_OUT).where(Enrolment.id == row.id).execute()
    with pytest.raises(RuleBroken):
        correct_registration(row, told, seen_version=3, actor=people("agentur"), now=NOW)
