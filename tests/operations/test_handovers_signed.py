"""Handovers with real signatures: what is sent is what was seen, what is stored verifies, and what becomes of it."""

import json
from datetime import timedelta

import pytest
from cryptography import x509

from models.base import db
from models.operations import handover_answers as receiver
from models.operations import handovers as sender
from models.operations.documents import Belongs, IssuedFile, store_file
from models.queries import documents
from models.queries.accounts import signing_key_of
from models.queries.audit import verify_ledger
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.sheet.release import ALWAYS, MINIMUM, Azr, Release
from models.rules.states import AnswerState, ConsentState, DocumentKind, HandoverState
from models.rules.times import local_day
from models.tables import Answer, Consent, Document, Event, Handover, Organisation, Person, SigningKey
from pdf.signatures.personal import revoke_key
from pdf.signatures.verdict import VerdictCode
from pdf.transfer_sheet.issue import issue_and_send, shown_digest
from pdf.verification import judge
from tests import handover_cast as cast
from tests.conftest import LEDGER_KEY
from tests.moments import NOW

pytestmark = pytest.mark.usefixtures("database")
ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def where(tmp_path):
    return cast.place(tmp_path)


@pytest.fixture
def agentur(where, database):
    return cast.signing("agentur", where)


@pytest.fixture
def jobcenter(where, database):
    return cast.signing("jobcenter", where)


def stored(handover: Handover, kind: DocumentKind = DocumentKind.TRANSFER_SHEET) -> bytes:
    return documents.content_of(documents.current_document(handover.id, kind).id)


def verdict(content: bytes, where, now=LATER) -> VerdictCode:
    return judge(content, where.pki, now=now).code


def accepted(where, agentur, jobcenter) -> tuple[Handover, bytes]:
    """An accepted handover, and the file as it was with one signature."""
    _case, handover = cast.ready_case()
    row = cast.send(cast.released(handover), where, agentur)
    first = stored(row)
    receiver.confirm_receipt(row, seen_version=row.version, actor=jobcenter, now=NOW)
    return cast.accept(row, where, jobcenter), first


def test_both_sign_and_both_signatures_hold(where, agentur, jobcenter):
    row, first = accepted(where, agentur, jobcenter)
    assert row.state == HandoverState.ACCEPTED
    both = stored(row)
    judged = judge(both, where.pki, now=LATER)
    assert judged.code is VerdictCode.VALID
    assert [(one.signer, one.valid) for one in judged.signatures] == [(agentur.name, True), (jobcenter.name, True)]
    assert both.startswith(first), "the second signature is an incremental update"
    assert verdict(first, where) is VerdictCode.NOT_CURRENT, (
        "the file with one signature is not the current one any more"
    )
    assert verdict(stored(row, DocumentKind.RECEIPT), where) is VerdictCode.VALID
    assert verify_ledger(LEDGER_KEY).holds


def test_the_snapshot_stays_what_it_was(where, agentur):
    case, handover = cast.ready_case()
    row = cast.send(cast.released(handover), where, agentur)
    Person.update(family_name="Anders", phone="0000").where(Person.id == case.person_id).execute()
    Answer.update(values={"strengths": "ganz anders"}).where(Answer.case == case.id, Answer.item == "B14").execute()
    again = Handover.get_by_id(row.id)
    assert (again.snapshot, again.snapshot_sha256, again.subject) == (
        row.snapshot,
        row.snapshot_sha256,
        "Rahimi, Samira",
    )
    assert json.loads(again.snapshot)["sections"]["A"]["phone"]["value"] == "0151 0000000"
    assert verdict(stored(again), where) is VerdictCode.AWAITING


@ONE_ENGINE
def test_every_end_has_its_verdict(where, agentur, jobcenter):
    rows = [cast.send(cast.released(cast.ready_case()[1]), where, agentur) for _ in range(4)]
    queried, rejected, withdrawn, old = rows
    assert {verdict(stored(row), where) for row in rows} == {VerdictCode.AWAITING}
    receiver.return_handover(queried, [], "Wer ist das?", seen_version=queried.version, actor=jobcenter, now=NOW)
    assert verdict(stored(queried), where) is VerdictCode.AWAITING, "a question does not make the sheet void"
    queried = Handover.get_by_id(queried.id)
    reference = sender.begin_new_version(queried, seen_version=queried.version, actor=agentur, now=NOW)
    newer = cast.send(Handover.get(Handover.reference == reference), where, agentur)
    receiver.reject_handover(rejected, "nicht zuständig", seen_version=rejected.version, actor=jobcenter, now=NOW)
    sender.withdraw_handover(withdrawn, "Irrtum", seen_version=withdrawn.version, actor=agentur, now=NOW)
    receiver.confirm_receipt(old, seen_version=old.version, actor=jobcenter, now=NOW)
    assert {verdict(stored(row), where) for row in (queried, rejected, withdrawn)} == {VerdictCode.NOT_CURRENT}
    assert verdict(stored(newer), where) is VerdictCode.AWAITING
    assert json.loads(newer.snapshot)["head"]["replaces"] == 1
    in_spring = NOW + timedelta(days=100)
    assert sorted(sender.expire_handovers(now=in_spring)) == sorted([old.reference, newer.reference])
    assert verdict(stored(old), where, in_spring) is VerdictCode.NOT_CURRENT


