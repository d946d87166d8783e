"""Entries of plain data, each read as what it must be; DefinitionError says in German what is wrong and where."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from models.rules.checklists.mistakes import DefinitionError, Place
from models.rules.message import N_, Message

_Name = TypeVar("_Name", bound=StrEnum)

LONGEST: Mapping[str, int] = MappingProxyType(
    {"title": 100, "text": 200, "help": 600, "basis": 300, "condition_text": 300, "label": 200, "unit": 40}
)
"""No text of a list needs more; a file with more is not one of ours."""
MIN_PRINTABLE, MOST_VERSION, MOST_NUMBER = 32, 1_000_000, 10**12


def only(data: Mapping[str, Any], allowed: frozenset[str], where: Place) -> None:
    """Refuse every name that is not among ``allowed``."""
    if extra := sorted(str(key) for key in data if key not in allowed):
        raise DefinitionError(where, Message(N_("Unbekannter Eintrag „{key}“."), key=extra[0][:40]), extra[0][:40])


def mapping(data: object, where: Place) -> Mapping[str, Any]:
    """The names and values that must stand here."""
    if not isinstance(data, Mapping):
        raise DefinitionError(where, Message(N_("Hier müssen Einträge aus Name und Wert stehen.")))
    return data


def text(data: Mapping[str, Any], key: str, where: Place | str) -> str:
    """A text that must be there."""
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DefinitionError(where, Message(N_("„{key}“ fehlt oder ist kein Text."), key=key), key)
    return _not_too_long(value.strip(), key, where)


def words(data: Mapping[str, Any], key: str, where: Place | str) -> str:
    """A text that may be left out."""
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise DefinitionError(where, Message(N_("„{key}“ fehlt oder ist kein Text."), key=key), key)
    return _not_too_long((value or "").strip(), key, where)


def _not_too_long(text: str, key: str, where: Place | str) -> str:
    most = LONGEST.get(key, 200)
    if len(text) > most or not is_plain(text):
        sentence = N_("„{key}“ darf höchstens {most} Zeichen haben und keine Steuerzeichen.")
        raise DefinitionError(where, Message(sentence, key=key, most=most), key)
    return text


def is_plain(text: str) -> bool:
    """Whether a text has only characters that every database keeps."""
    return not any((ord(char) < MIN_PRINTABLE and char not in "\n\t") or "\ud800" <= char <= "\udfff" for char in text)


def entries(data: Mapping[str, Any], key: str, where: Place, most: int) -> list[Any]:
    """The entries of a list that must not be empty or longer than ``most``."""
    value = data.get(key)
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        sentence = N_("„{key}“ muss eine Liste mit 1 bis {most} Einträgen sein.")
        raise DefinitionError(where, Message(sentence, key=key, most=most), key)
    return value


def strings(data: Mapping[str, Any], key: str, where: Place) -> tuple[str, ...]:
    """A text or a list of texts; empty where nothing is said."""
    value = data.get(key) or ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(entry, str) for entry in listed):
        raise DefinitionError(
            where, Message(N_("„{key}“ muss ein Text oder eine Liste von Texten sein."), key=key), key
        )
    return tuple(listed)


def named(kind: type[_Name], value: object, key: str, where: Place) -> _Name:
    """A value of one of our enumerations."""
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        sentence = N_("„{value}“ ist für „{key}“ unbekannt; bekannt sind {known}.")
        raise DefinitionError(where, Message(sentence, value=str(value)[:40], key=key, known=known), key) from None


def switch(data: Mapping[str, Any], key: str, where: Place, *, unsaid: bool = False) -> bool:
    """true or false; ``unsaid`` where nothing is said."""
    value = data.get(key, unsaid)
    if not isinstance(value, bool):
        raise DefinitionError(where, Message(N_("„{key}“ ist true oder false."), key=key), key)
    return value


def whole(data: Mapping[str, Any], key: str, where: Place) -> int:
    """A number from 1."""
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_VERSION:
        raise DefinitionError(where, Message(N_("„{key}“ muss eine Zahl ab 1 sein."), key=key), key)
    return value


def count(data: Mapping[str, Any], key: str, where: Place, unsaid: int, most: int) -> int:
    """A number from 0 to ``most``; ``unsaid`` where nothing is said."""
    value = data.get(key, unsaid)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise DefinitionError(where, Message(N_("„{key}“ muss eine Zahl bis {most} sein."), key=key, most=most), key)
    return value


def number(data: Mapping[str, Any], key: str, where: Place) -> float | None:
    """A number that may be left out."""
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST_NUMBER:
        raise DefinitionError(where, Message(N_("„{key}“ ist keine Zahl."), key=key), key)
    return float(value)


def day(data: Mapping[str, Any], key: str, where: Place | str) -> date | None:
    """A day that may be left out."""
    value = data.get(key)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise DefinitionError(where, Message(N_("„{key}“ ist kein Datum wie 2026-12-31."), key=key), key) from None
