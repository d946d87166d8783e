"""What others changed since a person last looked: marks in the list of cases, on a case, and the cases to filter by.

The ledger knows every change; a person's looks are kept apart from it (decision record 0019). Nobody who never logged
in has a mark to compare with, and so is told nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from peewee import JOIN, SQL, Expression, Function, Select, Value, fn

from models.base import is_sqlite
from models.queries.by_ids import BLOCK, in_blocks
from models.queries.prepared import Prepared
from models.queries.scope import blocks_of, visible_cases
from models.rules.changes import HEAD, Change, is_told, section_of
from models.rules.permissions import Block
from models.rules.roles import SYSTEM, Actor, Role
from models.tables import Case, Event, LastLook, ReadMark

MOST_EVENTS = 20_000
"""So far back the ledger is asked, some weeks of a county: else who never marks as read asks all of it each time."""
MOST = 1_000
"""So many changed cases are looked for; who was away for longer marks everything as read and begins anew."""


def changed_of(actor: Actor, case_ids: Iterable[int], blocks: Mapping[int, frozenset[Block]]) -> frozenset[int]:
    """Those of the cases of a list that others changed since this person last opened them."""
    found = set()
    for part in in_blocks(list(case_ids)):
        for case_id, *change in _OF_LIST.rows(actor.account_id, *part):
            if is_told(Change(*change), blocks[case_id], actor.organisation_key):
                found.add(case_id)
    return frozenset(found)


def unread_of(actor: Actor, case_id: int, blocks: frozenset[Block]) -> dict[str, int]:
    """The last unread event of each section of a case, its head and its lists; without those that have none."""
    rows = _OF_CASE.rows(actor.account_id, case_id)
    seen = {kind: last for kind, _what, _organisation, last in rows if "." not in kind}
    unread: dict[str, int] = {}
    for *words, last in rows:
        change = Change(*words)
        section = section_of(change)
        if "." in change.kind and last > seen.get(section, 0) and is_told(change, blocks, actor.organisation_key):
            unread[section] = max(last, unread.get(section, 0))
    return unread


def changed_cases(actor: Actor, today: date) -> list[int]:
    """The cases of this person that others changed since she last opened them, by id, at most ``MOST``."""
    changes: dict[int, list[Change]] = {}
    statement = _since_mark(actor.role)
    for case_id, *change in statement.rows(actor.account_id, actor.organisation_id, today, MOST * 5):
        changes.setdefault(case_id, []).append(Change(*change))
    cases = Case.select().where(Case.id.in_(list(changes)[:MOST]))
    return [case.id for case in cases if _any_told(actor, case, changes[case.id], today)]


def _any_told(actor: Actor, case: Case, changes: Iterable[Change], today: date) -> bool:
    blocks = blocks_of(actor, case, today)
    return any(is_told(change, blocks, actor.organisation_key) for change in changes)


_WORDS = ("item", "list", "purpose")


def _what() -> Function:
    """The item, the list or the purpose of a consent that an event names."""
    if is_sqlite():
        return fn.COALESCE(*(fn.json_extract(Event.data, f"$.{word}") for word in _WORDS), "")
    data = Event.data.cast("json")
    return fn.COALESCE(*(fn.json_extract_path_text(data, word) for word in _WORDS), "")


def _by_others(me: int) -> Expression:
    return Event.account_id.is_null() | (Event.account_id != me)


def _mark(me: int) -> Select:
    return ReadMark.select(ReadMark.last_event).where(ReadMark.account == me)


def _looked_at(me: int) -> Expression:
    """The condition that joins a case with this person's last look at it."""
    return (LastLook.account == me) & (LastLook.case == Case.id) & (LastLook.section == HEAD)


def _of_list(me: int, *ids: int) -> Select:
    """Driven by the cases, so that the index gives only the events after the last look."""
    newer = (Event.case_id == Case.id) & (Event.id > fn.COALESCE(LastLook.last_event, _mark(me)))
    query = Case.select(Case.id, Event.kind, _what(), Event.organisation).distinct()
    query = query.join(LastLook, JOIN.LEFT_OUTER, on=_looked_at(me)).join_from(Case, Event, on=newer)
    return query.where(Case.id.in_(ids), _by_others(me))


def _of_case(me: int, case_id: int) -> Select:
    """Changes since everything was read, and the looks at each section as rows of the same shape."""
    changes = Event.select(Event.kind, _what(), Event.organisation, fn.MAX(Event.id))
    changes = changes.where(Event.case_id == case_id, _by_others(me), Event.id > _mark(me))
    looks = LastLook.select(LastLook.section, Value(""), Value(""), LastLook.last_event)
    looks = looks.where(LastLook.account == me, LastLook.case == case_id)
    return changes.group_by(SQL("1"), SQL("2"), SQL("3")) | looks


@cache
def _since_mark(role: Role) -> Prepared:
    """The scope is part of it: in a county much changes of which one municipality knows nothing."""

    def build(me: int, organisation_id: int, today: date, most: int) -> Select:
        actor = replace(SYSTEM, role=role, organisation_id=organisation_id)
        look = (LastLook.account == me) & (LastLook.case == Event.case_id) & (LastLook.section == HEAD)
        query = Event.select(Event.case_id, Event.kind, _what(), Event.organisation)
        query = query.join(Case, on=Event.case_id == Case.id).join_from(Event, LastLook, JOIN.LEFT_OUTER, on=look)
        latest = Event.alias()
        bound = latest.select(fn.MAX(latest.id) - MOST_EVENTS)
        newer = (Event.id > _mark(me)) & (Event.id > bound) & (Event.id > fn.COALESCE(LastLook.last_event, 0))
        query = query.where(newer, _by_others(me), visible_cases(actor, today))
        return query.group_by(SQL("1"), SQL("2"), SQL("3"), SQL("4")).order_by(fn.MAX(Event.id).desc()).limit(most)

    return Prepared(build, int, int, date, int)


_OF_LIST = Prepared(_of_list, int, *[int] * BLOCK)
_OF_CASE = Prepared(_of_case, int, int)
