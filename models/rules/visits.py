"""What appointments, attendance and notes of a case say: which items they answer, and when the last contact was.

Source: domain.md A21, B01, B02, B28, C11, C14, C15; features F34, F35.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import AppointmentKind, AppointmentState, AttendanceState, Site


class Source(StrEnum):
    """Where a visit stands: an appointment, the attendance list of a group information, a note or a Wiedervorlage.

    Of the last two the day alone: of the newest note, of the nearest open Wiedervorlage.
    """

    APPOINTMENT = "appointment"
    GROUP = "group"
    NOTE = "note"
    FOLLOW_UP = "follow_up"


class Visit(NamedTuple):
    """One planned or past meeting of a person with an organisation; of note and Wiedervorlage only day and office."""

    source: str
    id: int
    kind: str
    on: date
    begins: str
    state: str
    site: str
    way: str
    reason: str
    organisation_id: int

    @property
    def is_planned(self) -> bool:
        """Whether it is still to come, or nobody has said yet how it went."""
        return self.state in (AppointmentState.PLANNED, AttendanceState.INVITED)

    @property
    def is_talk(self) -> bool:
        """Whether it is a talk that counsels: a first one or a later one."""
        return self.kind in (AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING)


GROUP_WAY = "GROUP"
"""The code of B02 for a talk with several people at once."""
ATTENDED: Mapping[str, str] = {
    AppointmentState.ATTENDED: "yes",
    AppointmentState.MISSED: "no",
    AppointmentState.MOVED: "POSTPONED",
}
"""How an appointment ended, in the codes of C14."""


def group_attended(visits: Iterable[Visit]) -> tuple[str, Visit] | None:
    """A21: "yes" with the first attended group information, "no" where all are over and none was attended."""
    lists = [visit for visit in visits if visit.source == Source.GROUP and visit.state != AttendanceState.WITHDRAWN]
    came = min((visit for visit in lists if visit.state == AttendanceState.ATTENDED), key=_when, default=None)
    if came:
        return "yes", came
    if not lists or any(visit.is_planned for visit in lists):
        return None
    return "no", max(lists, key=_when)


def came_in_lebach(visits: Iterable[Visit]) -> Visit | None:
    """A22: who attended in Lebach came through the reception facility there."""
    there = (
        visit
        for visit in visits
        if visit.source == Source.GROUP and visit.site == Site.LEBACH and visit.state == AttendanceState.ATTENDED
    )
    return min(there, key=_when, default=None)


def first_talk(visits: Iterable[Visit], office: int | None) -> Visit | None:
    """B01: the newest first talk that was agreed with the office and not called off."""
    talks = _with(visits, office, AppointmentKind.FIRST_TALK)
    return max(
        (visit for visit in talks if visit.state not in (AppointmentState.CANCELLED, AppointmentState.MOVED)),
        key=_when,
        default=None,
    )


def first_talk_held(visits: Iterable[Visit], office: int | None) -> Visit | None:
    """B02: the first talk that was held with the office."""
    talks = _with(visits, office, AppointmentKind.FIRST_TALK)
    return min((visit for visit in talks if visit.state == AppointmentState.ATTENDED), key=_when, default=None)


def newest_talk(visits: Iterable[Visit], office: int | None) -> Visit | None:
    """C11: the newest talk that was agreed with the Agentur and not called off or moved."""
    talks = _with(visits, office, AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING)
    kept = (visit for visit in talks if visit.state not in (AppointmentState.CANCELLED, AppointmentState.MOVED))
    return max(kept, key=_when, default=None)


def next_day(visits: Iterable[Visit], office: int | None, today: date) -> Visit | None:
    """B28: when the office comes back to the case: for a talk ahead or an open Wiedervorlage, also an overdue one."""
    talks = _with(visits, office, AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING)
    ahead = [visit for visit in talks if visit.is_planned and visit.on >= today]
    reminders = (visit for visit in visits if visit.source == Source.FOLLOW_UP and visit.organisation_id == office)
    return min((*ahead, *reminders), key=_when, default=None)


def newest_result(visits: Iterable[Visit], office: int | None) -> Visit | None:
    """C14, C15: the talk whose end is known and that ended last; None while a later one is agreed and still open.

    A talk that was moved counts only until its successor is over.
    """
    talks = [*_with(visits, office, AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING)]
    newest = max((visit for visit in talks if visit.state in ATTENDED), key=_order, default=None)
    later = newest and any(visit.is_planned and visit.on > newest.on for visit in talks)
    return None if later and newest and newest.state != AppointmentState.MOVED else newest


def _with(visits: Iterable[Visit], office: int | None, *kinds: str) -> Iterable[Visit]:
    return (
        visit
        for visit in visits
        if visit.source == Source.APPOINTMENT and visit.organisation_id == office and visit.kind in kinds
    )


def _when(visit: Visit) -> tuple[date, str, int]:
    return visit.on, visit.begins, visit.id


def _order(visit: Visit) -> tuple[bool, date, str, int]:
    """By day; one that took place goes before one that was only moved."""
    return visit.state != AppointmentState.MOVED, *_when(visit)


def held_talks(visits: Iterable[Visit], office: int | None) -> list[tuple[date, str]]:
    """Section M: day and form of every talk that the office held, group information included, in their order."""
    held = (
        (visit.on, GROUP_WAY if visit.source == Source.GROUP else visit.way)
        for visit in visits
        if visit.organisation_id == office
        and visit.state == AppointmentState.ATTENDED
        and (visit.source == Source.GROUP or visit.is_talk)
    )
    return sorted(held)


def missed_count(visits: Iterable[Visit], office: int | None) -> int:
    """How many appointments with the office the person missed (F34)."""
    missed = (AppointmentState.MISSED, AttendanceState.ABSENT)
    return sum(visit.organisation_id == office and visit.state in missed for visit in visits)


def last_contact(visits: Iterable[Visit], office: int | None) -> date | None:
    """The day of the newest meeting that took place, or of the newest note of the office (F35)."""
    days = (
        visit.on
        for visit in visits
        if visit.organisation_id == office
        and (visit.source == Source.NOTE or visit.state in (AppointmentState.ATTENDED, AttendanceState.ATTENDED))
    )
    return max(days, default=None)


class Sight(NamedTuple):
    """What decides which appointments of a case somebody sees: whose she is, and what she sees of the case."""

    role: Role
    mine: int | None
    blocks: frozenset[Block]
    agentur: int | None
    consented: bool

    def shows(self, organisation: int, *, by_coach: bool) -> bool:
        """Whether she sees what this organisation agreed with the person.

        Everybody sees her own. Coach and Agentur see each other's with consent E1 alone (domain.md 8.9).
        """
        if organisation == self.mine:
            return not self.blocks.isdisjoint((Block.APPOINTMENTS, Block.OWN_ENTRIES))
        if Block.APPOINTMENTS not in self.blocks:
            return False
        if self.role == Role.COACH:
            return organisation == self.agentur
        return self.consented if by_coach else organisation == self.agentur
