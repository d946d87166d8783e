"""What a person typed into the search box, and why a case is a hit. Never by AZR number (§ 10 Abs. 4 AZRG)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from models.rules.arrivals.names import fold, same_name, words
from models.rules.message import N_, Message
from models.rules.name_search import SHORTEST, Named, Nearness, nearest, stored_words, typed_ways
from models.rules.times import german_date

MONTHS = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip
_NUMBER = re.compile(r"\b(?:SWD[\s-]*)?(\d{4})\s*-\s*(\d{1,5})(?:-\d{1,2})?\b", re.IGNORECASE)
_TAIL = re.compile(r"0*(\d{1,5})")
_DATE = re.compile(r"\b(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})\b|\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DATE_IN_WORDS = re.compile(rf"\b(\d{{1,2}})\.?\s+({'|'.join(MONTHS)}|maerz)\s+(\d{{4}})\b", re.IGNORECASE)
_BARE_DATE = re.compile(r"\b(\d{2})(\d{2})(\d{4})\b")
_SHORT_DATE = re.compile(r"\b(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{2})\b")
_LONGEST = 120
_MOST_ORDERS = 4
_YEARS = 15


@dataclass(frozen=True, slots=True)
class Search:
    """A case number, a birth date, names; each where it was typed. ``name`` is as typed, without the rest."""

    number: str = ""
    born: date | None = None
    name: str = ""
    tail: str = ""
    """The end of a case number, whose year was not typed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that can be searched for."""
        return not (self.number or self.tail or self.born or typed_ways(self.name))

    def numbers(self, this_year: int) -> tuple[str, ...]:
        """The case numbers that are meant: of every year that a case can still be of, where only the end was typed."""
        if not self.tail:
            return (self.number,) if self.number else ()
        return tuple(f"SWD-{year}-{self.tail}" for year in range(this_year, this_year - _YEARS, -1))

    @property
    def orders(self) -> tuple[str, ...]:
        """The name as typed, and with given and family name swapped; a comma fixes the order."""
        if "," in self.name:
            return (self.name.replace(",", " "),)
        parts = self.name.split()
        starts = range(max(1, len(parts)))[:_MOST_ORDERS]
        return tuple(" ".join((*parts[start:], *parts[:start])) for start in starts)


def read_search(text: str, today: date | None = None) -> Search:
    """Take a typed text apart: "Rahimi 14.03.1994", "SWD-2026-00417", "samira", "14. März 1994", "14031994".

    ``today`` says which century two digits of a year mean ("14.3.94"); without it they are none.
    """
    rest = text[:_LONGEST].strip()
    if tail := _TAIL.fullmatch(rest):
        return Search(tail=f"{int(tail[1]):05d}")
    born, rest = _born(rest, today)
    number = ""
    if found := _NUMBER.search(rest):
        number = f"SWD-{found[1]}-{int(found[2]):05d}"
        rest = rest.replace(found[0], " ")
    return Search(number, born, " ".join(rest.split()))


def _born(text: str, today: date | None) -> tuple[date | None, str]:
    ways: list[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]] = [*_DATES]
    if today:
        ways.append((_SHORT_DATE, partial(_from_short, this_year=today.year)))
    for pattern, read in ways:
        if found := pattern.search(text):
            day = read(found)
            if day:
                return day, text.replace(found[0], " ")
    return None, text


def _from_digits(found: re.Match[str]) -> date | None:
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    return _calendar_day(year or iso_year, month or iso_month, day or iso_day)


def _from_words(found: re.Match[str]) -> date | None:
    name = found[2].lower().replace("maerz", "märz")
    return _calendar_day(found[3], str(MONTHS.index(name) + 1), found[1])


def _from_bare(found: re.Match[str]) -> date | None:
    return _calendar_day(found[3], found[2], found[1])


def _from_short(found: re.Match[str], *, this_year: int) -> date | None:
    """Nobody is born in a year to come, so two digits mean the last such year."""
    century = this_year // 100 * 100
    year = century + int(found[3])
    return _calendar_day(str(year if year <= this_year else year - 100), found[2], found[1])


_DATES = ((_DATE, _from_digits), (_DATE_IN_WORDS, _from_words), (_BARE_DATE, _from_bare))


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Hit:
    """Why a case was found; the lower ``rank`` stands first."""

    rank: int
    why: Message


def hit(search: Search, number: str, names: Named, born: date | None) -> Hit | None:
    """Why this case answers the search, or None where it does not after all; ``born`` None: nobody may know it."""
    if (search.number and search.number == number) or (search.tail and number.endswith(f"-{search.tail}")):
        return Hit(0, Message(N_("Fallnummer")))
    if search.number or search.tail or (search.born and search.born != born):
        return None
    dated = Message(N_("geboren am {day}"), day=german_date(born)) if search.born else None
    if not typed_ways(search.name):
        return Hit(1, dated) if dated else None
    found = next(_by_name(search, names), None)
    if found and dated:
        return Hit(found.rank, Message(N_("{born}; {name}"), born=dated, name=found.why))
    return found


def _by_name(search: Search, names: Named) -> Iterator[Hit]:
    folded = [fold(order) for order in search.orders]
    whole = fold(f"{names.family} {names.given}")
    if whole.startswith(folded[0]):
        yield Hit(1, Message(N_("Name beginnt so")))
    if any(whole.startswith(order) for order in folded[1:]):
        yield Hit(2, Message(N_("Vor- und Familienname vertauscht")))
    if fold(names.given).startswith(folded[0]):
        yield Hit(2, Message(N_("Vorname beginnt so")))
    stored = stored_words(names.family, names.given)
    yield from _alike(search, names, stored)
    for sentence, other in _further(names):
        if other and nearest(search.name, {*stored, *stored_words(other)}):
            yield Hit(7, Message(sentence, name=other))


def _alike(search: Search, names: Named, stored: frozenset[str]) -> Iterator[Hit]:
    """By words in any order; the nearest are those whose name, from its first word on, only sounds so."""
    match = nearest(search.name, stored)
    said = _spelled(match.words if match else stored, names.family, names.given)
    rank, sentence = _LIKENESS[match.worst] if match else (None, "")
    if rank == _IN_NAME:
        yield Hit(_IN_NAME, Message(sentence, name=said))
    if any(_sounds_like(order, f"{names.family} {names.given}") for order in search.orders):
        yield Hit(3, Message(N_("Name ähnlich: {name}"), name=said))
    if rank:
        yield Hit(rank, Message(sentence, name=said))


_IN_NAME = 2


def _sounds_like(typed: str, name: str) -> bool:
    """Whether the words typed are spellings of the first words of the name."""
    asked, there = words(typed), words(name)
    return bool(asked) and len(asked) <= len(there) and all(map(same_name, asked, there))


_LIKENESS: Mapping[Nearness, tuple[int, str]] = {
    Nearness.SAME: (2, N_("im Namen: {name}")),
    Nearness.BEGINS: (3, N_("im Namen: {name}")),
    Nearness.SOUNDS: (4, N_("Name ähnlich: {name}")),
    Nearness.PART: (5, N_("Teil des Namens: {name}")),
    Nearness.CLOSE: (6, N_("Name ähnlich: {name}")),
}


def _further(names: Named) -> Iterator[tuple[str, str]]:
    """Other names of the person, each with the sentence that tells it."""
    yield N_("früherer Name: {name}"), names.birth_name
    yield from ((N_("früherer Name: {name}"), name) for name in names.earlier)
    yield N_("andere Schreibweise: {name}"), names.spellings


def _spelled(found: Iterable[str], *names: str) -> str:
    """Those of the names, as they are written, in which one of the words was found."""
    called = set(found)
    return ", ".join(name for name in names if not called.isdisjoint(stored_words(name)))


def prefixes(search: Search) -> tuple[str, ...]:
    """The beginnings that the folded name may have."""
    return tuple(dict.fromkeys(fold(order) for order in search.orders if len(fold(order)) >= SHORTEST))
