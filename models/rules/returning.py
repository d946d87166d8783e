"""People who come back after their case was closed: when that is so, and which answers are worth asking again."""

from datetime import date

from models.rules.checklists import Item, Kind
from models.rules.person_values import PARTS
from models.rules.states import CaseState, ListKey, Outcome

CARRIED_LISTS = (ListKey.INTAKE, ListKey.COUNSELLING)
FINAL = frozenset({Outcome.DEATH, Outcome.DUPLICATE})
"""After these outcomes nobody comes back under this case."""
_DONE_AT_THE_TIME = (Kind.TICK, Kind.DOCUMENT)


def has_returned(state: str, outcome_on: date | None, arrived_on: date | None) -> bool:
    """Whether somebody whose newest case is closed has arrived again: on a day after the case had ended."""
    return state == CaseState.CLOSED and bool(outcome_on and arrived_on) and arrived_on > outcome_on  # type: ignore[operator]


def is_carried(item: Item) -> bool:
    """Whether what was said to an item may still hold in a new case: something about the person, not about a day.

    Health, documents and what was done at the time are asked anew.
    """
    if item.sensitive or not (item.in_list or item.derived_from in PARTS):
        return False
    if any(field.not_future or field.kind in _DONE_AT_THE_TIME for field in item.fields):
        return False
    return any(field.kind is not Kind.DATE for field in item.fields)
