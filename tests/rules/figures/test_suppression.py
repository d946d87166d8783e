"""Small numbers: no withheld cell can be computed from the ones that are shown."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.figures.suppression import TOTAL, Cell, Counts, with_sums, withheld

MONTHS = {"2025-11": "2025", "2025-12": "2025", "2026-01": "2026"}
PLACES = ("Freisen", "Tholey", "Namborn")


def shown(counts: Counts, smallest: int = 3, *, zero_tells: bool = False) -> dict[Cell, int | None]:
    hidden = withheld(counts, smallest, zero_tells=zero_tells)
    return {cell: None if cell in hidden else value for cell, value in with_sums(counts).items()}


def another_world(counts: Counts, told: Mapping[Cell, int | None], cell: Cell) -> bool:
    """Whether other whole numbers for the withheld cells give every shown number, and another one for ``cell``.

    A search that knows nothing of networks: it tries numbers near the true ones and follows the sums as plain
    equations. Cells that are not 0 stay above 0, because who sees zeros knows that the withheld ones are none.
    """
    inner = [(row, column) for row in counts.groups for column in counts.columns]
    sums = {name: [one for one in inner if _within(one, name, counts)] for name in told}
    known = [(parts, told[name]) for name, parts in sums.items() if told[name] is not None]
    true = {one: counts.cells.get(one, 0) for one in inner}
    return any(
        sum(world[one] for one in sums[cell]) != sum(true[one] for one in sums[cell])
        for world in _worlds(true, [one for one in inner if told[one] is None], known)
    )


Known = list[tuple[list[Cell], int]]


def _worlds(true: Mapping[Cell, int], free: list[Cell], known: Known) -> Iterator[Mapping[Cell, int]]:
    """Every world near the true one in which all known sums hold."""
    if not all(_reachable(true, free, *one) for one in known):
        return
    if not free:
        yield true
        return
    one, *rest = free
    for value in (true[one] + 1, true[one], true[one] - 1):
        if value >= min(true[one], 1):
            yield from _worlds({**true, one: value}, rest, known)


def _reachable(world: Mapping[Cell, int], free: list[Cell], parts: list[Cell], wanted: int) -> bool:
    """Whether the cells that are still free can bring their sum to what is shown."""
    now, loose = sum(world[one] for one in parts), [world[one] for one in parts if one in free]
    return now - sum(value > 1 for value in loose) <= wanted <= now + len(loose)


def _within(inner: Cell, name: Cell, counts: Counts) -> bool:
    (row, column), (line, over) = inner, name
    return line in (row, counts.groups[row], TOTAL) and over in (column, TOTAL)


tables = st.builds(
    lambda rows, columns, values: Counts(
        dict(list(MONTHS.items())[:rows]),
        PLACES[:columns],
        {(row, column): values[i] for i, (row, column) in enumerate((r, c) for r in MONTHS for c in PLACES)},
    ),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 7]), min_size=9, max_size=9),
)


@settings(max_examples=150, deadline=None)
@given(tables, st.booleans(), st.sampled_from([3, 5]))
def test_no_withheld_number_can_be_computed(counts: Counts, zero_tells: bool, smallest: int) -> None:
    told = shown(counts, smallest, zero_tells=zero_tells)
    for cell, value in told.items():
        if value is None:
            assert another_world(counts, told, cell), f"{cell} follows from {told}"
        else:
            assert value >= smallest or (value == 0 and not zero_tells)


def test_a_small_cell_takes_three_others_with_it_and_leaves_the_sums() -> None:
    flat = Counts(
        dict.fromkeys(("M", "F"), TOTAL),
        PLACES,
        {("M", "Freisen"): 2, ("M", "Tholey"): 9, ("M", "Namborn"): 30}
        | {("F", "Freisen"): 8, ("F", "Tholey"): 6, ("F", "Namborn"): 40},
    )
    assert withheld(flat) == {("M", "Freisen"), ("M", "Tholey"), ("F", "Freisen"), ("F", "Tholey")}


def test_one_person_alone_withholds_every_sum() -> None:
    one = Counts({"M": TOTAL}, ("Freisen",), {("M", "Freisen"): 1})
    assert withheld(one) == set(with_sums(one))


def test_large_numbers_are_all_shown_and_ten_is_the_least_of_crossed_tables() -> None:
    large = Counts({"M": TOTAL}, PLACES, {("M", place): 9 for place in PLACES})
    assert withheld(large) == frozenset()
    assert ("M", "Tholey") in withheld(large, 10)


def test_nobody_may_ask_for_less_than_three() -> None:
    with pytest.raises(ValueError, match="below three"):
        withheld(Counts({}, (), {}), 2)
