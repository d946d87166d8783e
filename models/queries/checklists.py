"""The lists of a case as a page shows them: one in full, the progress of all; everything ready for the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.queries.carried import with_before
from models.queries.case_view import CaseView, view_of
from models.queries.definitions import items_of
from models.queries.dossier import Back, Dossier, Stage
from models.queries.evidence import Shown, evidence_of_dropped
from models.queries.item_rows import ItemRow, row_of, rows_of
from models.queries.newer_versions import NewerVersion, every_item, newer_version
from models.queries.sending_back import is_back_with, receivers
from models.rules.answering import may_finish
from models.rules.checklists import (
    MISSING_REASONS,
    Assessment,
    ChecklistDefinition,
    Item,
    Missing,
    condition_sentence,
    role_names,
    state_of,
)
from models.rules.errors import NotVisible, RuleBroken
from models.rules.flow import RECEIVER_NAMES
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.states import AnswerState, ListKey, StageState

LIST_WORDS: Mapping[ListKey, str] = {
    ListKey.INTAKE: "aufnahme",
    ListKey.COUNSELLING: "beratung",
    ListKey.COURSES: "kurszuweisung",
    ListKey.HANDOVER: "uebergabe",
    ListKey.COACH: "coach",
}
"""The word of each list in addresses."""


@dataclass(frozen=True, slots=True)
class ListHead:
    """How far one list is. ``shown``: the person may open it; ``number`` is the stage, 0 for the coach's list."""

    key: ListKey
    word: str
    title: str
    number: int
    state: StageState
    done: int
    total: int
    finished_on: date | None
    shown: bool

    @property
    def open(self) -> int:
        """How many points are open."""
        return self.total - self.done


@dataclass(frozen=True, slots=True)
class Lack:
    """A required item that is missing: why, and who can supply it, in German."""

    code: str
    label: str
    why: str
    who: str


