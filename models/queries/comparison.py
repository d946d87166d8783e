"""Two records side by side: every value and answer with its source, and what stands against merging."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.queries.case_view import CaseView, view_of
from models.queries.code_names import named
from models.queries.definitions import items_of
from models.queries.dossier import StoredAnswer, dossier
from models.queries.duplicate_pairs import PairLine
from models.queries.facts import as_values
from models.queries.law import current_law
from models.queries.records import Record
from models.rules.chain import canonical
from models.rules.checklists import Item, display
from models.rules.merging import (
    FIELDS,
    Compared,
    Side,
    Standing,
    differs,
    obstacle,
    says,
    sides_that_may_stay,
    values_of,
)
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.person_values import PARTS
from models.rules.residence_entries import paper_name
from models.rules.roles import Actor
from models.rules.states import LISTED, PLACED, AnswerState, CaseState, ConsentState, HandoverState, Holder
from models.rules.times import from_stamp, german_date, local_day

_CODED = {
    "sex": "sexes",
    "nationality": "countries",
    "second_nationality": "countries",
    "country_of_birth": "countries",
    "marital_status": "marital_status",
    "mother_tongue": "languages",
    "accommodation": "accommodation",
}
SIGNED = (HandoverState.SENT, HandoverState.RECEIVED, HandoverState.QUERIED, HandoverState.ACCEPTED)
_COUNSELLED = frozenset({"customer_number"})
"""Columns that belong to the counselling and are shown to those alone who see it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words and who entered it, when and from what."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One field or item of both records. ``differs``: somebody has to choose."""

    key: str
    label: str
    left: Value
    right: Value
    differs: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the two records with all that is needed to compare it."""

    record: Record
    view: CaseView
    standing: Standing

    @property
    def values(self) -> Mapping[str, Any]:
        """The columns of the person."""
        columns: Mapping[str, Any] = self.record.person.__data__
        return columns

    @property
    def answers(self) -> dict[str, StoredAnswer]:
        """The joint answers of the case that can go over to another one, by item."""
        items = items_of(self.view.definitions)
        rows = (
            row for row in self.view.held.answers if row.holder == Holder.JOINT and row.state != AnswerState.CLEARED
        )
        return {row.item: row for row in rows if row.item in items and _may_go_over(items[row.item], row)}

    def sees(self, code: str) -> bool:
        """Whether the acting person sees this item."""
        definitions = self.view.definitions
        return self.view.sees(definitions.list_by_code[code], items_of(definitions)[code])


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page shows and the merge goes by. ``fingerprint`` changes with every value that is shown."""

    left: Sheet
    right: Sheet
    fields: tuple[Row, ...]
    answers: tuple[Row, ...]
    obstacle: Message | None
    may_stay: tuple[Side, ...]
    fingerprint: str

    @property
    def both_open(self) -> bool:
        """Whether two cases go on, of which one has to end."""
        return self.left.standing.is_open and self.right.standing.is_open

    def sheet(self, side: Side) -> Sheet:
        """The record of a side."""
        return self.left if side is Side.LEFT else self.right


def comparison_of(actor: Actor, line: PairLine, today: date) -> Comparison:
    """Compare the two records of a pair that are both seen, the one that was recorded first on the left."""
    assert line.other is not None
    older, newer = sorted((line.mine, line.other), key=lambda record: record.case.id)
    left, right = _sheet(actor, older, today), _sheet(actor, newer, today)
    fields = tuple(_fields(left, right))
    answers = tuple(_answers(left, right)) if left.standing.is_open and right.standing.is_open else ()
    return Comparison(
        left=left,
        right=right,
        fields=fields,
        answers=answers,
        obstacle=obstacle(left.standing, right.standing),
        may_stay=sides_that_may_stay(left.standing, right.standing),
        fingerprint=_fingerprint(left, right, fields, answers),
    )


def _sheet(actor: Actor, record: Record, today: date) -> Sheet:
    view = view_of(dossier(record.case, today), actor)
    sheet = Sheet(record, view, Standing(record.case.number, record.office))
    return Sheet(record, view, _standing(sheet))


def _standing(sheet: Sheet) -> Standing:
    held, case = sheet.view.held, sheet.record.case
    consents: dict[str, str] = {}
    for row in held.consents:  # the newest first
        consents.setdefault(row.purpose, row.state)
    return Standing(
        number=case.number,
        office=sheet.record.office,
        is_open=case.state == CaseState.OPEN,
        sphere=case.legal_sphere,
        responsible=case.responsible_id,
        is_signed=any(row.state in SIGNED for row in held.handovers),
        is_accepted=any(one.accepted_on for one in sheet.record.cases),
        has_seat=any(seat.state in (*LISTED, *PLACED) for seat in held.seats),
        consents={purpose: state for purpose, state in consents.items() if state != ConsentState.NONE},
        hidden=any(not sheet.sees(code) for code in sheet.answers),
    )


