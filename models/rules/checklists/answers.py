"""Check what a person typed for one item and bring it into the stored form. Pure: no request, no clock."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from models.rules.checklists.definition import Field, Item, Kind
from models.rules.checklists.values import (
    DOCUMENT_STATES,
    MISSING_REASONS,
    SIGNATURE_STATES,
    AnswerValues,
    Value,
    missing_mark,
)
from models.rules.message import N_, Message
from models.rules.states import AnswerState

Raw = Mapping[str, list[str]]
FieldErrors = dict[str, Message]

WAIVED, REASON, NOTE, SOURCE = "not-applicable", "not-applicable-reason", "answer-note", "answer-source"
"""Names of the controls beside the fields; the hyphen keeps them apart from field keys."""

REASON_LENGTH, NOTE_LENGTH, SOURCE_LENGTH = 500, 2000, 200
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3}){1,3}(,\d{1,6})?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,6})?", re.ASCII)
_DOCUMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FIRST_YEAR, _LAST_YEAR = 1900, 2150


class _Refused(Exception):
    """A typed value that cannot be taken, with the sentence for the person."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def missing_name(key: str) -> str:
    """Name of the control that says why a field has no value."""
    return f"{key}-missing"


def document_name(key: str) -> str:
    """Name of the control that carries the id of an uploaded document."""
    return f"{key}-document"


def parse_answer(item: Item, raw: Raw, today: date, before: AnswerValues | None = None) -> AnswerValues | FieldErrors:
    """Check the form of one item: an answer to store, or a German sentence per wrong field.

    ``raw`` maps names of controls to the posted texts: the keys of the fields, ``<key>-missing`` (nicht erhoben,
    unbekannt, keine Angabe), ``<key>-document``, and WAIVED with its REASON, NOTE, SOURCE. Errors carry the same names.
    Nothing typed gives an answer of state CLEARED. Half an answer is fine: what is open is asked of ``progress``.
    ``before`` is the stored answer; a code that is no longer offered may stay in it.
    """
    errors: FieldErrors = {}
    note = _line(raw, NOTE, NOTE_LENGTH, errors)
    source = _line(raw, SOURCE, SOURCE_LENGTH, errors)
    if _first(raw, WAIVED):
        reason = _line(raw, REASON, REASON_LENGTH, errors)
        if not reason:
            errors.setdefault(REASON, Message(N_("Begründen Sie, warum der Punkt entfällt.")))
        return errors or AnswerValues(AnswerState.NOT_APPLICABLE, reason=reason, note=note, source=source)
    values = _values(item, raw, today, before, errors)
    if errors:
        return errors
    if not values:
        return AnswerValues(AnswerState.CLEARED, note=note, source=source)
    if reason := _reason_of_all(item, values):
        return AnswerValues(AnswerState(reason), note=note, source=source)
    return AnswerValues(AnswerState.DONE, values, note=note, source=source)


def _reason_of_all(item: Item, values: dict[str, Value]) -> str:
    """The reason that stands for the whole item: the same one for all that is asked, and no required field left."""
    marks = {missing_mark(value) for value in values.values()}
    left = any(field.required and field.key not in values and asked(field, values) for field in item.fields)
    return "" if left or len(marks) > 1 else marks.pop()


def _values(item: Item, raw: Raw, today: date, before: AnswerValues | None, errors: FieldErrors) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for field in item.fields:
        if not asked(field, values):
            continue
        try:
            value = _field_value(field, raw, today, before)
        except _Refused as refused:
            errors[field.key] = refused.message
            continue
        if value is not None:
            values[field.key] = value
    return values


def asked(field: Field, values: Mapping[str, Value]) -> bool:
    """Whether the field is asked at all, given the values of the fields before it."""
    if field.when is None:
        return True
    value = values.get(field.when.field)
    codes = value if isinstance(value, list) else ["yes"] if value is True else [value]
    return any(code in field.when.codes for code in codes)


def _field_value(field: Field, raw: Raw, today: date, before: AnswerValues | None) -> Value | None:
    typed = [text for text in (_clean(text) for text in raw.get(field.key, [])) if text]
    mark = _first(raw, missing_name(field.key))
    if mark and field.kind != Kind.TICK:
        if typed:
            raise _Refused(Message(N_("Geben Sie entweder einen Wert an oder den Grund, warum er fehlt.")))
        if mark not in MISSING_REASONS:
            raise _Refused(Message(N_("Wählen Sie einen Grund aus der Liste.")))
        return {"missing": mark}
    if field.kind == Kind.DOCUMENT:
        return _document(field, typed, raw)
    if not typed:
        return None
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        return _chosen(field, typed, today, before)
    return _ONE_TEXT[field.kind](field, typed[0], today)


