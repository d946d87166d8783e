"""What a checklist is: items with fields, roles, level, condition and legal basis, as frozen data.

There is no form object and no template per item; screen, print and report read these classes. ``reading`` makes them
from plain data and ``writing`` turns them back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from models.rules.checklists.conditions import Condition
from models.rules.checklists.values import FactValue
from models.rules.roles import Role


class Level(StrEnum):
    """Pflicht, Soll, Kann. Only required items hold a stage or a gate; nothing else ever blocks."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


LEVELS = tuple(Level)


class Kind(StrEnum):
    """Kinds of field. A signature is a document with a signature state."""

    TICK = "tick"
    DATE = "date"
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    DOCUMENT = "document"


class Gate(StrEnum):
    """The two hard gates of case_model."""

    SEND = "send"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice, offered from ``valid_from`` to ``valid_to`` (both included), readable for ever."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None

    def offered_on(self, day: date) -> bool:
        """Whether a new answer of that day may use it."""
        return not ((self.valid_from and day < self.valid_from) or (self.valid_to and day > self.valid_to))


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Choices in their order, shared by all fields that use the same code lists."""

    choices: tuple[Choice, ...] = ()
    by_code: Mapping[str, Choice] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {choice.code: choice for choice in self.choices})

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices)

    def label(self, code: str) -> str:
        """The German label; a code that the list does not know stands for itself."""
        choice = self.by_code.get(code)
        return choice.label if choice else code


NO_CHOICES = ChoiceList()


@dataclass(frozen=True, slots=True)
class When:
    """A field is asked only if another field of the same item has one of these codes (``yes`` for a tick)."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One input of an item.

    ``code_lists`` names where the choices come from (empty: they are the item's own). ``facts`` are the law or case
    facts that the value feeds, ``means`` translates codes into fact values, ``rule`` limits the facts to one rule of
    law where the same name means two things. ``sheet`` is the section, field or column of the transfer sheet, e.g.
    "F.school_years". ``after`` are items that must be settled before this field can be filled.
    """

    key: str
    kind: Kind
    label: str = ""
    required: bool = True
    choices: ChoiceList = NO_CHOICES
    code_lists: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    means: Mapping[str, FactValue] = field(default_factory=dict, hash=False)
    rule: str = ""
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 0
    max_length: int = 200
    multiline: bool = False
    not_future: bool = False
    signature: bool = False
    when: When | None = None
    after: tuple[str, ...] = ()
    sheet: str = ""
    gate: Gate | None = None


COMPETENCES = "competence."
"""How ``derived_from`` of items begins that life-line, languages or availability answer."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered point of a checklist.

    Several ``roles`` mean that either may answer. ``after`` names items of the same list that must be settled first.
    ``derived_from`` names the record that holds the answer elsewhere in the case. ``papers`` are the printed forms
    outside the authorities that may carry it, never for a ``sensitive`` one (rules.md 14; domain.md 8.5).
    """

    code: str
    text: str
    help: str
    roles: tuple[Role, ...]
    level: Level
    fields: tuple[Field, ...]
    condition: Condition | None = None
    condition_text: str = ""
    basis: str = ""
    derived_from: str = ""
    sheet: str = ""
    sensitive: str = ""
    papers: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    gate: Gate | None = None
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What the engine works out once for all cases (``progress``); never part of the definition."""

    def field(self, key: str) -> Field:
        """The field of that key; KeyError when there is none."""
        for candidate in self.fields:
            if candidate.key == key:
                return candidate
        raise KeyError(f"{self.code}.{key}")

    @property
    def in_list(self) -> bool:
        """Whether the list is where the answer is given: no other record is its place.

        Competences are recorded on pages of their own where somebody takes the time; until then the list takes them.
        """
        return not self.derived_from or self.derived_from.startswith(COMPETENCES)

    @property
    def by_rule(self) -> bool:
        """Whether a rule answers it, so that nobody can."""
        return self.roles == (Role.SYSTEM,)


@dataclass(frozen=True, slots=True)
class ChecklistDefinition:
    """A published version of a checklist. ``condition`` says for whom the whole list is meant; else it is waived."""

    key: str
    version: int
    title: str
    items: tuple[Item, ...]
    condition: Condition | None = None
    condition_text: str = ""
    by_code: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {item.code: item for item in self.items})
