"""What a course is described by, and what cannot be right about it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.rules.competences.availability import Lesson
from models.rules.lesson_times import lesson_words
from models.rules.message import N_, Message

LEVELS = ("0", "A1", "A2", "B1", "B2", "C1", "C2")
"""Levels of the Common European Framework; 0 is no German yet."""

MOST_SEATS = 25
"""§ 14 Abs. 2 IntV, § 11 Abs. 3 DeuFöV: at most 25 people in a course."""
LONGEST_LINE = 200
"""The longest words of a place or of times."""
MOST_UNITS = 1_200
"""§ 14 Abs. 5 IntV: so many lessons of 45 minutes are funded at most."""
MOST_MODULES = 10
"""§ 13 Abs. 1 IntV: nine modules of language and the orientation course (domain.md 2.1)."""


@dataclass(frozen=True, slots=True)
class CourseData:
    """A course as it is entered. ``threshold``: so many registrations are needed before it is held.

    ``place_id`` is a site of the provider, whose words then stand for ``site``, ``transport`` and ``barrier_free``.
    ``units`` are lessons of 45 minutes (UE), ``lessons`` the times of a usual week.
    """

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
    place_id: int | None = None
    lessons: tuple[Lesson, ...] = ()
    online: bool = False
    units: int | None = None
    module_from: int | None = None
    module_to: int | None = None


@dataclass(frozen=True, slots=True)
class SiteData:
    """A site of a provider as it is entered."""

    provider_id: int
    name: str
    street: str
    postcode: str
    town: str
    barrier_free: bool
    transport: str
    active: bool = True

    @property
    def words(self) -> str:
        """Name and address in one line, as courses show it."""
        address = (self.street, f"{self.postcode} {self.town}".strip())
        return ", ".join(part for part in (self.name, *address) if part)[:LONGEST_LINE]


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


def placed(data: CourseData, site: SiteData | None) -> CourseData:
    """The course as it is stored: with the words of its site, and those of its times where nobody wrote others."""
    schedule = data.schedule or lesson_words(data.lessons)[:LONGEST_LINE]
    return replace(data, schedule=schedule, **(place_words(site) if site else {}))


def place_words(site: SiteData) -> dict[str, Any]:
    """What a course says of its site, in the columns that every list and document reads."""
    return {"site": site.words, "transport": site.transport, "barrier_free": site.barrier_free}


def course_problems(data: CourseData, kinds: Collection[str]) -> dict[str, Message]:
    """What is wrong with a course, by form field. ``kinds`` are those that may be offered at its start."""
    checks = (
        ("kind", data.kind not in kinds, N_("Diese Kursart wird nicht mehr angeboten.")),
        ("ends_on", _before(data.ends_on, data.starts_on), N_("Das Ende liegt vor dem Beginn.")),
        ("register_until", _before(data.starts_on, data.register_until), N_("Der Kurs hat dann schon begonnen.")),
        ("seats", not 1 <= data.seats <= MOST_SEATS, N_("Ein Kurs hat 1 bis 25 Plätze (§ 14 Abs. 2 IntV).")),
        ("threshold", not 0 <= (data.threshold or 0) <= data.seats, N_("Die Startschwelle liegt über den Plätzen.")),
        ("level_to", _lower(data.level_to, data.level_from), N_("Das Zielniveau liegt unter dem Eingangsniveau.")),
        ("units", _beyond(data.units, MOST_UNITS), N_("Gefördert werden 1 bis 1.200 UE (§ 14 Abs. 5 IntV).")),
        ("module_from", _beyond(data.module_from, MOST_MODULES), N_("Ein Kurs hat die Module 1 bis 10.")),
        ("module_to", _beyond(data.module_to, MOST_MODULES), N_("Ein Kurs hat die Module 1 bis 10.")),
        ("module_to", _falls(data.module_from, data.module_to), N_("Das letzte Modul liegt vor dem ersten.")),
    )
    return {field: Message(text) for field, wrong, text in checks if wrong}


def module_words(first: int | None, last: int | None) -> str:
    """``3–6``, ``ab 3``, ``bis 6``, ``3`` or nothing."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    return f"ab {first}" if first else f"bis {last}" if last else ""


def _beyond(number: int | None, most: int) -> bool:
    return number is not None and not 1 <= number <= most


def _falls(first: int | None, last: int | None) -> bool:
    return first is not None and last is not None and last < first


def _before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _lower(level: str, other: str) -> bool:
    return level in LEVELS and other in LEVELS and LEVELS.index(level) < LEVELS.index(other)
