"""Courses for one case in an order with reasons, from what the acting person sees of it (F42)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.queries.case_head import town_of
from models.queries.case_view import CaseView
from models.queries.competences import availability
from models.queries.course_access import CourseAccess
from models.queries.courses import CourseRow, OpenCourse, courses_by_id, open_courses
from models.queries.law import current_law
from models.queries.seats import courses_with_a_list, figures_of
from models.rules.competences.availability import DAYS, WEEKEND, Availability
from models.rules.competences.languages import LEVELS, SKILLS
from models.rules.course_matching import Candidate, Comparison, Suggestion, Wishes, not_compared
from models.rules.enrolments import (
    ALL_PATH_LABELS,
    FAMILY_PATHS,
    INTEGRATION_FAMILY,
    MEASURE,
    OPEN_OFFER,
    SELF_PAYER,
    VOCATIONAL,
    offered_paths,
)
from models.rules.message import Message
from models.rules.permissions import Block
from models.rules.seats import Figures, is_open

GERMAN_ITEM, TIMES_ITEM, CHILDCARE_ITEM, KIND_ITEM = "B10", "K09", "K10", "K06"

COMPARED, SHOWN = 500, 10
"""So many courses, the soonest first, are compared, and so many of them shown on a page."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One page of courses in their order, why by course number, and what nobody knows of the person.

    ``free`` are all courses that take people at once, in the same order.
    """

    courses: list[CourseRow]
    figures: dict[int, Figures]
    why: Mapping[str, Suggestion]
    not_compared: tuple[Message, ...]
    free: list[OpenCourse]
    more: bool


def suggested(view: CaseView, access: CourseAccess, kind: str = "", page: int = 1) -> Suggested:
    """A page of the courses of a kind (of all, where none is named) that take people, in the order that suits."""
    courses = open_courses(view.held.today, kind, COMPARED)
    wishes = _wishes(view, access)
    compared, candidates = Comparison(wishes, view.held.today), _candidates(courses)
    ordered = compared.in_order(candidates)
    shown = ordered[(page - 1) * SHOWN : page * SHOWN]
    by_number = {course.number: course for course in courses}
    rows = courses_by_id([by_number[one.number].id for one in shown])
    return Suggested(
        courses=rows,
        figures=figures_of(rows),
        why={one.number: compared.suggestion(one) for one in shown},
        not_compared=not_compared(wishes),
        free=[by_number[one.number] for one in ordered if one.is_open],
        more=len(ordered) > page * SHOWN,
    )


def _wishes(view: CaseView, access: CourseAccess) -> Wishes:
    kind = _value(view, KIND_ITEM, "kind")
    return Wishes(
        level=_level(view),
        availability=_week(view),
        childcare=_childcare(view),
        municipality=town_of(view),
        kind=kind if isinstance(kind, str) else "",
        paths={family: _paths(family, access) for family in (INTEGRATION_FAMILY, *FAMILY_PATHS)},
    )


def _paths(family: str, access: CourseAccess) -> tuple[str, ...]:
    """The paths of a family but paying oneself; one that somebody still has to decide says so."""
    states = {one.path: one.state for one in access.states} | {VOCATIONAL: "hint", MEASURE: "hint", OPEN_OFFER: "open"}
    usable = (path for path in offered_paths(family, access.states) if path != SELF_PAYER)
    said = {path: f"{path} {ALL_PATH_LABELS[path]}" for path in usable if states[path] != "suspended"}
    return tuple(f"{text} (zu prüfen)" if states[path] == "hint" else text for path, text in said.items())


def _value(view: CaseView, item: str, key: str) -> object:
    answer = view.known.answers.get(item)
    return answer.value(key) if answer else None


def _level(view: CaseView) -> str:
    """The lowest level that is known of the four skills; empty where none is."""
    known = [level for name in SKILLS if (level := _value(view, GERMAN_ITEM, name)) in LEVELS]
    return min((str(level) for level in known), key=LEVELS.index, default="")


def _week(view: CaseView) -> Availability | None:
    """The plan of the week, else the times of day that the list names; None where neither says anything."""
    if Block.COUNSELLING in view.blocks and (found := availability(view)) and found[0].value.slots:
        return found[0].value
    times = _value(view, TIMES_ITEM, "times")
    if not isinstance(times, list) or not times:
        return None
    slots = {
        f"{day}-{part.lower()}"
        for day in DAYS
        for part in ("MORNING", "AFTERNOON", "EVENING")
        if ("WEEKEND" if day in WEEKEND else part) in times
    }
    return Availability(slots=frozenset(slots), online="ONLINE" in times) if slots else None


def _childcare(view: CaseView) -> bool | None:
    needed = _value(view, CHILDCARE_ITEM, "needed")
    if needed in ("yes", "no"):
        return needed == "yes"
    return False if view.known.facts.get("children") == 0 else None


def _candidates(courses: list[OpenCourse]) -> list[Candidate]:
    families = {kind.code: kind.family for kind in current_law().course_kinds}
    lists = courses_with_a_list()
    return [
        Candidate(
            course.number, course.kind, families.get(course.kind, ""), course.level_from, course.level_to,
            course.starts_on, course.register_until, course.lessons or "", course.online, course.childcare,
            course.site, course.transport, is_open(course.seats - course.taken, course.id in lists),
        )
        for course in courses
    ]  # fmt: skip
