"""Turn a definition back into plain data, the same form that ``reading`` reads (export, storage, comparison)."""

from typing import Any

from models.rules.checklists.conditions import condition_to_data
from models.rules.checklists.definition import ChecklistDefinition, Choice, Field, Item


def definition_to_dict(definition: ChecklistDefinition) -> dict[str, Any]:
    """JSON-able data; what stands at its default is left out. Read again with the same code lists it is equal."""
    return _filled(
        {
            "key": definition.key,
            "version": definition.version,
            "title": definition.title,
            "condition": definition.condition and condition_to_data(definition.condition),
            "condition_text": definition.condition_text,
            "items": [_item(item) for item in definition.items],
        }
    )


def _item(item: Item) -> dict[str, Any]:
    return _filled(
        {
            "code": item.code,
            "text": item.text,
            "help": item.help,
            "roles": [role.value for role in item.roles],
            "level": item.level.value,
            "basis": item.basis,
            "condition": item.condition and condition_to_data(item.condition),
            "condition_text": item.condition_text,
            "after": list(item.after),
            "from": item.derived_from,
            "sheet": item.sheet,
            "sensitive": item.sensitive,
            "papers": list(item.papers),
            "gate": item.gate and item.gate.value,
            "fields": [_field(field) for field in item.fields],
        }
    )


def _field(field: Field) -> dict[str, Any]:
    usual_length = 2000 if field.multiline else 200
    return _filled(
        {
            "key": field.key,
            "kind": field.kind.value,
            "label": field.label,
            "choices": None if field.code_lists else [_choice(choice) for choice in field.choices],
            "codes": list(field.code_lists),
            "fact": list(field.facts),
            "means": dict(field.means),
            "rule": field.rule,
            "unit": field.unit,
            "decimals": field.decimals,
            "max_length": None if field.max_length == usual_length else field.max_length,
            "multiline": field.multiline,
            "not_future": field.not_future,
            "signature": field.signature,
            "when": field.when and {"field": field.when.field, "in": list(field.when.codes)},
            "after": list(field.after),
            "sheet": field.sheet,
            "gate": field.gate and field.gate.value,
        }
    ) | _limits(field)


def _choice(choice: Choice) -> dict[str, Any]:
    days = {"valid_from": choice.valid_from, "valid_to": choice.valid_to}
    return {"code": choice.code, "label": choice.label} | {key: day.isoformat() for key, day in days.items() if day}


def _limits(field: Field) -> dict[str, Any]:
    """Zero is a limit and False an answer, so these three are not left out for being empty."""
    limits: dict[str, Any] = {
        "min": _as_written(field.minimum),
        "max": _as_written(field.maximum),
        "required": None if field.required else False,
    }
    return {key: value for key, value in limits.items() if value is not None}


def _as_written(number: float | None) -> float | None:
    return int(number) if number is not None and number == int(number) else number


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
