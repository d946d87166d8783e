"""Conditions as data: ``all`` / ``any`` / ``not`` over answers and named case facts, never evaluated as code.

A condition is three-valued. ``True`` and ``False`` are judged; ``None`` means that something it asks for is not known
yet. An item with an undecided condition stays visible and can be answered, but nobody is told that it is missing:
otherwise an empty field somewhere else would hold up a case that it may not concern at all. What decides it is
shown instead (``undecided``), and that deciding item is itself counted where it belongs.

Data forms::

    {all: [CONDITION, …]}   {any: [CONDITION, …]}   {not: CONDITION}
    {fact: paper, in: [AKN, AGS]}   {fact: children, at_least: 1}   {fact: coach_involved, is: true}
    {item: A18, is: "yes"}   {item: K13, field: way, is: office}   {item: U18, answered: true}
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.rules.checklists.mistakes import DefinitionError, Place
from models.rules.checklists.plain import is_plain
from models.rules.checklists.values import AnswerValues, Known, as_codes
from models.rules.message import N_, Message
from models.rules.states import AnswerState

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of one value: ``op`` is one of ``OPERATORS``, ``wanted`` what it is compared with."""

    op: str
    wanted: Any

    def __call__(self, value: object) -> bool:
        if self.op == "is":
            return self.wanted in as_codes(value)
        if self.op == "in":
            return any(code in self.wanted for code in as_codes(value))
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return bool(value >= self.wanted if self.op == "at_least" else value <= self.wanted)


OPERATORS = ("is", "in", "at_least", "at_most", "answered")


@dataclass(frozen=True, slots=True)
class FactTest:
    """A test of a named case fact; unknown while the fact is."""

    name: str
    test: Test

    def holds(self, known: Known) -> Truth:
        """Three-valued truth."""
        value = known.facts.get(self.name)
        if self.test.op == "answered":
            return (value is not None) is self.test.wanted
        return None if value is None else self.test(value)

    def leaves(self) -> "Iterator[Leaf]":
        """Itself."""
        yield self


@dataclass(frozen=True, slots=True)
class ItemTest:
    """A test of a field of another item. An item that was marked as not applicable has no value, and that is known."""

    item: str
    field: str
    test: Test

    def holds(self, known: Known) -> Truth:
        """Three-valued truth."""
        answer = known.answers.get(self.item)
        value = answer.value(self.field) if answer else None
        if self.test.op == "answered":
            return (value is not None) is self.test.wanted
        if value is None:
            return False if _waived(answer) else None
        return self.test(value)

    def leaves(self) -> "Iterator[Leaf]":
        """Itself."""
        yield self


def _waived(answer: AnswerValues | None) -> bool:
    return answer is not None and answer.state == AnswerState.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: "tuple[Condition, ...]"

    def holds(self, known: Known) -> Truth:
        """False as soon as one part fails, else None while one is unknown."""
        truths = [part.holds(known) for part in self.parts]
        return False if False in truths else None if None in truths else True

    def leaves(self) -> "Iterator[Leaf]":
        """The tests below."""
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: "tuple[Condition, ...]"

    def holds(self, known: Known) -> Truth:
        """True as soon as one part holds, else None while one is unknown."""
        truths = [part.holds(known) for part in self.parts]
        return True if True in truths else None if None in truths else False

    def leaves(self) -> "Iterator[Leaf]":
        """The tests below."""
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"

    def holds(self, known: Known) -> Truth:
        """The opposite; unknown stays unknown."""
        truth = self.part.holds(known)
        return None if truth is None else not truth

    def leaves(self) -> "Iterator[Leaf]":
        """The tests below."""
        yield from self.part.leaves()


Leaf = FactTest | ItemTest
Condition = FactTest | ItemTest | All | AnyOf | Not


def evaluate(condition: Condition | None, known: Known) -> Truth:
    """Whether the condition holds: True, False, or None while it cannot be judged. No condition always holds."""
    return True if condition is None else condition.holds(known)


def undecided(condition: Condition | None, known: Known) -> tuple[Leaf, ...]:
    """The tests that cannot be judged yet; empty when the condition as a whole can."""
    if condition is None or condition.holds(known) is not None:
        return ()
    return tuple(leaf for leaf in condition.leaves() if leaf.holds(known) is None)


MOST_DEPTH, MOST_PARTS = 4, 20
"""How deep groups may stand in groups, and how many parts one may have: nobody reads more than that."""


