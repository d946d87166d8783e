"""What the lists of a case and its sheet need to know of the competences: values by item, written down once.

An operation keeps it with every change, so that the pages of a case read one row instead of all periods.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from models.rules.competences.availability import LACKING, WEEKEND, Availability
from models.rules.competences.languages import GERMAN, SKILLS, Skill, newest_first
from models.rules.competences.periods import LEARNING, Period, PeriodKind, Recognition, Trust, order_of

MOST_JOBS = 5
MOST_SCHOOL_YEARS = 16
NO_ANSWER = "9"
"""The code of ``school_certificates`` that says nothing."""
SHARED = frozenset({"mobility"})
"""Parts that leave fields of their items to the list (EDV, driving licence); the others answer their item alone."""

Values = dict[str, Any]


Row = TypeVar("Row")


@dataclass(frozen=True)
class Known(Generic[Row]):
    """A recorded row with who stands for it: the organisation, and the German day on which it came in."""

    row: Row
    organisation: int
    on: date


@dataclass(frozen=True, slots=True)
class Recorded:
    """All competences of a case that count. ``complete``: the life-line leaves no question open."""

    periods: Sequence[Known[Period]] = ()
    skills: Sequence[Known[Skill]] = ()
    availability: Known[Availability] | None = None
    literacy: Known[str] | None = None
    complete: bool = False


def summarise(recorded: Recorded) -> dict[str, dict[str, Any]]:
    """By part: ``values`` by field of its item, ``organisation``, ``on`` (ISO), ``doubt``: something is contradictory.

    The parts are what items name in ``from`` behind "competence."; a part that nothing is known of is left out.
    """
    periods = sorted(recorded.periods, key=lambda one: order_of(one.row))
    german = _newest(recorded.skills, german=True)
    others = _newest(recorded.skills, german=False)
    found = {
        "school": _told(_of(periods, PeriodKind.SCHOOL), _school),
        "training": _told(_of(periods, *LEARNING), _training) or _none(recorded, {"certificate": "0"}),
        "recognition": _told(_of(periods, *LEARNING), _recognition),
        "work": _told(_of(periods, PeriodKind.WORK), _jobs) or _none(recorded, {"entries": "0"}),
        "german": _told(german, _german),
        "languages": _told(others, _languages),
        "script": _told([recorded.literacy] if recorded.literacy else [], lambda rows: {"literacy": rows[0]}),
    }
    plan = [recorded.availability] if recorded.availability else []
    found |= {part: _told(plan, lambda rows, read=read: read(rows[0])) for part, read in _PLANNED.items()}
    return {part: told for part, told in found.items() if told}


def doubts(periods: Iterable[Period], skills: Iterable[Skill]) -> list[tuple[str, str]]:
    """What is contradictory, in words, with what contradicts it; a handover names it and is not held up by it."""
    doubtful = [(f"{one.name} ({one.span})", one.contradiction) for one in periods if _is_doubtful(one)]
    return doubtful + [(one.language, one.contradiction) for one in newest_first(skills) if _is_doubtful(one)]


def _is_doubtful(row: object) -> bool:
    return getattr(row, "trust", None) == Trust.CONTRADICTORY


def _of(periods: Iterable[Known[Period]], *kinds: PeriodKind) -> list[Known[Period]]:
    return [one for one in periods if one.row.kind in kinds]


def _newest(skills: Sequence[Known[Skill]], *, german: bool) -> list[Known[Skill]]:
    newest = {id(skill) for skill in newest_first(one.row for one in skills)}
    return [one for one in skills if id(one.row) in newest and (one.row.language == GERMAN) == german]


def _told(rows: Sequence[Known[Any]], read: Any) -> dict[str, Any]:
    """The values that are known, with the organisation and the day of the row that came in last."""
    said = read([one.row for one in rows]) if rows else {}
    values = {key: value for key, value in said.items() if value not in (None, "", [])}
    if not values:
        return {}
    latest = max(rows, key=lambda one: one.on)
    doubt = any(_is_doubtful(one.row) for one in rows)
    return {"values": values, "organisation": latest.organisation, "on": latest.on.isoformat(), "doubt": doubt}


def _none(recorded: Recorded, values: Values) -> dict[str, Any]:
    """A life-line without any question left, and nothing of this kind in it: there is none."""
    return _told(recorded.periods, lambda _rows: values) if recorded.complete else {}


def _school(rows: Sequence[Period]) -> Values:
    years = [years for row in rows if (years := row.years) is not None]
    certified = [row for row in rows if row.certificate not in ("", NO_ANSWER)]
    best = max(certified, key=lambda row: row.certificate, default=None)
    values: Values = {"years": min(MOST_SCHOOL_YEARS, round(sum(years))) if years else None}
    if best is None:
        return values | {"certificate": NO_ANSWER if any(row.certificate for row in rows) else None}
    if best.certificate == "0":
        return values | {"certificate": "0"}
    year = best.ends.year if best.ends else None
    return values | {"certificate": best.certificate, "country": best.country, "year": year, "proof": best.proof}


def _training(rows: Sequence[Period]) -> Values:
    """The highest certificate, of two the newer one; none where all say that there is none."""
    certified = [row for row in rows if row.certificate == "yes"]
    best = max(certified, key=lambda row: (row.kind == PeriodKind.STUDY, order_of(row)), default=None)
    if best is None:
        return {"certificate": "0"} if all(row.certificate == "no" for row in rows) else {}
    return {
        "certificate": "2" if best.kind == PeriodKind.STUDY else "1",
        "title_german": best.title,
        "title_original": best.title_original,
        "country": best.country,
        "duration": best.span,
        "proof": best.proof,
    }


def _recognition(rows: Sequence[Period]) -> Values:
    tracked = [row for row in rows if row.recognition != Recognition()]
    if not tracked:
        return {}
    track = max(tracked, key=lambda row: (row.kind == PeriodKind.STUDY, order_of(row))).recognition
    return {"status": track.status, "office": track.office, "file": track.file, "next_step": track.next_step}


def _jobs(rows: Sequence[Period]) -> Values:
    """The newest five, the newest first."""
    newest = sorted(rows, key=lambda row: (row.ends is None, row.ends.last if row.ends else 0, row.begins.first))
    newest = newest[::-1][:MOST_JOBS]
    values: Values = {"entries": str(len(newest))}
    for place, row in enumerate(newest, start=1):
        years = row.years
        values |= {
            f"occupation_{place}": row.title or row.title_original,
            f"kldb_{place}": row.kldb,
            f"level_{place}": row.level,
            f"years_{place}": round(years, 1) if years is not None else None,
            f"period_{place}": row.span,
            f"country_{place}": row.country,
            f"proof_{place}": row.proof,
        }
    return values


def _german(rows: Sequence[Skill]) -> Values:
    skill = rows[0]
    if skill.mother_tongue and not skill.levels:
        return {}
    on = skill.proved_on.isoformat() if skill.proved_on else None
    return {name: getattr(skill, name) for name in SKILLS} | {"proof": skill.proof, "proved_on": on}


def _languages(rows: Sequence[Skill]) -> Values:
    return {"languages": sorted(row.language for row in rows if row.mother_tongue or set(row.levels.values()) - {"0"})}


def _mobility(plan: Availability) -> Values:
    return {"mobility": list(plan.mobility), "commuting": plan.commuting, "working_hours": plan.hours}


def _obstacles(plan: Availability) -> Values:
    effects = [effect for effect in plan.obstacles.values() if effect]
    return {"circumstances": list(plan.obstacles), "effect": "\n".join(effects)}


def _times(plan: Availability) -> Values:
    """As § 7 Abs. 1 IntV asks: parts of the day from Monday to Friday, weekend, online."""
    week = {slot.split("-")[1] for slot in plan.slots if slot.split("-")[0] not in WEEKEND}
    at_weekend = any(slot.startswith(WEEKEND) for slot in plan.slots)
    words = [part.upper() for part in ("morning", "afternoon", "evening") if part in week]
    return {
        "times": words + ["WEEKEND"] * at_weekend + ["ONLINE"] * plan.online,
        "extent": plan.hours,
    }


def _supervision(plan: Availability) -> Values:
    if plan.childcare not in LACKING:
        return {"needed": "no" if plan.childcare else None}
    return {"needed": "yes", "number": plan.children, "ages": plan.ages}


def _health(plan: Availability) -> Values:
    return {"restriction": plan.restriction, "effects": list(plan.effects), "report": plan.report}


_PLANNED: Mapping[str, Any] = {
    "mobility": _mobility,
    "obstacles": _obstacles,
    "childcare": lambda plan: {"childcare": plan.childcare},
    "health": _health,
    "times": _times,
    "supervision": _supervision,
}
LIFE_LINE = ("school", "training", "recognition", "work")
LANGUAGES = ("german", "languages", "script")
WEEK = tuple(_PLANNED)
"""The parts by the page on which they are recorded, as items name them behind "competence."."""