def _tick(field: Field, text: str, today: date) -> Value | None:
    return True


def _text(field: Field, text: str, today: date) -> Value | None:
    if len(text) > field.max_length:
        raise _Refused(_too_long(text, field.max_length))
    return text if field.multiline else " ".join(text.split())


def _date(field: Field, text: str, today: date) -> Value | None:
    day = parse_day(text)
    if day is None:
        raise _Refused(Message(N_("Geben Sie ein Datum in der Form TT.MM.JJJJ an, zum Beispiel 22.11.2026.")))
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _Refused(Message(N_("Prüfen Sie das Jahr {year}."), year=day.year))
    if field.not_future and day > today:
        raise _Refused(Message(N_("Das Datum darf nicht in der Zukunft liegen.")))
    return day.isoformat()


def parse_day(text: str) -> date | None:
    """A day from TT.MM.JJJJ (also T.M.JJJJ) or ISO text; None when it is none."""
    if german := _GERMAN_DAY.fullmatch(text):
        day, month, year = german.groups()
    elif iso := _ISO_DAY.fullmatch(text):
        year, month, day = iso.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(field: Field, text: str, today: date) -> Value | None:
    number = _decimal(text)
    if number is None:
        raise _Refused(Message(N_("Geben Sie eine Zahl an.")))
    if -number.as_tuple().exponent > field.decimals:  # type: ignore[operator]  # finite numbers have an int exponent
        raise _Refused(_too_precise(field))
    _within_limits(field, number)
    return float(number) if field.decimals else int(number)


def _decimal(text: str) -> Decimal | None:
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    elif not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def _too_precise(field: Field) -> Message:
    if field.decimals:
        return Message(N_("Höchstens {count} Stelle(n) nach dem Komma."), count=field.decimals)
    return Message(N_("Geben Sie eine ganze Zahl an."))


def _within_limits(field: Field, number: Decimal) -> None:
    if field.minimum is not None and number < Decimal(str(field.minimum)):
        raise _Refused(Message(N_("Mindestens {limit}."), limit=german_number(field.minimum)))
    if field.maximum is not None and number > Decimal(str(field.maximum)):
        raise _Refused(Message(N_("Höchstens {limit}."), limit=german_number(field.maximum)))


def german_number(number: float) -> str:
    """1.5 as "1,5" and 3.0 as "3"."""
    return f"{number:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _chosen(field: Field, typed: list[str], today: date, before: AnswerValues | None) -> Value | None:
    codes = list(dict.fromkeys(typed))
    stored = before.values.get(field.key) if before else None
    for code in codes:
        choice = field.choices.by_code.get(code)
        kept = code == stored or (isinstance(stored, list) and code in stored)
        if choice is None or not (kept or choice.offered_on(today)):
            raise _Refused(Message(N_("Wählen Sie einen Wert aus der Liste.")))
    if field.kind == Kind.CHOICES:
        return [choice.code for choice in field.choices if choice.code in codes]
    if len(codes) > 1:
        raise _Refused(Message(N_("Wählen Sie nur einen Wert.")))
    return codes[0]


def _document(field: Field, typed: list[str], raw: Raw) -> Value | None:
    identifier = _first(raw, document_name(field.key))
    if not typed and not identifier:
        return None
    states = SIGNATURE_STATES if field.signature else DOCUMENT_STATES
    state = typed[0] if typed else "prepared" if field.signature else "uploaded"
    if state not in states or (identifier and not _DOCUMENT_ID.fullmatch(identifier)):
        raise _Refused(Message(N_("Wählen Sie einen Wert aus der Liste.")))
    return {"state": state} | ({"document": identifier} if identifier else {})


_ONE_TEXT = {Kind.TICK: _tick, Kind.TEXT: _text, Kind.DATE: _date, Kind.NUMBER: _number}


def _too_long(text: str, limit: int) -> Message:
    return Message(N_("Höchstens {limit} Zeichen, es sind {length}."), limit=limit, length=len(text))


def _first(raw: Raw, name: str) -> str:
    return next((text for text in (_clean(text) for text in raw.get(name, [])) if text), "")


def _line(raw: Raw, name: str, limit: int, errors: FieldErrors) -> str:
    text = _first(raw, name)
    if len(text) > limit:
        errors[name] = _too_long(text, limit)
    return text


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n")).strip()
