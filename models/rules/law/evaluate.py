"""Evaluates a table of cases by their facts. Expected values are never read, only their names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from models.rules.law.course_access import course_access
from models.rules.law.data import Law
from models.rules.law.facts import CourseFacts, SphereFacts, WorkFacts
from models.rules.law.legal_sphere import change_of_sphere
from models.rules.law.outcomes import SGB2, CourseOutcome, Outcome
from models.rules.law.reading import UnreadableFact, read_fact, read_facts
from models.rules.law.work_access import work_access
from models.rules.message import Message

Answer = dict[str, Any]


class UnreadableTable(ValueError):
    """The input is no table of cases. ``message`` says so in German."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def evaluate(table: object, law: Law) -> list[Answer]:
    """One answer for each case: ``id`` and exactly the keys of its ``expected``, or all that the rule gives.

    ``table`` is parsed JSON: a list of cases, or an object with the list under ``cases``. A case that cannot be read
    answers with ``id`` and ``error``, a German sentence. Days are ISO texts, unknown keys null. Raises UnreadableTable.
    """
    return [_answer(case, law) for case in _cases(table)]


def _cases(table: object) -> Iterable[object]:
    cases = table.get("cases") if isinstance(table, Mapping) else table
    if not isinstance(cases, list):
        raise UnreadableTable(Message("Das ist keine Tabelle von Fällen: eine Liste oder „cases“ wird erwartet."))
    return cases


def _answer(case: object, law: Law) -> Answer:
    if not isinstance(case, Mapping):
        return {"id": None, "error": str(Message("Ein Fall ist kein Objekt."))}
    try:
        given = _given(case, law)
    except UnreadableFact as error:
        return {"id": case.get("id"), "error": str(error.message)}
    except (ValueError, OverflowError):
        return {"id": case.get("id"), "error": str(Message("Ein Datum liegt außerhalb des Kalenders."))}
    wanted = case.get("expected")
    keys = list(wanted) if isinstance(wanted, Mapping) else list(given)
    return {"id": case.get("id"), **{key: given.get(key) for key in keys}}


def _given(case: Mapping[str, Any], law: Law) -> Answer:
    facts, rule = case.get("facts"), RULES.get(str(case.get("rule")))
    if rule is None:
        raise UnreadableFact(Message("Diese Regel ist nicht bekannt."))
    if not isinstance(facts, Mapping):
        raise UnreadableFact(Message("Der Fall nennt keine Tatsachen."))
    return rule(facts, law)


def _legal_sphere(raw: Mapping[str, Any], law: Law) -> Answer:
    outcome = change_of_sphere(read_facts(SphereFacts, raw), law)
    return _plain(outcome) | {
        "sphere": outcome.sphere,
        "date": _json(outcome.sgb2_from),
        "employment_service_from_that_day": SGB2 if outcome.sgb2_from else None,
    }


def _work_access(raw: Mapping[str, Any], law: Law) -> Answer:
    today = read_fact("today", raw.get("today"))
    return _plain(work_access(read_facts(WorkFacts, raw), law, today)) | {"permission_date": None}


def _course_access(raw: Mapping[str, Any], law: Law) -> Answer:
    outcome: CourseOutcome = course_access(read_facts(CourseFacts, raw), law)
    return _plain(outcome) | {"paths": {path.path: path.state for path in outcome.paths}}


RULES: dict[str, Callable[[Mapping[str, Any], Law], Answer]] = {
    "legal_sphere": _legal_sphere,
    "work_access": _work_access,
    "course_access": _course_access,
}


def _plain(outcome: Outcome) -> Answer:
    """All fields of an outcome as JSON values, with the sentence under ``say``."""
    values = {field.name: _json(getattr(outcome, field.name)) for field in fields(outcome)}
    return values | {"say": outcome.say}


def _json(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Message):
        return str(value)
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    return value.value if isinstance(value, Enum) else value
