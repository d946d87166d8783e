"""Finishing a list of a case, opening it again, sending it back to who fills it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.carried import to_confirm_in
from models.queries.case_view import CaseView, view_of
from models.queries.checklists import finishes, one_list
from models.queries.dossier import dossier
from models.queries.newer_versions import newer_version
from models.queries.sending_back import is_back_with, receivers
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.flow import LIST_MOVES, ListAct, list_after
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.states import ListKey, StageState
from models.rules.times import local_day, stamp
from models.tables import Case, CaseStage, StageReturn

_CLOSED = (StageState.FINISHED, StageState.WAIVED)


def finish_stage(case: Case, key: ListKey, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Finish a list. RuleBroken names the required items that are missing; NotAllowed for who does not lead it."""
    with db.atomic():
        stage_id = _take(case, key, seen_version, actor, now)
        view = view_of(dossier(case, local_day(now)), actor)
        shown = one_list(view, key)
        after = list_after(ListAct.FINISH, shown.head.state)
        if shown.missing:
            names = ", ".join(f"{gap.code} {gap.label}" for gap in shown.missing)
            raise RuleBroken(Message(N_("Noch offen: {items}"), items=names))
        if unsure := to_confirm_in(view, key):
            names = ", ".join(f"{one.row.code} {one.row.item.text}" for one in unsure)
            raise RuleBroken(Message(N_("Noch zu bestätigen: {items}"), items=names))
        CaseStage.update(state=after, finished_on=local_day(now), finished_by=actor.account_id, note="").where(
            CaseStage.id == stage_id
        ).execute()
        _settle(case, key, now)
        record(actor, "stage.finished", {"list": key, "from_version": seen_version}, now=now, case_id=case.id)


def reopen_stage(case: Case, key: ListKey, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Open a finished list again; RuleBroken without a reason."""
    with db.atomic():
        stage_id = _take(case, key, seen_version, actor, now)
        _reopen(stage_id, list_after(ListAct.REOPEN, _state_of(stage_id), reason), reason)
        data = {"list": key, "reason": reason.strip(), "from_version": seen_version}
        record(actor, "stage.reopened", data, now=now, case_id=case.id)


def _state_of(stage_id: int) -> StageState:
    return StageState(CaseStage.select(CaseStage.state).where(CaseStage.id == stage_id).scalar())


def _reopen(stage_id: int, state: StageState, reason: str) -> None:
    CaseStage.update(state=state, finished_on=None, finished_by=None, note=reason.strip()).where(
        CaseStage.id == stage_id
    ).execute()


def return_stage(
    case: Case,
    key: ListKey,
    to: Role,
    reason: str,
    items: Sequence[str],
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Send a list back to who holds items of it, with a reason and those that need work; it becomes a task there.

    RuleBroken without a reason, for an item that is not in the list or not theirs, and where the list is back already.
    NotAllowed for who does not send this list back to them.
    """
    with db.atomic():
        view = _seen(case, key, actor, now)
        stage = view.held.stages[key]
        receiver = next((one for one in receivers(view, key) if one.role == to), None)
        if receiver is None:
            raise NotAllowed
        _claim(stage.id, seen_version)
        after = list_after(ListAct.RETURN, stage.state, reason)
        _check_return(view, key, items, receiver.codes)
        _reopen(stage.id, after, reason)
        StageReturn.create(
            case=case.id,
            key=key,
            reason=reason.strip(),
            items=list(items),
            sent_to=receiver.organisation_id,
            organisation=actor.organisation_id,
            account=actor.account_id,
            returned_at=stamp(now),
        )
        data = {"list": key, "reason": reason.strip(), "items": list(items), "from_version": seen_version}
        record(actor, "stage.returned", data, now=now, case_id=case.id)


def _check_return(view: CaseView, key: ListKey, items: Sequence[str], theirs: Collection[str]) -> None:
    if view.held.stages[key].back:
        raise RuleBroken(Message(N_("Die Liste ist schon zurückgegeben.")))
    if wrong := set(items) - set(theirs):
        in_list = wrong <= view.definitions[key].by_code.keys()
        text = (
            N_("Wählen Sie Punkte, die diese Stelle beantwortet.") if in_list else N_("Wählen Sie Punkte dieser Liste.")
        )
        sentence = Message(text)
        raise RuleBroken(sentence, {"items": sentence})


def complete_stage(case: Case, key: ListKey, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Say that a list that was sent back is complete again; RuleBroken for one that was not, NotAllowed for others."""
    with db.atomic():
        view = _seen(case, key, actor, now)
        stage = view.held.stages[key]
        if actor.role not in LIST_MOVES[ListAct.COMPLETE].who or (stage.back and not is_back_with(view, key)):
            raise NotAllowed
        _claim(stage.id, seen_version)
        list_after(ListAct.COMPLETE, stage.state)
        if not _settle(case, key, now):
            raise RuleBroken(Message(LIST_MOVES[ListAct.COMPLETE].refused))
        record(actor, "stage.completed", {"list": key, "from_version": seen_version}, now=now, case_id=case.id)


def _settle(case: Case, key: ListKey, now: datetime) -> bool:
    waiting = (StageReturn.case == case.id) & (StageReturn.key == key) & StageReturn.settled_at.is_null()
    return bool(StageReturn.update(settled_at=stamp(now)).where(waiting).execute())


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
    view = _seen(case, key, actor, now)
    if not finishes(view, key):
        raise NotAllowed
    stage = view.held.stages[key]
    _claim(stage.id, seen_version)
    return stage.id


def _seen(case: Case, key: ListKey, actor: Actor, now: datetime) -> CaseView:
    """Lock the case and look at it as this person does; NotVisible where she sees nothing of the list."""
    Case.update(changed_at=stamp(now)).where(Case.id == case.id).execute()
    view = view_of(dossier(case, local_day(now)), actor)
    if not view.items(view.definitions[key]):
        raise NotVisible
    return view


def _claim(stage_id: int, seen_version: int) -> None:
    if not claim(CaseStage, stage_id, seen_version):
        raise StaleVersion
