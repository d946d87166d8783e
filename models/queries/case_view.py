"""A case as one person may see it: which items, which answers, and what her conditions and progress may look at.

After acceptance the Jobcenter works with what the snapshot released and its own entries, the Agentur keeps what it
contributed; nobody's conditions are judged by answers that she may not see (case_model: Who sees what; rules.md 12).
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from models.queries.definitions import Definitions, definitions_of, items_of
from models.queries.derived import derived_answers
from models.queries.derived_seats import current_seat
from models.queries.dossier import Dossier, StoredAnswer
from models.queries.facts import as_values, put_together, waiting_time
from models.queries.kept_cases import Worked
from models.queries.scope import blocks_of
from models.queries.snapshot_items import released_items
from models.rules.answering import Standing, acting_roles
from models.rules.checklists import (
    AnswerValues,
    Assessment,
    ChecklistDefinition,
    DerivedAnswer,
    Item,
    Known,
    assess,
    state_of,
)
from models.rules.permissions import LIST_BLOCK, Block, sees_item
from models.rules.person_values import PARTS
from models.rules.roles import Actor, Role
from models.rules.states import AnswerState, CaseState, Holder, ListKey
from models.rules.times import from_stamp, local_day

RECEIVERS = "receivers"
"""To whom a list may be sent back (``sending_back``): as little as the list's state changes with an answer."""

Derived = Mapping[str, tuple[DerivedAnswer, int | None]]
"""Answers that stand in records, by item code, each with the organisation that entered it."""


class Entry(NamedTuple):
    """Who says what an item says: the stored answer or the record behind it. ``office`` and ``person`` are names."""

    office: str = ""
    person: str = ""
    on: date | None = None
    source: str = ""
    note: str = ""
    at: str = ""

    @property
    def day(self) -> date | None:
        """The day of the entry, read only where it is shown."""
        return self.on or (_day(self.at) if self.at else None)


@dataclass(frozen=True, slots=True)
class CaseView(Worked):
    """What one person sees of one case. ``entries`` says for each answered item who said it when."""

    held: Dossier
    actor: Actor
    blocks: frozenset[Block]
    standing: Standing
    definitions: Definitions
    known: Known
    entries: Mapping[str, Entry]
    derived: Derived
    worked_out: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def sees(self, key: ListKey, item: Item) -> bool:
        """Whether the item is shown to this person."""
        if Block.OWN_ENTRIES in self.blocks and self.standing.read_only:
            return item.code in self.entries
        if self.actor.role == Role.PROVIDER:
            return key == ListKey.COURSES and Role.PROVIDER in item.roles and teaches(self.held, self.actor)
        held_by = frozenset(str(role) for role in item.roles)
        return any(sees_item(self.blocks, role, key, item.code, held_by) for role in self.standing.acting)

    def sees_whole(self, key: ListKey) -> bool:
        """Whether how far the list is may be told, not only the items she sees."""
        return LIST_BLOCK[key] in self.blocks or (Block.PROGRESS in self.blocks and key != ListKey.COACH)

    def assessed(self, key: ListKey) -> Assessment:
        """A whole list judged by what this person's conditions may look at."""
        return self.once(("assessed", key), lambda: assess(self.definitions[key], self.known))

    def items(self, definition: ChecklistDefinition) -> tuple[Item, ...]:
        """The items of a list that are shown to this person."""
        key = ListKey(definition.key)
        if LIST_BLOCK[key] in self.blocks:
            return definition.items
        return tuple(item for item in definition.items if self.sees(key, item))


def view_of(held: Dossier, actor: Actor) -> CaseView:
    """The case as this person sees it today; ``blocks`` is empty for a stranger."""
    return held.once(("view", actor), lambda: _looked_at(held, actor))


def _looked_at(held: Dossier, actor: Actor) -> CaseView:
    derived = derived_answers(held, definitions_of(held).elsewhere)
    return _view(held, actor, blocks_of(actor, held.case, held.today), standing_of(held, actor), derived)


