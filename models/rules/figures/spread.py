"""Numbers that come as "how often which value": medians, shares, and the steps of a distribution."""

from collections.abc import Mapping, Sequence

from models.rules.figures.suppression import MEAN_BASE, PERCENT_BASE

Spread = Mapping[int, int]
"""How often each value is there."""
STEPS = (7, 14, 30, 42, 60, 90)
"""Days at which the columns of a distribution end; the limit of each figure is one of them."""
BEYOND = "mehr"


def quantile(spread: Spread, share: float) -> int | None:
    """The smallest value that at least this share of all is not above; None for too few to say (6.2)."""
    count = sum(spread.values())
    if count < MEAN_BASE:
        return None
    reached = 0
    for value, often in sorted(spread.items()):
        reached += often
        if reached >= share * count:
            return value
    return None


def percent(part: int | None, whole: int | None) -> int | None:
    """A share as a whole number; None where either number is withheld or the base is too small (6.2)."""
    if part is None or whole is None or whole < PERCENT_BASE:
        return None
    return (200 * part + whole) // (2 * whole)  # to the nearest


def step_of(days: int) -> str:
    """The column that a number of days falls into."""
    return next((str(step) for step in STEPS if days <= step), BEYOND)


def step_labels(template: str, beyond: str) -> Mapping[str, str]:
    """Names of the columns: ``template`` has {first} and {last}, ``beyond`` has {last}."""
    labels, first = {}, 0
    for step in STEPS:
        labels[str(step)] = template.format(first=first, last=step)
        first = step + 1
    return labels | {BEYOND: beyond.format(last=STEPS[-1])}


def steps_within(limit: int) -> Sequence[str]:
    """The columns up to the limit."""
    return tuple(str(step) for step in STEPS if step <= limit)
