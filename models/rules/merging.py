"""Two records of one person: which values differ, which case has to stay, and when they must not be made one.

A person decides each time; nothing here merges by itself. The AZR number is not compared (§ 10 Abs. 4 AZRG).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.rules.message import N_, Message


class Side(StrEnum):
    """One of two records that are compared."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The record beside it."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


@dataclass(frozen=True, slots=True)
class Compared:
    """Columns of a person that are chosen together, under one label."""

    key: str
    label: str
    columns: tuple[str, ...]


def _one(key: str, label: str) -> Compared:
    return Compared(key, label, (key,))


FIELDS: tuple[Compared, ...] = (
    Compared("name", N_("Name"), ("family_name", "given_name")),
    _one("birth_name", N_("Geburtsname")),
    _one("other_spellings", N_("Andere Schreibweisen")),
    _one("date_of_birth", N_("Geburtsdatum")),
    Compared("birthplace", N_("Geburtsort"), ("place_of_birth", "country_of_birth")),
    _one("sex", N_("Geschlecht")),
    Compared("nationalities", N_("Staatsangehörigkeit"), ("nationality", "second_nationality")),
    _one("marital_status", N_("Familienstand")),
    _one("mother_tongue", N_("Muttersprache")),
    _one("languages", N_("Sprachen")),
    _one("interpreter_needed", N_("Dolmetschen nötig")),
    _one("phone", N_("Telefon")),
    _one("email", N_("E-Mail")),
    _one("municipality", N_("Gemeinde")),
    Compared("address", N_("Anschrift"), ("street", "postcode", "town")),
    _one("accommodation", N_("Unterkunft")),
    _one("children_in_household", N_("Kinder im Haushalt")),
    _one("arrived_on", N_("Ankunft")),
    _one("bamf_reference", N_("BAMF-Aktenzeichen")),
    _one("customer_number", N_("Kundennummer")),
    _one("remark", N_("Bemerkung")),
)
SILENT = ("azr_number", "household", "unreachable_since")
"""Columns that are neither shown nor compared: what the record that stays lacks, it takes from the other."""
_NOTHING: tuple[Any, ...] = (None, "", [], "NB")


def values_of(field: Compared, person: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a person's record that belong to a field."""
    return tuple(person[column] for column in field.columns)


def says(values: tuple[Any, ...]) -> bool:
    """Whether a record says anything about a field."""
    return any(value not in _NOTHING for value in values)


def differs(field: Compared, left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    """Whether both records say something and not the same, so that somebody has to choose."""
    one, other = values_of(field, left), values_of(field, right)
    return says(one) and says(other) and one != other


def taken_over(kept: Mapping[str, Any], gone: Mapping[str, Any], chosen: frozenset[str]) -> dict[str, Any]:
    """The columns that the record that stays takes: the ``chosen`` fields of the other, and those that it lacks."""
    columns: dict[str, Any] = {}
    for field in FIELDS:
        theirs = values_of(field, gone)
        if says(theirs) and (field.key in chosen or not says(values_of(field, kept))):
            columns |= dict(zip(field.columns, theirs, strict=True))
    silent = {name: gone[name] for name in SILENT if kept[name] in _NOTHING and gone[name] not in _NOTHING}
    return {name: value for name, value in (columns | silent).items() if value != kept[name]}


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a record's newest case decides about merging. ``consents`` are the latest states by purpose.

    ``hidden``: it says something that the acting person does not see.
    """

    number: str
    office: str
    is_open: bool = True
    sphere: str = "UNK"
    responsible: int = 0
    is_signed: bool = False
    is_accepted: bool = False
    has_seat: bool = False
    consents: Mapping[str, str] | None = None
    hidden: bool = False


def obstacle(left: Standing, right: Standing) -> Message | None:
    """Why these two must not be made one now; None where they may."""
    return next(_obstacles(left, right), None)


def _obstacles(left: Standing, right: Standing) -> Iterator[Message]:
    numbers = {"left": left.number, "right": right.number}
    if taken := [case.number for case in (left, right) if case.is_accepted]:
        sentence = N_("Fall {number} hat das Jobcenter schon übernommen. Danach wird nicht mehr zusammengeführt.")
        yield Message(sentence, number=taken[0])
    if left.is_signed and right.is_signed:
        sentence = N_("In beiden Fällen ist ein Übergabebogen unterschrieben. Ziehen Sie zuerst einen davon zurück.")
        yield Message(sentence)
    if left.is_open and right.is_open:
        yield from _both_open(left, right, numbers)
    one, other = must_stay(left), must_stay(right)
    if one and other:
        sentence = N_("Keiner der beiden Fälle kann enden. {left}: {one} {right}: {other}")
        yield Message(sentence, one=one, other=other, **numbers)


def _both_open(left: Standing, right: Standing, numbers: Mapping[str, str]) -> Iterator[Message]:
    if left.responsible != right.responsible:
        sentence = N_("Für die Fälle sind verschiedene Stellen zuständig. Klären Sie zuerst, wer zuständig ist.")
        yield Message(sentence)
    if "UNK" not in (left.sphere, right.sphere) and left.sphere != right.sphere:
        yield Message(N_("Die Fälle haben verschiedene Rechtskreise. Klären Sie zuerst, welcher gilt."))
    one, other = left.consents or {}, right.consents or {}
    if any(one[purpose] != other[purpose] for purpose in one.keys() & other.keys()):
        yield Message(
            N_("Die Einwilligungen in beiden Fällen widersprechen sich. Klären Sie sie zuerst mit der Person.")
        )


def must_stay(case: Standing) -> Message | None:
    """Why an open case cannot be the one that ends; None where it can."""
    if case.is_signed:
        return Message(N_("Der Übergabebogen ist unterschrieben."))
    if case.is_open and case.has_seat:
        return Message(N_("Es besteht eine Kursanmeldung."))
    if case.is_open and case.consents:
        return Message(N_("Es liegen Einwilligungen vor."))
    if case.is_open and case.hidden:
        return Message(N_("Dort stehen Angaben anderer Stellen, die Sie nicht sehen."))
    return None


def sides_that_may_stay(left: Standing, right: Standing) -> tuple[Side, ...]:
    """The sides of which the case may go on, the proposed one first. An open case goes before a closed one."""
    if left.is_open != right.is_open:
        return (Side.LEFT,) if left.is_open else (Side.RIGHT,)
    if must_stay(left):
        return (Side.LEFT,)
    return (Side.RIGHT,) if must_stay(right) else (Side.LEFT, Side.RIGHT)
