"""Answering an item of a checklist, wherever its value is kept: in the list itself or in a record of the case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from peewee import IntegrityError, Query, fn

from models.base import db
from models.operations import answer_records as records
from models.operations.answer_records import Save
from models.operations.change_of_sphere import follow_proposal
from models.operations.drafts import drop_draft
from models.operations.ledger import record
from models.operations.tasks import renew_tasks
from models.queries.case_view import CaseView
from models.queries.checklists import one_item
from models.queries.dossier import Dossier, StoredAnswer, renewed, with_answer
from models.queries.item_rows import ItemRow, holder_of, is_report
from models.queries.prepared import Prepared
from models.queries.task_facts import moves_tasks
from models.rules.answering import feeds_legal_sphere, may_answer_at_all
from models.rules.checklists import SOURCE, AnswerValues, Item
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.person_values import PARTS
from models.rules.roles import Actor
from models.rules.states import AnswerState, CaseState, StageState
from models.rules.times import stamp
from models.tables import Answer, Case, CaseStage, Person


def save_answer(
    held: Dossier, code: str, answer: AnswerValues, *, seen_version: int, actor: Actor, now: datetime
) -> Dossier:
    """Keep the answer to one item and return the case as it then stands.

    ``seen_version`` is what the form carried (``ItemRow.version``, 0 for none yet).

    ``answer`` comes from ``parse_answer``. A CLEARED one empties the item; what stood there stays in the events.
    NotVisible for an item that this person does not see, NotAllowed for one that is not hers to answer, RuleBroken with
    fields for what cannot be kept, StaleVersion where somebody answered since.
    """
    view, row = one_item(held, actor, code)
    return keep_answer(view, row, answer, seen_version=seen_version, now=now)


def keep_answer(view: CaseView, row: ItemRow, answer: AnswerValues, *, seen_version: int, now: datetime) -> Dossier:
    """The same for an item that was shown: ``row`` of ``view``, which says who acts."""
    if not may_answer_at_all(row.item, view.standing):
        raise NotAllowed(Message(row.refused) if row.refused else None)
    _check(row, answer)
    save = Save(view.held, row.item, row.key, answer, holder_of(view), seen_version, view.actor, now)
    with db.atomic():
        _take_case(save)
        _begin_list(save)
        before = _keep(save)
        if feeds_legal_sphere(row.item):
            follow_proposal(_case(save), actor=view.actor, now=now)
        drop_draft(view, row.code)
        record(view.actor, "answer.saved", _told(save, before), now=now, case_id=view.held.case.id)
        if moves_tasks(row.item):
            renew_tasks([view.held.case.id], view.held.today)
    # reading a case again costs more than saving an answer, so it is read where more than the answer may have changed
    return renewed(view.held) if _touches_records(row.item) else _with_answer(save)


def _check(row: ItemRow, answer: AnswerValues) -> None:
    if not row.mine:
        raise RuleBroken(Message(row.refused or N_("Dieser Punkt wird an anderer Stelle im Fall eingetragen.")))
    if row.hearsay and not answer.source and answer.state != AnswerState.CLEARED:
        sentence = Message(N_("Nennen Sie die Quelle, zum Beispiel: {start}, Telefonat."), start=row.hearsay)
        raise RuleBroken(sentence, {SOURCE: sentence})


def _take_case(save: Save) -> None:
    """Answers of one case are saved one after the other: this row is their lock. The list must not have ended."""
    stage = save.held.stages[save.key]
    if _TAKE.run(stamp(save.now), save.case.id, stage.id):
        return
    if CaseStage.select(CaseStage.state).where(CaseStage.id == stage.id).scalar() == StageState.FINISHED:
        raise RuleBroken(Message(N_("Die Liste wurde inzwischen abgeschlossen.")))
    raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))


def _take(at: str, case_id: int, stage_id: int) -> Query:
    unfinished = CaseStage.select(CaseStage.id).where(CaseStage.id == stage_id, CaseStage.state != StageState.FINISHED)
    is_open = (Case.id == case_id) & (Case.state == CaseState.OPEN)
    return Case.update(changed_at=at).where(is_open & fn.EXISTS(unfinished))


_TAKE = Prepared(_take, str, int, int)


def _begin_list(save: Save) -> None:
    stage = save.held.stages[save.key]
    if stage.state == StageState.OPEN:
        CaseStage.update(state=StageState.IN_PROGRESS, version=CaseStage.version + 1).where(
            CaseStage.id == stage.id, CaseStage.state == StageState.OPEN
        ).execute()


def _keep(save: Save) -> dict[str, Any]:
    """Write the answer to where it belongs; returns what stood there before."""
    item = save.item
    if item.derived_from in PARTS:
        return _keep_person(save)
    if item.derived_from.startswith("consent."):
        return _keep_consent(save)
    if is_report(item):
        return _keep_record(save, records.report_to_coach)
    if item.derived_from == "coaching.end":
        return _keep_record(save, records.end_coaching)
    if item.derived_from == "residence.paper" and records.is_paper(save):
        return _keep_record(save, records.add_paper)
    return _keep_answer(save, guarded=True)


def _case(save: Save) -> Case:
    case: Case = Case.select(Case, Person).join(Person).where(Case.id == save.case.id).get()
    return case


def _touches_records(item: Item) -> bool:
    return not item.in_list or feeds_legal_sphere(item)


def _keep_person(save: Save) -> dict[str, Any]:
    before, covered = records.write_person_part(save)
    rest = {key: value for key, value in save.answer.values.items() if key not in covered or isinstance(value, dict)}
    return before | _keep_answer(save.with_values(rest), guarded=False)


def _keep_consent(save: Save) -> dict[str, Any]:
    before = records.write_consent(save)
    return before | _keep_answer(save.with_values({}), guarded=False)


def _keep_record(save: Save, write: Any) -> dict[str, Any]:
    before: dict[str, Any] = write(save)
    return before | _keep_answer(save.with_values({}), guarded=True)


def _keep_answer(save: Save, *, guarded: bool) -> dict[str, Any]:
    """Insert or change the stored answer. ``guarded``: its own version decides, else a record's version did."""
    stored = save.held.answer(save.item.code, save.holder)
    if stored is None:
        if guarded and save.seen_version:
            raise StaleVersion
        _insert(save)
        return {}
    seen = save.seen_version if guarded else stored.version
    place = (save.case.id, save.item.code, save.holder)
    if seen != stored.version or not _CHANGE.run(*_columns(save).values(), *place, seen):
        raise StaleVersion
    return {"state": stored.state, "values": stored.values, "reason": stored.reason, "source": stored.source}


