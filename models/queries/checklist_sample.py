"""A list as a case would show it, with invented answers; nothing of it is stored and no case is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.queries.checklist_editing import Judged
from models.queries.item_rows import ItemRow, is_in_front
from models.rules.checklists import Assessment, ItemView, assess, condition_sentence, decided_by, display, gather
from models.rules.checklists.subjects import Subject, deciding, sample_of, subjects
from models.rules.states import ListKey


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample case: what can be switched and what was chosen, and the rows of the list that follow from it."""

    subjects: tuple[Subject, ...]
    chosen: Mapping[str, str]
    applies: bool | None
    done: int
    total: int
    front: tuple[ItemRow, ...]
    unclear: tuple[ItemRow, ...]
    spare: tuple[ItemRow, ...]


def sample(held: Judged, chosen: Mapping[str, str]) -> Sample:
    """The list of a draft for invented answers: values by key of the subject, as posted."""
    offered = deciding(held.definition, subjects(held.definition, held.lists, ""))
    answers, facts = sample_of({one: chosen[one.key] for one in offered if chosen.get(one.key)}, held.items)
    judged = assess(held.definition, gather(held.items, answers, {}, facts))
    rows = [(view, _row(held, view)) for view in judged.views]
    return Sample(
        subjects=offered,
        chosen=chosen,
        applies=judged.applies,
        **_counts(judged),
        front=tuple(row for view, row in rows if is_in_front(view)),
        unclear=tuple(row for view, row in rows if view.applies is None and not is_in_front(view)),
        spare=tuple(row for view, row in rows if view.applies is False),
    )


def _counts(judged: Assessment) -> dict[str, int]:
    counts = judged.progress
    return {"done": counts.done, "total": counts.total}


def _row(held: Judged, view: ItemView) -> ItemRow:
    item, items = view.item, held.items
    waits = str(decided_by(view.waits_for, items)) if view.waits_for else ""
    return ItemRow(
        key=ListKey(held.definition.key),
        item=item,
        view=view,
        answer=view.answer,
        text=display(item, view.answer) if view.answer else "",
        who="",
        note="",
        why=", ".join(f"{other.code} {other.text}" for other in view.blocked_by) or waits,
        mine=not item.by_rule,
        own=True,
        refused="",
        fields=item.fields,
        version=0,
        hearsay="",
        elsewhere=None,
        all_items=items,
    )


def meant_for(held: Judged) -> str:
    """For whom the whole list is meant; empty for everybody."""
    sentence = condition_sentence(held.definition, held.items)
    return str(sentence) if sentence else ""
