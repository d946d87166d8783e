"""A case that was given away or closed while a form was open: nothing is written into it any more."""

import pytest

from models.base import db
from models.operations.agreements import decline_agreement
from models.operations.case_lock import take_open_case
from models.operations.language_skills import add_script
from models.operations.notes import write_note
from models.queries.competence_rows import Script
from models.rules.agreements import AgreementState
from models.rules.errors import RuleBroken
from models.rules.notes import NotePlan
from models.rules.states import NoteTopic
from models.tables import Agreement, Case, CaseNote, ScriptSkill
from tests.moments import NOW, TODAY
from tests.visit_cast import seen_by

pytestmark = pytest.mark.usefixtures("database")


def test_the_agentur_writes_nothing_once_the_jobcenter_has_taken_over(people, make_case):
    case, agentur = make_case(), people("agentur")
    view = seen_by(agentur, case)
    Case.update(accepted_on=TODAY).where(Case.id == case.id).execute()
    for write in (
        lambda: write_note(view, NotePlan(NoteTopic.WORK, "Text", "", TODAY, False), now=NOW),
        lambda: add_script(view, Script("ZWS", "arabisch", TODAY, "Person"), now=NOW),
        lambda: decline_agreement(case, AgreementState.REFUSED, TODAY, "kein", seen=0, actor=agentur, now=NOW),
    ):
        with pytest.raises(RuleBroken, match="inzwischen übernommen"):
            write()
    assert not any(table.select().exists() for table in (Agreement, CaseNote, ScriptSkill))


def test_others_go_on_until_the_case_is_closed(people, make_case):
    case, coach = make_case(), people("coach")
    Case.update(accepted_on=TODAY).where(Case.id == case.id).execute()
    with db.atomic():
        take_open_case(case.id, actor=coach, now=NOW)
    Case.update(state="closed", outcome="work", outcome_on=TODAY).where(Case.id == case.id).execute()
    with pytest.raises(RuleBroken, match="abgeschlossen"):
        take_open_case(case.id, actor=coach, now=NOW)
