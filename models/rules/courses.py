"""What a course is described by, and what cannot be right about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from models.rules.message import N_, Message

LEVELS = ("0", "A1", "A2", "B1", "B2", "C1", "C2")
"""Levels of the Common European Framework; 0 is no German yet."""

MOST_SEATS = 25
"""§ 14 Abs. 2 IntV, § 11 Abs. 3 DeuFöV: at most 25 people in a course."""


@dataclass(frozen=True, slots=True)
class CourseData:
    """A course as it is entered. ``threshold``: so many registrations are needed before it is held."""

    number: str
    provider_id: int
    kind: str
    title: str
    level_from: str
    level_to: str
    site: str
    schedule: str
    transport: str
    starts_on: date
    ends_on: date | None
    register_until: date | None
    seats: int
    threshold: int | None
    childcare: bool
    barrier_free: bool


@dataclass(frozen=True, slots=True)
class ProviderData:
    """A course provider as it is entered. ``organisation_id``: its people log in; None works on paper."""

    name: str
    bamf_code: str
    street: str
    postcode: str
    town: str
    phone: str
    email: str
    organisation_id: int | None
    active: bool = True


def course_problems(data: CourseData, kinds: Collection[str]) -> dict[str, Message]:
    """What is wrong with a course, by form field. ``kinds`` are those that may be offered at its start."""
    checks = (
        ("kind", data.kind not in kinds, N_("Diese Kursart wird nicht mehr angeboten.")),
        ("ends_on", _before(data.ends_on, data.starts_on), N_("Das Ende liegt vor dem Beginn.")),
        ("register_until", _before(data.starts_on, data.register_until), N_("Der Kurs hat dann schon begonnen.")),
        ("seats", not 1 <= data.seats <= MOST_SEATS, N_("Ein Kurs hat 1 bis 25 Plätze (§ 14 Abs. 2 IntV).")),
        ("threshold", not 0 <= (data.threshold or 0) <= data.seats, N_("Die Startschwelle liegt über den Plätzen.")),
        ("level_to", _lower(data.level_to, data.level_from), N_("Das Zielniveau liegt unter dem Eingangsniveau.")),
    )
    return {field: Message(text) for field, wrong, text in checks if wrong}


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _lower(level: str, other: str) -> bool:
    return level in LEVELS and other in LEVELS and LEVELS.index(level) < LEVELS.index(other)
