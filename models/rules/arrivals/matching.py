"""Possible duplicates: rows of a list, or a row and stored persons, that may be one person. Never the AZR number.

Each difference between two records costs points of 100; what keeps at least 70 is reported with its reasons. Nothing is
ever merged: a person decides. The AZR number takes no part (§ 10 Abs. 4 AZRG), nor does the address speak for a match.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Protocol

from models.rules.arrivals.identity import repetitions
from models.rules.arrivals.likeness import Finding, compare_dates, compare_names
from models.rules.arrivals.names import joined, words
from models.rules.arrivals.rows import ArrivalRow
from models.rules.message import Message

THRESHOLD = 70
"""Points from which two records are reported."""

_NEIGHBOURS = 50
"""A row is compared with so many before it that share a key; only a list of nonsense has more."""

_LONGEST_SOUND = 50
"""Consonants of a word that go into a key, so that a key has at most 63 characters."""

_DIFFERENT_SEX = Finding(20, (Message("aber anderes Geschlecht"),))
_DIFFERENT_NATIONALITY = Finding(20, (Message("aber andere Staatsangehörigkeit"),))
_DIFFERENT_REFERENCES = Finding(5, (Message("aber anderes BAMF-Aktenzeichen"),))
_SAME_REFERENCE = Finding(0, (Message("gleiches BAMF-Aktenzeichen"),))
_PERHAPS_SIBLINGS = Finding(15, (Message("aber derselbe Haushalt, vielleicht Geschwister"),))
_SAME_IDENTITY_ONLY = Finding(100 - THRESHOLD, (Message("aber anderes Geburtsdatum oder anderer Name"),))
_UNSPECIFIED_NATIONALITIES = frozenset({"XXX", "ZZZ"})
_UNSPECIFIED_SEXES = frozenset({"x"})


class Described(Protocol):
    """What is compared; arrival rows, stored persons and half-typed forms have it."""

    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def date_of_birth(self) -> date: ...
    @property
    def sex(self) -> str | None: ...
    @property
    def nationality(self) -> str | None: ...
    @property
    def municipality(self) -> str | None: ...
    @property
    def street(self) -> str | None: ...
    @property
    def bamf_reference(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored person, or one that is being typed in (``id`` 0), as far as the comparison needs it."""

    id: int
    family_name: str
    given_name: str
    date_of_birth: date
    sex: str | None = None
    nationality: str | None = None
    municipality: str | None = None
    bamf_reference: str | None = None
    street: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of a list, by data row number, that may be one person; ``score`` is 70 to 100."""

    row_a: int
    row_b: int
    reasons: tuple[Message, ...]
    score: int


@dataclass(frozen=True, slots=True)
class Match:
    """A stored person who may be the one that was asked for."""

    candidate_id: int
    reasons: tuple[Message, ...]
    score: int


def blocking_keys(person: Described) -> set[str]:
    """Keys of which two records share at least one wherever ``find_pairs`` or ``matches_against`` would report them.

    Two kinds: the birth date with the consonants of one word of the name; where birth dates differ, the birth year
    (and the one beside it) with those of one word and the first one of another. A name of two words has 6 keys. They
    hold parts of name and birth date, so they are personal data like those.
    """
    born = person.date_of_birth
    sounds = [*_sounds(person.family_name), *_sounds(person.given_name)]
    names = {f"{one}~{other[:1]}" for one, other in permutations(sounds, 2)}
    turns = (f"{born.year - 1}/{born.year}", f"{born.year}/{born.year + 1}")
    return {f"{born.isoformat()}:{one}" for one in sounds} | {f"{turn}:{name}" for turn in turns for name in names}


def _sounds(name: str) -> list[str]:
    single = words(name)
    return [part.key[:_LONGEST_SOUND] for part in (single if len(single) == 1 else (*single, joined(name)))]


def compare(one: Described, other: Described) -> Finding | None:
    """What speaks for one person behind two records, and what against it; None below the threshold."""
    dates = compare_dates(one.date_of_birth, other.date_of_birth)
    if dates is None:
        return None
    names = compare_names((one.family_name, one.given_name), (other.family_name, other.given_name))
    if names is None:
        return None
    findings = [names, dates, *_differences(one, other)]
    if not names.is_exact and _one_household(one, other):
        findings.append(_PERHAPS_SIBLINGS)
    cost = sum(finding.cost for finding in findings)
    if cost > 100 - THRESHOLD:
        return None
    return Finding(cost, tuple(reason for finding in findings for reason in finding.reasons))


def _differences(one: Described, other: Described) -> Iterator[Finding]:
    if _differ(one.sex, other.sex, _UNSPECIFIED_SEXES):
        yield _DIFFERENT_SEX
    if _differ(one.nationality, other.nationality, _UNSPECIFIED_NATIONALITIES):
        yield _DIFFERENT_NATIONALITY
    if _differ(one.bamf_reference, other.bamf_reference):
        yield _DIFFERENT_REFERENCES
    elif one.bamf_reference and one.bamf_reference == other.bamf_reference:
        yield _SAME_REFERENCE


def _differ(one: str | None, other: str | None, unspecified: frozenset[str] = frozenset()) -> bool:
    """Both are known and not the same."""
    return bool(one and other) and one != other and not {one, other} & unspecified


def _one_household(one: Described, other: Described) -> bool:
    if one.bamf_reference and one.bamf_reference == other.bamf_reference:
        return True
    return bool(one.street) and (one.street, one.municipality) == (other.street, other.municipality)


def find_pairs(rows: Sequence[ArrivalRow]) -> list[Pair]:
    """All pairs of rows of a list that may be one person, in the order of the list.

    A row that repeats an earlier one exactly is no question to anybody and left out; one that has the identity of an
    earlier row but says something else is named with that row, because it will not be imported.
    """
    repeated = repetitions(rows)
    by_number = {row.number: row for row in rows}
    pairs = [_repeated_pair(by_number[r.first], by_number[r.number]) for r in repeated.values() if not r.is_exact]
    for earlier, later in _neighbours([row for row in rows if row.number not in repeated]):
        finding = compare(earlier, later)
        if finding:
            pairs.append(Pair(earlier.number, later.number, finding.reasons, 100 - finding.cost))
    return sorted(pairs, key=lambda pair: (pair.row_a, pair.row_b))


def _neighbours(rows: Iterable[ArrivalRow]) -> Iterator[tuple[ArrivalRow, ArrivalRow]]:
    """Each two rows that share a key, once, the earlier one first."""
    blocks: dict[str, list[ArrivalRow]] = defaultdict(list)
    for row in rows:
        partners: dict[int, ArrivalRow] = {}
        for key in blocking_keys(row):
            partners.update((partner.number, partner) for partner in blocks[key][-_NEIGHBOURS:])
            blocks[key].append(row)
        yield from ((partner, row) for partner in partners.values())


def _repeated_pair(first: ArrivalRow, later: ArrivalRow) -> Pair:
    finding = compare(first, later) or _SAME_IDENTITY_ONLY
    same = Message("gleiche Person nach Aktenzeichen oder Name: nur die erste Zeile zählt")
    return Pair(first.number, later.number, (same, *finding.reasons), 100 - finding.cost)


def matches_against(person: Described, candidates: Iterable[Candidate]) -> list[Match]:
    """The candidates who may be this person, the likeliest first.

    Candidates are best chosen beforehand by a shared blocking key; any others are only slower.
    """
    matches = []
    for candidate in candidates:
        finding = compare(person, candidate)
        if finding:
            matches.append(Match(candidate.id, finding.reasons, 100 - finding.cost))
    return sorted(matches, key=lambda match: (-match.score, match.candidate_id))
