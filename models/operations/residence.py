"""Recording papers and decisions of the BAMF. Nothing is overwritten: a mistake is voided with a reason."""

from dataclasses import asdict
from datetime import date, datetime

from models.base import db
from models.operations.change_of_sphere import drop_draft, follow_proposal, lock_case
from models.operations.ledger import record
from models.queries.law import current_law
from models.rules.errors import NotVisible, RuleBroken
from models.rules.law.outcomes import SphereOutcome
from models.rules.message import N_, Message
from models.rules.residence_entries import DecisionEntry, PaperEntry, check_decision, check_paper
from models.rules.roles import Actor
from models.rules.states import HandoverState
from models.rules.times import local_day, stamp
from models.tables import AsylumDecision, Case, Handover, ResidenceRecord


def add_paper(
    case: Case, entry: PaperEntry, *, seen_version: int, actor: Actor, now: datetime, source: str = ""
) -> SphereOutcome:
    """Add a paper to the history; returns what follows for the legal sphere. ``case`` is loaded with its person.

    RuleBroken with fields for dates that do not fit, StaleVersion where the case changed since it was shown.
    """
    check_paper(entry, current_law(), born=case.person.date_of_birth, today=local_day(now))
    with db.atomic():
        current = lock_case(case.id, seen_version, now)
        number = ResidenceRecord.insert(
            person=current.person_id, source=source, **asdict(entry), **_author(actor, now)
        ).execute()
        data = {"paper": number, "from_version": seen_version, **_plain(asdict(entry))}
        record(actor, "residence.recorded", data, now=now, case_id=case.id)
        return follow_proposal(current, actor=actor, now=now)


def void_paper(
    case: Case, paper_id: int, reason: str, *, seen_version: int, actor: Actor, now: datetime
) -> SphereOutcome:
    """Strike a paper out of the history, with a reason; it stays readable. RuleBroken without a reason."""
    _check_reason(reason)
    with db.atomic():
        current = lock_case(case.id, seen_version, now)
        _void(ResidenceRecord, current, paper_id, reason, now)
        data = {"paper": paper_id, "reason": reason.strip(), "from_version": seen_version}
        record(actor, "residence.voided", data, now=now, case_id=case.id)
        return follow_proposal(current, actor=actor, now=now)


def record_decision(
    case: Case, entry: DecisionEntry, *, seen_version: int, actor: Actor, now: datetime
) -> SphereOutcome:
    """Record a decision of the BAMF and its service; the draft of the handover follows in the same transaction.

    Returns what follows for the legal sphere. RuleBroken with fields for dates that do not fit, StaleVersion for a
    double click or where the case changed since it was shown.
    """
    check_decision(entry, current_law(), born=case.person.date_of_birth, today=local_day(now))
    with db.atomic():
        current = lock_case(case.id, seen_version, now)
        number = AsylumDecision.insert(person=current.person_id, **asdict(entry), **_author(actor, now)).execute()
        data = {"decision": number, "from_version": seen_version, **_plain(asdict(entry))}
        record(actor, "decision.recorded", data, now=now, case_id=case.id)
        return follow_proposal(current, actor=actor, now=now)


def void_decision(
    case: Case, decision_id: int, reason: str, *, seen_version: int, actor: Actor, now: datetime
) -> SphereOutcome:
    """Strike a decision out, with a reason; a draft that rests on it is withdrawn. RuleBroken without a reason."""
    _check_reason(reason)
    with db.atomic():
        current = lock_case(case.id, seen_version, now)
        _void(AsylumDecision, current, decision_id, reason, now)
        data = {"decision": decision_id, "reason": reason.strip(), "from_version": seen_version}
        record(actor, "decision.voided", data, now=now, case_id=case.id)
        draft = Handover.get_or_none(Handover.case == case.id, Handover.state == HandoverState.DRAFT)
        if draft:
            drop_draft(draft, reason, actor=actor, now=now)
        return follow_proposal(current, actor=actor, now=now)


def _author(actor: Actor, now: datetime) -> dict[str, object]:
    return {"organisation": actor.organisation_id, "account": actor.account_id, "recorded_at": stamp(now)}


def _void(
    table: type[ResidenceRecord] | type[AsylumDecision], case: Case, row_id: int, reason: str, now: datetime
) -> None:
    mine = (table.id == row_id) & (table.person == case.person_id)
    voided = table.update(voided_at=stamp(now), void_reason=reason.strip()).where(mine & table.voided_at.is_null())
    if not voided.execute():
        if not table.select().where(mine).exists():
            raise NotVisible
        raise RuleBroken(Message(N_("Der Eintrag ist schon gestrichen.")))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        sentence = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(sentence, {"reason": sentence})


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}