def _may_go_over(item: Item, row: StoredAnswer) -> bool:
    """Answers whose value stands in a record stay where that record is; the person's is compared by itself."""
    return item.in_list or (item.derived_from in PARTS and bool(row.values))


def _fields(left: Sheet, right: Sheet) -> Iterator[Row]:
    counselling = Block.COUNSELLING in left.view.blocks & right.view.blocks
    for field in FIELDS:
        if field.key in _COUNSELLED and not counselling:
            continue
        if says(values_of(field, left.values)) or says(values_of(field, right.values)):
            shown = (_value(field, left), _value(field, right))
            yield Row(field.key, field.label, *shown, differs(field, left.values, right.values))
    if left.view.held.records or right.view.held.records:
        yield Row("papers", N_("Aufenthaltspapiere"), _papers(left), _papers(right), differs=False)


def _papers(sheet: Sheet) -> Value:
    """Papers of both records stay, so there is nothing to choose."""
    law = current_law()
    rows = ((paper_name(law, row.code), german_date(row.valid_to)) for row in sheet.view.held.records)
    return Value(", ".join(f"{name} bis {day}" if day else name for name, day in rows))


def _value(field: Compared, sheet: Sheet) -> Value:
    words = filter(None, (_word(column, sheet) for column in field.columns))
    text = ", ".join(words) if field.key != "address" else _address(sheet)
    entries = [sheet.values["provenance"].get(column) for column in field.columns]
    entry = next(filter(None, entries), None)
    return Value(text, _source(entry, sheet) if entry and text else "")


def _word(column: str, sheet: Sheet) -> str:
    value = sheet.values[column]
    if column in _CODED:
        return named(_CODED[column], [value])
    if column == "languages":
        return named("languages", value or ())
    if column == "municipality":
        return sheet.view.held.office(value)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return german_date(value) if isinstance(value, date) else "" if value is None else str(value)


def _address(sheet: Sheet) -> str:
    place = f"{sheet.values['postcode']} {sheet.values['town']}".strip()
    return ", ".join(filter(None, (sheet.values["street"], place)))


def _source(entry: Mapping[str, Any], sheet: Sheet) -> str:
    offices = {office.key: office.name for office in sheet.view.held.offices.values()}
    day = german_date(local_day(from_stamp(entry["at"]))) if entry.get("at") else ""
    parts = (offices.get(str(entry.get("organisation")), ""), entry.get("source", ""), day)
    return ", ".join(str(part) for part in parts if part)


def _answers(left: Sheet, right: Sheet) -> Iterator[Row]:
    """Items that were answered; those that this person does not see are no part of the comparison."""
    one, other = left.answers, right.answers
    items = items_of(left.view.definitions) | items_of(right.view.definitions)
    for code in sorted(one.keys() | other.keys()):
        if all(sheet.sees(code) for sheet, rows in ((left, one), (right, other)) if code in rows):
            first, second = one.get(code), other.get(code)
            shown = (_answered(items[code], first, left), _answered(items[code], second, right))
            yield Row(code, items[code].text, *shown, _answered_differently(first, second))


def _answered_differently(first: StoredAnswer | None, second: StoredAnswer | None) -> bool:
    if first is None or second is None:
        return False
    return (first.state, first.values, first.reason) != (second.state, second.values, second.reason)


def _answered(item: Item, row: StoredAnswer | None, sheet: Sheet) -> Value:
    if row is None:
        return Value("")
    office = sheet.view.held.office(row.organisation_id)
    day = german_date(local_day(from_stamp(row.answered_at)))
    return Value(display(item, as_values(row)) or "erledigt", ", ".join(filter(None, (office, row.source, day))))


def _fingerprint(left: Sheet, right: Sheet, fields: tuple[Row, ...], answers: tuple[Row, ...]) -> str:
    shown: list[object] = [[row.key, row.left.text, row.right.text] for row in (*fields, *answers)]
    for sheet in (left, right):
        held = sheet.view.held
        shown += [sheet.record.case.number, sheet.record.case.state, len(held.records), len(held.decisions)]
        shown += [[row.reference, row.state] for row in held.handovers]
        shown += [[code, row.version] for code, row in sorted(sheet.answers.items())]
    return hashlib.sha256(canonical(shown).encode()).hexdigest()