def view_after(before: CaseView, held: Dossier, code: str) -> CaseView:
    """The same person's view after an answer to the item ``code``, looked up again only where others rest on it."""
    if code not in before.definitions.alone:
        return view_of(held, before.actor)
    given = next(row for row in held.answers if row.item == code and row not in before.held.answers)
    return held.once(("view", before.actor), lambda: _with_answer(before, held, given))


def _with_answer(before: CaseView, held: Dossier, given: StoredAnswer) -> CaseView:
    """The view with one more answer, on which nothing else rests."""
    answers, entries = dict(before.known.answers), dict(before.entries)
    answers.pop(given.item, None)
    entries.pop(given.item, None)
    if given.state != AnswerState.CLEARED:
        answers[given.item] = as_values(given)
    entries.update(_entries(held, (given,), {}))
    known = Known(answers, before.known.facts, before.known.derived)
    after = replace(before, held=held, known=known, entries=entries)
    for key in before.definitions:
        if judged := before.worked_out.get(("assessed", key)):
            after.worked_out["assessed", key] = _judged_again(judged, after, given.item)
        if (RECEIVERS, key) in before.worked_out and before.held.stages.get(key) == held.stages.get(key):
            after.worked_out[RECEIVERS, key] = before.worked_out[RECEIVERS, key]
    return after


def _judged_again(before: Assessment, after: CaseView, code: str) -> Assessment:
    """A list after an answer on which no other item rests."""
    items = before.definition.by_code
    if code not in items:
        return before
    views = list(before.views)
    views[list(items).index(code)] = state_of(items[code], after.known, items)
    return Assessment(before.definition, before.applies, tuple(views))


def _view(held: Dossier, actor: Actor, blocks: frozenset[Block], standing: Standing, derived: Derived) -> CaseView:
    definitions = definitions_of(held)
    if actor.role == Role.JOBCENTER and held.accepted:
        known, entries = _taken_over(held, actor, definitions, derived)
    elif standing.read_only:
        known, entries = _given_away(held, actor, definitions, derived)
    else:
        known, entries = _joint(held, definitions, derived)
    if Block.COACH_LIST in blocks:
        known, entries = _with_waiting_time(held, definitions, known, entries)
    return CaseView(held, actor, blocks, standing, definitions, known, entries, derived)


def _with_waiting_time(
    held: Dossier, definitions: Definitions, known: Known, entries: dict[str, Entry]
) -> tuple[Known, dict[str, Entry]]:
    """The coach is told the day alone, not the facts that it follows from."""
    hint = waiting_time(held, known)
    items = [item for item in definitions[ListKey.COACH].items if item.derived_from == "rule.work_access"]
    if hint is None or not items:
        return known, entries
    told = {item.code: hint for item in items}
    answers = {code: AnswerValues(values=hint.values, source=hint.source) for code in told}
    more = Known({**known.answers, **answers}, known.facts, {**known.derived, **told})
    return more, entries | {code: Entry(source=hint.source) for code in told}


def standing_of(held: Dossier, actor: Actor) -> Standing:
    """How the person stands towards the case: the roles she acts in, who is absent, whether she only reads."""
    return Standing(
        role=actor.role,
        acting=acting_roles(actor.role, held.direct, held.accepted),
        absent=_absent(held),
        case_open=held.case.state == CaseState.OPEN,
        read_only=actor.role == Role.AGENTUR and held.accepted,
    )


def teaches(held: Dossier, actor: Actor) -> bool:
    """Whether the provider has this person in one of its courses."""
    return any(seat.provider_office == actor.organisation_id for seat in held.seats)


def _absent(held: Dossier) -> frozenset[Role]:
    absent = set(Role) - {office.kind for office in held.offices.values() if office.has_account}
    seat = current_seat(held)
    if not _has_account(held, seat.provider_office if seat else None):
        absent.add(Role.PROVIDER)
    if not _has_account(held, held.case.municipality_id):
        absent.add(Role.MUNICIPALITY)
    if not held.case.receives_asylblg:
        absent.add(Role.ASYLBLG)
    if held.case.coach_reported_on is None or held.case.coaching_ended_on is not None:
        absent.add(Role.COACH)
    return frozenset(absent)