def condition_from_data(data: object, where: Place | str, depth: int = 0) -> Condition:
    """Read a condition from its data form. ``where`` names list and item in the DefinitionError."""
    if not isinstance(data, Mapping) or not data:
        raise _wrong(where, Message(N_("Die Bedingung ist kein Eintrag aus Name und Wert: {data}"), data=_short(data)))
    if depth > MOST_DEPTH:
        raise _wrong(where, Message(N_("Die Bedingung ist zu tief verschachtelt.")))
    if "all" in data or "any" in data:
        return _group_from_data(data, where, depth)
    if "not" in data:
        _only_keys(data, {"not"}, where)
        return Not(condition_from_data(data["not"], where, depth + 1))
    return _leaf_from_data(data, where)


def _group_from_data(data: Mapping[str, Any], where: Place | str, depth: int) -> Condition:
    key = "all" if "all" in data else "any"
    _only_keys(data, {key}, where)
    parts = data[key]
    if not isinstance(parts, list) or not 1 <= len(parts) <= MOST_PARTS:
        sentence = N_("„{key}“ braucht eine Liste von 1 bis {most} Bedingungen.")
        raise _wrong(where, Message(sentence, key=key, most=MOST_PARTS))
    conditions = tuple(condition_from_data(part, where, depth + 1) for part in parts)
    return All(conditions) if key == "all" else AnyOf(conditions)


def _leaf_from_data(data: Mapping[str, Any], where: Place | str) -> Condition:
    if ("fact" in data) == ("item" in data):
        sentence = N_("Eine Bedingung fragt entweder nach einer Tatsache (fact) oder nach einem Punkt (item): {data}")
        raise _wrong(where, Message(sentence, data=_short(data)))
    test = _test_from_data(data, where)
    if "fact" in data:
        _only_keys(data, {"fact", test.op}, where)
        return FactTest(str(data["fact"]), test)
    _only_keys(data, {"item", "field", test.op}, where)
    return ItemTest(str(data["item"]), str(data.get("field") or ""), test)


def _test_from_data(data: Mapping[str, Any], where: Place | str) -> Test:
    named = [op for op in OPERATORS if op in data]
    if len(named) != 1:
        sentence = N_("Eine Bedingung braucht genau einen Vergleich ({operators}): {data}")
        raise _wrong(where, Message(sentence, operators=", ".join(OPERATORS), data=_short(data)))
    op = named[0]
    wanted = tuple(data[op]) if op == "in" and isinstance(data[op], list) else data[op]
    if not _fits(op, wanted):
        raise _wrong(
            where, Message(N_("„{op}“ lässt sich nicht mit {wanted} vergleichen."), op=op, wanted=_short(wanted))
        )
    return Test(op, wanted)


def _fits(op: str, wanted: object) -> bool:
    if op == "in":
        return isinstance(wanted, tuple) and bool(wanted) and all(_is_value(code) for code in wanted)
    if op == "answered":
        return isinstance(wanted, bool)
    if op == "is":
        return _is_value(wanted)
    return isinstance(wanted, int | float) and not isinstance(wanted, bool)


def _is_value(wanted: object) -> bool:
    return is_plain(wanted) if isinstance(wanted, str) else isinstance(wanted, int)


def _only_keys(data: Mapping[str, Any], allowed: set[str], where: Place | str) -> None:
    if extra := sorted(str(key) for key in data if key not in allowed):
        raise _wrong(where, Message(N_("Unbekannter Eintrag „{key}“ in einer Bedingung."), key=extra[0]))


def _wrong(where: Place | str, sentence: Message) -> DefinitionError:
    return DefinitionError(where, sentence, "condition")


def _short(data: object) -> str:
    """What was written, cut so that a sentence stays one."""
    text = str(data)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


SHOWN = 60


def condition_to_data(condition: Condition) -> dict[str, Any]:
    """The data form of a condition; the opposite of ``condition_from_data``."""
    if isinstance(condition, All | AnyOf):
        key = "all" if isinstance(condition, All) else "any"
        return {key: [condition_to_data(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": condition_to_data(condition.part)}
    wanted = list(condition.test.wanted) if condition.test.op == "in" else condition.test.wanted
    if isinstance(condition, FactTest):
        return {"fact": condition.name, condition.test.op: wanted}
    field = {"field": condition.field} if condition.field else {}
    return {"item": condition.item, **field, condition.test.op: wanted}
