"""Notes of counselling: written and corrected by the organisation that counsels. Events name no content of them."""

from datetime import datetime

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import claim, record
from models.queries.case_view import CaseView
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.notes import WRITTEN_WITH, NotePlan, check_note, hands_over
from models.rules.permissions import Permission, may
from models.rules.times import local_day, stamp
from models.tables import CaseNote


def write_note(view: CaseView, plan: NotePlan, *, now: datetime) -> int:
    """Add a note; returns its id. RuleBroken by field, and for the same text of the same day again (a double click)."""
    _check(view, plan, now)
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        if _same(view, plan):
            raise RuleBroken(Message(N_("Diesen Vermerk gibt es schon.")))
        note = CaseNote.create(
            case=view.held.case.id,
            organisation=view.actor.organisation_id,
            account=view.actor.account_id,
            created_at=stamp(now),
            **_columns(plan, now),
        )
        record(view.actor, "note.written", {"note": note.id}, now=now, case_id=view.held.case.id)
    return int(note.id)


def change_note(view: CaseView, note: CaseNote, plan: NotePlan, *, seen_version: int, now: datetime) -> None:
    """Correct a note. RuleBroken by field, StaleVersion where a colleague was faster."""
    _check(view, plan, now)
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        if not claim(CaseNote, note.id, seen_version):
            raise StaleVersion(Message(N_("Der Vermerk wurde inzwischen geändert. Ihr Text steht noch im Formular.")))
        CaseNote.update(**_columns(plan, now)).where(CaseNote.id == note.id).execute()
        data: dict[str, object] = {"note": note.id, "from_version": seen_version}
        record(view.actor, "note.changed", data, now=now, case_id=view.held.case.id)


def _check(view: CaseView, plan: NotePlan, now: datetime) -> None:
    known = may(view.actor.role, Permission.CASE_NOTE) and not view.blocks.isdisjoint(WRITTEN_WITH)
    if not known or view.standing.read_only:
        raise NotAllowed
    if plan.for_transfer and not hands_over(view.actor.role):
        raise NotAllowed
    check_note(plan, view.held.person.date_of_birth, local_day(now))


def _columns(plan: NotePlan, now: datetime) -> dict[str, object]:
    return {
        "topic": plan.topic,
        "noted_on": plan.noted_on,
        "text": plan.text.strip(),
        "decision": plan.decision.strip(),
        "for_transfer": plan.for_transfer,
        "changed_at": stamp(now),
    }


def _same(view: CaseView, plan: NotePlan) -> bool:
    same = (
        (CaseNote.case == view.held.case.id)
        & (CaseNote.organisation == view.actor.organisation_id)
        & (CaseNote.noted_on == plan.noted_on)
        & (CaseNote.text == plan.text.strip())
    )
    return bool(CaseNote.select(CaseNote.id).where(same).exists())
