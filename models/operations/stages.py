"""Finishing a list of a case, and opening it again with a reason."""

from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.case_view import view_of
from models.queries.checklists import finishes, one_list
from models.queries.dossier import dossier
from models.queries.newer_versions import newer_version
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import ListKey, StageState
from models.rules.times import local_day, stamp
from models.tables import Case, CaseStage

_CLOSED = (StageState.FINISHED, StageState.WAIVED)


def finish_stage(case: Case, key: ListKey, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Finish a list. RuleBroken names the required items that are missing; NotAllowed for who does not lead it."""
    with db.atomic():
        stage_id = _take(case, key, seen_version, actor, now)
        shown = one_list(view_of(dossier(case, local_day(now)), actor), key)
        if shown.head.state in _CLOSED:
            raise RuleBroken(Message(N_("Die Liste ist schon abgeschlossen.")))
        if shown.missing:
            names = ", ".join(f"{gap.code} {gap.label}" for gap in shown.missing)
            raise RuleBroken(Message(N_("Noch offen: {items}"), items=names))
        CaseStage.update(
            state=StageState.FINISHED, finished_on=local_day(now), finished_by=actor.account_id, note=""
        ).where(CaseStage.id == stage_id).execute()
        record(actor, "stage.finished", {"list": key, "from_version": seen_version}, now=now, case_id=case.id)


def reopen_stage(case: Case, key: ListKey, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Open a finished list again; RuleBroken without a reason."""
    if not reason.strip():
        sentence = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(sentence, {"reason": sentence})
    with db.atomic():
        stage_id = _take(case, key, seen_version, actor, now)
        reopened = CaseStage.update(
            state=StageState.IN_PROGRESS, finished_on=None, finished_by=None, note=reason.strip()
        ).where(CaseStage.id == stage_id, CaseStage.state == StageState.FINISHED)
        if not reopened.execute():
            raise RuleBroken(Message(N_("Die Liste ist nicht abgeschlossen.")))
        data = {"list": key, "reason": reason.strip(), "from_version": seen_version}
        record(actor, "stage.reopened", data, now=now, case_id=case.id)


def adopt_version(
    case: Case, key: ListKey, definition_id: int, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Pin a list of the case to its newest version, which was shown; a second click changes nothing.

    Answers stay as they are: those to items that the new version drops remain readable and come back with the item.
    RuleBroken for a list that is finished, StaleVersion where the list or its newest version is another one by now.
    """
    with db.atomic():
        stages = CaseStage.select(CaseStage.definition).where(CaseStage.case == case.id, CaseStage.key == key)
        if stages.scalar() == definition_id:
            return
        stage_id = _take(case, key, seen_version, actor, now)
        held = dossier(case, local_day(now))
        if held.stages[key].state in _CLOSED:
            raise RuleBroken(Message(N_("Die Liste ist schon abgeschlossen.")))
        newer = newer_version(held, key)
        if newer is None or newer.definition_id != definition_id:
            raise StaleVersion(
                Message(N_("Inzwischen gibt es eine andere Fassung der Liste. Laden Sie die Seite neu."))
            )
        CaseStage.update(definition=definition_id).where(CaseStage.id == stage_id).execute()
        data = {"list": key, "version": newer.version, "changes": str(newer.changes.sentence)}
        record(actor, "stage.adopted", data | {"from_version": seen_version}, now=now, case_id=case.id)


def _take(case: Case, key: ListKey, seen_version: int, actor: Actor, now: datetime) -> int:
    """Lock the case, check who asks, claim the list; returns the id of its row."""
    Case.update(changed_at=stamp(now)).where(Case.id == case.id).execute()
    held = dossier(case, local_day(now))
    view = view_of(held, actor)
    if not view.items(view.definitions[key]):
        raise NotVisible
    if not finishes(view, key):
        raise NotAllowed
    stage = held.stages[key]
    if not claim(CaseStage, stage.id, seen_version):
        raise StaleVersion
    return stage.id
