"""The versions of the checklists and their drafts, for who maintains them. No case content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from peewee import JOIN

from models.queries.definitions import all_code_lists
from models.queries.derived import FINDERS
from models.queries.prepared import Prepared
from models.rules.checklists import ChecklistDefinition, DefinitionError, Item, definition_from_dict, definition_to_dict
from models.rules.checklists.changes import Changes, compare
from models.rules.checklists.facts import items_by_code
from models.rules.checklists.plain import MOST_VERSION
from models.rules.checklists.publishing import Published, mistakes_in
from models.rules.checklists.reading import shaped
from models.rules.errors import NotVisible
from models.rules.person_values import PARTS
from models.rules.sheet.places import SHEET_TARGETS
from models.rules.states import ListKey
from models.seed.checklist_data import definitions_from
from models.seed.files import read_folder
from models.tables import Account, ChecklistDraft
from models.tables import ChecklistDefinition as StoredDefinition


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands. ``content`` has the form of ``definition_to_dict``; ``by`` is who changed it last."""

    id: int
    key: str
    token: str
    content: Mapping[str, Any]
    base: int
    seed_version: int | None
    changed_at: str
    by: str
    version: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft read, with what it changes against the published version and what keeps it from being published.

    ``lists`` are all five in their order, this one as the draft has it. ``retired`` are the items that a version of the
    list once had and the draft has not.
    """

    draft: Draft
    definition: ChecklistDefinition
    latest: ChecklistDefinition
    changes: Changes
    mistakes: tuple[DefinitionError, ...]
    lists: tuple[ChecklistDefinition, ...]
    retired: tuple[Item, ...]

    @property
    def items(self) -> Mapping[str, Item]:
        """All items of the five lists by code, those of the draft among them."""
        return items_by_code(self.lists)

    def mistakes_at(self, code: str, field: str = "") -> tuple[DefinitionError, ...]:
        """What is wrong at one item, or at one of its fields."""
        return tuple(one for one in self.mistakes if one.place.item == code and field in ("", one.place.field))


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list in the overview. ``offered`` is the newer version of the files that nobody has taken up, 0 for none."""

    key: str
    title: str
    version: int
    items: int
    published_at: str
    published_by: str
    draft: Draft | None
    offered: int


def overview() -> tuple[ListLine, ...]:
    """The five lists with their published version and their draft."""
    latest = {row.key: row for row in _stored()}
    drafts = {row.key: row for row in _drafts()}
    offers = offered_versions()
    return tuple(_line(latest[key], drafts.get(key), offers.get(key, 0)) for key in ListKey if key in latest)


def _line(row: StoredDefinition, draft: ChecklistDraft | None, offered: int) -> ListLine:
    by = row.published_by.name if row.published_by_id else ""
    held = _draft(draft) if draft else None
    return ListLine(row.key, row.title, row.version, len(row.content["items"]), row.published_at, by, held, offered)


def _stored() -> list[StoredDefinition]:
    query = StoredDefinition.select(StoredDefinition, Account).join(Account, JOIN.LEFT_OUTER)
    return list(query.order_by(StoredDefinition.version))


def _drafts() -> list[ChecklistDraft]:
    return list(ChecklistDraft.select(ChecklistDraft, Account).join(Account, JOIN.LEFT_OUTER))


def _draft(row: ChecklistDraft) -> Draft:
    by = row.changed_by.name if row.changed_by_id else ""
    return Draft(row.id, row.key, row.token, row.content, row.base, row.seed_version, row.changed_at, by, row.version)


def draft_of(key: str) -> Draft | None:
    """The draft of a list; None where there is none."""
    return next((_draft(row) for row in _drafts() if row.key == key), None)


def judged_draft(key: str) -> Judged:
    """The draft of a list, read and judged; NotVisible where there is none."""
    draft = draft_of(key)
    if draft is None:
        raise NotVisible
    return judged(draft, published())


def judged(draft: Draft, around: Published) -> Judged:
    """A draft against what is published."""
    latest = around.latest(draft.key)
    if latest is None:
        raise NotVisible
    before, after = around.around(draft.key)
    ever = around.ever(draft.key)
    once = replace(latest, items=tuple(ever.values()))  # so that a test of a retired item reads as it did
    definition = definition_from_dict(draft.content, around.code_lists, [*before, once], loosely=True)
    retired = tuple(item for code, item in ever.items() if code not in definition.by_code)
    changes = compare(latest, definition, items_by_code((*before, latest, *after)))
    return Judged(
        draft, definition, latest, changes, mistakes_in(draft.content, around), (*before, definition, *after), retired
    )


def published() -> Published:
    """Everything that a draft must fit. Versions never change once published, so each set is read once a process."""
    return _published(tuple(row[0] for row in _IDS.rows()))


_IDS = Prepared(
    lambda: StoredDefinition.select(StoredDefinition.id).order_by(StoredDefinition.version, StoredDefinition.id)
)


def codes_in_any_version(asked: Callable[[Item], bool]) -> frozenset[str]:
    """The codes of the items of which something holds in any version that was published, and so in any case.

    One small query; the items themselves are looked through once a process.
    """
    return _codes(tuple(row[0] for row in _IDS.rows()), asked)


@lru_cache(maxsize=16)
def _codes(ids: tuple[int, ...], asked: Callable[[Item], bool]) -> frozenset[str]:
    several = _published(ids).versions.values()
    return frozenset(item.code for versions in several for one in versions for item in one.items if asked(item))


@lru_cache(maxsize=4)
def _published(ids: tuple[int, ...]) -> Published:
    code_lists = all_code_lists()
    rows = StoredDefinition.select(StoredDefinition.content).where(StoredDefinition.id.in_(ids))
    contents = [row[0] for row in rows.order_by(StoredDefinition.version, StoredDefinition.id).tuples()]
    newest = definitions_from(contents, code_lists, loosely=True)
    versions: dict[str, list[ChecklistDefinition]] = {key: [] for key in ListKey}
    for content in contents:
        others = [one for key, one in newest.items() if key != content["key"]]
        versions[content["key"]].append(definition_from_dict(content, code_lists, others, loosely=True))
    items = [item for several in versions.values() for one in several for item in one.items]
    records = frozenset({*FINDERS, *PARTS, *(item.derived_from for item in items)})
    return Published(versions, code_lists, records, SHEET_TARGETS)


def offered_versions() -> dict[str, int]:
    """Versions of the files that are newer than what was ever taken from them, by list."""
    taken: dict[str, int] = {}
    for key, version in StoredDefinition.select(StoredDefinition.key, StoredDefinition.seed_version).tuples():
        taken[key] = max(taken.get(key, 0), version or 0)
    files = {data["key"]: data["version"] for data in read_folder("checklists")}
    return {key: version for key, version in files.items() if key in taken and version > taken[key]}


def seed_content(key: str) -> Mapping[str, Any]:
    """A list as the files have it, in the form of a draft."""
    data = next(data for data in read_folder("checklists") if data["key"] == key)
    return definition_to_dict(shaped(data, all_code_lists()))


def version_content(key: str, version: int | None = None) -> Mapping[str, Any]:
    """A published version in the form of a draft, the latest unless one is named; NotVisible for no such version."""
    query = StoredDefinition.select(StoredDefinition.content).where(StoredDefinition.key == key)
    if version is not None and not 1 <= version <= MOST_VERSION:
        raise NotVisible
    if version is not None:
        query = query.where(StoredDefinition.version == version)
    content = query.order_by(StoredDefinition.version.desc()).limit(1).scalar()
    if content is None:
        raise NotVisible
    return definition_to_dict(shaped(content, all_code_lists()))
