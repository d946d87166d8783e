"""Papers, decisions and what follows from them: the proposed change of legal sphere, the access to work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from peewee import JOIN

from models.queries.case_view import CaseView
from models.queries.dossier import Dossier
from models.queries.facts import sphere_facts, work_of
from models.queries.law import current_law
from models.rules.checklists import Known
from models.rules.law.data import WorkTrack
from models.rules.law.facts import SphereFacts
from models.rules.law.legal_sphere import change_of_sphere
from models.rules.law.outcomes import SphereOutcome, WorkOutcome
from models.rules.states import HandoverState
from models.tables import Account, AsylumDecision, Organisation, ResidenceRecord

FICTION = "FB24"
_WAITING = (WorkTrack.PROCEDURE, WorkTrack.TOLERATED, WorkTrack.IDENTITY_UNCLEAR, WorkTrack.PURPOSE)
_GIVEN_UP = (HandoverState.SUPERSEDED, HandoverState.REJECTED, HandoverState.WITHDRAWN, HandoverState.EXPIRED)


def propose_change(held: Dossier, known: Known | None = None) -> SphereOutcome:
    """Whether and when the legal sphere of this person changes, from the facts of the case as they stand.

    The one function behind the page, the handover and the report (rules.md 1 to 4). A proposal: a person decides.
    ``known`` spares a second look where the caller has put the case together already.
    """
    return change_of_sphere(_with_paper(sphere_facts(held, known), held), current_law())


def _with_paper(facts: SphereFacts, held: Dossier) -> SphereFacts:
    """A Fiktionsbescheinigung that was recorded as a paper says when it was issued; an answer goes before it."""
    record = next((row for row in held.records if row.code == FICTION), None)
    if record is None or facts.fiktion_issued is not None:
        return facts
    return replace(facts, fiktion_issued=record.granted_on or record.valid_from)


def work_hint(view: CaseView) -> WorkOutcome | None:
    """What the law says about employment; None where no paper of the asylum procedure and no Duldung is known."""
    paper = view.known.facts.get("paper")
    if not awaits_work(str(paper) if paper else None, view.held.today):
        return None
    return work_of(view.held, view.known)


def awaits_work(code: str | None, today: date | None = None) -> bool:
    """Whether the paper is one of the asylum procedure or a Duldung, so that a waiting time may run."""
    paper = current_law().residence(code, today)
    return paper is not None and paper.work in _WAITING


def papers_of(person_id: int) -> Sequence[ResidenceRecord]:
    """The history of papers, the newest first, voided ones included, with organisation and account."""
    return _with_authors(ResidenceRecord, person_id)


def decisions_of(person_id: int) -> Sequence[AsylumDecision]:
    """The history of decisions, the newest first, voided ones included, with organisation and account."""
    return _with_authors(AsylumDecision, person_id)


def _with_authors(table: type[ResidenceRecord] | type[AsylumDecision], person_id: int) -> list[Any]:
    query = (
        table.select(table, Organisation, Account)
        .join(Organisation, JOIN.LEFT_OUTER)
        .switch(table)
        .join(Account, JOIN.LEFT_OUTER, on=table.account)
        .where(table.person == person_id)
    )
    return list(query.order_by(table.id.desc()))
