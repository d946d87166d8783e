"""Answering items: who may, what is kept, and what happens when two people answer at once."""

from datetime import date
from typing import Any

import pytest

from models.operations.answers import save_answer
from models.queries.checklists import one_item
from models.queries.dossier import dossier
from models.rules.checklists import AnswerValues, DerivedAnswer, ItemState
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.roles import Actor
from models.rules.states import AnswerState, ConsentState, Holder, StageState
from models.tables import Answer, Case, CaseStage, Consent, Event, Person
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


def save(case: Case, code: str, actor: Actor, answer: AnswerValues | None = None, seen: int = 0, **values: Any) -> None:
    given = answer or AnswerValues(AnswerState.DONE, values)
    held = dossier(Case.get_by_id(case.id), TODAY)
    save_answer(held, code, given, seen_version=seen, actor=actor, now=NOW)


def row(case: Case, code: str, actor: Actor) -> Any:
    return one_item(dossier(Case.get_by_id(case.id), TODAY), actor, code)[1]


def test_an_answer_is_kept_with_who_and_when(make_case, people):
    case = make_case()
    save(case, "A01", people("tholey"), received_on="2026-11-02")
    stored = Answer.get(Answer.case == case.id, Answer.item == "A01")
    assert (stored.values, stored.state, stored.version) == ({"received_on": "2026-11-02"}, "done", 1)
    shown = row(case, "A01", people("tholey"))
    assert shown.text == "02.11.2026"
    assert shown.who == "Muster Tholey, Gemeinde Tholey, 23.11.2026"
    assert shown.version == 1


def test_an_answer_begins_the_list_and_writes_an_event(make_case, people):
    case = make_case()
    save(case, "A01", people("tholey"), received_on="2026-11-02")
    save(case, "A01", people("tholey"), received_on="2026-11-03", seen=1)
    assert CaseStage.get(CaseStage.case == case.id, CaseStage.key == "intake").state == StageState.IN_PROGRESS
    event = Event.select().where(Event.case_id == case.id, Event.kind == "answer.saved").order_by(Event.id.desc()).get()
    assert '"before":{"reason":"","source":"","state":"done","values":{"received_on":"2026-11-02"}}' in event.data
    assert '"from_version":1' in event.data


def test_a_second_click_is_stale_and_changes_nothing(make_case, people):
    case = make_case()
    save(case, "A01", people("tholey"), received_on="2026-11-02")
    with pytest.raises(StaleVersion):
        save(case, "A01", people("tholey"), received_on="2026-11-09")
    assert Answer.get(Answer.item == "A01").values == {"received_on": "2026-11-02"}
    assert Event.select().where(Event.kind == "answer.saved").count() == 1


def test_an_emptied_answer_leaves_its_row_and_its_history(make_case, people):
    case = make_case()
    save(case, "A01", people("tholey"), received_on="2026-11-02")
    save(case, "A01", people("tholey"), AnswerValues(AnswerState.CLEARED), seen=1)
    assert row(case, "A01", people("tholey")).state == ItemState.OPEN
    save(case, "A01", people("tholey"), received_on="2026-11-04", seen=2)
    assert row(case, "A01", people("tholey")).text == "04.11.2026"


def test_an_item_of_another_role_is_refused(make_case, people):
    case = make_case()
    with pytest.raises(NotAllowed, match="not allowed"):
        save(case, "A01", people("agentur"), received_on="2026-11-02")
    assert not Answer.select().exists()


def test_a_stranger_does_not_learn_that_the_item_exists(make_case, people):
    with pytest.raises(NotVisible):
        save(make_case(), "A01", people("freisen"), received_on="2026-11-02")


def test_what_is_not_shown_is_not_answered(make_case, people):
    with pytest.raises(NotVisible):
        save(make_case(), "B04", people("tholey"), compared=True)


def test_an_absent_provider_is_answered_for_with_the_source(make_case, people):
    case = make_case()
    save(case, "K06", people("agentur"), kind="AIK")
    values = {"tested_on": "2026-10-21", "result": "M3", "fits": "yes"}
    with pytest.raises(RuleBroken) as refused:
        save(case, "K07", people("agentur"), **values)
    assert "lt. Träger" in str(refused.value.message)
    save(case, "K07", people("agentur"), AnswerValues(AnswerState.DONE, values, source="lt. Träger, Telefonat"))
    assert row(case, "K07", people("agentur")).who.endswith("lt. Träger, Telefonat")


