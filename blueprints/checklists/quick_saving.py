"""Saves a quick entry row by row: each item is an answer of its own, so that one that is refused holds up no other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from blueprints.checklists.forms import Typed
from blueprints.checklists.quick_rows import (
    KEEP,
    SHOWN,
    VERSION,
    Outcome,
    completed,
    fingerprint,
    first_field,
    posted,
    quick_typed,
)
from blueprints.checklists.saving import attempt, read_typed
from models.queries.case_view import CaseView, view_of
from models.queries.checklists import item_in
from models.queries.dossier import Dossier, renewed
from models.queries.item_rows import ItemRow, version_of
from models.rules.checklists import SOURCE, AnswerValues, display
from models.rules.errors import RuleBroken
from models.rules.states import ListKey

UNTOUCHED = Outcome()
_LAST = ("consent.", "coaching.end")
"""Answers that may close the case for the person who gives them, so that they are saved after all others."""


@dataclass
class Entry:
    """A quick entry on its way: the case as it stands after each row, and what came of the rows so far."""

    view: CaseView
    form: "MultiDict[str, str]"
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)


def save_rows(view: CaseView, key: ListKey, form: "MultiDict[str, str]") -> Entry:
    """Save what was changed; ``outcomes`` by item code. Rows that nobody touched are left alone."""
    entry = Entry(view, form)
    codes = [item.code for item in view.items(view.definitions[key]) if f"{item.code}.{VERSION}" in form]
    entry.seen = {code: form.get(f"{code}.{VERSION}", type=int, default=-1) for code in codes}
    for code in _in_order(view, codes):
        if not entry.view.blocks:
            break
        entry.outcomes[code] = _save_row(entry, item_in(entry.view, code))
    return entry


def _in_order(view: CaseView, codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: view.definitions.by_code[code].derived_from.startswith(_LAST))


def _save_row(entry: Entry, row: ItemRow) -> Outcome:
    typed = posted(entry.form, row.code)
    if f"{row.code}.{KEEP}" in entry.form:
        return Outcome(kept=True)
    if fingerprint(typed) in (entry.form.get(f"{row.code}.{SHOWN}"), fingerprint(quick_typed(row))) or not row.own:
        return UNTOUCHED
    whole = completed(row, typed)
    try:
        done = attempt(entry.view, row, whole, entry.seen[row.code])
    except RuleBroken as broken:  # said at the row, so that the others are saved all the same
        return Outcome(errors={first_field(row): broken.message}, typed=typed)
    if done.errors:
        return Outcome(errors=_at_fields(row, dict(done.errors)), typed=typed)
    if done.stale:
        text = _in_words(entry, row, whole)
        entry.view = view_of(renewed(entry.view.held), entry.view.actor)
        same = text == item_in(entry.view, row.code).text  # a second click, or a colleague with the same paper
        return UNTOUCHED if same else Outcome(conflict=True, typed_text=text, typed=typed)
    if done.held:
        _go_on(entry, done.held)
    return Outcome(saved=True)


def _in_words(entry: Entry, row: ItemRow, typed: Typed) -> str:
    answer = read_typed(entry.view.held, row, typed)
    return display(row.item, answer) if isinstance(answer, AnswerValues) else ""


def _at_fields(row: ItemRow, errors: dict[str, object]) -> dict[str, object]:
    """Errors of controls that this form does not have are said at the first field."""
    here = {field.key for field in row.fields} | ({SOURCE} if row.hearsay else set())
    return {name if name in here else first_field(row): text for name, text in errors.items()}


def _go_on(entry: Entry, after: Dossier) -> None:
    """Go on with the case after a row; where that gave other items a new version, it is the one they were seen with."""
    before, entry.view = entry.view, view_of(after, entry.view.actor)
    items = before.definitions.by_code
    for code, seen in entry.seen.items():
        if code not in entry.outcomes and version_of(before, items[code]) == seen:
            entry.seen[code] = version_of(entry.view, items[code])
