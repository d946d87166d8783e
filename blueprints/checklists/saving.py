"""Tries to save what was typed, and says what came of it: the one place of this area where refusals become errors."""

from dataclasses import dataclass, field, replace

from blueprints.checklists.forms import CLEAR, Typed, field_texts
from blueprints.shared import access
from models.operations.answers import keep_answer
from models.queries.case_view import CaseView
from models.queries.dossier import Dossier
from models.queries.item_rows import ItemRow
from models.rules.checklists import AnswerValues, FieldErrors, parse_answer
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.states import AnswerState


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it: ``held`` is the case after it was saved, else None; ``stale``: somebody was faster."""

    held: Dossier | None = None
    errors: FieldErrors = field(default_factory=dict)
    stale: bool = False


def attempt(view: CaseView, row: ItemRow, typed: Typed, seen_version: int) -> Attempt:
    """Save what was typed for an item. A refusal without a field of its own goes on to the general handler."""
    answer = read_typed(view.held, row, typed)
    if not isinstance(answer, AnswerValues):
        return Attempt(errors=answer)
    try:
        after = keep_answer(view, row, answer, seen_version=seen_version, now=access.now())
    except RuleBroken as broken:
        if not broken.fields:
            raise
        return Attempt(errors=broken.fields)
    except StaleVersion:
        return Attempt(stale=True)
    return Attempt(after)


def read_typed(held: Dossier, row: ItemRow, typed: Typed) -> AnswerValues | FieldErrors:
    """What was typed as an answer to keep, without what a record elsewhere supplies; or what is wrong with it."""
    if CLEAR in typed:
        return AnswerValues(AnswerState.CLEARED)
    elsewhere = field_texts(row)
    answer = parse_answer(row.item, {**typed, **elsewhere}, held.today, row.answer)
    if not isinstance(answer, AnswerValues):
        return answer
    values = {key: value for key, value in answer.values.items() if key not in elsewhere}
    state = answer.state if values or not answer.values else AnswerState.CLEARED
    return replace(answer, values=values, state=state)