def test_a_locked_item_waits_for_what_comes_first(make_case, people):
    case = make_case()
    save(case, "K01", people("agentur"), path="P5")
    with pytest.raises(RuleBroken, match="gesperrt"):
        save(case, "K04", people("agentur"), valid_to="2027-01-31")


def test_values_of_the_person_go_into_her_record(make_case, people):
    case = make_case(phone="")
    shown = row(case, "A12", people("tholey"))
    save(case, "A12", people("tholey"), seen=shown.version, phone="0160 000", email="")
    person = Person.get_by_id(case.person_id)
    assert person.phone == "0160 000"
    assert person.provenance["phone"]["organisation"] == "tholey"
    assert person.provenance["phone"]["version"] == person.version == 2
    assert row(case, "A12", people("tholey")).text == "Telefon: 0160 000"
    assert Answer.get(Answer.item == "A12").values == {}


def test_an_address_that_can_be_none_is_refused_at_its_field(make_case, people):
    case = make_case(phone="")
    with pytest.raises(RuleBroken, match="E-Mail-Adresse") as refused:
        save(case, "A12", people("tholey"), seen=1, phone="0160 000", email="samira@")
    assert list(refused.value.fields) == ["email"]
    assert Person.get_by_id(case.person_id).phone == ""
    save(case, "A12", people("tholey"), seen=1, email="samira@beispiel.de")
    assert Person.get_by_id(case.person_id).email == "samira@beispiel.de"


def test_two_people_work_on_different_values_of_one_person(make_case, people):
    case = make_case()
    seen = row(case, "A12", people("tholey")).version
    save(case, "A12", people("tholey"), seen=seen, phone="0160 000")
    save(case, "A02", people("tholey"), seen=seen, arrived_on="2026-11-01")
    with pytest.raises(StaleVersion):
        save(case, "A12", people("tholey"), seen=seen, phone="0170 111")
    assert Person.get_by_id(case.person_id).phone == "0160 000"


def test_what_the_record_does_not_hold_stays_in_the_list(make_case, people):
    case = make_case()
    seen = row(case, "A10", people("tholey")).version
    save(case, "A10", people("tholey"), seen=seen, adults=2, children=1, children_under_14=1)
    assert Person.get_by_id(case.person_id).children_in_household == 1
    assert Answer.get(Answer.item == "A10").values == {"adults": 2, "children_under_14": 1}
    assert row(case, "A10", people("tholey")).text.startswith("Erwachsene: 2 · Kinder: 1")


def test_an_address_that_cannot_be_read_is_refused_at_its_field(make_case, people):
    case = make_case()
    with pytest.raises(RuleBroken) as refused:
        save(case, "A11", people("tholey"), seen=1, accommodation="GU", address="irgendwo")
    assert list(refused.value.fields) == ["address"]
    save(case, "A11", people("tholey"), seen=1, accommodation="GU", address="Trierer Straße 2, 66636 Tholey")
    person = Person.get_by_id(case.person_id)
    assert (person.street, person.postcode, person.town) == ("Trierer Straße 2", "66636", "Tholey")


def test_the_contact_line_opens_the_case_for_the_coach(make_case, people):
    case = make_case()
    with pytest.raises(NotVisible):
        save(case, "C02", people("coach"), contact_on="2026-11-20", way="PHONE")
    save(case, "A19", people("tholey"), reported_on="2026-11-10")
    assert Case.get_by_id(case.id).coach_reported_on == date(2026, 11, 10)
    received = row(case, "C01", people("coach"))
    assert (received.state, received.text, received.mine) == (ItemState.DONE, "10.11.2026", False)
    save(case, "C02", people("coach"), contact_on="2026-11-20", way="PHONE")


def test_a_report_stays_once_the_coach_is_at_work(make_case, people):
    case = make_case()
    save(case, "A19", people("tholey"), reported_on="2026-11-10")
    save(case, "A19", people("tholey"), AnswerValues(AnswerState.CLEARED), seen=1)
    assert Case.get_by_id(case.id).coach_reported_on is None
    save(case, "A19", people("tholey"), reported_on="2026-11-10", seen=2)
    Case.update(coach_consent="granted").where(Case.id == case.id).execute()
    with pytest.raises(RuleBroken, match="begleitet"):
        save(case, "A19", people("tholey"), AnswerValues(AnswerState.CLEARED), seen=3)


def test_the_coach_answers_nothing_more_before_the_consent(make_case, people):
    case = make_case(changes={"coach_reported_on": TODAY})
    with pytest.raises(NotVisible):
        save(case, "C10", people("coach"), keyword="Schreiner")
    save(case, "C05", people("coach"), consent="granted", decided_on="2026-11-23")
    assert Case.get_by_id(case.id).coach_consent == ConsentState.GRANTED
    save(case, "C10", people("coach"), keyword="Schreiner")


