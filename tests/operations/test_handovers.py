"""The way of a handover through its operations: states, versions, the case, events. No PDF where none is needed."""

import hashlib
import threading
from datetime import date, timedelta

import pytest

from models.base import db
from models.operations import handover_answers as receiver
from models.operations import handovers as sender
from models.operations.cases import close_case
from models.operations.documents import IssuedFile
from models.queries import documents
from models.queries.handovers import earlier_version, handover_in_sight, page_of_handovers, taken_fields
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.handovers import OPEN_STATES
from models.rules.roles import SYSTEM
from models.rules.states import CaseState, DocumentKind, HandoverState, ListKey, Outcome, StageState
from models.rules.times import stamp
from models.tables import Case, CaseStage, Document, Event, Handover
from tests import handover_cast as cast
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def agentur(people):
    return people("agentur")


@pytest.fixture
def jobcenter(people):
    return people("jobcenter")


def now_of(handover: Handover) -> Handover:
    return Handover.get_by_id(handover.id)


def file_of(handover: Handover, kind=DocumentKind.TRANSFER_SHEET, content: bytes | None = None) -> IssuedFile:
    """Bytes in place of a PDF: these operations only keep them."""
    return IssuedFile(kind, f"Bogen {handover.reference}", "bogen.pdf", content or handover.reference.encode())


def sent(handover: Handover, actor, version: int | None = None) -> Handover:
    sheet = sender.FrozenSheet('{"items":{}}', "0" * 64, handover.reference[-14:], "Rahimi, Samira", file_of(handover))
    sender.send_handover(handover, sheet, seen_version=version or handover.version, actor=actor, now=NOW)
    return now_of(handover)


def acceptance(handover: Handover, **changes) -> receiver.Acceptance:
    signed = documents.current_document(handover.id, DocumentKind.TRANSFER_SHEET)
    values = {
        "checked": True,
        "sheet": file_of(handover, content=b"both " + handover.reference.encode()),
        "receipt": file_of(handover, DocumentKind.RECEIPT, b"receipt " + handover.reference.encode()),
        "signed_document_id": signed.id,
        "case_version": Case.get_by_id(handover.case_id).version,
    }
    return receiver.Acceptance(**(values | changes))


def received(handover: Handover, actor) -> Handover:
    receiver.confirm_receipt(handover, seen_version=handover.version, actor=actor, now=NOW)
    return now_of(handover)


def kinds(case: Case) -> list[str]:
    return [row.kind for row in Event.select().where(Event.case_id == case.id).order_by(Event.id)]


def test_the_whole_way_writes_states_days_and_events(agentur, jobcenter):
    case, handover = cast.ready_case()
    row = sent(handover, agentur)
    assert (row.state, row.sent_at, row.sent_by_id) == (HandoverState.SENT, stamp(NOW), agentur.account_id)
    assert row.due_on == date(2026, 11, 26), "receipt within three working days"
    row = received(row, jobcenter)
    assert row.due_on == date(2026, 11, 30), "accepted before the change-over"
    receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    row = now_of(row)
    assert (row.state, row.accepted_at) == (HandoverState.ACCEPTED, stamp(NOW))
    assert row.due_on == date(2026, 12, 7), "first talk within ten working days"
    assert kinds(case)[-4:] == [
        "handover.sent", "handover.received", "handover.accepted", "case.responsibility_changed",
    ]  # fmt: skip


def test_acceptance_makes_the_jobcenter_responsible(agentur, jobcenter):
    case, handover = cast.ready_case()
    row = received(sent(handover, agentur), jobcenter)
    before = Case.get_by_id(case.id)
    assert before.responsible_id == agentur.organisation_id
    receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    after = Case.get_by_id(case.id)
    assert (after.responsible_id, after.legal_sphere) == (jobcenter.organisation_id, "S2")
    assert (after.accepted_on, after.agentur_sees_until) == (TODAY, date(2027, 11, 23))
    assert after.asylblg_until == date(2026, 11, 30)
    assert after.version == before.version + 1


