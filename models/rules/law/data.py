"""Maintained law: residence codes, decisions, country lists, deadlines, each with its validity and its source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar

from models.rules.law.card_text import label_index, without_brackets


class SphereRule(StrEnum):
    """What makes the legal sphere of a paper change (domain.md 3.1)."""

    RECOGNITION = "recognition"
    GRANT = "grant"
    TEMPORARY_PROTECTION = "temporary_protection"
    LONG_TITLE = "long_title"
    SUSPENSION = "suspension"
    ASYLBLG = "asylblg"
    UNCLEAR = "unclear"


class Arrival(StrEnum):
    """Legal sphere on the day of arrival (rules.md 5); S2 and S3 as in the code list "Rechtskreis"."""

    SGB2 = "S2"
    SGB3 = "S3"
    HINT = "hint"


class WorkTrack(StrEnum):
    """Which rule of work access a paper falls under."""

    PROCEDURE = "procedure"
    TOLERATED = "tolerated"
    IDENTITY_UNCLEAR = "identity_unclear"
    PURPOSE = "purpose"
    TITLE = "title"
    UNCLEAR = "unclear"


class CourseRight(StrEnum):
    """How a paper leads to an integration course (domain.md 2.2)."""

    CLAIM = "claim"
    CLAIM_AFTER_GRANT = "claim_after_grant"
    ADMISSION = "admission"
    NONE = "none"
    UNCLEAR = "unclear"


class Effect(StrEnum):
    """What a decision of the BAMF does to the legal sphere."""

    RECOGNITION = "recognition"
    REMOVAL_BAN = "removal_ban"
    REFUSED = "refused"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that holds from a day to a day, both included; None is open."""

    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidenceCode(Dated):
    """One kind of residence paper with all that the rules derive from it (domain.md 1.4)."""

    code: str
    label: str
    norm: str
    card_labels: tuple[str, ...]
    livelihood: str
    employment_service: str
    work_note: str
    course_note: str
    sphere: SphereRule
    arrival: Arrival
    work: WorkTrack
    course: CourseRight
    section_44_4_group: bool = False
    is_title: bool = False
    unlimited: bool = False

    def all_labels(self) -> tuple[str, ...]:
        """Every text by which the paper is recognised."""
        return (self.code, self.label, *self.card_labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Dated):
    """A kind of decision of the BAMF (domain.md 1.5)."""

    code: str
    label: str
    effect: Effect
    leads_to: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkNote(Dated):
    """A note on employment as it stands on a paper (domain.md 1.6)."""

    code: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeCountry(Dated):
    """One country on one list of safe countries of origin."""

    country: str
    name: str
    list: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BanException(Dated):
    """Who may work in spite of a list of safe countries (§ 104 Abs. 18 AufenthG, § 87d AsylG)."""

    norm: str
    short: str
    track: WorkTrack
    countries: tuple[str, ...]
    applied_until: date | None = None
    tolerated_on: date | None = None
    tolerated_without_application: bool = False
    permitted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockingLetters(Dated):
    """Letters of Art. 42 (1) of Regulation 2024/1348 that forbid work (§ 61 Abs. 1 S. 5 AsylG)."""

    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionSuspension(Dated):
    """A time without admissions under § 44 Abs. 4 AufenthG; a switch that the county maintains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseKind(Dated):
    """A kind of course; ``family`` is IK (integration course), BSK (vocational language course), EOK (open
    offer without an entitlement) or MN (measure of employment promotion)."""

    code: str
    name: str
    family: str
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLength(Dated):
    """How long a deadline is; ``starts`` says from which day it is counted (models.rules.law.deadlines counts it)."""

    id: str
    label: str
    amount: int
    unit: str
    starts: str
    norm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """All maintained law at once. ``checked_on`` stands in where a question names no day."""

    as_of: date
    checked_on: date
    source: str
    residence_codes: tuple[ResidenceCode, ...]
    decisions: tuple[Decision, ...]
    work_notes: tuple[WorkNote, ...]
    safe_countries: tuple[SafeCountry, ...]
    ban_exceptions: tuple[BanException, ...]
    blocking_letters: tuple[BlockingLetters, ...]
    admission_suspensions: tuple[AdmissionSuspension, ...]
    course_kinds: tuple[CourseKind, ...]
    deadlines: tuple[DeadlineLength, ...]
    label_index: Mapping[str, str] = field(compare=False, repr=False)
    paper_names: Mapping[str, str] = field(compare=False, repr=False)
    """German names of papers without their explanation in brackets, ended ones included; asked for on every page."""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build from plain data as the seed files hold it. Raises KeyError, TypeError, ValueError on a wrong word."""
        codes = tuple(map(_residence_code, data["residence_codes"]))
        return cls(
            as_of=_day(data["as_of"]),
            checked_on=_day(data["checked_on"]),
            source=data["source"],
            residence_codes=codes,
            decisions=tuple(Decision(**_frozen(row) | {"effect": Effect(row["effect"])}) for row in data["decisions"]),
            work_notes=_rows(WorkNote, data["work_notes"]),
            safe_countries=_rows(SafeCountry, data["safe_countries"]),
            ban_exceptions=tuple(
                BanException(**_frozen(row) | {"track": WorkTrack(row["track"])}) for row in data["ban_exceptions"]
            ),
            blocking_letters=_rows(BlockingLetters, data["blocking_letters"]),
            admission_suspensions=_rows(AdmissionSuspension, data["admission_suspensions"]),
            course_kinds=_rows(CourseKind, data["course_kinds"]),
            deadlines=_rows(DeadlineLength, data["deadlines"]),
            label_index=label_index((label, row.code) for row in codes for label in row.all_labels()),
            paper_names=_paper_names(codes, _day(data["checked_on"])),
        )

    def residence(self, code: str | None, day: date | None = None) -> ResidenceCode | None:
        """The residence code as it holds on ``day`` (by default the day the law was checked), None if unknown."""
        return _holding((row for row in self.residence_codes if row.code == code), day or self.checked_on)

    def decision(self, code: str | None) -> Decision | None:
        """The kind of decision, None if unknown."""
        return next((row for row in self.decisions if row.code == code), None)

    def admission_suspension(self, day: date | None = None) -> AdmissionSuspension | None:
        """The suspension of § 44 Abs. 4 AufenthG on ``day`` (by default the day the law was checked), if any."""
        return _holding(self.admission_suspensions, day or self.checked_on)

    def blocks_work(self, letter: object, day: date | None = None) -> bool:
        """Whether this letter of Art. 42 (1) of Regulation 2024/1348 forbids work on ``day`` (as above by default)."""
        row = _holding(self.blocking_letters, day or self.checked_on)
        return row is not None and letter in row.letters

    def amount(self, deadline: str, day: date) -> int:
        """The length of a deadline that is set off on ``day``, in its own unit. KeyError for one that is unknown.

        Before the first row holds, or in a gap between two, the first one counts: a deadline without length is none.
        """
        rows = [row for row in self.deadlines if row.id == deadline]
        if not rows:
            raise KeyError(deadline)
        return (_holding(rows, day) or rows[0]).amount

    def course_kinds_on(self, day: date) -> tuple[CourseKind, ...]:
        """The kinds of course that may be offered on ``day``; abolished ones are left out (rules.md 10)."""
        return tuple(kind for kind in self.course_kinds if kind.holds_on(day))

    def course_family(self, code: str | None) -> str | None:
        """IK or BSK for a kind of course or the family itself, None if unknown."""
        known = {kind.code: kind.family for kind in self.course_kinds}
        return code if code in known.values() else known.get(code or "")

    def country(self, nationality: str) -> str | None:
        """ISO alpha-3 code of a listed country by code or German name, None if it is on no list."""
        wanted = nationality.strip().casefold()
        rows = (row for row in self.safe_countries if wanted in (row.country.casefold(), row.name.casefold()))
        return next((row.country for row in rows), None)

    def safe_country_lists(self, nationality: str, day: date) -> tuple[str, ...]:
        """The lists that name a country on ``day``. A warning "prüfen" for a person, never the answer itself."""
        country = self.country(nationality)
        return tuple(row.list for row in self.safe_countries if row.country == country and row.holds_on(day))


def _holding(rows: Iterable[Row], day: date) -> Row | None:
    return next((row for row in rows if row.holds_on(day)), None)


def _paper_names(codes: Iterable[ResidenceCode], day: date) -> dict[str, str]:
    """The label that holds on ``day``, else the last one of the code."""
    by_day = sorted(codes, key=lambda row: row.holds_on(day))
    return {row.code: " ".join(without_brackets(row.label).split()) for row in by_day}


def _rows(kind: type[Row], rows: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    return tuple(kind(**_frozen(row)) for row in rows)


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """Lists as tuples, and days that the database keeps as text as days."""
    return {
        name: _day(value) if name in DAYS else tuple(value) if isinstance(value, list) else value
        for name, value in row.items()
    }


DAYS = frozenset({"valid_from", "valid_to", "applied_until", "tolerated_on", "permitted_on"})


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _residence_code(row: Mapping[str, Any]) -> ResidenceCode:
    words = {
        "sphere": SphereRule(row["sphere"]),
        "arrival": Arrival(row["arrival"]),
        "work": WorkTrack(row["work"]),
        "course": CourseRight(row["course"]),
    }
    return ResidenceCode(**_frozen(row) | words)
