"""An answer as German text, the same for screen, print and transfer sheet."""

from datetime import date

from models.rules.checklists.answers import german_number
from models.rules.checklists.definition import Field, Item, Kind
from models.rules.checklists.values import (
    DOCUMENT_STATES,
    MISSING_REASONS,
    SIGNATURE_STATES,
    AnswerValues,
    Value,
    missing_mark,
)
from models.rules.states import AnswerState


def display(item: Item, answer: AnswerValues) -> str:
    """One line: "vorgelegt · gültig bis: 22.11.2026". A cleared answer is an empty text."""
    if answer.state == AnswerState.NOT_APPLICABLE:
        return f"entfällt: {answer.reason}"
    if answer.state in MISSING_REASONS:
        return MISSING_REASONS[answer.state]
    shown = ((field, answer.values[field.key]) for field in item.fields if field.key in answer.values)
    return " · ".join(_labelled(item, field, value) for field, value in shown)


def display_field(field: Field, value: Value) -> str:
    """One value as text: label of a code, day as 22.11.2026, number with comma and unit, reason of a missing one."""
    if mark := missing_mark(value):
        return MISSING_REASONS.get(mark, mark)
    if field.kind == Kind.DATE:
        return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
    if isinstance(value, dict):
        return _document(value)
    if isinstance(value, list):
        return ", ".join(field.choices.label(code) for code in value)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return f"{german_number(value)} {field.unit}".strip()
    return field.choices.label(value)


def _labelled(item: Item, field: Field, value: Value) -> str:
    if len(item.fields) == 1 or not field.label:
        return display_field(field, value)
    if field.kind == Kind.TICK:
        return field.label
    return f"{field.label}: {display_field(field, value)}"


def _document(value: dict[str, str]) -> str:
    state = value.get("state", "")
    return SIGNATURE_STATES.get(state) or DOCUMENT_STATES.get(state, state)
