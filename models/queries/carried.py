"""What a case took over from the one before, and is still to be confirmed; and the other cases of the same person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.queries.case_view import CaseView
from models.queries.definitions import items_of
from models.queries.item_rows import Before, ItemRow, row_of
from models.queries.scope import visible_cases
from models.rules.checklists import AnswerValues, Value, display, state_of
from models.rules.errors import NotVisible
from models.rules.person_values import PARTS
from models.rules.roles import Actor
from models.rules.states import CaseState, ListKey
from models.tables import CarriedAnswer, Case


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer of the earlier case that nobody has confirmed or changed yet."""

    row: ItemRow
    values: Mapping[str, Value]
    source: str

    @property
    def text(self) -> str:
        """The values as the list shows them."""
        return display(self.row.item, AnswerValues(values=self.values))


def still_to_confirm(view: CaseView) -> list[Carried]:
    """What this person sees of it, in the order of the lists; no query in a case that follows no other."""
    if view.held.case.follows_id is None:
        return []
    rows = {row.item: row for row in CarriedAnswer.select().where(CarriedAnswer.case == view.held.case.id)}
    answered = {row.item for row in view.held.answers}
    open_codes = [code for code in items_of(view.definitions) if code in rows and code not in answered]
    return list(_seen(view, open_codes, rows))


def _seen(view: CaseView, codes: list[str], rows: Mapping[str, CarriedAnswer]) -> Iterator[Carried]:
    items = items_of(view.definitions)
    for code in codes:
        key, item = view.definitions.list_by_code[code], items[code]
        if not view.sees(key, item):
            continue
        shown = row_of(view, key, state_of(item, view.known, view.definitions[key].by_code))
        values = _values(view, shown, rows[code]) if shown.view.applies is True else {}
        if values:
            yield Carried(shown, values, rows[code].source)


def _values(view: CaseView, shown: ItemRow, row: CarriedAnswer) -> dict[str, Value]:
    """The values that the item still asks for; those of the person stand in her record."""
    said = dict(row.values or {})
    if shown.item.derived_from in PARTS:
        said |= PARTS[shown.item.derived_from].read(view.held.person.__data__)
    return {field.key: said[field.key] for field in shown.item.fields if said.get(field.key)}


def to_confirm_in(view: CaseView, key: ListKey) -> list[Carried]:
    """The same for one list."""
    return [one for one in still_to_confirm(view) if one.row.key == key]


def with_before(view: CaseView, key: ListKey, rows: Iterable[ItemRow]) -> list[ItemRow]:
    """The rows of a list, those still to be confirmed with what the earlier case said."""
    found = {one.row.code: Before(one.text, one.source) for one in to_confirm_in(view, key)}
    return [replace(row, before=found[row.code]) if row.code in found else row for row in rows]


def carried_item(view: CaseView, code: str) -> Carried:
    """One of them; NotVisible where there is none to confirm."""
    found = next((one for one in still_to_confirm(view) if one.row.code == code), None)
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True, slots=True)
class Episode:
    """Another case of the same person."""

    number: str
    outcome: str
    outcome_on: date | None


def episode_before(view: CaseView, actor: Actor) -> Episode | None:
    """The case that this one follows, for those who may see it."""
    follows = view.held.case.follows_id
    if follows is None:
        return None
    row = Case.get_or_none(Case.id == follows, visible_cases(actor, view.held.today))
    return Episode(row.number, row.outcome or "", row.outcome_on) if row else None


def episode_after(view: CaseView, actor: Actor) -> str:
    """The number of the case that follows this closed one, for those who may see it."""
    if view.held.case.state != CaseState.CLOSED:
        return ""
    where = (Case.follows == view.held.case.id) & visible_cases(actor, view.held.today)
    return Case.select(Case.number).where(where).scalar() or ""
