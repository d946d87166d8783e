"""The figures of a course: one function behind its page, the catalogue and the choice of a course in a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.states import EnrolmentState as State


@dataclass(frozen=True, slots=True)
class Figures:
    """Seats of one course. ``reserved`` includes what was sent to the provider and is not answered.

    ``elsewhere`` are seats that are taken without an enrolment here; ``waiting`` people hold none. ``wanting``: so many
    registrations lack until the course is held (F51); an offer is no registration.
    """

    seats: int
    confirmed: int
    reserved: int
    offered: int
    elsewhere: int
    waiting: int
    wanting: int

    @property
    def taken(self) -> int:
        """Seats that nobody else can have."""
        return self.confirmed + self.reserved + self.offered + self.elsewhere

    @property
    def free(self) -> int:
        """Seats that nobody holds."""
        return self.seats - self.taken

    @property
    def is_open(self) -> bool:
        """Whether somebody may reserve: a seat is free, and nobody waits who comes first."""
        return is_open(self.free, bool(self.waiting))


def is_open(free: int, has_list: bool) -> bool:
    """Whether somebody may reserve a seat of a course with so many free ones, and with people waiting or none."""
    return free > 0 and not has_list


def figures(seats: int, taken: int, threshold: int | None, counted: Mapping[State, int]) -> Figures:
    """The figures of a course with so many seats ``taken``, from the number of its enrolments in each state."""
    confirmed = counted.get(State.CONFIRMED, 0) + counted.get(State.STARTED, 0)
    reserved = counted.get(State.RESERVED, 0) + counted.get(State.SENT, 0)
    offered = counted.get(State.OFFERED, 0)
    elsewhere = max(taken - confirmed - reserved - offered, 0)
    registered = confirmed + reserved + elsewhere
    return Figures(
        seats=seats,
        confirmed=confirmed,
        reserved=reserved,
        offered=offered,
        elsewhere=elsewhere,
        waiting=counted.get(State.WAITING, 0),
        wanting=max((threshold or 0) - registered, 0),
    )