@dataclass(frozen=True, slots=True)
class ListView:
    """One list in full. ``missing`` is what holds up its end.

    ``unclear`` are items of which nobody knows yet whether they are needed, ``spare`` those that it does not need.
    ``apart`` counts the items without a value by the German reason. ``newer`` is a newer version that this person may
    adopt, ``dropped`` answered or proved items that this version does not ask, with
    their evidence.
    """

    head: ListHead
    version: int
    rows: tuple[ItemRow, ...]
    unclear: tuple[ItemRow, ...]
    spare: tuple[ItemRow, ...]
    missing: tuple[Lack, ...]
    may_finish: bool
    note: str
    waived_because: str
    apart: tuple[tuple[int, str], ...] = ()
    return_to: str = ""
    may_complete: bool = False
    back: Back | None = None
    newer: NewerVersion | None = None
    dropped: tuple[tuple[ItemRow, tuple[Shown, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLists:
    """What the case page shows of the lists: the progress of all, and the chosen one."""

    view: CaseView
    heads: tuple[ListHead, ...]
    chosen: ListView | None
    address: str


def list_of(word: str) -> ListKey:
    """The list behind a word of an address; NotVisible for another word."""
    for key, known in LIST_WORDS.items():
        if known == word:
            return key
    raise NotVisible


def open_lists(held: Dossier, actor: Actor, chosen: ListKey | None = None) -> CaseLists:
    """The lists that this person may see, and one of them in full; without a wish the first that is not finished."""
    view = view_of(held, actor)
    return view.once(("lists", chosen), lambda: _opened(view, chosen))


def _opened(view: CaseView, chosen: ListKey | None) -> CaseLists:
    shown = {key: view.items(definition) for key, definition in view.definitions.items()}
    judged = {
        key: _judged(view, definition, shown[key])
        for key, definition in view.definitions.items()
        if shown[key] or view.sees_whole(key)
    }
    heads = tuple(_head(view, judged[key], bool(shown[key])) for key in judged)
    key = chosen if chosen is not None and shown.get(chosen) else _first_to_do(heads)
    full = _full(view, judged[key], shown[key]) if key else None
    return CaseLists(view, heads, full, f"/faelle/{view.held.case.number}")


def one_item(held: Dossier, actor: Actor, code: str) -> tuple[CaseView, ItemRow]:
    """One item with the right to see it; NotVisible for none of this person's."""
    view = view_of(held, actor)
    row = item_in(view, code)
    return view, with_before(view, row.key, [row])[0]


def item_in(view: CaseView, code: str) -> ItemRow:
    """One item of a view; NotVisible for none of this person's."""
    return view.once(("row", code), lambda: _item_in(view, code))


def _item_in(view: CaseView, code: str) -> ItemRow:
    item = items_of(view.definitions).get(code)
    if item is None:
        _refuse_other_version(view, code)
    if item is None or not view.sees(key_of(view, item), item):
        raise NotVisible
    key = key_of(view, item)
    return row_of(view, key, state_of(item, view.known, view.definitions[key].by_code))


def _refuse_other_version(view: CaseView, code: str) -> None:
    """Say why an item that other versions of the list have cannot be answered; nothing to who would not see it."""
    key, item = every_item(view.held).get(code, (None, None))
    if key and item and view.sees(key, item):
        sentence = N_("{code} {item}: Diesen Punkt fragt die Fassung der Liste „{title}“ in diesem Fall nicht.")
        raise RuleBroken(Message(sentence, code=code, item=item.text, title=view.definitions[key].title))


def key_of(view: CaseView, item: Item) -> ListKey:
    """The list that an item belongs to."""
    return view.definitions.list_by_code[item.code]


def one_list(view: CaseView, key: ListKey) -> ListView:
    """One list in full."""
    shown = view.items(view.definitions[key])
    return _full(view, _judged(view, view.definitions[key], shown), shown)


def list_state(view: CaseView, key: ListKey) -> ListView:
    """A list without its items: progress, what is missing, whether it can be finished."""
    shown = view.items(view.definitions[key])
    return _full(view, _judged(view, view.definitions[key], shown), shown, with_rows=False)


def others_changed(before: CaseView, after: CaseView, row: ItemRow) -> bool:
    """Whether an answer to one item changed how its list shows others, or moved the item itself."""
    if row.in_front != item_in(after, row.code).in_front:
        return True
    return row.code in after.definitions.moving and _shape(before, row) != _shape(after, row)


def _shape(view: CaseView, row: ItemRow) -> list[tuple[object, ...]]:
    judged = view.assessed(row.key)
    return [(one.state, one.applies, one.blocked_by) for one in judged.views if one.item.code != row.code]


def _judged(view: CaseView, definition: ChecklistDefinition, shown: tuple[Item, ...]) -> Assessment:
    """The whole list where its progress may be told, else the items that the person sees."""
    key = ListKey(definition.key)
    whole = view.assessed(key)
    if view.sees_whole(key):
        return whole
    seen = {item.code for item in shown}
    return Assessment(definition, whole.applies, tuple(one for one in whole.views if one.item.code in seen))


def _head(view: CaseView, judged: Assessment, shown: bool) -> ListHead:
    key = ListKey(judged.definition.key)
    stage, count = view.held.stages[key], judged.count
    return ListHead(
        key=key,
        word=LIST_WORDS[key],
        title=judged.definition.title,
        number=0 if key == ListKey.COACH else list(ListKey).index(key) + 1,
        state=_state(stage, judged),
        done=count.done,
        total=count.total,
        finished_on=stage.finished_on,
        shown=shown,
    )


def _state(stage: Stage, judged: Assessment) -> StageState:
    """The stored state; a list that this case does not need is waived, whatever was begun."""
    if judged.applies is False and stage.state != StageState.FINISHED:
        return StageState.WAIVED
    return stage.state


def _first_to_do(heads: tuple[ListHead, ...]) -> ListKey | None:
    shown = [head for head in heads if head.shown]
    unfinished = (head for head in shown if head.state in (StageState.OPEN, StageState.IN_PROGRESS))
    head = next(unfinished, shown[0] if shown else None)
    return head.key if head else None


def _full(view: CaseView, judged: Assessment, shown: tuple[Item, ...], *, with_rows: bool = True) -> ListView:
    head = _head(view, judged, True)
    seen = {item.code for item in shown}
    rows = rows_of(view, head.key, (one for one in judged.views if one.item.code in seen)) if with_rows else []
    rows = with_before(view, head.key, rows) if rows else rows
    stage = view.held.stages[head.key]
    condition = condition_sentence(judged.definition, items_of(view.definitions)) if judged.applies is False else None
    return ListView(
        head=head,
        version=stage.version,
        rows=tuple(row for row in rows if row.in_front),
        unclear=tuple(row for row in rows if row.view.applies is None and not row.in_front),
        spare=tuple(row for row in rows if row.view.applies is False),
        missing=tuple(_lack(gap) for gap in judged.missing() if gap.code in seen),
        may_finish=finishes(view, head.key),
        note=stage.note,
        return_to=_return_to(view, head.key) if stage.back is None else "",
        may_complete=is_back_with(view, head.key),
        back=stage.back if view.sees_whole(head.key) or is_back_with(view, head.key) else None,
        waived_because=str(condition) if condition else "",
        apart=_apart(judged),
        newer=newer_version(view.held, head.key) if with_rows and finishes(view, head.key) else None,
        dropped=_dropped(view, head.key) if with_rows else (),
    )


_REASONS: Mapping[str, str] = {**MISSING_REASONS, AnswerState.NOT_APPLICABLE: N_("entfällt")}


def _apart(judged: Assessment) -> tuple[tuple[int, str], ...]:
    counts = judged.apart
    return tuple((counts[reason], name) for reason, name in _REASONS.items() if counts[reason])


def _dropped(view: CaseView, key: ListKey) -> tuple[tuple[ItemRow, tuple[Shown, ...]], ...]:
    """Answers to items that the case's version of the list does not have: still there, and to be read."""
    proved = {proof.item for proof in view.held.evidence if proof.item}
    codes = {*view.entries, *proved} - view.definitions.by_code.keys()
    listed = every_item(view.held) if codes else {}
    found = sorted(code for code in codes if code in listed and listed[code][0] == key)
    items = {code: item for code, (_key, item) in listed.items()}
    return tuple(
        (row_of(view, key, state_of(items[code], view.known, items)), evidence_of_dropped(view, code))
        for code in found
        if view.sees(key, items[code])
    )


def _return_to(view: CaseView, key: ListKey) -> str:
    return f" {N_('oder')} ".join(RECEIVER_NAMES[one.role] for one in receivers(view, key))


def _lack(gap: Missing) -> Lack:
    """In words; those of an item that nobody answered are the same in every case and so made once."""
    if gap.item is None or gap.item.kept.get("gap") is not gap:
        return _in_words(gap)
    lack: Lack = gap.item.kept.get("lack") or gap.item.kept.setdefault("lack", _in_words(gap))
    return lack


def _in_words(gap: Missing) -> Lack:
    return Lack(gap.code, gap.label, str(gap.why), role_names(gap.who))


def finishes(view: CaseView, key: ListKey) -> bool:
    """Whether this person finishes and reopens the list."""
    standing = view.standing
    return (
        may(standing.role, Permission.STAGE_FINISH)
        and may_finish(key, standing.acting)
        and standing.case_open
        and not standing.read_only
        and view.sees_whole(key)
    )
