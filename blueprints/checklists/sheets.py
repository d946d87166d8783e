"""Which form an item is shown with: what is stored, this person's draft, or both values side by side."""

from dataclasses import replace

from blueprints.checklists.forms import ItemForm, Typed, carried, form_of
from blueprints.checklists.frame import anchor, frame_of
from blueprints.checklists.saving import read_typed
from blueprints.shared.render import wants_fragment
from models.queries.case_view import CaseView
from models.queries.item_rows import ItemRow
from models.rules.checklists import AnswerValues, FieldErrors, display


def sheet_of(view: CaseView, row: ItemRow) -> ItemForm:
    """The form; both values where somebody answered after the draft was begun."""
    if row.draft and row.draft.seen_version != row.version:
        return both_values(view, row, row.draft.typed)
    return form_of(row, back=anchor(frame_of(view, row), row), in_place=wants_fragment())


def typed_sheet(view: CaseView, row: ItemRow, typed: Typed, errors: FieldErrors) -> ItemForm:
    """The form with what was typed and the errors in it."""
    back = anchor(frame_of(view, row), row)
    return form_of(row, back=back, in_place=wants_fragment(), typed=typed, errors=errors)


def both_values(view: CaseView, row: ItemRow, typed: Typed) -> ItemForm:
    """What was typed beside what is stored; it goes along in hidden fields with the version that now holds."""
    answer = read_typed(view.held, row, typed)
    text = display(row.item, answer) if isinstance(answer, AnswerValues) else _as_typed(typed)
    return replace(typed_sheet(view, row, typed, {}), conflict=True, typed_text=text, carried=carried(typed))


def _as_typed(typed: Typed) -> str:
    return ", ".join(text for texts in typed.values() for text in texts if text)
