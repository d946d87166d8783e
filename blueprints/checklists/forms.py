"""The form of an item, made from its definition: controls with what was typed, and errors at their places.

There is no form class per item (case_model: Checklists); names of controls are those that ``parse_answer`` reads.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from blueprints.shared import access
from models.queries.item_rows import ItemRow
from models.rules.checklists import (
    MISSING_REASONS,
    NOTE,
    REASON,
    SOURCE,
    WAIVED,
    AnswerValues,
    Field,
    FieldErrors,
    Kind,
    Value,
    display_field,
    document_name,
    missing_name,
)
from models.rules.checklists.values import DOCUMENT_STATES, SIGNATURE_STATES, missing_mark
from models.rules.message import Message
from models.rules.states import AnswerState
from models.rules.times import german_time, local_day

Typed = Mapping[str, list[str]]
SEEN, CLEAR = "version", "clear"
SEEN_DRAFT, BY_ITSELF = "draft-version", "by-itself"
"""What the script adds: the version of the draft, and that the person has gone on to something else."""
NOT_CARRIED = frozenset({"csrf_token", SEEN, CLEAR, SEEN_DRAFT, BY_ITSELF})
MOST_RADIOS = 4
SHORT = 45
"""A form with more fields and options than this is loaded when it is wanted, not with the whole list."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control of a form. ``kind``: tick, radio, checkbox, select, area or input."""

    id: str
    name: str
    kind: str
    label: str
    typed: Sequence[str] = ()
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True
    hint: str = ""
    mode: str = ""
    width: str = ""
    most: int | str = ""
    error: Message | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Controls that are asked together: only where the control ``when`` has one of ``codes`` (``text`` in German)."""

    controls: tuple[Control, ...]
    when: str = ""
    codes: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form of one item. ``in_place``: inside the list, where htmx answers; else a page of its own."""

    groups: tuple[Group, ...]
    source: Control
    missing: tuple[Control, ...]
    waived: Control
    reason: Control
    note: Control
    version: int
    errors: tuple[tuple[str, str, Message], ...]
    more_open: bool
    in_place: bool
    back: str
    draft_version: int = 0
    draft_at: str = ""
    conflict: bool = False
    typed_text: str = ""
    carried: tuple[tuple[str, str], ...] = ()


def form_of(
    row: ItemRow, *, back: str, in_place: bool, typed: Typed | None = None, errors: FieldErrors | None = None
) -> ItemForm:
    """The form with what was typed, else with this person's draft, else with what is stored.

    ``errors`` stand at their controls.
    """
    draft = row.draft
    shown = typed if typed is not None else draft.typed if draft else prefilled(row)
    wrong = errors or {}
    make = _Maker(row, shown, wrong)
    asked_further = any(shown.get(name) for name in (WAIVED, NOTE)) or any(make.marks())
    return ItemForm(
        groups=tuple(make.groups()),
        source=make.line(SOURCE, _("Quelle: wer sagt das?") if row.hearsay else _("Quelle"), bool(row.hearsay)),
        missing=tuple(make.missing()),
        waived=make.control(WAIVED, "tick", _("Entfällt in diesem Fall")),
        reason=make.line(REASON, _("Begründung, wenn der Punkt entfällt"), False),
        note=make.control(NOTE, "area", _("Notiz"), required=False),
        version=row.version,
        errors=tuple((make.target(name), make.label(name), text) for name, text in wrong.items()),
        more_open=asked_further or REASON in wrong,
        in_place=in_place,
        back=back,
        draft_version=draft.version if draft else 0,
        draft_at=german_time(draft.saved_at) if draft else "",
    )


