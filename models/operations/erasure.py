"""Erases a case with everything that belongs to it; what stays is a record that names no person."""

from datetime import datetime

from peewee import Expression, Model

from models.base import db
from models.operations.ledger import record
from models.operations.milestones import forget_whose
from models.operations.name_index import drop_names
from models.rules.chain import canonical
from models.rules.errors import NotVisible
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import (
    AccessLog,
    Agreement,
    AgreementStep,
    Answer,
    AnswerDraft,
    AsylumDecision,
    AvailabilityPlan,
    Case,
    CaseStage,
    Chain,
    CompetenceSummary,
    Consent,
    Document,
    DocumentContent,
    DuplicatePair,
    EarlierName,
    Enrolment,
    ErasureRecord,
    Event,
    Evidence,
    Handover,
    LanguageSkill,
    LifePeriod,
    LifeRemark,
    MatchKey,
    PathRequest,
    Person,
    PersonMerge,
    ResidenceRecord,
    ScriptSkill,
    TakenField,
    TransferRequest,
    Upload,
    UploadContent,
)

_OF_CASE = (
    Agreement, Evidence, Consent, Upload, Document, Handover, Enrolment, PathRequest, Answer, AnswerDraft, CaseStage,
)  # fmt: skip
_COMPETENCES = (LifePeriod, LifeRemark, LanguageSkill, ScriptSkill, AvailabilityPlan, CompetenceSummary)


def erase_case(case_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Erase a case, its papers, events and, with the last case, the person. NotVisible for no such case.

    The erasure record comes first: without it the database keeps the events. It keeps the chain's name and the bare
    hashes, so that anchors written before still hold. ``reason`` must name no person (Löschkonzept, domain.md 4.3).
    """
    with db.atomic():
        case = Case.get_or_none(Case.id == case_id)
        if case is None:
            raise NotVisible
        chain = Chain.get(Chain.name == f"case:{case_id}")
        hashes = list(Event.select(Event.id, Event.hash).where(Event.chain == chain.name).order_by(Event.id).tuples())
        ErasureRecord.create(
            chain=chain.name,
            ordinal=chain.ordinal,
            length=chain.length,
            head=chain.head,
            hashes=canonical(hashes),
            erased_at=stamp(now),
            account=actor.account_id,
            reason=reason,
        )
        # this event comes before the deletion: SQLite gives the highest id again once its row is gone
        record(actor, "case.erased", {"chain": chain.name, "events": len(hashes)}, now=now)
        _erase_rows(case)
        Event.delete().where(Event.chain == chain.name).execute()
        Chain.delete().where(Chain.id == chain.id).execute()


def _erase_rows(case: Case) -> None:
    documents = Document.select(Document.id).where(Document.case == case.id)
    handovers = Handover.select(Handover.id).where(Handover.case == case.id)
    DocumentContent.delete().where(DocumentContent.document.in_(documents)).execute()
    TakenField.delete().where(TakenField.handover.in_(handovers)).execute()
    uploads = Upload.select(Upload.id).where(Upload.case == case.id)
    UploadContent.delete().where(UploadContent.upload.in_(uploads)).execute()
    AccessLog.update(case_id=None).where(AccessLog.case_id == case.id).execute()
    TransferRequest.update(case=None, family_name="", given_name="", date_of_birth=None, reason="").where(
        TransferRequest.case == case.id
    ).execute()
    agreements = Agreement.select(Agreement.id).where(Agreement.case == case.id)
    AgreementStep.delete().where(AgreementStep.agreement.in_(agreements)).execute()
    _without_files(case.id)
    for table in _COMPETENCES:  # a period names a file of the evidence
        table.delete().where(table.case == case.id).execute()
    for table in _OF_CASE:
        _without_links(table, case.id)
        table.delete().where(table.case == case.id).execute()
    _erase_merges((PersonMerge.kept_case == case.id) | (PersonMerge.gone_case == case.id))
    forget_whose(case.id)
    Case.update(follows=None).where(Case.follows == case.id).execute()
    Case.delete().where(Case.id == case.id).execute()
    if not Case.select().where(Case.person == case.person_id).exists():
        _erase_person(case.person_id)


def _without_files(case_id: int) -> None:
    """What a merge moved into another case may still name a paper or a file that is kept, and erased, here."""
    papers = Document.select(Document.id).where(Document.case == case_id)
    uploads = Upload.select(Upload.id).where(Upload.case == case_id)
    proofs = Evidence.select(Evidence.id).where(Evidence.case == case_id)
    Agreement.update(document=None).where(Agreement.document.in_(papers)).execute()
    Agreement.update(scan=None).where(Agreement.scan.in_(uploads)).execute()
    LifePeriod.update(evidence=None).where(LifePeriod.evidence.in_(proofs)).execute()


def _without_links(table: type[Model], case_id: int) -> None:
    """Rows of one case may point at each other."""
    if "replaced_by" in table._meta.fields:
        table.update(replaced_by=None).where(table.case == case_id).execute()


def _erase_person(person_id: int) -> None:
    """The person with earlier names, and with the records that were found to be second ones of hers."""
    drop_names(person_id)
    for second in Person.select(Person.id).where(Person.merged_into == person_id):
        _erase_person(second.id)
    merged = (PersonMerge.kept == person_id) | (PersonMerge.gone == person_id)
    _erase_merges(merged)
    for table in (EarlierName, MatchKey, ResidenceRecord, AsylumDecision):
        table.delete().where(table.person == person_id).execute()
    DuplicatePair.delete().where((DuplicatePair.first == person_id) | (DuplicatePair.second == person_id)).execute()
    Person.delete().where(Person.id == person_id).execute()


def _erase_merges(which: Expression) -> None:
    """What a merge kept for its undoing is personal data of both cases."""
    merges = PersonMerge.select(PersonMerge.id).where(which)
    EarlierName.update(merge=None).where(EarlierName.merge.in_(merges)).execute()
    PersonMerge.delete().where(which).execute()
