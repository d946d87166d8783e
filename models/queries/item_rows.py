"""Items ready for the page: what they say, who said it, what is missing, who may answer and with which version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from models.queries.case_view import CaseView, Entry
from models.queries.definitions import items_of
from models.queries.derived import consent_behind
from models.queries.drafts import Draft
from models.queries.evidence import proof_count
from models.rules.answering import hearsay_needed, may_answer_at_all, refusal, saves_by_itself
from models.rules.checklists import (
    COMPETENCES,
    AnswerValues,
    Field,
    Item,
    ItemState,
    ItemView,
    Kind,
    Level,
    condition_sentence,
    decided_by,
    display,
    role_names,
)
from models.rules.competences.summary import LANGUAGES, LIFE_LINE, WEEK
from models.rules.message import N_
from models.rules.permissions import Block, Permission, may
from models.rules.person_values import PARTS
from models.rules.roles import Role
from models.rules.states import AnswerState, Holder, ListKey
from models.rules.times import german_date

LEVEL_NAMES: Mapping[Level, str] = {
    Level.REQUIRED: N_("Pflicht"),
    Level.RECOMMENDED: N_("Soll"),
    Level.OPTIONAL: N_("Kann"),
}
STATE_BADGES: Mapping[ItemState, tuple[str, str]] = {
    ItemState.OPEN: (N_("offen"), "info"),
    ItemState.DONE: (N_("erledigt"), "success"),
    ItemState.NOT_APPLICABLE: (N_("entfällt"), "info"),
    ItemState.BLOCKED: (N_("gesperrt"), "warning"),
}
_WRITTEN_HERE = ("person.", "consent.", "coaching.end")
_RATHER_ELSEWHERE = (
    "decision.served", "handover.", "enrolment.seat", "agreement.", *(f"{COMPETENCES}{part}" for part in LIFE_LINE)
)  # fmt: skip
"""Records that an act of its own makes, so that the way to it is shown even where the list could take an answer."""

_PLACES: tuple[tuple[str, str, str, Permission, frozenset[Block]], ...] = (
    ("residence", "aufenthalt", N_("Aufenthaltspapier erfassen"), Permission.RESIDENCE_EDIT, frozenset({Block.PAPERS})),
    (
        "decision", "bescheid", N_("Bescheid erfassen"), Permission.SERVICE_RECORD,
        frozenset({Block.PAPERS, Block.PAPER_KIND}),
    ),
    ("agreement", "vereinbarung", N_("Zur Vereinbarung"), Permission.AGREEMENT, frozenset({Block.STEPS})),
    ("enrolment", "kurs", N_("Zum Kurs"), Permission.COURSE_RESERVE, frozenset()),
    ("handover", "uebergabe", N_("Zur Übergabe"), Permission.HANDOVER_VIEW, frozenset()),
    *(
        (f"{COMPETENCES}{part}", path, label, Permission.COMPETENCES, frozenset({Block.COUNSELLING}))
        for parts, path, label in (
            (LIFE_LINE, "werdegang", N_("Im Werdegang")), (LANGUAGES, "sprachen", N_("Bei den Sprachen")),
            (WEEK, "verfuegbarkeit", N_("In der Verfügbarkeit")),
        )
        for part in parts
    ),
)  # fmt: skip
"""By the ``from`` of items: address, label, the permission, and the blocks of which one must be in sight."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the case the answer is entered: the end of its address and the German label of the link."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Before:
    """What the earlier case of a person who came back said, still to be confirmed, and who said it."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class ItemRow:
    """One item ready for the page. The row of an item that nobody answered is one object for all cases of its kind.

    ``text`` is the value in German, ``who`` who said it when from what, ``why`` what is still missing. ``own``: the
    item is among this person's tasks; ``mine``: she may answer it now; ``refused`` says why not. ``fields`` can be
    filled here, ``version`` goes with the form. ``hearsay`` is the beginning of the source where somebody else's word
    is written down. ``proofs`` counts the evidence that she sees,
    ``draft`` is what she typed and has not saved yet, ``before`` what the earlier case said (``carried.with_before``).
    """

    key: ListKey
    item: Item
    view: ItemView
    answer: AnswerValues | None
    text: str
    who: str
    note: str
    why: str
    mine: bool
    own: bool
    refused: str
    fields: tuple[Field, ...]
    version: int
    hearsay: str
    elsewhere: Place | None
    all_items: Mapping[str, Item]
    proofs: int = 0
    draft: Draft | None = None
    before: Before | None = None

    @property
    def condition(self) -> str:
        """For whom the item is meant: "nur wenn …"; empty for everybody."""
        sentence = condition_sentence(self.item, self.all_items)
        return str(sentence) if sentence else ""

    @property
    def code(self) -> str:
        """The item's code, e.g. A05."""
        return self.item.code

    @property
    def state(self) -> ItemState:
        """offen, erledigt, entfällt, gesperrt."""
        return self.view.state

    @property
    def badge(self) -> tuple[str, str]:
        """German word and colour of the state."""
        return STATE_BADGES[self.view.state]

    @property
    def level(self) -> str:
        """Pflicht, Soll or Kann."""
        return LEVEL_NAMES[self.item.level]

    @property
    def who_supplies(self) -> str:
        """Who can answer, in German: the organisations, or the system where a rule computes it."""
        return role_names((Role.SYSTEM,) if self.item.derived_from.startswith("rule.") else self.item.roles)

    @property
    def only_tick(self) -> bool:
        """Whether the item asks for a tick alone, so that its state says everything."""
        return len(self.item.fields) == 1 and self.item.fields[0].kind == Kind.TICK

    @property
    def one_tick(self) -> bool:
        """Whether a single click answers the item: one tick, nothing else, and it is this person's to set."""
        return self.only_tick and self.mine and not self.hearsay and self.view.state == ItemState.OPEN

    @property
    def saves_by_itself(self) -> bool:
        """Whether the answer may be saved as soon as the person goes on to something else."""
        return saves_by_itself(self.item)

    @property
    def in_front(self) -> bool:
        """Whether the item stands among the points to do, not among those that may be or are not needed."""
        return is_in_front(self.view)