class _Maker:
    """Makes the controls of one item."""

    def __init__(self, row: ItemRow, typed: Typed, errors: FieldErrors) -> None:
        self._row, self._typed, self._errors = row, typed, errors
        self._today = local_day(access.now())
        self._elsewhere = field_texts(row)

    def control(self, name: str, kind: str, label: str, **more: object) -> Control:
        return Control(
            id=f"{self._row.code}-{name}",
            name=name,
            kind=kind,
            label=label,
            typed=self._typed.get(name, ()),
            error=self._errors.get(name),
            **more,  # type: ignore[arg-type]
        )

    def line(self, name: str, label: str, required: bool) -> Control:
        return self.control(name, "input", label, required=required)

    def target(self, name: str) -> str:
        """The id that an error links to: for radios and boxes the first of them."""
        field = next((field for field in self._row.fields if field.key == name), None)
        control = self._field(field) if field else None
        first = f"-{control.options[0][0]}" if control and control.kind in ("radio", "checkbox") else ""
        return f"{self._row.code}-{name}{first}"

    def label(self, name: str) -> str:
        """How an error names its field."""
        field = next((field for field in self._row.fields if field.key == name), None)
        names = {REASON: _("Begründung"), NOTE: _("Notiz"), SOURCE: _("Quelle")}
        return field.label or self._row.item.text if field else names.get(name, self._row.item.text)

    def groups(self) -> Iterator[Group]:
        """The fields in order; those that depend on the same one stand together.

        Where a record elsewhere supplies that one, nothing in this form can choose it, and what it asks for stands
        here plainly.
        """
        waiting: list[Field] = []
        for field in self._row.fields:
            if not self._wanted(field):
                continue
            if waiting and field.when != waiting[0].when:
                yield self._group(waiting)
                waiting = []
            waiting.append(field)
        if waiting:
            yield self._group(waiting)

    def _wanted(self, field: Field) -> bool:
        known = self._elsewhere.get(field.when.field) if field.when else None
        return known is None or field.when is None or any(code in field.when.codes for code in known)

    def _group(self, fields: list[Field]) -> Group:
        controls = tuple(self._field(field) for field in fields)
        when = fields[0].when
        if when is None or when.field in self._elsewhere:
            return Group(controls)
        source = next((field for field in self._row.item.fields if field.key == when.field), None)
        labels = ", ".join(source.choices.label(code) for code in when.codes) if source else ""
        return Group(controls, when.field, " ".join(when.codes), labels)

    def _field(self, field: Field) -> Control:
        kind, options = self._kind(field)
        numeric = {Kind.DATE: "numeric", Kind.NUMBER: "decimal" if field.decimals else "numeric"}
        return self.control(
            field.key,
            kind,
            field.label or self._row.item.text,
            options=options,
            required=field.required,
            hint=_hint(field),
            mode=numeric.get(field.kind, ""),
            width="day" if field.kind in (Kind.DATE, Kind.NUMBER) else "",
            most=field.max_length if field.kind == Kind.TEXT else "",
        )

    def _kind(self, field: Field) -> tuple[str, tuple[tuple[str, str], ...]]:
        if field.kind == Kind.TICK:
            return "tick", ()
        if field.kind == Kind.DOCUMENT:
            return "select", tuple((SIGNATURE_STATES if field.signature else DOCUMENT_STATES).items())
        if field.kind in (Kind.CHOICE, Kind.CHOICES):
            chosen = self._typed.get(field.key, ())
            offered = [one for one in field.choices if one.offered_on(self._today) or one.code in chosen]
            options = tuple((one.code, one.label) for one in offered)
            few = "radio" if len(options) <= MOST_RADIOS else "select"
            return ("checkbox" if field.kind == Kind.CHOICES else few), options
        return ("area" if field.multiline else "input"), ()

    def marks(self) -> Iterator[list[str]]:
        """What was said about missing values."""
        for field in self._row.fields:
            yield list(self._typed.get(missing_name(field.key), ()))

    def missing(self) -> Iterator[Control]:
        """For each field that is always asked: why its value is missing."""
        fields = [field for field in self._row.fields if field.when is None and field.kind != Kind.TICK]
        for field in fields:
            label = _("Angabe fehlt, weil")
            named = f"{field.label}: {label}" if len(fields) > 1 else label
            options = tuple(MISSING_REASONS.items())
            yield self.control(missing_name(field.key), "select", named, options=options, required=False)


def _hint(field: Field) -> str:
    if field.kind == Kind.DATE:
        return _("TT.MM.JJJJ")
    if field.kind == Kind.NUMBER and field.unit:
        return _("in %(unit)s", unit=field.unit)
    return ""


def typed_in(form: "MultiDict[str, str]") -> dict[str, list[str]]:
    """What was posted, by the names of controls."""
    return {name: form.getlist(name) for name in form if name not in NOT_CARRIED}


def carried(typed: Typed) -> tuple[tuple[str, str], ...]:
    """What was typed as pairs for hidden fields."""
    return tuple((name, text) for name, texts in typed.items() for text in texts if text)


def prefilled(row: ItemRow) -> dict[str, list[str]]:
    """A stored answer as the form would have posted it."""
    answer = row.answer
    note = {NOTE: [row.note]} if row.note else {}
    if answer is None:
        return note | ({SOURCE: [row.hearsay]} if row.hearsay else {})
    said = note | ({SOURCE: [answer.source]} if answer.source and row.view.derived is None else {})
    if answer.state == AnswerState.NOT_APPLICABLE:
        return said | {WAIVED: ["yes"], REASON: [answer.reason]}
    if answer.state.value in MISSING_REASONS:
        return said | {missing_name(field.key): [answer.state.value] for field in row.fields}
    return said | _prefilled_values(row.fields, answer)


def _prefilled_values(fields: Sequence[Field], answer: AnswerValues) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for field in fields:
        value = answer.values.get(field.key)
        if value is None:
            continue
        if mark := missing_mark(value):
            typed[missing_name(field.key)] = [mark]
        else:
            typed |= _prefilled_value(field, value)
    return typed


def _prefilled_value(field: Field, value: Value) -> dict[str, list[str]]:
    if isinstance(value, bool):
        return {field.key: ["yes"]} if value else {}
    if isinstance(value, list):
        return {field.key: list(value)}
    if isinstance(value, dict):
        document = {document_name(field.key): [value["document"]]} if value.get("document") else {}
        return {field.key: [value.get("state", "")], **document}
    if field.kind == Kind.CHOICE:
        return {field.key: [str(value)]}
    return {field.key: [display_field(field, value).removesuffix(f" {field.unit}")]}


def field_texts(row: ItemRow) -> Typed:
    """The values that a record elsewhere supplies, as if typed: fields of the form may depend on them."""
    here = {field.key for field in row.fields}
    there = tuple(field for field in row.item.fields if field.key not in here)
    return _prefilled_values(there, row.answer) if row.answer and there else {}


def short_sheet(row: ItemRow) -> ItemForm | None:
    """The form that stands in the list itself; None for a long one, or where an answer or a draft was begun."""
    size = len(row.fields) + sum(len(field.choices.choices) for field in row.fields)
    if row.text or row.note or row.draft or size > SHORT:
        return None
    return form_of(row, back="", in_place=True)