def _has_account(held: Dossier, organisation_id: int | None) -> bool:
    office = held.offices.get(organisation_id or 0)
    return office is not None and office.has_account


def _joint(held: Dossier, definitions: Definitions, found: Derived) -> tuple[Known, dict[str, Entry]]:
    """The one record before a handover."""
    rows = [row for row in held.answers if row.holder == Holder.JOINT]
    derived = {code: answer for code, (answer, _office) in found.items()}
    known = put_together(held, definitions, {row.item: as_values(row) for row in rows}, derived)
    return known, dict(_entries(held, rows, derived))


def _given_away(
    held: Dossier, actor: Actor, definitions: Definitions, found: Derived
) -> tuple[Known, dict[str, Entry]]:
    """What the Agentur contributed. Values of the person stand as they were handed over, whatever became of them."""
    mine = actor.organisation_id
    items = items_of(definitions)
    released = {
        code: entry
        for code, entry in released_items(held).items()
        if code in items and items[code].derived_from in PARTS and entry.organisation == held.office(mine)
    }
    rows = [row for row in held.answers if row.holder == Holder.JOINT and row.organisation_id == mine]
    derived = {code: answer for code, (answer, office) in found.items() if office == mine and code not in released}
    values = {row.item: as_values(row) for row in rows} | {code: entry.answer for code, entry in released.items()}
    entries = dict(_entries(held, rows, derived))
    entries |= {code: Entry(entry.organisation, "", entry.on, entry.source) for code, entry in released.items()}
    return put_together(held, definitions, values, derived), entries


def _taken_over(
    held: Dossier, actor: Actor, definitions: Definitions, found: Derived
) -> tuple[Known, dict[str, Entry]]:
    """The Jobcenter's record: what the snapshot released, what came in since, and its own entries before all."""
    mine = actor.organisation_id
    released = released_items(held)
    since = [row for row in held.answers if row.holder == Holder.JOINT and _may_reach(held, definitions, row)]
    own = [row for row in held.answers if row.holder == Holder.JOBCENTER]
    items = items_of(definitions)
    derived = {
        code: answer for code, (answer, office) in found.items() if office == mine or _follows_the_person(items[code])
    }
    values = {code: entry.answer for code, entry in released.items()}
    values |= {row.item: as_values(row) for row in (*since, *own)}
    known = put_together(held, definitions, values, dict(derived))
    entries = {code: Entry(entry.organisation, "", entry.on, entry.source) for code, entry in released.items()}
    entries |= dict(_entries(held, (*since, *own), derived))
    return known, entries


def _may_reach(held: Dossier, definitions: Definitions, row: StoredAnswer) -> bool:
    """Entries of others since the acceptance, where the Jobcenter goes on with the work or holds the item."""
    if held.case.accepted_on is None or _day(row.answered_at) < held.case.accepted_on:
        return False
    item = items_of(definitions).get(row.item)
    return item is not None and (item in definitions[ListKey.COURSES].items or Role.JOBCENTER in item.roles)


def _follows_the_person(item: Item) -> bool:
    """Courses go on after the acceptance, and both sides see the handover itself."""
    return item.derived_from.startswith(("enrolment.", "handover.", "rule.deletion", "person.working_age"))


def _entries(
    held: Dossier, rows: Sequence[StoredAnswer], derived: Mapping[str, DerivedAnswer]
) -> Iterator[tuple[str, Entry]]:
    notes = {}
    for row in rows:
        notes[row.item] = row
        if row.state != AnswerState.CLEARED:
            office = held.office(row.organisation_id)
            yield row.item, Entry(office, row.person or "", None, row.source, row.note, row.answered_at)
    for code, answer in derived.items():
        row = notes.get(code)
        yield code, Entry(source=answer.source, note=row.note if row else "")


def _day(stamp: str) -> date:
    return local_day(from_stamp(stamp))
