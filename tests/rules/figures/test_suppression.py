"""Small numbers: no withheld cell can be computed from the ones that are shown."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.figures.suppression import TOTAL, Cell, Counts, with_sums, withheld

MONTHS = {"2025-11": "2025", "2025-12": "2025", "2026-01": "2026"}
PLACES = ("Freisen", "Tholey", "Namborn")


Part = tuple[int, str, str]
"""A cell of one of the tables: which, row, column."""


def shown(
    tables: list[Counts], smallest: int = 3, *, zero_tells: bool = False
) -> Mapping[tuple[int, Cell], int | None]:
    hidden = withheld(tables, smallest, zero_tells=zero_tells)
    return {
        (number, cell): None if cell in hidden[number] else value
        for number, table in enumerate(tables)
        for cell, value in with_sums(table).items()
    }


def another_world(tables: list[Counts], told: Mapping[tuple[int, Cell], int | None], wanted: tuple[int, Cell]) -> bool:
    """Whether other whole numbers in the withheld cells give every shown number, and another one where it is wanted.

    A search that knows nothing of networks: it tries numbers near the true ones and follows the sums as plain
    equations. A withheld cell is not 0 where the row tells zeros, which a row does whose sum is told.
    """
    true = {
        (number, row, column): table.cells.get((row, column), 0)
        for number, table in enumerate(tables)
        for row in table.groups
        for column in table.columns
    }
    sums = {name: [part for part in true if _within(part, name, tables)] for name in told}
    equations = [([(part, 1) for part in sums[name]], value) for name, value in told.items() if value is not None]
    for line in with_sums(tables[0]):  # the same people: the sums of the rows are the same in every table
        for other in range(1, len(tables)):
            if line[1] == TOTAL:
                equations.append(
                    ([(part, 1) for part in sums[0, line]] + [(part, -1) for part in sums[other, line]], 0)
                )
    free = [part for part in true if told[part[0], part[1:]] is None]
    lowest = {part: min(true[part], told[part[0], (part[1], TOTAL)] is not None) for part in free}
    return any(
        sum(world[part] for part in sums[wanted]) != sum(true[part] for part in sums[wanted])
        for world in _worlds(true, free, lowest, equations)
    )


Equations = list[tuple[list[tuple[Part, int]], int]]


def _worlds(
    true: Mapping[Part, int], free: list[Part], lowest: Mapping[Part, int], equations: Equations
) -> Iterator[Mapping[Part, int]]:
    """Every world near the true one in which all equations hold."""
    if not all(_reachable(true, free, *one) for one in equations):
        return
    if not free:
        yield true
        return
    part, *rest = free
    for value in (true[part] + 1, true[part], true[part] - 1):
        if value >= lowest[part]:
            yield from _worlds({**true, part: value}, rest, lowest, equations)


def _reachable(world: Mapping[Part, int], free: list[Part], parts: list[tuple[Part, int]], wanted: int) -> bool:
    """Whether the cells that are still free can bring their sum to what is shown."""
    now, loose = sum(world[part] * sign for part, sign in parts), sum(part in free for part, _sign in parts)
    return now - loose <= wanted <= now + loose


def _within(part: Part, name: tuple[int, Cell], tables: list[Counts]) -> bool:
    (number, row, column), (of, (line, over)) = part, name
    return number == of and line in (row, tables[of].groups[row], TOTAL) and over in (column, TOTAL)


@st.composite
def same_people(draw: st.DrawFn) -> list[Counts]:
    """One or two tables of the same people: the second spreads the sum of each row over other columns."""
    rows = dict(list(MONTHS.items())[: draw(st.integers(1, 3))])
    columns = PLACES[: draw(st.integers(1, 3))]
    number = st.sampled_from([0, 0, 1, 2, 3, 4, 7])
    first = {(row, column): draw(number) for row in rows for column in columns}
    tables = [Counts(rows, columns, first)]
    if draw(st.booleans()):
        second = {}
        for row in rows:
            total = sum(first[row, column] for column in columns)
            part = draw(st.integers(0, total))
            second |= {(row, "mit"): part, (row, "ohne"): total - part}
        tables.append(Counts(rows, ("mit", "ohne"), second))
    return tables


@settings(max_examples=120, deadline=None)
@given(same_people(), st.booleans(), st.sampled_from([3, 5]))
def test_no_withheld_number_can_be_computed(tables: list[Counts], zero_tells: bool, smallest: int) -> None:
    told = shown(tables, smallest, zero_tells=zero_tells)
    for cell, value in told.items():
        if value is None:
            assert another_world(tables, told, cell), f"{cell} follows from {told}"
        else:
            assert value >= smallest or (value == 0 and not zero_tells)


def test_a_small_cell_takes_three_others_with_it_and_leaves_the_sums() -> None:
    flat = Counts(
        dict.fromkeys(("M", "F"), TOTAL),
        PLACES,
        {("M", "Freisen"): 2, ("M", "Tholey"): 9, ("M", "Namborn"): 30}
        | {("F", "Freisen"): 8, ("F", "Tholey"): 6, ("F", "Namborn"): 40},
    )
    assert withheld([flat])[0] == {("M", "Freisen"), ("M", "Tholey"), ("F", "Freisen"), ("F", "Tholey")}


def test_one_person_alone_withholds_every_sum() -> None:
    one = Counts({"M": TOTAL}, ("Freisen",), {("M", "Freisen"): 1})
    assert withheld([one])[0] == set(with_sums(one))


def test_large_numbers_are_all_shown_and_ten_is_the_least_of_crossed_tables() -> None:
    large = Counts({"M": TOTAL}, PLACES, {("M", place): 9 for place in PLACES})
    assert withheld([large])[0] == frozenset()
    assert ("M", "Tholey") in withheld([large], 10)[0]


def test_nobody_may_ask_for_less_than_three() -> None:
    with pytest.raises(ValueError, match="below three"):
        withheld([], 2)
