"""Small numbers (domain.md 6.2): which cells of a table are withheld, so that none can be computed from the rest.

A table of counts with its sums is a network: each number, sums too, is a flow between two nodes, and a node says that
what is added up is the sum. A withheld number can have another value exactly where a cycle through withheld numbers
lets all of them move by one without any node noticing. So a number that would stand alone gets such a cycle: the
cheapest one, whose numbers are withheld with it. Rows may have groups (months of years) with sums of their own.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 3
"""One and two are never told; an installation may ask for more, never for less."""
FEW = f"<{SMALLEST_SHOWN}"
"""How one and two are worded in a sentence or on a tile; a table has „–“, since more is withheld there than they."""
CROSSED_SHOWN = 10
"""The same where municipality, nationality and sex meet in one table."""
PERCENT_BASE = 10
MEAN_BASE = 5
TOTAL = ""
"""Key of the row, the group and the column of sums."""

Cell = tuple[str, str]
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts. ``groups`` names the group of each row; ``cells`` has what is not 0, by row and column."""

    groups: Mapping[str, str]
    columns: Sequence[str]
    cells: Mapping[Cell, int]


@dataclass(slots=True)
class _Flow:
    """One number: what it is called, and between which nodes it flows.

    ``least``: who sees the table knows that it is not below, since where 0 is told a withheld number is not 0.
    """

    name: Cell
    tail: Node
    head: Node
    value: int
    least: int
    price: int
    hidden: bool

    @property
    def may_fall(self) -> bool:
        """Whether it could be one less."""
        return self.value > self.least


def with_sums(counts: Counts) -> dict[Cell, int]:
    """All numbers of the table with the sums of its rows, columns and groups; the sum of a group stands under its name.

    Rows and groups must have different names.
    """
    numbers: dict[Cell, int] = defaultdict(int)
    for row, group in counts.groups.items():
        for column in counts.columns:
            value = counts.cells.get((row, column), 0)
            for line in dict.fromkeys((row, group, TOTAL)):
                numbers[line, column] += value
                numbers[line, TOTAL] += value
    return dict(numbers)


def withheld(
    tables: Sequence[Counts], smallest: int = SMALLEST_SHOWN, *, zero_tells: bool = False
) -> tuple[frozenset[Cell], ...]:
    """For each of these tables the cells and sums that strangers do not get: small ones, and what protects those.

    The tables tell of the same people in the same rows, cut in different ways, so they share the sums of their rows.
    Where such a sum is withheld in one, the whole row is in all: then a world in which it is another sum fits all of
    them. ``zero_tells``: that nobody is in a cell tells something of the others in its row, so it counts as small.
    """
    if smallest < SMALLEST_SHOWN:
        raise ValueError("numbers below three are never shown")
    blank: frozenset[str] = frozenset()
    while True:
        found = tuple(_withheld(table, smallest, zero_tells, blank) for table in tables)
        lines = frozenset(line for hidden in found for line, column in hidden if column == TOTAL)
        if lines <= blank:
            return found
        blank |= lines


def _withheld(counts: Counts, smallest: int, zero_tells: bool, blank: frozenset[str]) -> frozenset[Cell]:
    flows = list(_flows(counts, smallest, zero_tells, blank))
    network = _Network(flows)
    for flow in flows:
        if flow.hidden and not network.is_free(flow):
            network.free(flow)
    return frozenset(flow.name for flow in flows if flow.hidden)


def _flows(counts: Counts, smallest: int, zero_tells: bool, blank: frozenset[str]) -> Iterator[_Flow]:
    numbers = with_sums(counts)
    groups = dict.fromkeys(counts.groups.values())
    for (line, column), value in numbers.items():
        small = 0 < value < smallest or (value == 0 and zero_tells)
        tail, head = _ends(line, column, counts.groups, groups)
        least = 0 if line in blank and column else 1
        yield _Flow(
            (line, column), tail, head, value, least, _price(line, column, value, groups), small or line in blank
        )


def _ends(line: str, column: str, rows: Mapping[str, str], groups: Mapping[str, None]) -> tuple[Node, Node]:
    """Between which sums a number stands: row and group, group and column, column and all."""
    if line in rows:
        group = rows[line]
        return (("row", line), _below(group, column)) if column else (_beside(group), ("row", line))
    if line in groups and line != TOTAL:
        return (_below(line, column), _below(TOTAL, column)) if column else (_beside(TOTAL), _beside(line))
    return (_below(TOTAL, column), _SINK) if column else (_SINK, _beside(TOTAL))


_SINK = ("sink", "")


def _below(group: str, column: str) -> Node:
    """Where the sum of a column within a group is made."""
    return (f"below {group}", column)


def _beside(group: str) -> Node:
    """Where the sums of the rows of a group are added up."""
    return ("beside", group)


def _price(line: str, column: str, value: int, groups: Mapping[str, None]) -> int:
    """What is lost with a number: sums are read first, a 0 is withheld only where nothing else helps."""
    sums = (line in groups or line == TOTAL) + (column == TOTAL) + (line == TOTAL)
    return int(100**sums) * (20 + min(value, 60)) + (0 if value else 5_000)


class _Network:
    """Finds the cycles that let a number move. What is withheld only grows, so what was free stays free."""

    def __init__(self, flows: Sequence[_Flow]) -> None:
        self._at: dict[Node, list[tuple[_Flow, Node, bool]]] = defaultdict(list)
        for flow in flows:
            self._at[flow.tail].append((flow, flow.head, True))
            self._at[flow.head].append((flow, flow.tail, False))

    def is_free(self, flow: _Flow) -> bool:
        """Whether the number may be one more or one less, as far as the shown ones tell."""
        rises = self._cheapest(flow, flow.head, flow.tail, shown=False)
        return rises is not None or (
            flow.may_fall and self._cheapest(flow, flow.tail, flow.head, shown=False) is not None
        )

    def free(self, flow: _Flow) -> None:
        """Withhold the cheapest cycle through this number. There is one: at the dearest it passes the sum of all."""
        ways = [self._cheapest(flow, flow.head, flow.tail, shown=True)]
        if flow.may_fall:
            ways.append(self._cheapest(flow, flow.tail, flow.head, shown=True))
        _cost, path = min((way for way in ways if way is not None), key=lambda way: way[0])
        for other in path:
            other.hidden = True

    def _cheapest(self, without: _Flow, start: Node, goal: Node, *, shown: bool) -> tuple[int, list[_Flow]] | None:
        """The cheapest way on which numbers rise along their flow or fall against it; ``shown``: through all."""
        best, came = {start: 0}, dict[Node, tuple[Node, _Flow]]()
        open_nodes = [(0, start)]
        while open_nodes:
            cost, node = heapq.heappop(open_nodes)
            if node == goal:
                return cost, _path(came, start, goal)
            if cost > best[node]:
                continue
            for flow, other, rises in self._at[node]:
                if flow is without or not (flow.hidden or shown) or not (rises or flow.may_fall):
                    continue
                reached = cost + (0 if flow.hidden else flow.price)
                if reached < best.get(other, reached + 1):
                    best[other], came[other] = reached, (node, flow)
                    heapq.heappush(open_nodes, (reached, other))
        return None


def _path(came: Mapping[Node, tuple[Node, _Flow]], start: Node, goal: Node) -> list[_Flow]:
    path, node = [], goal
    while node != start:
        node, flow = came[node]
        path.append(flow)
    return path
