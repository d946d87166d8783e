"""What stands beside the version that a case is pinned to: a newer one to adopt, and items that it no longer asks.

Published versions never change, so everything here is read once a process for each set of versions; the dossier carries
the ids of the latest ones along, and no page asks for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from models.queries.checklist_editing import published
from models.queries.dossier import Dossier
from models.rules.checklists import Item, items_by_code
from models.rules.checklists.changes import Changes, compare
from models.rules.states import ListKey, StageState
from models.tables import ChecklistDefinition


@dataclass(frozen=True, slots=True)
class NewerVersion:
    """A newer version of a list than the one of the case, and what it changes."""

    definition_id: int
    version: int
    changes: Changes


Listed = Mapping[str, tuple[ListKey, Item]]


def newer_version(held: Dossier, key: ListKey) -> NewerVersion | None:
    """The newest version of a list where the case has an older one and the list is not done; else None."""
    stage = held.stages[key]
    if stage.latest_id == stage.definition_id or stage.state in (StageState.FINISHED, StageState.WAIVED):
        return None
    return _newer(stage.definition_id, stage.latest_id)


@lru_cache(maxsize=128)
def _newer(old_id: int, new_id: int) -> NewerVersion:
    rows = ChecklistDefinition.select().where(ChecklistDefinition.id.in_((old_id, new_id)))
    numbers = {row.id: row.version for row in rows}
    key = next(iter(rows)).key
    around = published()
    versions = {one.version: one for one in around.versions[key]}
    before, after = around.around(key)
    items = items_by_code((*before, *after))
    changes = compare(versions[numbers[old_id]], versions[numbers[new_id]], items)
    return NewerVersion(new_id, numbers[new_id], changes)


def every_item(held: Dossier) -> Listed:
    """Every item that any version of the lists ever had, as it last was, with its list."""
    return _every(tuple(stage.latest_id for stage in held.stages.values()))


@lru_cache(maxsize=16)
def _every(latest_ids: tuple[int, ...]) -> Listed:
    around = published()
    return {code: (ListKey(key), item) for key in around.versions for code, item in around.ever(key).items()}
