"""A list as it lies printed on the desk: its items in order, and how the printed version differs from the case's."""

from dataclasses import dataclass

from models.queries.case_view import CaseView
from models.queries.item_rows import ItemRow, row_of
from models.rules.checklists import state_of
from models.rules.errors import NotVisible
from models.rules.states import ListKey
from models.tables import ChecklistDefinition


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed version of a list. ``gone`` are points on the paper that the case has no more, ``new`` the others."""

    key: ListKey
    version: int
    current: int
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the case works with another version than the one on paper."""
        return self.version != self.current


def paper_of(view: CaseView, key: ListKey, version: int) -> Paper:
    """The printed version of a list of this case; NotVisible where there is none for this person."""
    items = {item.code: item.text for item in view.items(view.definitions[key])}
    if not items:
        raise NotVisible
    current = view.definitions[key].version
    if version == current:
        return Paper(key, version, current)
    printed = _printed(key, version)
    shown = set(items) | set(view.definitions[key].by_code)
    gone = tuple(f"{code} {text}" for code, text in printed.items() if code not in shown)
    new = tuple(f"{code} {text}" for code, text in items.items() if code not in printed)
    return Paper(key, version, current, gone, new)


def _printed(key: ListKey, version: int) -> dict[str, str]:
    mine = (ChecklistDefinition.key == key) & (ChecklistDefinition.version == version)
    row = ChecklistDefinition.select(ChecklistDefinition.content).where(mine).tuples().first()
    if row is None:
        raise NotVisible
    return {item["code"]: item["text"] for item in row[0]["items"]}


def rows_in_order(view: CaseView, key: ListKey) -> tuple[ItemRow, ...]:
    """All items of a list that this person sees, in the order of the definition."""
    definition = view.definitions[key]
    judged = (state_of(item, view.known, definition.by_code) for item in view.items(definition))
    return tuple(row_of(view, key, one) for one in judged)
