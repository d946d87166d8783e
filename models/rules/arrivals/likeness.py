"""How alike two names and two birth dates are. Each difference has a cost in points and a German reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from rapidfuzz.distance import OSA

from models.rules.arrivals.names import Word, fold, joined, same_name, words
from models.rules.message import Message

_SWAPPED = 5
_REARRANGED = 10
_SHORTEST_TYPO = 5
_TWO_TYPOS = 10
_SHORTEST_STEM = 4


class Level(IntEnum):
    """How alike two family names, or two given names, are; the value is what the difference costs."""

    SAME = 0
    SPELLING = 5
    """Another transliteration of the same words."""
    LONGER = 8
    """One of them has a further name."""
    CLOSE = 18
    """A letter differs, or one is a short form."""


_FAMILY_REASONS = {
    Level.SAME: Message("gleicher Familienname"),
    Level.SPELLING: Message("Familienname anders geschrieben"),
    Level.LONGER: Message("Familienname mit weiterem Bestandteil"),
    Level.CLOSE: Message("ähnlicher Familienname"),
}
_GIVEN_REASONS = {
    Level.SAME: Message("gleicher Vorname"),
    Level.SPELLING: Message("Vorname anders geschrieben"),
    Level.LONGER: Message("weiterer Vorname"),
    Level.CLOSE: Message("ähnlicher Vorname"),
}
_SWAPPED_REASONS = {
    Level.SAME: Message("Vor- und Familienname vertauscht"),
    Level.SPELLING: Message("Vor- und Familienname vertauscht und anders geschrieben"),
    Level.LONGER: Message("Vor- und Familienname vertauscht, dazu ein weiterer Name"),
    Level.CLOSE: Message("Vor- und Familienname vertauscht und ähnlich geschrieben"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a comparison found: the points it costs and why the records are, or are not quite, the same."""

    cost: int
    reasons: tuple[Message, ...]
    is_exact: bool = True
    """The given names are the same, but for marks, hyphens and case."""


FullName = tuple[str, str]
"""Family name and given name."""


def compare_names(one: FullName, other: FullName) -> Finding | None:
    """The cheapest way in which two full names can be one: as they stand, swapped, or divided in another way."""
    ways = (_as_they_stand(one, other), _swapped(one, other))
    found = [way for way in ways if way] or [way for way in (_rearranged(one, other),) if way]
    return min(found, key=lambda finding: finding.cost, default=None)


def _as_they_stand(one: FullName, other: FullName) -> Finding | None:
    family = _level(one[0], other[0])
    given = _level(one[1], other[1]) if family is not None else None
    if family is None or given is None:
        return None
    if family is given is Level.SAME:
        return Finding(0, (Message("gleicher Vor- und Familienname"),))
    return Finding(family + given, (_FAMILY_REASONS[family], _GIVEN_REASONS[given]), given is Level.SAME)


def _swapped(one: FullName, other: FullName) -> Finding | None:
    first = _level(one[0], other[1])
    second = _level(one[1], other[0]) if first is not None else None
    if first is None or second is None:
        return None
    worse = max(first, second)
    return Finding(_SWAPPED + first + second, (_SWAPPED_REASONS[worse],), worse is Level.SAME)


def _rearranged(one: FullName, other: FullName) -> Finding | None:
    """The same words, at least two, of which another part is called the family name."""
    shorter, longer = sorted((words(" ".join(one)), words(" ".join(other))), key=len)
    if len(shorter) < 2 or not _contains(longer, shorter):
        return None
    more = Level.LONGER if len(longer) > len(shorter) else Level.SAME
    return Finding(_REARRANGED + more, (Message("Namensteile anders auf Vor- und Familienname verteilt"),), False)


def _level(one: str, other: str) -> Level | None:
    if fold(one).replace(" ", "") == fold(other).replace(" ", ""):
        return Level.SAME
    shorter, longer = sorted((words(one), words(other)), key=len)
    if not shorter:
        return None
    if same_name(joined(one), joined(other)):
        return Level.SPELLING
    if _contains(longer, shorter):
        return Level.SPELLING if len(longer) == len(shorter) else Level.LONGER
    return Level.CLOSE if close(joined(one), joined(other)) else None


def _contains(longer: Sequence[Word], shorter: Sequence[Word]) -> bool:
    rest = list(longer)
    for part in shorter:
        partner = next((other for other in rest if same_name(part, other)), None)
        if partner is None:
            return False
        rest.remove(partner)
    return True


def close(one: Word, other: Word) -> bool:
    """One begins with the other, or a letter differs (two in long names), but not the first consonant."""
    shorter, longer = sorted((one.sound, other.sound), key=len)
    if one.key[:1] != other.key[:1] or len(shorter) < _SHORTEST_STEM:
        return False
    if longer.startswith(shorter):
        return True
    typos = 2 if len(shorter) >= _TWO_TYPOS else 1
    return len(shorter) >= _SHORTEST_TYPO and OSA.distance(one.sound, other.sound, score_cutoff=typos) <= typos


def compare_dates(one: date, other: date) -> Finding | None:
    """Whether two birth dates can be one: the same, one of them the 1 January that stands for an unknown day, day and
    month swapped, or a day or a year beside it."""
    if one == other:
        return _same_date(one)
    if one.year == other.year:
        return _same_year(one, other)
    if abs((one - other).days) == 1:
        return Finding(12, (Message("Geburtsdatum um einen Tag verschieden"),))
    if abs(one.year - other.year) == 1 and _month_day(one) == _month_day(other) != (1, 1):
        return Finding(15, (Message("Geburtsjahr um eins verschieden"),))
    return None


def _same_date(born: date) -> Finding:
    if _month_day(born) == (1, 1):
        return Finding(14, (Message("beide am 1. Januar {year} geboren (oft geschätzt)", year=born.year),))
    return Finding(0, (Message("gleiches Geburtsdatum"),))


def _same_year(one: date, other: date) -> Finding | None:
    if (1, 1) in (_month_day(one), _month_day(other)):
        return Finding(12, (Message("gleiches Geburtsjahr, einmal als 1. Januar"),))
    if _month_day(one) == _month_day(other)[::-1]:
        return Finding(8, (Message("Tag und Monat der Geburt vertauscht"),))
    if abs((one - other).days) == 1:
        return Finding(12, (Message("Geburtsdatum um einen Tag verschieden"),))
    return None


def _month_day(born: date) -> tuple[int, int]:
    return born.month, born.day
