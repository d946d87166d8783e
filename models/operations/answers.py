"""Answering an item of a checklist, wherever its value is kept: in the list itself or in a record of the case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.base import db
from models.operations import answer_records as records
from models.operations.answer_records import Save
from models.operations.ledger import claim, record
from models.queries.checklists import one_item
from models.queries.dossier import Dossier
from models.queries.item_rows import ItemRow, holder_of, is_report
from models.rules.answering import may_answer_at_all
from models.rules.checklists import SOURCE, AnswerValues
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.person_values import PARTS
from models.rules.roles import Actor
from models.rules.states import AnswerState, CaseState, StageState
from models.rules.times import stamp
from models.tables import Answer, Case, CaseStage


def save_answer(
    held: Dossier, code: str, answer: AnswerValues, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Keep the answer to one item; ``seen_version`` is what the form carried (``ItemRow.version``, 0 for none yet).

    ``answer`` comes from ``parse_answer``. A CLEARED one empties the item; what stood there stays in the events.
    NotVisible for an item that this person does not see, NotAllowed for one that is not hers to answer, RuleBroken with
    fields for what cannot be kept, StaleVersion where somebody answered since.
    """
    view, row = one_item(held, actor, code)
    if not may_answer_at_all(row.item, view.standing):
        raise NotAllowed(Message(row.refused) if row.refused else None)
    _check(row, answer)
    save = Save(held, row.item, row.key, answer, holder_of(view), seen_version, actor, now)
    with db.atomic():
        _take_case(save)
        _take_list(save)
        before = _keep(save)
        record(actor, "answer.saved", _told(save, before), now=now, case_id=held.case.id)


def _check(row: ItemRow, answer: AnswerValues) -> None:
    if not row.mine:
        raise RuleBroken(Message(row.refused or N_("Dieser Punkt wird an anderer Stelle im Fall eingetragen.")))
    if row.hearsay and not answer.source and answer.state != AnswerState.CLEARED:
        sentence = Message(N_("Nennen Sie die Quelle, zum Beispiel: {start}, Telefonat."), start=row.hearsay)
        raise RuleBroken(sentence, {SOURCE: sentence})


def _take_case(save: Save) -> None:
    """Answers of one case are saved one after the other: this row is their lock."""
    query = Case.update(changed_at=stamp(save.now)).where(Case.id == save.case.id, Case.state == CaseState.OPEN)
    if not query.execute():
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))


def _take_list(save: Save) -> None:
    stage = save.held.stages[save.key]
    begun = CaseStage.update(state=StageState.IN_PROGRESS, version=CaseStage.version + 1).where(
        CaseStage.id == stage.id, CaseStage.state == StageState.OPEN
    )
    if stage.state == StageState.OPEN and begun.execute():
        return
    if CaseStage.select(CaseStage.state).where(CaseStage.id == stage.id).scalar() == StageState.FINISHED:
        raise RuleBroken(Message(N_("Die Liste wurde inzwischen abgeschlossen.")))


def _keep(save: Save) -> dict[str, Any]:
    """Write the answer to where it belongs; returns what stood there before."""
    item = save.item
    if item.derived_from in PARTS:
        return _keep_person(save)
    if item.derived_from.startswith("consent."):
        return _keep_consent(save)
    if is_report(item):
        return _keep_day(save, records.report_to_coach)
    if item.derived_from == "coaching.end":
        return _keep_day(save, records.end_coaching)
    return _keep_answer(save, guarded=True)


def _keep_person(save: Save) -> dict[str, Any]:
    before, covered = records.write_person_part(save)
    rest = {key: value for key, value in save.answer.values.items() if key not in covered or isinstance(value, dict)}
    return before | _keep_answer(save.with_values(rest), guarded=False)


def _keep_consent(save: Save) -> dict[str, Any]:
    before = records.write_consent(save)
    return before | _keep_answer(save.with_values({}), guarded=False)


def _keep_day(save: Save, write: Any) -> dict[str, Any]:
    before: dict[str, Any] = write(save)
    return before | _keep_answer(save.with_values({}), guarded=True)


def _keep_answer(save: Save, *, guarded: bool) -> dict[str, Any]:
    """Insert or change the stored answer. ``guarded``: its own version decides, else a record's version did."""
    stored = Answer.get_or_none(
        Answer.case == save.case.id, Answer.item == save.item.code, Answer.holder == save.holder
    )
    columns = _columns(save)
    if stored is None:
        if guarded and save.seen_version:
            raise StaleVersion
        Answer.insert(case=save.case.id, item=save.item.code, holder=save.holder, **columns).execute()
        return {}
    if not claim(Answer, stored.id, save.seen_version if guarded else stored.version):
        raise StaleVersion
    Answer.update(**columns).where(Answer.id == stored.id).execute()
    return {"state": stored.state, "values": stored.values, "reason": stored.reason, "source": stored.source}


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
