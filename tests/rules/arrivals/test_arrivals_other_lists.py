"""Other lists of the kind of the sample: its names shuffled, people entered twice in new ways, siblings, twins."""

import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.arrivals.matching import find_pairs
from models.rules.arrivals.reader import read_table
from models.rules.arrivals.rows import ArrivalRow, parse_rows
from models.seed.arrivals_data import arrival_words
from tests.rules.arrivals.lists import SAMPLE, TODAY

SIZE = 1_540
DOUBLES = 20
SIBLINGS = 20
FIRST_DAY = date(1963, 1, 1)
DAYS = 16_400

TRANSLITERATIONS = [
    (r"a", "e"),
    (r"i$", "y"),
    (r"y", "i"),
    (r"([a-z])\1", r"\1"),
    (r"ou", "u"),
    (r"Al-", "Al "),
    (r"Al-", "El "),
    (r"ks", "x"),
    (r"tsch", "ch"),
    (r"sch", "sh"),
    (r"sh", "sch"),
    (r"w", "v"),
    (r"kh", "ch"),
    (r"ei", "ai"),
    (r"ij$", "iy"),
    (r"Mohammad", "Muhamed"),
    (r"Yousef", "Youssef"),
    (r"Oleksandr", "Alexander"),
    (r"q", "k"),
]


class Generator:
    """Makes lists out of the names of the sample."""

    def __init__(self, seed: int, pool: list[ArrivalRow]) -> None:
        self.chance = random.Random(seed)
        self.pool = pool
        self.families: dict[str, list[str]] = defaultdict(list)
        self.givens: dict[tuple[str, str], list[str]] = defaultdict(list)
        for person in pool:
            self.families[person.nationality].append(person.family_name)
            self.givens[person.nationality, person.sex].append(person.given_name)
        self.rows: list[ArrivalRow] = []

    def birth(self) -> date:
        return FIRST_DAY + timedelta(days=self.chance.randrange(DAYS))

    def given(self, like: ArrivalRow) -> str:
        return self.chance.choice(self.givens[like.nationality, like.sex])

    def add(self, person: ArrivalRow, **values: object) -> int:
        number = len(self.rows) + 1
        self.rows.append(replace(person, number=number, **values))
        return number

    def newcomer(self) -> None:
        like = self.chance.choice(self.pool)
        number = len(self.rows) + 1
        self.add(
            like,
            family_name=self.chance.choice(self.families[like.nationality]),
            given_name=self.given(like),
            date_of_birth=self.birth(),
            bamf_reference=None if like.nationality == "UKR" else f"{1_000_000 + number}-475",
            street=f"Hauptstraße {number}",
        )

    def other_spelling(self, name: str) -> str:
        bare = "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch))
        spellings = {re.sub(old, new, name, count=1) for old, new in TRANSLITERATIONS} | {bare.replace("ı", "i")}
        return self.chance.choice(sorted(spellings - {name}) or [name])

    def double(self, person: ArrivalRow) -> tuple[int, int]:
        family, given, born = person.family_name, person.given_name, person.date_of_birth
        kind = self.chance.randrange(4)
        if kind != 2 or self.chance.random() < 0.3:
            family = self.other_spelling(family)
        if kind == 1:
            family, given = given, family
        if kind == 2:
            given = f"{given}{self.chance.choice('- ')}{self.given(person)}"
        if self.chance.random() < 0.3:
            born = born.replace(month=1, day=1)
        elif self.chance.random() < 0.2 and born.day <= 12:
            born = date(born.year, born.day, born.month)
        values = {"family_name": family, "given_name": given, "date_of_birth": born}
        other = self.chance.choice(self.pool)
        number = self.add(
            person, **values, bamf_reference=None, azr_number=None, street=other.street, municipality=other.municipality
        )
        return person.number, number

    def sibling(self, person: ArrivalRow) -> None:
        """Everything in common but the given name, and often the birthday too."""
        others = sorted(set(self.givens[person.nationality, person.sex]) - {person.given_name})
        born = person.date_of_birth if self.chance.random() < 0.4 else self.birth()
        self.add(person, given_name=self.chance.choice(others), date_of_birth=born)


@pytest.fixture(scope="module")
def pool() -> list[ArrivalRow]:
    table = read_table((SAMPLE / "arrivals.csv").read_bytes(), "arrivals.csv")
    return parse_rows(table, TODAY, arrival_words())[0][:800]


@pytest.mark.parametrize("seed", range(6))
def test_of_twenty_doubles_nineteen_are_found_and_few_others(seed: int, pool: list[ArrivalRow]) -> None:
    generator = Generator(seed, pool)
    for _ in range(SIZE):
        generator.newcomer()
    people = generator.chance.sample(generator.rows, DOUBLES + SIBLINGS)
    doubles = {generator.double(person) for person in people[:DOUBLES]}
    for person in people[DOUBLES:]:
        generator.sibling(person)
    found = {(pair.row_a, pair.row_b) for pair in find_pairs(generator.rows)}
    assert len(doubles - found) <= 1
    assert len(found - doubles) <= 5
