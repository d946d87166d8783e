"""Erasing leaves a record, no trace of the person, and a ledger that still holds."""

from datetime import date, timedelta

import pytest

from models.base import db
from models.operations import ledger
from models.operations.appointments import move_appointment
from models.operations.erasure import erase_case
from models.operations.notes import write_note
from models.operations.personalia import change_personalia
from models.queries.audit import verify_ledger
from models.rules.errors import NotVisible
from models.rules.notes import NotePlan
from models.rules.personalia import Personalia
from models.rules.roles import SYSTEM
from models.rules.states import NoteTopic
from models.tables import (
    Answer,
    Appointment,
    Attendance,
    Case,
    CaseNote,
    CaseStage,
    Chain,
    EarlierName,
    ErasureRecord,
    Event,
    Person,
)
from tests.cast import make_case
from tests.conftest import LEDGER_KEY, NOW
from tests.visit_cast import SOON, make_appointment, make_event, plan, seen_by

pytestmark = pytest.mark.usefixtures("database")


def test_an_erased_case_is_gone_and_old_anchors_hold():
    kept, erased = make_case(given_name="Lina"), make_case()
    anchor = ledger.write_anchor(now=NOW)
    erase_case(erased.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert [row.id for row in Case.select()] == [kept.id]
    assert [row.given_name for row in Person.select()] == ["Lina"]
    assert not CaseStage.select().where(CaseStage.case == erased.id).exists()
    assert not Answer.select().where(Answer.case == erased.id).exists()
    assert not Event.select().where(Event.chain == f"case:{erased.id}").exists()
    assert ErasureRecord.get().chain == f"case:{erased.id}"
    ledger.write_anchor(now=NOW)
    result = verify_ledger(LEDGER_KEY, lambda: [{"digest": anchor.digest}])
    assert [text for text in result.findings if "not in the anchor file" not in text] == []


def test_the_events_that_stay_do_not_name_the_person():
    case = make_case()
    erase_case(case.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert not any("Rahimi" in event.data or case.number in event.data for event in Event.select())


def test_the_earlier_name_goes_with_the_person(people):
    case = make_case()
    renamed = Personalia(
        family_name="Amini", given_name="Samira", date_of_birth=date(1994, 3, 14), sex="w", nationality="AFG"
    )
    change_personalia(case, renamed, "changed", seen_version=1, actor=people("agentur"), now=NOW)
    erase_case(case.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert not Person.select().exists()
    assert not EarlierName.select().exists()


def test_a_chain_without_erasure_record_cannot_be_deleted():
    make_case()
    with pytest.raises(Exception, match="append-only"), db.atomic():
        Chain.delete().execute()


def test_erasing_what_is_not_there_is_refused():
    with pytest.raises(NotVisible):
        erase_case(4711, "Frist", actor=SYSTEM, now=NOW)


def test_a_forged_erasure_record_is_found():
    make_case()
    chain = Chain.get(Chain.name.startswith("case:"))
    with db.atomic():
        ErasureRecord.create(
            chain=chain.name, ordinal=chain.ordinal, length=0, head="x", hashes="[]", erased_at="", reason="gefälscht"
        )
        Event.delete().where(Event.chain == chain.name).execute()
        Chain.delete().where(Chain.id == chain.id).execute()
    assert any("belongs to no event" in text for text in verify_ledger(LEDGER_KEY).findings)


def test_appointments_attendance_and_notes_go_with_the_case(people):
    kept, erased = make_case(given_name="Lina"), make_case()
    agentur = people("agentur")
    old = make_appointment(agentur, erased)
    move_appointment(
        seen_by(agentur, erased), old, plan(agentur, begins="14:00", ends="15:00"), "krank", seen_version=1, now=NOW
    )
    make_event(agentur, kept, erased, on=SOON + timedelta(days=1))
    write_note(seen_by(agentur, erased), NotePlan(NoteTopic.WORK, "Text", "", NOW.date(), False), now=NOW)
    erase_case(erased.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert not Appointment.select().exists() and not CaseNote.select().exists()
    assert [row.case_id for row in Attendance.select()] == [kept.id]
