"""Milestones of a case: what can be counted of it, on which day it was, and from when until when it was known.

What was known on a day are the milestones that an event had told by then and none had taken back: so a figure of last
year stays what it was, whatever is entered, corrected or struck out later (F102).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What can be counted. Those that begin with ``is`` last as long as they stand, the others happen on a day."""

    ARRIVAL = "arrival"
    FIRST_TALK = "first_talk"
    CONTACT = "contact"
    LIFE_LINE = "life_line"
    RECOGNISED = "recognised"
    SENT = "sent"
    ANSWERED = "answered"
    ANSWER_TALK = "answer_talk"
    RECOGNISED_TALK = "recognised_talk"
    COURSE_END = "course_end"
    COURSE_START = "course_start"
    DROP_OUT = "drop_out"
    CLOSED = "closed"
    IS_RUNNING = "is_running"
    IS_WANTED = "is_wanted"


class Phase(StrEnum):
    """How far a running case is."""

    NEW = "new"
    COUNSELLED = "counselled"
    RECOGNISED = "recognised"
    HANDED_OVER = "handed_over"
    DIRECT = "direct"


COACHED, ALONE = "coached", "alone"
COMPLETE, TOLD, NOT_TOLD = "complete", "told", "not_told"
WITH_TALK, WITHOUT_TALK = "with_talk", "without_talk"
COACH_FIRST = "C02"
"""The coach's own first contact with a person."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a case: when, what, by which organisation (its key), and its data."""

    at: str
    kind: str
    organisation: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Background:
    """What the events do not say. ``home`` is the municipality of cases that were opened before events named it.

    ``levels`` has the level of each course by its number, ``changes`` the decisions that change the legal sphere.
    """

    home: int | None
    agentur: int | None
    jobcenter: int | None
    levels: Mapping[str, str]
    changes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Milestone:
    """``days`` since what the kind is measured from; ``known_until`` is when an event took it back or changed it."""

    kind: Kind
    on: date
    known_from: str
    known_until: str | None
    municipality: int | None
    organisation: int | None
    word: str = ""
    days: int | None = None


TELLING = frozenset(
    {
        "case.opened", "case.closed", "case.reopened", "case.first_contact", "case.responsibility_changed",
        "appointment.attended", "decision.recorded", "decision.voided", "handover.sent",
        "handover.accepted", "handover.queried", "handover.rejected", "handover.withdrawn", "handover.expired",
        "handover.first_talk",
    }
)  # fmt: skip


def tells_milestones(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether an event may set or move a milestone of its case. Any event that names a municipality is a move to it."""
    if kind == "answer.saved":
        return data.get("item") == COACH_FIRST
    if kind == "person.changed":
        return "municipality" in (data.get("after") or ())
    if kind.startswith("competence."):
        return "complete" in data
    return kind in TELLING or "municipality" in data or (kind.startswith("enrolment.") and "enrolment" in data)
