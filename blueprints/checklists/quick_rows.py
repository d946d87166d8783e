"""The quick entry of a whole list: one row of controls for each item, made from the same form as the item's own."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from blueprints.checklists.forms import Control, Group, Typed, form_of, prefilled
from models.queries.item_rows import ItemRow
from models.rules.checklists import NOTE, SOURCE, FieldErrors, missing_name
from models.rules.message import Message

VERSION, SHOWN, KEEP = "version", "shown", "keep"
_OWN = frozenset({VERSION, SHOWN, KEEP})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row. ``stored``: what somebody else saved meanwhile, beside ``typed_text``, what was typed."""

    saved: bool = False
    kept: bool = False
    errors: Mapping[str, Message] | None = None
    conflict: bool = False
    typed_text: str = ""
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class QuickRow:
    """One item of the quick entry. ``groups`` is empty for an item that this person does not answer.

    ``heading``: the text of the item, where its controls have their own labels. ``shown`` tells what nobody touched.
    """

    row: ItemRow
    groups: tuple[Group, ...]
    source: Control | None
    heading: str
    version: int
    shown: str
    outcome: Outcome
    wrong: tuple[tuple[str, str, Message], ...] = ()


def quick_row(row: ItemRow, outcome: Outcome) -> QuickRow:
    """The row of an item as it stands, or with what was typed and refused."""
    if not row.own or not row.fields:
        return QuickRow(row, (), None, f"{row.code} {row.item.text}", row.version, "", outcome)
    errors: FieldErrors = dict(outcome.errors or {})
    sheet = form_of(row, back="", in_place=False, typed=outcome.typed, errors=errors)
    groups = tuple(_prefixed_group(group, row.code) for group in sheet.groups)
    single = sum(len(group.controls) for group in groups) == 1 and len(row.fields) == 1
    if single:
        (control,) = groups[0].controls
        groups = (replace(groups[0], controls=(replace(control, label=f"{row.code} {row.item.text}"),)),)
    return QuickRow(
        row=row,
        groups=groups,
        source=_prefixed(sheet.source, row.code) if row.hearsay else None,
        heading="" if single else f"{row.code} {row.item.text}",
        version=row.version,
        shown="" if outcome.conflict else fingerprint(quick_typed(row)),
        outcome=outcome,
        wrong=sheet.errors,
    )


def _prefixed_group(group: Group, code: str) -> Group:
    controls = tuple(_prefixed(control, code) for control in group.controls)
    return replace(group, controls=controls, when=f"{code}.{group.when}" if group.when else "")


def _prefixed(control: Control, code: str) -> Control:
    """Ids hold the code already; names need it, because all items are one form.

    How a day is written is said once above the form, and nothing here has to be filled at once.
    """
    hint = "" if control.hint == _("TT.MM.JJJJ") else control.hint
    return replace(control, name=f"{code}.{control.name}", required=True, hint=hint)


def quick_typed(row: ItemRow) -> Typed:
    """What the controls of the row show of the stored answer."""
    wanted = {field.key for field in row.fields} | ({SOURCE} if row.hearsay else set())
    return {name: texts for name, texts in prefilled(row).items() if name in wanted}


def posted(form: "MultiDict[str, str]", code: str) -> dict[str, list[str]]:
    """What was posted for one item, by the names that its own form has."""
    start = f"{code}."
    names = [name for name in form if name.startswith(start)]
    return {name.removeprefix(start): form.getlist(name) for name in names if name.removeprefix(start) not in _OWN}


def completed(row: ItemRow, typed: Typed) -> dict[str, list[str]]:
    """What was typed together with what this form does not ask: the note, and why fields left empty have no value."""
    stored = prefilled(row)
    marks = {missing_name(field.key) for field in row.fields if not any(typed.get(field.key, ()))}
    kept = {name: texts for name, texts in stored.items() if name == NOTE or name in marks}
    return {**kept, **typed}


def fingerprint(typed: Typed) -> str:
    """Recognises the same values again, whatever their order and blanks."""
    plain = {name: [text.strip() for text in texts if text.strip()] for name, texts in typed.items()}
    text = json.dumps({name: sorted(texts) for name, texts in plain.items() if texts}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def first_field(row: ItemRow) -> str:
    """Where a refusal of the whole item is said."""
    return row.fields[0].key


def counted(rows: Sequence[QuickRow]) -> tuple[int, int]:
    """How many rows were saved, and how many need another look."""
    saved = sum(row.outcome.saved for row in rows)
    return saved, sum(bool(row.outcome.errors) or row.outcome.conflict for row in rows)
