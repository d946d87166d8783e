"""Closing cases, opening them again, and the first contact. New cases are opened by ``openings``."""

from datetime import date, datetime

from models.base import db
from models.operations.change_of_sphere import drop_draft
from models.operations.ledger import claim, record
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.flow import CaseAct, case_after
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import CaseState, HandoverState, Outcome
from models.rules.times import local_day, stamp
from models.tables import Case, Handover


def close_case(
    case: Case, outcome: Outcome, outcome_on: date, *, seen_version: int, actor: Actor, now: datetime, note: str = ""
) -> None:
    """Close a case with its outcome (rules.md 15); it can be reopened with a reason."""
    if outcome_on > local_day(now):
        sentence = Message(N_("Das Datum liegt in der Zukunft."))
        raise RuleBroken(sentence, {"outcome_on": sentence})
    with db.atomic():
        if not claim(Case, case.id, seen_version):
            raise StaleVersion
        after = case_after(CaseAct.CLOSE, _state_of(case))
        closed = Case.update(state=after, outcome=outcome, outcome_on=outcome_on, changed_at=stamp(now))
        closed.where(Case.id == case.id).execute()
        _end_handover(case, note, actor, now)
        data = {"outcome": outcome, "on": outcome_on.isoformat(), "note": note, "from_version": seen_version}
        record(actor, "case.closed", data, now=now, case_id=case.id)


def _state_of(case: Case) -> CaseState:
    """As it stands, inside the transaction that claimed it."""
    return CaseState(Case.select(Case.state).where(Case.id == case.id).scalar())


def _end_handover(case: Case, note: str, actor: Actor, now: datetime) -> None:
    """A draft goes with the case; what was transmitted must come back or be answered first."""
    latest = Handover.select().where(Handover.case == case.id).order_by(Handover.number.desc()).first()
    if latest is None:
        return
    if latest.state in UNDER_WAY:
        raise RuleBroken(Message(N_("Die Übergabe ist noch unterwegs. Ziehen Sie sie zurück, dann abschließen.")))
    if latest.state == HandoverState.DRAFT:
        drop_draft(latest, note or str(Message(N_("Der Fall wurde abgeschlossen."))), actor=actor, now=now)


UNDER_WAY = (HandoverState.SENT, HandoverState.RECEIVED, HandoverState.QUERIED)


def reopen_case(case: Case, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Open a closed case again; RuleBroken without a reason."""
    with db.atomic():
        if not claim(Case, case.id, seen_version):
            raise StaleVersion
        after = case_after(CaseAct.REOPEN, _state_of(case), reason)
        opened = Case.update(state=after, outcome=None, outcome_on=None, changed_at=stamp(now))
        opened.where(Case.id == case.id).execute()
        record(actor, "case.reopened", {"reason": reason, "from_version": seen_version}, now=now, case_id=case.id)


def record_first_contact(case: Case, contact_on: date, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Note when the responsible organisation first reached the person; until then the case is "neu, noch kein Kontakt".

    RuleBroken for a day ahead or before the birth, and where the contact was noted already.
    """
    if case.responsible_id != actor.organisation_id:
        raise NotAllowed
    if not case.person.date_of_birth < contact_on <= local_day(now):
        sentence = Message(N_("Das Datum liegt in der Zukunft oder vor der Geburt."))
        raise RuleBroken(sentence, {"contact_on": sentence})
    with db.atomic():
        if not claim(Case, case.id, seen_version):
            raise StaleVersion
        query = Case.update(first_contact_on=contact_on, changed_at=stamp(now))
        if not query.where(Case.id == case.id, Case.first_contact_on.is_null()).execute():
            raise RuleBroken(Message(N_("Der erste Kontakt ist schon eingetragen.")))
        data = {"on": contact_on.isoformat(), "from_version": seen_version}
        record(actor, "case.first_contact", data, now=now, case_id=case.id)