@ONE_ENGINE
def test_tampered_files_are_never_valid(where, agentur, jobcenter):
    row, _first = accepted(where, agentur, jobcenter)
    whole = stored(row)
    for position in range(0, len(whole), len(whole) // 24):
        changed = bytearray(whole)
        changed[position] ^= 1
        assert verdict(bytes(changed), where) in (VerdictCode.BROKEN, VerdictCode.NOT_SIGNED), position
    assert verdict(whole + b"\n", where) is VerdictCode.BROKEN
    assert verdict(b"%PDF-1.7 no signature", where) is VerdictCode.NOT_SIGNED
    assert verdict(b"", where) is VerdictCode.NOT_SIGNED


@ONE_ENGINE
def test_a_signature_of_ours_that_nobody_stored_is_refused(where, agentur, jobcenter):
    row = cast.send(cast.released(cast.ready_case()[1]), where, agentur)
    content = stored(row)
    Document.update(sha256="f" * 64).where(Document.handover == row.id).execute()
    assert verdict(content, where) is VerdictCode.BROKEN


@ONE_ENGINE
def test_a_key_revoked_afterwards_leaves_the_sheet_valid(where, agentur, jobcenter):
    row, _first = accepted(where, agentur, jobcenter)
    key = signing_key_of(agentur.account_id)
    revoke_key(key, where.pki, x509.ReasonFlags.key_compromise, actor=agentur, now=LATER)
    judged = judge(stored(row), where.pki, now=LATER + timedelta(days=1))
    assert judged.code is VerdictCode.VALID
    assert any("nach der Unterschrift gesperrt" in str(one) for one in judged.all_sentences())


def test_gaps_hold_up_the_sending_until_they_have_a_reason(where, agentur):
    case, handover = cast.ready_case()
    Answer.delete().where(Answer.case == case.id, Answer.item.in_(["B07", "B14", "U08"])).execute()
    handover = cast.released(handover, informed_on=None)
    draft = cast.collected(handover)
    codes = [gap.code for gap in draft.gaps]
    assert codes == ["U08", "U12", "F.school_years", "F.school_certificate", "K.strengths"]
    with pytest.raises(RuleBroken):
        cast.send(handover, where, agentur)
    handover = cast.released(handover, gap_reasons=dict.fromkeys(codes, "war nicht zu klären"), informed_on=None)
    row = cast.send(handover, where, agentur)
    sections = json.loads(row.snapshot)["sections"]
    assert sections["F"]["school_years"]["reason"] == "war nicht zu klären"
    assert sections["Q"]["informed_on"]["reason"].count("war nicht zu klären") == 2, "U08 has no place of its own"
    assert row.state == HandoverState.SENT


def test_refusals_and_missing_consents_never_block(where, agentur):
    case, handover = cast.ready_case()
    tholey = Organisation.get(Organisation.key == "tholey")
    for purpose in ("E1", "E2", "E3"):
        Consent.create(
            case=case.id, purpose=purpose, state=ConsentState.REFUSED, decided_on=local_day(NOW), recorded_at="x"
        )
    Answer.delete().where(Answer.case == case.id, Answer.item == "B38").execute()
    Answer.update(state=AnswerState.DECLINED, values={}).where(Answer.case == case.id, Answer.item == "B14").execute()
    cast.answer(case, "U31", {}, tholey, state=AnswerState.NOT_ASKED)
    row = cast.send(cast.released(handover), where, agentur)
    sections = json.loads(row.snapshot)["sections"]
    assert sections["N"]["steps"]["value"] == "keine"
    assert sections["K"]["strengths"]["mark"] == "declined"
    assert {sections["Q"][key]["mark"] for key in ("consent_e1", "consent_e2", "consent_e3")} == {"not_released"}


def test_nothing_of_a_withheld_section_leaves(where, agentur):
    _case, handover = cast.ready_case()
    row = cast.send(cast.released(handover, released=Release(ALWAYS).to_data()), where, agentur)
    snapshot = json.loads(row.snapshot)
    assert set(snapshot["sections"]) == ALWAYS | {"R"}
    assert not {"B07", "B14", "B16", "B18", "B25"} & set(snapshot["items"])
    assert "U01" in snapshot["items"]
    text = row.snapshot
    for secret in ("Pharmazie", "Apotheken", "ruhiger Platz", "möchte erst den Kurs", "123456789012", "Einschränkung"):
        assert secret not in text, secret


@pytest.mark.parametrize("consent", [True, False])
@ONE_ENGINE
def test_health_leaves_only_with_consent(where, agentur, consent):
    case, handover = cast.ready_case()
    if consent:
        Consent.create(
            case=case.id, purpose="E3", state=ConsentState.GRANTED, decided_on=local_day(NOW), recorded_at="x"
        )
    release = Release(MINIMUM.letters | {"L"}, Azr.MASKED, health=True)
    snapshot = json.loads(cast.send(cast.released(handover, released=release.to_data()), where, agentur).snapshot)
    assert bool(snapshot["sections"]["L"]["restriction"]["value"]) is consent
    assert ("B18" in snapshot["items"]) is consent
    assert snapshot["sections"]["A"]["azr_number"]["value"].endswith("9012")
    assert len(snapshot["sections"]["L"]["circumstances"]["rows"]) == 2


def test_five_wrong_pins_lock_the_key_and_nothing_is_sent(where, agentur):
    _case, handover = cast.ready_case()
    handover = cast.released(handover)
    for _ in range(5):
        with pytest.raises(RuleBroken) as broken:
            cast.send(handover, where, agentur, pin="999999")
        assert "pin" in broken.value.fields
    with pytest.raises(RuleBroken) as broken:
        cast.send(handover, where, agentur)
    assert "gesperrt" in str(broken.value.message)
    assert Handover.get_by_id(handover.id).state == HandoverState.DRAFT
    assert Document.select().count() == 0
    assert SigningKey.get(SigningKey.account == agentur.account_id).locked_until
    wrong = Event.select().where(Event.kind == "signing_key.wrong_pin").count()
    assert wrong == 5
    later = NOW + timedelta(minutes=16)
    assert cast.send(handover, where, agentur, now=later).state == HandoverState.SENT


def test_only_what_was_looked_at_is_signed(where, agentur):
    case, handover = cast.ready_case()
    handover = cast.released(handover)
    seen = shown_digest(cast.collected(handover), actor=agentur, now=NOW)
    Person.update(phone="0151 9999999").where(Person.id == case.person_id).execute()
    with pytest.raises(StaleVersion):
        issue_and_send(
            cast.collected(handover), cast.PIN, seen, where, seen_version=handover.version, actor=agentur, now=NOW
        )
    assert Handover.get_by_id(handover.id).state == HandoverState.DRAFT


def test_a_draft_that_changed_since_is_not_sent(where, agentur):
    _case, handover = cast.ready_case()
    handover = cast.released(handover)
    draft = cast.collected(handover)
    seen = shown_digest(draft, actor=agentur, now=NOW)
    Handover.update(version=Handover.version + 1).where(Handover.id == handover.id).execute()
    with pytest.raises(StaleVersion):
        issue_and_send(draft, cast.PIN, seen, where, seen_version=handover.version, actor=agentur, now=NOW)
    assert Document.select().count() == 0


@ONE_ENGINE
def test_a_damaged_file_is_not_accepted(where, agentur, jobcenter):
    row = cast.send(cast.released(cast.ready_case()[1]), where, agentur)
    receiver.confirm_receipt(row, seen_version=row.version, actor=jobcenter, now=NOW)
    document = documents.current_document(row.id, DocumentKind.TRANSFER_SHEET)
    broken = bytearray(documents.content_of(document.id))
    broken[len(broken) // 3] ^= 1
    with db.atomic():
        Document.update(replaced_by=document.id).where(Document.id == document.id).execute()
        file = IssuedFile(
            DocumentKind.TRANSFER_SHEET, document.title, document.filename, bytes(broken), 1, document.code
        )
        store_file(file, Belongs(row.case_id, row.id), actor=agentur, now=NOW)
    with pytest.raises(RuleBroken):
        cast.accept(row, where, jobcenter)
    assert Handover.get_by_id(row.id).state == HandoverState.RECEIVED
