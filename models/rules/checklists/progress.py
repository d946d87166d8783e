"""How far a list is, what is missing and who can supply it: the one rule behind button, badge, sentence, PDF, report.

Counting: an item counts when it applies and nobody marked it as not applicable; required and recommended ones make
"x von y Punkten erledigt", an optional one counts only once it is answered, so that no list ends at 27 of 28 for
something that nobody needs. An item whose condition cannot be judged yet counts only once it is answered.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.checklists.answers import asked
from models.rules.checklists.conditions import Leaf, evaluate, undecided
from models.rules.checklists.definition import LEVELS, ChecklistDefinition, Field, Item, Kind, Level
from models.rules.checklists.responsibility import role_names
from models.rules.checklists.values import (
    SETTLED_WITHOUT_VALUE,
    SIGNED,
    AnswerValues,
    DerivedAnswer,
    Known,
    Value,
    missing_mark,
)
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import AnswerState, StageState


class ItemState(StrEnum):
    """offen, erledigt, entfällt (mit Grund), gesperrt (warum)."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of one case as it stands.

    ``applies`` is None while its condition cannot be judged, then ``waits_for`` says what decides it. ``open_fields``
    are the required fields without a value, ``blocked_by`` the items that must be settled first.
    """

    item: Item
    state: ItemState
    applies: bool | None
    answer: AnswerValues | None = None
    derived: DerivedAnswer | None = None
    open_fields: tuple[Field, ...] = ()
    blocked_by: tuple[Item, ...] = ()
    waits_for: tuple[Leaf, ...] = ()

    @property
    def untouched(self) -> bool:
        """Whether no answer stands behind it, so that it looks the same in every case of its kind."""
        return self.answer is None and self.derived is None

    @property
    def without_value(self) -> bool:
        """Settled, but only by a reason why there is no answer (unbekannt, keine Angabe)."""
        return self.state == ItemState.DONE and self.answer is not None and _refused(self.answer)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` + ``open`` = ``total``; blocked items are open ones. ``not_applicable`` counts what people marked so."""

    done: int
    total: int
    open: int
    not_applicable: int
    without_value: int
    by_level: Mapping[Level, Count]

    @property
    def sentence(self) -> Message:
        """ "5 von 8 Punkten erledigt"."""
        return Message(N_("{done} von {total} Punkten erledigt"), done=self.done, total=self.total)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not there: why, and who can supply it. ``code`` is the item's or that of a sheet's field."""

    code: str
    label: str
    why: Message
    who: tuple[Role, ...]
    item: Item | None = None
    fields: tuple[Field, ...] = ()
    reason: str = ""

    @property
    def sentence(self) -> Message:
        """ "Ankunft in der Gemeinde am: noch nicht beantwortet (Gemeinde)"."""
        return Message(N_("{label}: {why} ({who})"), label=self.label, why=str(self.why), who=role_names(self.who))


@dataclass(frozen=True, slots=True)
class Assessment:
    """A list judged once; ask it as often as a page needs."""

    definition: ChecklistDefinition
    applies: bool | None
    views: tuple[ItemView, ...]

    @property
    def count(self) -> Count:
        """How many of how many, alone: what the head of a list needs."""
        return _count(self._counted())

    def _counted(self) -> list[ItemView]:
        """What counts, see above; written out, because every page counts every item of every list."""
        return [
            view
            for view in self.views
            if view.state == ItemState.DONE
            or (view.applies is True and view.state != ItemState.NOT_APPLICABLE and view.item.level != Level.OPTIONAL)
        ]

    @property
    def progress(self) -> Progress:
        """The counts."""
        counted = self._counted()
        count = _count(counted)
        return Progress(
            done=count.done,
            total=count.total,
            open=count.total - count.done,
            not_applicable=sum(_marked(view) for view in self.views),
            without_value=sum(view.without_value for view in counted),
            by_level={level: _count(view for view in counted if view.item.level == level) for level in LEVELS},
        )

    @property
    def apart(self) -> Mapping[str, int]:
        """How many items stand without a value, by the reason: a key of ``MISSING_REASONS``, or not applicable.

        Counted apart from each other and beside ``count``; an item counts once for each of its reasons.
        """
        return Counter(reason for view in self.views if view.answer is not None for reason in _reasons(view))

    def missing(self, level: Level = Level.REQUIRED) -> tuple[Missing, ...]:
        """What is missing of this level and the stricter ones, in the order of the list."""
        if self.applies is False:
            return ()
        wanted = LEVELS[: LEVELS.index(level) + 1]
        return tuple(missing_of(view) for view in self.views if view.item.level in wanted and is_missing(view))

    @property
    def can_finish(self) -> bool:
        """Whether no required item is missing."""
        return not self.missing()

    @property
    def stage(self) -> StageState:
        """State of the stage by its own items; reopening one with a reason is an act, kept beside it."""
        if self.applies is False:
            return StageState.WAIVED
        if not any(view.state == ItemState.DONE or _marked(view) for view in self.views):
            return StageState.OPEN
        return StageState.FINISHED if self.can_finish else StageState.IN_PROGRESS


def assess(definition: ChecklistDefinition, known: Known) -> Assessment:
    """Judge a whole list."""
    answers = known.answers
    views = tuple(
        (item.code not in answers and item.condition is None and item.kept.get(True))
        or state_of(item, known, definition.by_code)
        for item in definition.items
    )
    return Assessment(definition, evaluate(definition.condition, known), views)


def progress(definition: ChecklistDefinition, known: Known) -> Progress:
    """The counts of a list."""
    return assess(definition, known).progress


def missing(definition: ChecklistDefinition, known: Known, level: Level = Level.REQUIRED) -> tuple[Missing, ...]:
    """What is missing in a list, of this level and the stricter ones."""
    return assess(definition, known).missing(level)


def state_of(item: Item, known: Known, items: Mapping[str, Item]) -> ItemView:
    """One item of one case. ``items`` are those of its own list by code (for what must come first)."""
    applies = evaluate(item.condition, known)
    answer = known.answers.get(item.code)
    derived = known.derived.get(item.code)
    waits = undecided(item.condition, known) if applies is None else ()
    if answer is None and derived is None:
        view = _untouched(item, applies, waits)
        if view is not None:
            return view
    if applies is False or (answer and answer.state == AnswerState.NOT_APPLICABLE):
        return ItemView(item, ItemState.NOT_APPLICABLE, applies, answer, derived, waits_for=waits)
    unfilled = open_fields(item, answer)
    if not unfilled:
        return ItemView(item, ItemState.DONE, applies, answer, derived, waits_for=waits)
    blockers = _blockers(item, unfilled, known, items)
    state = ItemState.BLOCKED if blockers else ItemState.OPEN
    return ItemView(item, state, applies, answer, derived, unfilled, blockers, waits)


def _untouched(item: Item, applies: bool | None, waits: tuple[Leaf, ...]) -> ItemView | None:
    """An item that nobody answered, the same in every case and so made once; None where others may block it."""
    key = (applies, waits) if waits else applies
    if key not in item.kept:
        unfilled = open_fields(item, None)
        blockable = applies is not False and bool(item.after or all(field.after for field in unfilled))
        needed = ItemView(item, ItemState.OPEN, applies, open_fields=unfilled, waits_for=waits)
        spare = ItemView(item, ItemState.NOT_APPLICABLE, False)
        item.kept[key] = spare if applies is False else None if blockable else needed
    view: ItemView | None = item.kept[key]
    return view


def open_fields(item: Item, answer: AnswerValues | None) -> tuple[Field, ...]:
    """The required fields that are neither filled nor settled by "unbekannt" or "keine Angabe gewünscht".

    An item without required fields is open until one of its fields is filled.
    """
    if answer is not None and answer.state in SETTLED_WITHOUT_VALUE:
        return ()
    values = answer.values if answer else {}
    unfilled = tuple(
        field
        for field in item.fields
        if field.required and not is_filled(field, values.get(field.key)) and asked(field, values)
    )
    if unfilled or any(is_filled(field, values.get(field.key)) for field in item.fields):
        return unfilled
    return tuple(field for field in item.fields if asked(field, values))


def is_filled(field: Field, value: Value | None) -> bool:
    """Whether this value settles the field: a signature must be signed, a reason for no value must be final."""
    if value is None or value is False:
        return False
    if mark := missing_mark(value):
        return mark in SETTLED_WITHOUT_VALUE
    if field.kind == Kind.DOCUMENT and field.signature:
        return isinstance(value, dict) and value.get("state") in SIGNED
    return True


def _blockers(item: Item, unfilled: tuple[Field, ...], known: Known, items: Mapping[str, Item]) -> tuple[Item, ...]:
    """What must come first for the whole item, or for each single field that is still open."""
    codes: Iterable[str] = item.after
    if all(field.after for field in unfilled):
        codes = (*item.after, *(code for field in unfilled for code in field.after))
    return tuple(items[code] for code in dict.fromkeys(codes) if not is_settled(items[code], known))


def is_settled(item: Item, known: Known) -> bool:
    """Whether nothing is left to do for the item: filled, not applicable, or not meant for this case."""
    if evaluate(item.condition, known) is False:
        return True
    answer = known.answers.get(item.code)
    return answer is not None and (answer.state == AnswerState.NOT_APPLICABLE or not open_fields(item, answer))


def is_missing(view: ItemView) -> bool:
    """Whether the item applies for sure and is still open."""
    return view.applies is True and view.state in (ItemState.OPEN, ItemState.BLOCKED)


def missing_of(view: ItemView) -> Missing:
    """Why an open item is open, and who can supply it."""
    item = view.item
    if view is item.kept.get(True):  # nobody answered it: the same in every case
        gap: Missing = item.kept.get("gap") or item.kept.setdefault("gap", _missing(view))
        return gap
    return _missing(view)


def _missing(view: ItemView) -> Missing:
    item = view.item
    return Missing(item.code, item.text, _why(view), item.roles, item, view.open_fields)


def _why(view: ItemView) -> Message:
    if view.blocked_by:
        names = ", ".join(f"{item.code} {item.text}" for item in view.blocked_by)
        return Message(N_("wird frei, sobald erledigt ist: {items}"), items=names)
    if view.answer is None or view.answer.state != AnswerState.DONE or len(view.item.fields) == 1:
        return _nothing_yet(view)
    return Message(N_("es fehlt noch: {fields}"), fields=", ".join(field.label for field in view.open_fields))


def _nothing_yet(view: ItemView) -> Message:
    if view.answer is not None and view.answer.state == AnswerState.NOT_ASKED:
        return Message(N_("noch nicht erhoben"))
    if view.answer is not None and any(field.signature for field in view.open_fields):
        return Message(N_("noch nicht unterschrieben"))
    return Message(N_("noch nicht beantwortet"))


def _refused(answer: AnswerValues) -> bool:
    if answer.state in SETTLED_WITHOUT_VALUE:
        return True
    return bool(answer.values) and all(missing_mark(value) for value in answer.values.values())


def _reasons(view: ItemView) -> set[str]:
    answer = view.answer
    if answer is None or view.applies is False:
        return set()
    if answer.state == AnswerState.DONE:
        return {mark for mark in map(missing_mark, answer.values.values()) if mark}
    return set() if answer.state == AnswerState.CLEARED else {answer.state.value}


def _marked(view: ItemView) -> bool:
    return view.applies is not False and view.state == ItemState.NOT_APPLICABLE


def _count(counted: Iterable[ItemView]) -> Count:
    states = [view.state for view in counted]
    return Count(states.count(ItemState.DONE), len(states))
