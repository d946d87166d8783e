"""Which words of a name are looked for, and how near a typed word is to a stored one.

A name is found word by word, so that its order does not matter; a word is found by its beginning, its sound, a part of
it, or with a letter wrong.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from models.rules.arrivals.likeness import close
from models.rules.arrivals.names import fold, same_name, word

SHORTEST = 2
SHORTEST_PART = 3
SHORTEST_CLOSE = 5
"""So many letters must be typed before other letters than the typed ones are looked for."""
LONGEST_WORD = 120
_MOST_LETTERS = 2
_MOST_WORDS = 4
_ARTICLES = frozenset({"al", "el"})


@dataclass(frozen=True, slots=True)
class Named:
    """The names of a stored person: today's, and others (``earlier`` as full names), where the reader sees them."""

    family: str
    given: str
    birth_name: str = ""
    spellings: str = ""
    earlier: tuple[str, ...] = ()


class Nearness(IntEnum):
    """How a typed word was found in a stored one; the lower is the nearer."""

    SAME = 0
    BEGINS = 1
    SOUNDS = 2
    PART = 3
    CLOSE = 4


@dataclass(frozen=True, slots=True)
class Match:
    """The least near of the words, and the stored words that were found."""

    worst: Nearness
    words: tuple[str, ...]


@lru_cache(maxsize=16_384)
def nearness(typed: str, stored: str) -> Nearness | None:
    """How near two folded words are, None where they are different words."""
    if stored.startswith(typed):
        return Nearness.SAME if stored == typed else Nearness.BEGINS
    if same_name(word(typed), word(stored)):
        return Nearness.SOUNDS
    if len(typed) >= SHORTEST_PART and typed in stored:
        return Nearness.PART
    if len(typed) < SHORTEST_CLOSE or abs(len(typed) - len(stored)) > _MOST_LETTERS:
        return None
    return Nearness.CLOSE if close(word(typed), word(stored)) or _one_letter_wrong(typed, stored) else None


def _one_letter_wrong(typed: str, stored: str) -> bool:
    """Whether one letter after the first is missing, too many or another, whatever it does to the sound: "Kalil"."""
    return typed[0] == stored[0] and OSA.distance(typed, stored, score_cutoff=1) <= 1


def stored_words(*names: str) -> frozenset[str]:
    """The folded words by which names are found; neighbours of one name also joined ("Abdul Rahman").

    >>> sorted(stored_words("Al-Masri", "Samira"))
    ['al', 'almasri', 'masri', 'samira']
    """
    return frozenset(found[:LONGEST_WORD] for name in names for found in _with_joined(fold(name).split()))


def indexed_words(names: Named) -> dict[str, bool]:
    """The words to store for a person, each with whether it stands only in a birth name or another spelling."""
    further = dict.fromkeys(stored_words(names.birth_name, names.spellings, *names.earlier), True)
    return further | dict.fromkeys(stored_words(names.family, names.given), False)


def sound_of(stored: str) -> str:
    """The key that other spellings of this word share."""
    return word(stored).key[:LONGEST_WORD]


def _with_joined(parts: list[str]) -> Iterator[str]:
    yield from parts
    yield from (one + other for one, other in pairwise(parts))


def typed_ways(text: str) -> tuple[tuple[str, ...], ...]:
    """The folded words of a typed name, each of which must be found; then the same with two neighbours joined.

    >>> typed_ways("Abdul Rahman")
    (('abdul', 'rahman'), ('abdulrahman',))
    """
    parts = [part for part in fold(text).split() if len(part) >= SHORTEST][:_MOST_WORDS]
    bare = [part for part in parts if part not in _ARTICLES] or parts
    joined = ((*parts[:place], parts[place] + parts[place + 1], *parts[place + 2 :]) for place in range(len(parts) - 1))
    return tuple(dict.fromkeys((tuple(bare), *joined))) if parts else ()


def nearest(text: str, stored: Collection[str]) -> Match | None:
    """The nearest way in which all typed words are found in different stored words, None for no way."""
    matches = [match for way in typed_ways(text) if (match := _found(way, stored))]
    return min(matches, key=lambda match: match.worst, default=None)


def _found(way: tuple[str, ...], stored: Collection[str]) -> Match | None:
    free, found, worst = sorted(stored), [], Nearness.SAME
    for typed in way:
        near = ((value, other) for other in free if (value := nearness(typed, other)) is not None)
        best = min(near, default=None)
        if best is None:
            return None
        worst = max(worst, best[0])
        found.append(best[1])
        free.remove(best[1])
    return Match(worst, tuple(found)) if found else None