def is_in_front(judged: ItemView) -> bool:
    """Whether an item applies for sure, or was answered although nobody knows yet."""
    answered = judged.answer is not None and judged.answer.state != AnswerState.CLEARED
    return judged.applies is True or (judged.applies is None and answered)


def rows_of(view: CaseView, key: ListKey, judged: Iterable[ItemView]) -> list[ItemRow]:
    """Judged items of one list ready for the page."""
    kept = _kept_rows(_frame(view, key))
    stored = {row.item for row in (*view.held.answers, *view.held.evidence, *view.held.drafts)} | view.entries.keys()
    return [
        _kept_row(kept, view, key, one) if one.untouched and one.item.code not in stored else row_of(view, key, one)
        for one in judged
    ]


def _frame(view: CaseView, key: ListKey) -> tuple[object, ...]:
    """All that the row of an unanswered item depends on beside the item itself."""
    stages = view.held.stages
    definitions = tuple(stage.definition_id for stage in stages.values())
    return key, definitions, stages[key].state, view.standing, view.blocks, bool(view.held.handovers)


@lru_cache(maxsize=256)
def _kept_rows(_frame: tuple[object, ...]) -> dict[tuple[object, ...], ItemRow]:
    return {}


def _kept_row(kept: dict[tuple[object, ...], ItemRow], view: CaseView, key: ListKey, judged: ItemView) -> ItemRow:
    item = judged.item
    version = version_of(view, item) if item.derived_from else 0
    place = (item.code, judged.applies, version, judged.blocked_by and _codes(judged.blocked_by), judged.waits_for)
    return kept.get(place) or kept.setdefault(place, row_of(view, key, judged))


def _codes(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.code for item in items)