def test_acceptance_keeps_both_files_and_points_to_the_later(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = received(sent(handover, agentur), jobcenter)
    receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    current = documents.current_document(row.id, DocumentKind.TRANSFER_SHEET)
    assert documents.content_of(current.id).startswith(b"both")
    first = Document.get(Document.sha256 == hashlib.sha256(row.reference.encode()).hexdigest())
    assert first.replaced_by_id == current.id
    assert documents.content_of(documents.current_document(row.id, DocumentKind.RECEIPT).id).startswith(b"receipt")


def test_accepting_needs_the_check(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = received(sent(handover, agentur), jobcenter)
    with pytest.raises(RuleBroken) as broken:
        receiver.accept_handover(
            row, acceptance(row, checked=False), seen_version=row.version, actor=jobcenter, now=NOW
        )
    assert "checked" in broken.value.fields
    assert now_of(row).state == HandoverState.RECEIVED


def test_accepting_needs_the_receipt_first(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = sent(handover, agentur)
    with pytest.raises(RuleBroken):
        receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    assert now_of(row).version == row.version, "a broken rule takes the claim back"


def test_the_second_of_two_tabs_changes_nothing(agentur, jobcenter):
    case, handover = cast.ready_case()
    row = sent(handover, agentur)
    with pytest.raises(StaleVersion):
        sent(handover, agentur)
    row = received(row, jobcenter)
    receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    with pytest.raises(StaleVersion):
        receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    assert kinds(case).count("handover.sent") == kinds(case).count("handover.accepted") == 1
    assert Document.select().where(Document.handover == row.id).count() == 3


def test_a_case_that_changed_meanwhile_is_not_taken_over(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = received(sent(handover, agentur), jobcenter)
    late = acceptance(row)
    Case.update(version=Case.version + 1).where(Case.id == row.case_id).execute()
    with pytest.raises(StaleVersion):
        receiver.accept_handover(row, late, seen_version=row.version, actor=jobcenter, now=NOW)
    assert now_of(row).state == HandoverState.RECEIVED


def test_twelve_hands_send_at_once_and_one_sends(agentur):
    case, handover = cast.ready_case()
    outcomes, start = [], threading.Barrier(12)

    def press() -> None:
        with db.connection_context():
            start.wait()
            try:
                sent(handover, agentur)
                outcomes.append("sent")
            except StaleVersion:
                outcomes.append("stale")

    hands = [threading.Thread(target=press) for _ in range(12)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(outcomes) == ["sent"] + ["stale"] * 11
    assert kinds(case).count("handover.sent") == 1
    assert Document.select().where(Document.handover == handover.id).count() == 1


def test_preparing_keeps_decisions_and_moves_the_deadline(agentur):
    case, handover = cast.ready_case()
    decided = sender.Preparation(
        {"A": "azr_not"}, {"F.school_years": "kein Zeugnis"}, date(2026, 11, 20), date(2026, 12, 1)
    )
    sender.save_preparation(handover, decided, seen_version=handover.version, actor=agentur, now=NOW)
    row = now_of(handover)
    assert (row.gap_reasons, row.informed_on) == ({"F.school_years": "kein Zeugnis"}, date(2026, 11, 20))
    assert (row.state, row.version) == (HandoverState.DRAFT, handover.version + 1)
    stage = CaseStage.get(CaseStage.case == case.id, CaseStage.key == ListKey.HANDOVER)
    assert stage.state == StageState.IN_PROGRESS
    with pytest.raises(StaleVersion):
        sender.save_preparation(handover, decided, seen_version=handover.version, actor=agentur, now=NOW)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"informed_on": date(2026, 11, 24)}, "informed_on"), ({"change_on": date(2027, 1, 1)}, "override_reason")],
)
def test_preparing_refuses(agentur, change, field):
    _case, handover = cast.ready_case()
    values = {"released": {}, "gap_reasons": {}, "informed_on": None, "change_on": date(2026, 12, 1)}
    with pytest.raises(RuleBroken) as broken:
        sender.save_preparation(
            handover, sender.Preparation(**(values | change)), seen_version=1, actor=agentur, now=NOW
        )
    assert field in broken.value.fields


def test_another_date_needs_a_reason_and_gets_it(agentur):
    _case, handover = cast.ready_case()
    decided = sender.Preparation({}, {}, None, date(2027, 1, 1), "Titel erst im Dezember")
    sender.save_preparation(handover, decided, seen_version=1, actor=agentur, now=NOW)
    assert now_of(handover).override_reason == "Titel erst im Dezember"


def test_a_dropped_draft_is_nobodys_business_any_more(agentur, jobcenter):
    case, handover = cast.ready_case()
    close_case(case, Outcome.MOVED, TODAY, seen_version=case.version, actor=agentur, now=NOW)
    dropped = now_of(handover)
    assert dropped.state == HandoverState.WITHDRAWN and dropped.sent_at is None
    with pytest.raises(RuleBroken):
        sent(dropped, agentur)
    with pytest.raises(RuleBroken):
        sender.begin_new_version(dropped, seen_version=dropped.version, actor=agentur, now=NOW)
    with pytest.raises(NotVisible):
        handover_in_sight(jobcenter, handover.reference, TODAY)
    assert page_of_handovers(jobcenter, tuple(HandoverState), TODAY, 1) == ([], False)


def test_a_closed_case_is_not_handed_over(agentur):
    case, handover = cast.ready_case()
    Case.update(state=CaseState.CLOSED, outcome=Outcome.MOVED).where(Case.id == case.id).execute()
    with pytest.raises(RuleBroken):
        sent(handover, agentur)
    assert now_of(handover).version == handover.version


def test_a_question_may_end_in_withdrawal(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = sent(handover, agentur)
    receiver.return_handover(row, [], "Wer ist das?", seen_version=row.version, actor=jobcenter, now=NOW)
    row = now_of(row)
    sender.withdraw_handover(row, "falsche Person", seen_version=row.version, actor=agentur, now=NOW)
    assert now_of(row).state == HandoverState.WITHDRAWN


def test_a_question_leads_to_a_version_that_supersedes(agentur, jobcenter):
    case, handover = cast.ready_case()
    handover = cast.released(handover, gap_reasons={"A.email": "hat keine"})
    row = sent(handover, agentur)
    missing = [receiver.Query("H.experience.1.period", "H Berufserfahrung: Zeitraum")]
    receiver.return_handover(row, missing, "Lücke klären", seen_version=row.version, actor=jobcenter, now=NOW)
    row = now_of(row)
    assert (row.state, row.reason, row.queries[0]["field"]) == ("queried", "Lücke klären", "H.experience.1.period")

    reference = sender.begin_new_version(row, seen_version=row.version, actor=agentur, now=NOW)
    draft = handover_in_sight(agentur, reference, TODAY)
    assert reference == f"{case.number}-2" and draft.number == 2
    assert (draft.released, draft.gap_reasons) == (handover.released, {"A.email": "hat keine"})
    assert now_of(row).state == HandoverState.QUERIED, "the old version stands until the new one is sent"

    draft = sent(draft, agentur)
    assert now_of(row).state == HandoverState.SUPERSEDED and now_of(row).replaced_by_id == draft.id
    assert earlier_version(draft).id == row.id
    assert kinds(case)[-2:] == ["handover.superseded", "handover.sent"]


def test_a_question_asks_something(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = sent(handover, agentur)
    with pytest.raises(RuleBroken) as broken:
        receiver.return_handover(row, [], "  ", seen_version=row.version, actor=jobcenter, now=NOW)
    assert "queries" in broken.value.fields


def test_one_new_version_and_no_second(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = sent(handover, agentur)
    receiver.reject_handover(row, "nicht zuständig", seen_version=row.version, actor=jobcenter, now=NOW)
    row = now_of(row)
    sender.begin_new_version(row, seen_version=row.version, actor=agentur, now=NOW)
    with pytest.raises(RuleBroken):
        sender.begin_new_version(now_of(row), seen_version=row.version + 1, actor=agentur, now=NOW)


def test_a_second_draft_is_not_sent_while_one_is_under_way(agentur):
    case, handover = cast.ready_case()
    sent(handover, agentur)
    with pytest.raises(RuleBroken):
        sent(cast.draft(case, reference=f"{case.number}-2", number=2), agentur)


@pytest.mark.parametrize(("ended", "kind"), [("withdrawn", "handover.withdrawn"), ("rejected", "handover.rejected")])
def test_ending_needs_a_reason(agentur, jobcenter, ended, kind):
    case, handover = cast.ready_case()
    row = sent(handover, agentur)
    act, who = (sender.withdraw_handover, agentur) if ended == "withdrawn" else (receiver.reject_handover, jobcenter)
    with pytest.raises(RuleBroken):
        act(row, " ", seen_version=row.version, actor=who, now=NOW)
    act(row, "falsche Person", seen_version=row.version, actor=who, now=NOW)
    row = now_of(row)
    assert (row.state, row.reason, row.due_on) == (ended, "falsche Person", None)
    assert kinds(case)[-1] == kind
    assert Case.get_by_id(case.id).responsible_id == agentur.organisation_id


def test_the_other_side_cannot_act(agentur, jobcenter):
    _case, handover = cast.ready_case()
    with pytest.raises(RuleBroken):
        sent(handover, jobcenter)
    row = sent(handover, agentur)
    with pytest.raises(RuleBroken):
        receiver.confirm_receipt(row, seen_version=row.version, actor=agentur, now=NOW)
    with pytest.raises(RuleBroken):
        sender.withdraw_handover(row, "Grund", seen_version=row.version, actor=jobcenter, now=NOW)


def test_old_sheets_expire(agentur, jobcenter):
    case, handover = cast.ready_case()
    row = sent(handover, agentur)
    assert sender.expire_handovers(now=NOW + timedelta(days=91)) == []
    assert sender.expire_handovers(now=NOW + timedelta(days=93)) == [row.reference]
    assert now_of(row).state == HandoverState.EXPIRED
    last = Event.select().where(Event.case_id == case.id).order_by(Event.id.desc()).first()
    assert (last.kind, last.actor) == ("handover.expired", SYSTEM.name)
    assert sender.expire_handovers(now=NOW + timedelta(days=94)) == []


def test_copy_and_first_talk_are_noted(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = sent(handover, agentur)
    with pytest.raises(RuleBroken):
        sender.note_copy_given(row, date(2026, 11, 24), seen_version=row.version, actor=agentur, now=NOW)
    sender.note_copy_given(row, TODAY, seen_version=row.version, actor=agentur, now=NOW)
    row = received(now_of(row), jobcenter)
    receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    row = now_of(row)
    receiver.note_first_talk(row, date(2026, 12, 2), seen_version=row.version, actor=jobcenter, now=NOW)
    row = now_of(row)
    assert (row.copy_given_on, row.first_talk_on, row.due_on) == (TODAY, date(2026, 12, 2), None)


def test_ticks_are_kept_once_and_taken_back(agentur, jobcenter):
    _case, handover = cast.ready_case()
    row = sent(handover, agentur)
    for _ in range(2):
        receiver.mark_taken(row, "A.family_name", True, actor=jobcenter, now=NOW)
    assert taken_fields(row.id) == {"A.family_name"}
    receiver.mark_taken(row, "A.family_name", False, actor=jobcenter, now=NOW)
    assert taken_fields(row.id) == set()
    with pytest.raises(NotVisible):
        receiver.mark_taken(row, "A.family_name", True, actor=agentur, now=NOW)


def test_who_sees_a_handover(agentur, jobcenter, people):
    _case, handover = cast.ready_case()
    assert handover_in_sight(agentur, handover.reference, TODAY)
    for key in ("jobcenter", "tholey", "coach", "asyl", "koordination", "datenschutz"):
        with pytest.raises(NotVisible):
            handover_in_sight(people(key), handover.reference, TODAY)
    row = received(sent(handover, agentur), jobcenter)
    assert handover_in_sight(jobcenter, handover.reference, TODAY)
    receiver.accept_handover(row, acceptance(row), seen_version=row.version, actor=jobcenter, now=NOW)
    assert handover_in_sight(agentur, handover.reference, date(2027, 11, 23))
    with pytest.raises(NotVisible):
        handover_in_sight(agentur, handover.reference, date(2027, 11, 24))
    assert handover_in_sight(jobcenter, handover.reference, date(2027, 11, 24))


def test_the_list_shows_the_most_pressing_first(agentur, jobcenter):
    late, soon, later = (cast.ready_case()[1] for _ in range(3))
    for row, day in ((late, 2), (soon, 23), (later, 30)):
        Handover.update(due_on=date(2026, 11, day)).where(Handover.id == row.id).execute()
    rows, more = page_of_handovers(agentur, OPEN_STATES, TODAY, 1)
    assert [row["reference"] for row in rows] == [late.reference, soon.reference, later.reference] and not more
    assert page_of_handovers(jobcenter, OPEN_STATES, TODAY, 1) == ([], False)
    row = sent(now_of(later), agentur)
    rows, _more = page_of_handovers(jobcenter, OPEN_STATES, TODAY, 1)
    assert [(one["reference"], one["subject"]) for one in rows] == [(row.reference, "Rahimi, Samira")]
