"""The two hard gates of the handover (case_model: Four stages that may overlap).

Sending needs U01–U11 as far as they apply, the required fields A–P of the sheet and "Person informiert am", or a
printed reason for each gap. Accepting needs U16 and U17. Which items stand at a gate is data (``gate`` of an item or a
field). A refused or not yet possible agreement, a missing consent or an open Soll item never blocks (rules.md 11),
and neither does an item of which nobody knows yet whether it applies.
"""

from collections.abc import Iterable, Iterator, Mapping

from models.rules.checklists.answers import asked
from models.rules.checklists.definition import ChecklistDefinition, Gate, Item, Level
from models.rules.checklists.progress import Missing, is_missing, missing_of, state_of
from models.rules.checklists.values import MISSING_REASONS, AnswerValues, Known, missing_mark
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import AnswerState
from models.rules.transfer_sheet import Gap


def sending_gaps(
    definition: ChecklistDefinition,
    known: Known,
    sheet_gaps: Iterable[Gap] = (),
    reasons: Mapping[str, str] | None = None,
) -> tuple[Missing, ...]:
    """What still holds up the sending of a handover; empty when it may be sent.

    ``definition`` is the list of the handover, ``sheet_gaps`` what ``transfer_sheet.required_gaps`` found, ``reasons``
    the reasons to be printed, by item code or sheet field ("A.birth_date").
    """
    return tuple(gap for gap in _sending(definition, known, sheet_gaps, reasons or {}) if not gap.reason)


def printed_gaps(
    definition: ChecklistDefinition,
    known: Known,
    sheet_gaps: Iterable[Gap] = (),
    reasons: Mapping[str, str] | None = None,
) -> tuple[Missing, ...]:
    """The gaps that do not hold up the sending because their reason is printed on the sheet."""
    return tuple(gap for gap in _sending(definition, known, sheet_gaps, reasons or {}) if gap.reason)


def accepting_gaps(definition: ChecklistDefinition, known: Known) -> tuple[Missing, ...]:
    """What still holds up the acceptance: receipt confirmed, signature and completeness checked."""
    return tuple(_item_gaps(definition, known, Gate.ACCEPT, {}))


def _sending(
    definition: ChecklistDefinition, known: Known, sheet_gaps: Iterable[Gap], reasons: Mapping[str, str]
) -> Iterator[Missing]:
    told: set[str] = set()
    for gap in (*_item_gaps(definition, known, Gate.SEND, reasons), *_field_gaps(definition, known, reasons)):
        told.update(field.sheet for field in gap.fields)
        yield gap
    for sheet_gap in sheet_gaps:
        code = f"{sheet_gap.letter}.{sheet_gap.key}"
        if code not in told:
            yield _sheet_missing(code, sheet_gap, reasons)


def _sheet_missing(code: str, gap: Gap, reasons: Mapping[str, str]) -> Missing:
    why = Message(N_("fehlt im Abschnitt {letter} des Übergabebogens"), letter=gap.letter)
    return Missing(code, str(gap.label), why, (Role.AGENTUR,), reason=reasons.get(code, "").strip())


def _item_gaps(
    definition: ChecklistDefinition, known: Known, gate: Gate, reasons: Mapping[str, str]
) -> Iterator[Missing]:
    for item in definition.items:
        if item.gate != gate or item.level != Level.REQUIRED:
            continue
        view = state_of(item, known, definition.by_code)
        if is_missing(view):
            yield _with_reason(missing_of(view), reasons.get(item.code, ""))
        elif view.applies and (said := _said_instead(view.answer)):
            yield _with_reason(missing_of(view), said)


def _said_instead(answer: AnswerValues | None) -> str:
    """The reason that the answer itself gives for having no value, so that it is printed."""
    if answer is None:
        return ""
    if answer.state == AnswerState.NOT_APPLICABLE:
        return answer.reason
    return MISSING_REASONS.get(answer.state, "")


def _field_gaps(definition: ChecklistDefinition, known: Known, reasons: Mapping[str, str]) -> Iterator[Missing]:
    """Single fields that stand at the gate while the rest of their item follows later (U12: Person informiert am)."""
    for item in definition.items:
        answer = known.answers.get(item.code)
        values = answer.values if answer else {}
        for field in item.fields:
            if field.gate != Gate.SEND or not asked(field, values):
                continue
            value = values.get(field.key)
            if value is None or missing_mark(value):
                yield _field_missing(item, field.key, answer, reasons)


def _field_missing(item: Item, key: str, answer: AnswerValues | None, reasons: Mapping[str, str]) -> Missing:
    field = item.field(key)
    mark = missing_mark(answer.values.get(key)) if answer else ""
    said = _said_instead(answer) or MISSING_REASONS.get(mark, "")
    why = Message(N_("noch nicht beantwortet"))
    gap = Missing(item.code, field.label or item.text, why, item.roles, item, (field,))
    return _with_reason(gap, reasons.get(item.code, "") or reasons.get(field.sheet, "") or said)


def _with_reason(gap: Missing, reason: str) -> Missing:
    return Missing(gap.code, gap.label, gap.why, gap.who, gap.item, gap.fields, reason.strip())
