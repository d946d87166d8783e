"""Selects for the rows of one page of a list: ids are asked for in blocks of one size, so the SQL stays one."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from peewee import Query

from models.queries.prepared import Prepared, Row

BLOCK = 26


class PreparedByIds:
    """A select ``WHERE … IN (ids)``; ``build`` takes the ids. What is missing to a block is filled with the last id."""

    def __init__(self, build: Callable[[Sequence[int]], Query]) -> None:
        self._block = Prepared(lambda *ids: build(ids), *[int] * BLOCK)

    def rows(self, ids: Iterable[int]) -> list[Row]:
        """The rows for these ids, block by block; no query for none."""
        return [row for block in in_blocks(list(ids)) for row in self._block.rows(*block)]


def in_blocks(ids: list[int]) -> Iterator[list[int]]:
    """The ids in lists of one length; what is missing to the last is filled with its last id."""
    for start in range(0, len(ids), BLOCK):
        block = ids[start : start + BLOCK]
        yield block + [block[-1]] * (BLOCK - len(block))