def row_of(view: CaseView, key: ListKey, judged: ItemView) -> ItemRow:
    """One judged item ready for the page."""
    item = judged.item
    fields = fields_here(judged)
    refused = refusal(judged, view.standing, view.held.stages[key].state)
    entry = view.entries.get(item.code)
    answered = judged.answer is not None and judged.answer.state != AnswerState.CLEARED
    hearsay = hearsay_needed(item, view.standing)
    return ItemRow(
        key=key,
        item=item,
        view=judged,
        answer=judged.answer,
        text=display(item, judged.answer) if answered and judged.answer else "",
        who=_who(entry) if entry and answered else "",
        note=entry.note if entry else "",
        why=_why(view, judged),
        mine=refused is None and bool(fields),
        own=may_answer_at_all(item, view.standing),
        refused=str(refused) if refused else "",
        fields=fields,
        version=version_of(view, item),
        hearsay=str(hearsay) if hearsay else "",
        elsewhere=_elsewhere(view, judged, fields),
        all_items=items_of(view.definitions),
        proofs=proof_count(view, item.code),
        draft=_draft(view, item.code),
    )


def _draft(view: CaseView, code: str) -> Draft | None:
    mine = (row for row in view.held.drafts if row.item == code and row.account_id == view.actor.account_id)
    return next(mine, None)


def fields_here(judged: ItemView) -> tuple[Field, ...]:
    """The fields that are answered in the list: not those that a record elsewhere in the case supplies."""
    item, derived = judged.item, judged.derived
    if derived is not None and derived.whole:
        return ()
    if derived is None or item.derived_from.startswith(_WRITTEN_HERE) or is_report(item):
        return item.fields
    return tuple(field for field in item.fields if field.key not in derived.values)


def is_report(item: Item) -> bool:
    """Whether the item is the contact line that the municipality writes; for the coach it is something received."""
    return item.derived_from == "contact_line" and any(field.key == "reported_on" for field in item.fields)


def version_of(view: CaseView, item: Item) -> int:
    """What the form of an item carries so that nobody overwrites another's entry; 0 where nothing is stored yet.

    The version of the stored answer; for values of the person that of her record, for a consent its latest decision.
    """
    if item.derived_from in PARTS:
        return int(view.held.person.version)
    if item.derived_from.startswith("consent."):
        purpose = item.derived_from.removeprefix("consent.").upper()
        standing = consent_behind(view.held, purpose)
        return int(standing.id) if standing else 0
    stored = view.held.answer(item.code, holder_of(view))
    return stored.version if stored else 0


def holder_of(view: CaseView) -> Holder:
    """Whose record this person writes into."""
    taken_over = view.held.accepted and view.actor.organisation_id == view.held.case.responsible_id
    return Holder.JOBCENTER if taken_over else Holder.JOINT


def _who(entry: Entry) -> str:
    on = german_date(entry.day)
    return ", ".join(part for part in (entry.person, entry.office, on, entry.source) if part)


def _why(view: CaseView, judged: ItemView) -> str:
    items = items_of(view.definitions)
    if judged.state == ItemState.BLOCKED:
        return ", ".join(f"{item.code} {item.text}" for item in judged.blocked_by)
    if judged.waits_for and judged.state == ItemState.OPEN:
        return str(decided_by(judged.waits_for, items))
    if judged.state == ItemState.OPEN and judged.answer and judged.answer.state == AnswerState.DONE:
        return ", ".join(field.label for field in judged.open_fields if field.label)
    return ""


def _elsewhere(view: CaseView, judged: ItemView, fields: tuple[Field, ...]) -> Place | None:
    item = judged.item
    if not item.derived_from or view.standing.read_only or not view.standing.case_open:
        return None
    if fields and not item.derived_from.startswith(_RATHER_ELSEWHERE):
        return None
    if item.derived_from.startswith("handover.") and not view.held.handovers:
        return None
    for prefix, path, label, permission, sight in _PLACES:
        in_sight = not sight or not sight.isdisjoint(view.blocks)
        if item.derived_from.startswith(prefix) and in_sight and may(view.standing.role, permission):
            return Place(path, label)
    return None
