"""What providers said of registrations, as part of the statements that read enrolments."""

from datetime import date
from typing import Protocol

from models.rules.registrations import Registration
from models.tables import CourseRegistration

SAID = (
    CourseRegistration.test_on, CourseRegistration.test_level, CourseRegistration.test_module,
    CourseRegistration.pk_number,
)  # fmt: skip


class Said(Protocol):
    """Columns of a registration; all None where nothing was said."""

    @property
    def test_on(self) -> date | None: ...
    @property
    def test_level(self) -> str | None: ...
    @property
    def test_module(self) -> str | None: ...
    @property
    def pk_number(self) -> str | None: ...


def registration_of(row: Said) -> Registration:
    """What the provider said beside the day of the registration, as one value."""
    return Registration(row.test_on, row.pk_number or "", row.test_level or "", row.test_module or "")
