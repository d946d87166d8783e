"""Papers and decisions as people enter them: which dates fit together, and which fields are needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from models.rules.errors import RuleBroken
from models.rules.law.card_text import without_brackets
from models.rules.law.data import Effect, Law
from models.rules.message import N_, Message

_Problem = tuple[str, Message]
FIRST_YEAR = 1950
"""No paper and no decision that still matters is older; an earlier year is a slip."""


NO_CONDITION = "NONE"
"""The code of the list residence_conditions for "keine"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """A residence paper; codes as in the code lists residence_documents, work_notes, residence_conditions."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None
    granted_on: date | None = None
    issued_by: str = ""
    work_note: str = ""
    residence_condition: str = ""
    residence_condition_until: date | None = None
    seen_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry:
    """A decision of the BAMF; what counts is the day it was served (rules.md 1)."""

    code: str
    decided_on: date | None = None
    served_on: date | None = None
    action_pending: bool | None = None


class RecordedPaper(Protocol):
    """What decides which of several papers counts."""

    valid_to: date | None
    recorded_at: str


Paper = TypeVar("Paper", bound=RecordedPaper)


def current_first(newest_first: Iterable[Paper]) -> tuple[Paper, ...]:
    """Papers in the order in which they count: the newest record first, then those that complete the past.

    A paper that had run out when it was recorded tells what was, not what is.
    """
    papers = tuple(newest_first)
    return tuple(sorted(papers, key=_was_past))


def _was_past(paper: RecordedPaper) -> bool:
    return paper.valid_to is not None and paper.valid_to.isoformat() < paper.recorded_at[:10]


def paper_name(law: Law, code: str) -> str:
    """The German name of a paper without its explanation in brackets; a code that nobody knows stands for itself."""
    return law.paper_names.get(code, code)


def decision_name(law: Law, code: str) -> str:
    """The German name of a decision without its explanation in brackets."""
    decision = law.decision(code)
    return _short(decision.label) if decision else code


def _short(label: str) -> str:
    return " ".join(without_brackets(label).split())


def check_paper(entry: PaperEntry, law: Law, *, born: date, today: date) -> None:
    """RuleBroken with a sentence for each wrong field."""
    _raise(_paper_problems(entry, law, born, today))


def check_decision(entry: DecisionEntry, law: Law, *, born: date, today: date) -> None:
    """RuleBroken with a sentence for each wrong field; a decision that may change the sphere needs its service."""
    _raise(_decision_problems(entry, law, born, today))


def _raise(found: Iterator[_Problem]) -> None:
    """One sentence a field, the first that applies."""
    problems: dict[str, Message] = {}
    for field, sentence in found:
        problems.setdefault(field, sentence)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _paper_problems(entry: PaperEntry, law: Law, born: date, today: date) -> Iterator[_Problem]:
    if law.residence(entry.code, entry.granted_on or entry.valid_from or today) is None:
        yield "code", Message(N_("Wählen Sie ein Papier aus der Liste."))
    if entry.valid_to and entry.valid_from and entry.valid_to < entry.valid_from:
        yield "valid_to", Message(N_("Das Papier endet vor seinem Beginn."))
    if entry.valid_to and entry.granted_on and entry.valid_to < entry.granted_on:
        yield "valid_to", Message(N_("Das Papier endet vor dem Tag, an dem es ausgestellt wurde."))
    if entry.residence_condition_until and not entry.residence_condition:
        yield "residence_condition", Message(N_("Wählen Sie die Wohnsitzauflage, die bis zu diesem Tag gilt."))
    if entry.residence_condition_until and entry.residence_condition == NO_CONDITION:
        yield "residence_condition_until", Message(N_("Ohne Auflage gibt es keinen Tag, bis zu dem sie gilt."))
    for field in ("granted_on", "seen_on"):
        yield from _not_ahead(field, getattr(entry, field), today)
    for field in ("valid_from", "valid_to", "granted_on", "seen_on"):
        yield from _in_lifetime(field, getattr(entry, field), born)


def _decision_problems(entry: DecisionEntry, law: Law, born: date, today: date) -> Iterator[_Problem]:
    decision = law.decision(entry.code)
    if decision is None:
        yield "code", Message(N_("Wählen Sie eine Entscheidung aus der Liste."))
    elif entry.served_on is None and decision.effect in (Effect.RECOGNITION, Effect.REMOVAL_BAN):
        yield "served_on", Message(N_("Der Tag der Zustellung fehlt. Er bestimmt, wann die Zuständigkeit wechselt."))
    elif entry.served_on and decision.effect is Effect.PENDING:
        yield "served_on", Message(N_("Solange die Entscheidung offen ist, gibt es keine Zustellung."))
    if entry.decided_on and entry.served_on and entry.served_on < entry.decided_on:
        yield "served_on", Message(N_("Die Zustellung liegt vor dem Bescheid."))
    for field in ("decided_on", "served_on"):
        yield from _not_ahead(field, getattr(entry, field), today)
        yield from _in_lifetime(field, getattr(entry, field), born)


def _not_ahead(field: str, day: date | None, today: date) -> Iterator[_Problem]:
    if day and day > today:
        yield field, Message(N_("Das Datum liegt in der Zukunft."))


def _in_lifetime(field: str, day: date | None, born: date) -> Iterator[_Problem]:
    if day and (day < born or day.year < FIRST_YEAR):
        yield field, Message(N_("Das Datum liegt vor der Geburt. Bitte das Jahr prüfen."))