def _insert(save: Save) -> None:
    """The unique index over case, item and holder decides between two first answers."""
    try:
        _INSERT.run(*_columns(save).values(), save.case.id, save.item.code, save.holder)
    except IntegrityError:
        raise StaleVersion from None


def _columns(save: Save) -> dict[str, Any]:
    answer = save.answer
    return {
        "state": answer.state,
        "values": dict(answer.values),
        "note": answer.note,
        "reason": answer.reason,
        "source": answer.source,
        "organisation": save.actor.organisation_id,
        "account": save.actor.account_id,
        "answered_at": stamp(save.now),
    }


def _with_answer(save: Save) -> Dossier:
    return with_answer(save.held, _stored(save), save.key, save.actor.account_id)


def _stored(save: Save) -> StoredAnswer:
    """The answer as it stands in the database now."""
    before = save.held.answer(save.item.code, save.holder)
    columns = _columns(save) | {"account": save.actor.name}
    return StoredAnswer(save.item.code, save.holder, *columns.values(), before.version + 1 if before else 1)


_KINDS = (str, dict, str, str, str, int, int, str)
"""Of the columns above, in their order."""


_OWN = (
    Answer.state, Answer.values, Answer.note, Answer.reason, Answer.source, Answer.organisation, Answer.account,
    Answer.answered_at,
)  # fmt: skip


def _insert_query(*values: Any) -> Query:
    return Answer.insert(dict(zip((*_OWN, Answer.case, Answer.item, Answer.holder), values, strict=True)))


def _change_query(*values: Any) -> Query:
    *own, case_id, item, holder, seen_version = values
    mine = (Answer.case == case_id) & (Answer.item == item) & (Answer.holder == holder)
    columns = {**dict(zip(_OWN, own, strict=True)), Answer.version: Answer.version + 1}
    return Answer.update(columns).where(mine & (Answer.version == seen_version))


_INSERT = Prepared(_insert_query, *_KINDS, int, str, str)
_CHANGE = Prepared(_change_query, *_KINDS, int, str, str, int)


def _told(save: Save, before: Mapping[str, Any]) -> dict[str, object]:
    answer = save.answer
    after = {"state": answer.state, "values": dict(answer.values), "reason": answer.reason, "source": answer.source}
    return {
        "item": save.item.code,
        "list": save.key,
        "holder": save.holder,
        "before": before,
        "after": after,
        "from_version": save.seen_version,
    }
