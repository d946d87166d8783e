"""What is known of a case, as plain data: answers, answers that stand elsewhere in the case, named facts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from models.rules.message import N_
from models.rules.states import AnswerState

Value = bool | int | float | str | list[str] | dict[str, str]
"""A value of one field as JSON holds it.

tick: ``True``; date: ISO text; text, choice: text; number: int or float; choices: list of codes; document:
``{"state": …, "document": …}``. A field that was asked for in vain holds ``{"missing": reason}``.
"""

FactValue = bool | int | float | str | None

MISSING_REASONS: Mapping[str, str] = MappingProxyType(
    {
        AnswerState.NOT_ASKED: N_("nicht erhoben"),
        AnswerState.UNKNOWN: N_("unbekannt"),
        AnswerState.DECLINED: N_("keine Angabe gewünscht"),
    }
)
"""Why a value is missing. Only the last two settle a question: somebody asked, and there is no answer."""

SETTLED_WITHOUT_VALUE: frozenset[str] = frozenset({AnswerState.UNKNOWN, AnswerState.DECLINED})

DOCUMENT_STATES: Mapping[str, str] = MappingProxyType({"presented": N_("vorgelegt"), "uploaded": N_("hochgeladen")})
SIGNATURE_STATES: Mapping[str, str] = MappingProxyType(
    {
        "prepared": N_("erstellt, noch nicht unterschrieben"),
        "signed_on_paper": N_("auf Papier unterschrieben"),
        "signed": N_("elektronisch unterschrieben"),
    }
)
SIGNED = frozenset({"signed_on_paper", "signed"})


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """The answer to one item, ready to be stored.

    ``state`` is DONE as soon as there is any value (whether all fields are filled is asked of ``progress``),
    CLEARED for an emptied answer, NOT_APPLICABLE with its ``reason``, else why the value is missing. ``source`` is
    where it comes from, e.g. "lt. Träger, Telefonat vom 02.10.2026".
    """

    state: AnswerState = AnswerState.DONE
    values: Mapping[str, Value] = field(default_factory=dict)
    reason: str = ""
    note: str = ""
    source: str = ""

    def value(self, key: str) -> Value | None:
        """The value of a field; None when it has none, also when it is marked as missing."""
        found = self.values.get(key)
        return None if missing_mark(found) else found


def missing_mark(value: Value | None) -> str:
    """The reason why a field has no value (a key of ``MISSING_REASONS``), or an empty text."""
    return value.get("missing", "") if isinstance(value, dict) else ""


@dataclass(frozen=True, slots=True)
class DerivedAnswer:
    """An answer that stands elsewhere in the case, with the German text of its place and the day it was recorded.

    ``whole``: it is the answer by itself; what the list says of the item does not count beside it.
    """

    values: Mapping[str, Value]
    source: str
    at: date | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """All that conditions and progress may look at, over all lists of one case.

    ``answers`` holds the answers that count, by item code: own ones completed by derived ones (``facts.gather``
    makes them). ``facts`` holds the named case facts; a name that is absent or None is unknown.
    """

    answers: Mapping[str, AnswerValues] = field(default_factory=dict)
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    derived: Mapping[str, DerivedAnswer] = field(default_factory=dict)


def as_codes(value: object) -> Collection[object]:
    """A value as the codes it contains: several choices as they are, anything else as one."""
    return value if isinstance(value, list) else (value,)