def test_a_granted_consent_is_withdrawn_not_refused(make_case, people):
    case = make_case(changes={"coach_reported_on": TODAY})
    save(case, "B26", people("agentur"), consent="granted")
    seen = row(case, "B26", people("agentur")).version
    with pytest.raises(StaleVersion):
        save(case, "C05", people("coach"), consent="refused", seen=0)
    save(case, "B26", people("agentur"), consent="refused", seen=seen)
    assert [one.state for one in Consent.select().order_by(Consent.id)] == ["granted", "withdrawn"]
    assert Case.get_by_id(case.id).coach_consent == ConsentState.WITHDRAWN
    with pytest.raises(NotVisible):
        row(case, "C05", people("coach"))


def test_the_end_of_the_coaching_closes_the_case_for_the_coach(make_case, people):
    case = make_case(changes={"coach_reported_on": TODAY, "coach_consent": "granted"})
    save(case, "C22", people("coach"), ended_on="2026-11-23")
    assert Case.get_by_id(case.id).coaching_ended_on == TODAY
    with pytest.raises(NotVisible):
        row(case, "C22", people("coach"))


def test_not_applicable_keeps_its_reason(make_case, people):
    case = make_case()
    save(case, "A20", people("tholey"), AnswerValues(AnswerState.NOT_APPLICABLE, reason="nicht gewünscht"))
    shown = row(case, "A20", people("tholey"))
    assert (shown.state, shown.text) == (ItemState.NOT_APPLICABLE, "entfällt: nicht gewünscht")


def test_a_finished_list_and_a_closed_case_keep_their_answers(make_case, people):
    case = make_case()
    CaseStage.update(state="finished").where(CaseStage.case == case.id, CaseStage.key == "intake").execute()
    with pytest.raises(RuleBroken, match="Öffnen Sie sie"):
        save(case, "A01", people("tholey"), received_on="2026-11-02")
    closed = make_case(changes={"state": "closed"})
    with pytest.raises(RuleBroken, match="Fall ist abgeschlossen"):
        save(closed, "A01", people("tholey"), received_on="2026-11-02")


def test_a_list_finished_meanwhile_refuses_the_answer(make_case, people):
    case = make_case()
    held = dossier(Case.get_by_id(case.id), TODAY)
    CaseStage.update(state="finished").where(CaseStage.case == case.id, CaseStage.key == "intake").execute()
    given = AnswerValues(AnswerState.DONE, {"received_on": "2026-11-02"})
    with pytest.raises(RuleBroken, match="inzwischen abgeschlossen"):
        save_answer(held, "A01", given, seen_version=0, actor=people("tholey"), now=NOW)
    assert not Answer.select().exists()


def test_after_acceptance_the_jobcenter_writes_its_own_record(make_case, people):
    jobcenter = people("jobcenter")
    case = make_case()
    save(case, "B28", people("agentur"), due_on="2026-12-01")
    taken = {"accepted_on": TODAY, "agentur_sees_until": date(2027, 11, 23), "responsible": jobcenter.organisation_id}
    Case.update(**taken).where(Case.id == case.id).execute()
    assert row(case, "B28", jobcenter).text == ""
    save(case, "B28", jobcenter, due_on="2026-12-14")
    assert {one.holder for one in Answer.select().where(Answer.item == "B28")} == {Holder.JOINT, Holder.JOBCENTER}
    assert row(case, "B28", people("agentur")).text == "01.12.2026"
    assert row(case, "B28", jobcenter).text == "14.12.2026"
    with pytest.raises(NotAllowed):
        save(case, "B28", people("agentur"), due_on="2026-12-05", seen=1)


def test_without_an_agentur_the_jobcenter_counsels_itself(make_case, people):
    case = make_case(sphere="S2")
    save(case, "B04", people("jobcenter"), compared=True)
    assert Answer.get(Answer.item == "B04").holder == Holder.JOINT


def test_nobody_answers_what_a_rule_or_the_handover_answers(make_case, people):
    case = make_case()
    for code, values in (("U09", {"complete": True}), ("U14", {"sent_on": "2026-11-20"})):
        with pytest.raises((NotAllowed, RuleBroken)):
            save(case, code, people("agentur"), **values)
    assert isinstance(row(case, "A18", people("tholey")).view.derived, DerivedAnswer)
